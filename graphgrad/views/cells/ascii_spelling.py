"""Spell mathematical text with ASCII characters only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["ascii_text"]

_SPELLED: Final = {
    "∇": "g",
    "∂": "d",
    "σ": "sigmoid",
    "Σ": "sum",
    "∑": "sum",
    "∏": "prod",
    "√": "sqrt",
    "∞": "inf",
    "×": "*",
    "·": "*",
    "⋅": "*",
    "∘": "o",
    "⊙": "*",
    "⊗": "*",
    "÷": "/",
    "⁄": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "±": "+-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "→": "->",
    "←": "<-",
    "↑": "^",
    "↓": "v",
    "∈": "in",
    "‖": "||",
    "…": "...",
    "′": "'",
    "″": "''",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "ℓ": "l",
    "✓": "ok",
    "✗": "x",
    "ᵀ": "^T",
    "⊤": "^T",
    "ß": "ss",
    "ı": "i",
}
_ACCENTS: Final = {"\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde"}
_SCRIPTS: Final = {"<super>": "^", "<sub>": "_"}


_BETWEEN: Final = re.compile(r"(?<=\d)×(?=\d)")
"""In a shape: 16×2 is written 16x2, as in a file."""


@lru_cache(maxsize=4096)
def ascii_text(text: str) -> str:
    """Return the text in ASCII: by table, by Unicode name or decomposition, else `?`.

    A final dot means `nothing yet` and stays a dot; elsewhere it is a product.

    >>> ascii_text("∇ ·"), ascii_text("ŷ = σ(w₁·x²)")
    ('g .', 'yhat = sigmoid(w_1*x^2)')
    >>> ascii_text("regresión, año, θ → 層")
    'regresion, ano, theta -> ?'
    >>> ascii_text("x⁻¹²")
    'x^-12'
    """
    if text.isascii():
        return text
    if text.endswith("·"):
        return ascii_text(text[:-1]) + "."
    composed = _BETWEEN.sub("x", unicodedata.normalize("NFC", text))
    spelled: list[str] = []
    for char in composed:
        script = _script(char)
        raised = bool(script) and bool(spelled) and spelled[-1].startswith(script)
        spelled.append(script + _spelled(char) if script else _spelled(char))
        if raised:
            spelled[-2:] = [spelled[-2] + spelled[-1].removeprefix(script)]
    return "".join(spelled)


def _script(char: str) -> str:
    """Return the sign that announces a superscript or subscript character, or nothing."""
    if char in _SPELLED:
        return ""
    return _SCRIPTS.get(unicodedata.decomposition(char).split(" ")[0], "")


def _spelled(char: str) -> str:
    """Spell one character, scripts without their sign."""
    if char.isascii():
        return char
    if char in _SPELLED:
        return _SPELLED[char]
    name = unicodedata.name(char, "")
    if name.startswith("GREEK") and " LETTER " in name and " WITH " not in name:
        word = name.split(" ")[-1].lower()
        return word.capitalize() if " CAPITAL " in name else word
    return _unaccented(char)


def _unaccented(char: str) -> str:
    """Spell a character by its decomposition: ŷ is `yhat`, ó is `o`, ½ is `1/2`."""
    if unicodedata.combining(char):
        return _ACCENTS.get(char, "")
    parts = unicodedata.normalize("NFKD", char)
    if parts == char:
        return "" if unicodedata.category(char) in {"Cf", "Mn"} else "?"
    letters = "".join(_spelled(part) for part in parts if not unicodedata.combining(part))
    if letters.lower() == "n":
        return letters
    return letters + "".join(_ACCENTS.get(part, "") for part in parts)
