"""List the words of statements in Spanish; the names of rows have theirs in the rows."""

from __future__ import annotations

__all__ = ["SPANISH", "meant"]

SPANISH: dict[str, str] = {
    "para": "for",
    "fin": "end",
    "capa": "layer",
    "salida": "out",
    "entrena": "train",
    "validación": "valid",
    "validacion": "valid",
    "prueba": "test",
    "congelado": "frozen",
    "todo": "all",
    "pesos": "weights",
    "sesgos": "biases",
    "todos": "all",
    "verdadero": "true",
    "falso": "false",
    "en": "in",
    "nuevo": "fresh",
}
"""Spanish to English: what starts a statement, and the words inside one."""


def meant(word: str) -> str:
    """Return the English word of a statement that a word stands for.

    >>> meant("para"), meant("loss")
    ('for', 'loss')
    """
    return SPANISH.get(word, word)
