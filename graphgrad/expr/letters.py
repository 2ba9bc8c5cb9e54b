"""Know letters: the Greek ones and their names, those that look like others, and wide forms.

Source of the names: The Unicode Standard, block Greek and Coptic (U+0370 to U+03FF).
"""

from __future__ import annotations

__all__ = ["FOLDED", "GREEK", "GREEK_COMMANDS", "in_latin"]

_LETTERS = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu
    nu xi omicron pi rho sigma tau upsilon phi chi psi omega
"""
_NAMES = _LETTERS.split()
_SMALL = "αβγδεζηθικλμνξοπρστυφχψω"
_CAPITAL = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
_VARIANTS = {
    "ϵ": "epsilon",
    "ϑ": "theta",
    "ϰ": "kappa",
    "µ": "mu",
    "ϖ": "pi",
    "ϱ": "rho",
    "ς": "sigma",
    "ϕ": "phi",
    "ϴ": "Theta",
    "ϒ": "Upsilon",
    "∆": "Delta",
    "\u2126": "Omega",
}
GREEK = (
    dict(zip(_SMALL, _NAMES, strict=True))
    | {letter: name.title() for letter, name in zip(_CAPITAL, _NAMES, strict=True)}
    | _VARIANTS
)
"""The name of each Greek letter; the usual form of a letter stands before its variants."""

_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)) | dict(
    zip("АВЕКМНОРСТХІЈЅаеорсухіјѕ", "ABEKMHOPCTXIJSaeopcyxijs", strict=True)
)
"""The Latin letter that a Greek or a Cyrillic one cannot be told from on the page."""
_TO_LATIN = str.maketrans(_LATIN)

GREEK_COMMANDS = {
    name: rf"\mathrm{{{_LATIN[letter]}}}" if letter in _LATIN else rf"\{name}"
    for letter, name in GREEK.items()
    if letter not in _VARIANTS
} | {"omicron": "o"}
"""Per name, the letter in LaTeX; what looks like a Latin letter has no command of its own."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = {
    0x1D7CE + 10 * style + digit: 0x30 + digit for style in (0, 2, 3, 4) for digit in range(10)
}
FOLDED = (
    _WIDE
    | _DIGITS
    | {0x3000: " ", 0x2206: "Δ", 0x2126: "Ω"}
    | {0x3010: "[", 0x3011: "]", 0x3014: "(", 0x3015: ")", 0x2768: "(", 0x2769: ")"}
    | {0x2223: "|", 0x2758: "|", 0x23D0: "|", 0x2225: "‖", 0x2016: "‖"}
)
"""Signs that are other signs in another form: full-width ones, bold digits, other bars."""


def in_latin(word: str) -> str:
    """Return a word with Latin letters in place of those that look like them.

    >>> in_latin("Μ"), in_latin("θ"), in_latin("xο")
    ('M', 'θ', 'xo')
    """
    return word.translate(_TO_LATIN)
