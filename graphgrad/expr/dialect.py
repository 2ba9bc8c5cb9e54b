"""State how strictly a text is read, and which signs are others in another form.

The file format is strict, answers are lenient.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

__all__ = [
    "ANSWER", "COMMA", "FOLDED", "HIGH", "OPERATORS", "SMALL", "STRICT", "SUBSCRIPTS",
    "SUPERSCRIPTS", "Dialect", "in_plain_letters", "with_semicolons",
]  # fmt: skip

_PARTING = re.compile(r"(?<![0-9]),|,(?![0-9])")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Hold the choices that change how a formula is read.

    Attributes:
        decimal_comma: numbers are written 0,5 and ``;`` separates arguments.
        inner_names: ``yhat.1``, the first operation inside the line yhat, is a name.
        superscripts: ``x²`` is a power.
        lenient: also the signs of hand-written answers and of LaTeX are tokens; `lenient` turns
            them into a formula.
        max_depth: nesting of brackets, signs and powers before a limit error.
        max_length: characters in one logical line before a limit error.
    """

    decimal_comma: bool = False
    inner_names: bool = False
    superscripts: bool = False
    lenient: bool = False
    max_depth: int = 200
    max_length: int = 10_000


STRICT = Dialect()
COMMA = replace(STRICT, decimal_comma=True)
ANSWER = Dialect(inner_names=True, superscripts=True, lenient=True, max_depth=60, max_length=600)


def with_semicolons(text: str) -> str:
    """Return a text of ``decimal comma`` with ``;`` for each comma that is in no number.

    >>> with_semicolons("dense(4, act=relu, rate=0,5)")
    'dense(4; act=relu; rate=0,5)'
    """
    return _PARTING.sub(";", text)


# ---- signs of other forms ----

SMALL = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
SUBSCRIPTS = str.maketrans(SMALL, "0123456789aehijklmnoprstuvx")
HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
SUPERSCRIPTS = str.maketrans(HIGH, "0123456789-+()abcdefghijklmnoprstuvwxyz")
OPERATORS = {
    "**": "^", "·": "*", "×": "*", "∗": "*", "−": "-", "–": "-", "÷": "/", "≥": ">=", "≤": "<=",
    "≠": "!=", "⋅": "*", "∙": "*", "•": "*", "⊙": "*", "⊗": "*", "∘": "*", "✕": "*", "✖": "*",
    "⨯": "*", "\u2062": "*", "⁄": "/", "∕": "/", "—": "-", "‒": "-", "‐": "-", "‑": "-", "－": "-",
    "＋": "+", "＝": "=", "≡": "=", ".*": "*", "./": "/", ".^": "^", ":=": "=", "≔": "=", "≃": "≈",
    "≅": "≈", "≐": "≈",
}  # fmt: skip

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = {
    0x1D7CE + 10 * style + digit: 0x30 + digit for style in (0, 2, 3, 4) for digit in range(10)
}
FOLDED = (
    _WIDE
    | _DIGITS
    | {0x3000: " ", 0x2206: "Δ", 0x2126: "Ω", 0x212F: "e", 0x2147: "e", 0x2236: ":"}
    | {0x3010: "(", 0x3011: ")", 0x3014: "(", 0x3015: ")", 0x2768: "(", 0x2769: ")"}
    | {0x2223: "|", 0x2758: "|", 0x23D0: "|", 0x2225: "‖", 0x2016: "‖"}
    | {0x27E8: "⟨", 0x2329: "⟨", 0x3008: "⟨", 0x27E9: "⟩", 0x232A: "⟩", 0x3009: "⟩"}
    | {0x02C6: "^", 0x2191: "^", 0x2797: "/", 0x2298: "/", 0x2795: "+", 0x2796: "-", 0x22C6: "*"}
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x1D400, 0x1D7CC)}
    | {0x210E: "h", 0x2146: "d", 0x1D7CF: "𝟙"}
)
"""Signs that are other signs in another form: full-width ones, letters of Word, other bars."""
_LETTERS = {code: sign for code, sign in SUPERSCRIPTS.items() if chr(code) in HIGH[14:]}


def in_plain_letters(text: str) -> str:
    """Return a text with letters and signs of other forms as plain ones, place by place.

    >>> in_plain_letters("𝑥 = eˣ")
    'x = ex'
    """
    return text if text.isascii() else text.translate(FOLDED).translate(_LETTERS)
