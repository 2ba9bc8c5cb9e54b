"""List the words of statements and settings in Spanish; the names of rows have theirs in the rows.

Here and nowhere else: what reads files, `train` lines and options asks these tables.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

__all__ = ["CHOICES", "INSIDE", "SETTINGS", "SPANISH", "TRUTH", "meant"]
__all__ += ["IN_SPANISH", "set_apart", "setting_in_spanish", "setting_typed", "setting_word"]

_STARTS: Final = {
    "título": "title", "titulo": "title", "entrada": "input", "parámetro": "param",
    "parametro": "param", "constante": "const", "datos": "data", "pérdida": "loss",
    "perdida": "loss", "para": "for", "fin": "end", "capa": "layer", "salida": "out",
    "entrena": "train", "validación": "valid", "validacion": "valid", "prueba": "test",
}  # fmt: skip
"""What starts a statement."""

INSIDE: Final = {
    "congelado": "frozen", "todo": "all", "todos": "all", "pesos": "weights", "sesgos": "biases",
    "en": "in", "nuevo": "fresh",
}  # fmt: skip
"""Words inside a statement."""

SPANISH: Final[dict[str, str]] = _STARTS | INSIDE
"""Spanish to English, of statements."""

CHOICES: Final = {
    "claro": "light", "oscuro": "dark", "imprenta": "print", "impresión": "print",
    "daltonismo": "colour-blind", "clase": "lectures", "calor": "heat",
    "fórmula": "formula", "operador": "operator", "cable": "wire", "cables": "wire",
    "capa": "layer", "capas": "layers", "neuronas": "neurons",
    "valor": "value", "adjunto": "adjoint", "contribución": "contribution",
    "columnas": "columns", "tiempo": "time", "cadena": "chain",
    "línea": "line", "operación": "op", "bloque": "block",
}  # fmt: skip
"""Words that options of figures take: themes, styles, what heat tells, layouts, depths."""

TRUTH: Final = {
    "true": True, "false": False, "verdadero": True, "falso": False, "sí": True,
    "True": True, "False": False,
}  # fmt: skip
"""Words of settings that are true or false, in both languages."""

SETTINGS: Final = {
    "activación": "act", "activacion": "act", "alto": "high", "anchuras": "widths", "bajo": "low",
    "cabezas": "heads", "clases": "classes", "cota": "bound", "desviación": "std",
    "desviacion": "std", "ganancia": "gain", "inversa": "reverse", "mitad": "half",
    "nivel": "level", "primera": "first", "valor": "value",
    "cada": "every", "cambio": "change", "canales": "channels",
    "conserva": "keep", "desde": "start", "divide_por": "divide", "eje": "axis", "ejes": "axes",
    "épocas": "epochs", "epocas": "epochs", "factor": "factor", "fin": "end", "forma": "form",
    "grupos": "groups", "hasta": "until", "inicial": "init", "inicio": "start", "límite": "limit",
    "limite": "limit", "lote": "batch", "luego": "then", "margen": "margin", "modo": "mode",
    "orden": "order", "paciencia": "patience", "paro": "stop", "paso": "stride", "pasos": "steps",
    "pérdida": "loss", "perdida": "loss", "periodo": "period", "pesos": "weights",
    "piezas": "pieces", "potencia": "power", "programa": "schedule", "promedio": "average",
    "recorte": "clip", "reducción": "reduction", "reduccion": "reduction", "relleno": "padding",
    "restaurar": "restore", "sesgo": "bias", "símbolos": "tokens", "simbolos": "tokens",
    "sorteo": "draw", "suavizado": "smoothing", "tamaño": "size", "tasa": "rate",
    "umbral": "threshold", "unidades": "units", "validación": "valid", "validacion": "valid",
    "última": "last", "ultima": "last", "afín": "affine", "afin": "affine",
    "afirmación": "claim", "afirmacion": "claim", "de": "of", "decaimiento": "decay",
    "dilatación": "dilation", "dilatacion": "dilation", "direcciones": "directions",
    "homogénea": "homogeneous", "homogenea": "homogeneous", "ignora": "ignore",
    "muestras": "samples", "objetivo": "target", "proporción": "ratio", "proporcion": "ratio",
    "puntos": "points", "sobre": "over", "sorteos": "draws", "tasas": "rates", "valores": "values",
}  # fmt: skip
"""Spanish words for settings of layers, functions and optimizers, and for keys of `train`."""


def meant(word: str) -> str:
    """Return the English word of a statement that a word stands for.

    >>> meant("para"), meant("loss")
    ('for', 'loss')
    """
    return SPANISH.get(word, word)


def setting_word(word: str, known: Collection[str] = ()) -> str:
    """Return the English word of a setting; one that is known itself stays.

    >>> setting_word("tasa"), setting_word("tasa", ["tasa"])
    ('rate', 'tasa')
    """
    return word if word in known else SETTINGS.get(word, word)


IN_SPANISH: Final = {english: spanish for spanish, english in reversed(SETTINGS.items())}
"""A setting to the first Spanish word for it."""


_SPANISH_WORDS = frozenset("aeoy")
"""Letters that are words: "aporta 1 a a y 2 a y" is no sentence."""


def set_apart(name: str) -> str:
    """Return a name for a sentence in Spanish: what reads as a word of its own gets its quotes.

    >>> f"se da 0.3 {'a'} {set_apart('a')} y 0.5 a {set_apart('x')}"
    'se da 0.3 a «a» y 0.5 a x'
    """
    return f"«{name}»" if name in _SPANISH_WORDS else name


def setting_typed(word: str) -> str:
    """Return a setting as it is written in Spanish.

    >>> setting_typed("rate"), setting_typed("beta1")
    ('tasa', 'beta1')
    """
    return IN_SPANISH.get(word, word)


def setting_in_spanish(word: str) -> str:
    """Return a setting by its Spanish word and its own, which both are read.

    >>> setting_in_spanish("rate"), setting_in_spanish("beta1")
    ('tasa (rate)', 'beta1')
    """
    found = setting_typed(word)
    return word if found == word else f"{found} ({word})"
