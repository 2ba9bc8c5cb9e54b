r"""Read whole numbers with a fraction behind them: 1½, ``1\frac{1}{2}`` and 1 1/2 are (1 + 1/2).

A fraction behind a whole number is added to it where it is written out in numerals and is proper;
else, as in ``2\frac{x}{2}`` or ``3\frac{4}{2}``, the two are a product.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import NamedTuple

from graphgrad.expr.items import Remark
from graphgrad.expr.latex_words import FRACTIONS
from graphgrad.expr.tokens import Token

__all__ = ["with_fractions"]


class _Found(NamedTuple):
    """A fraction of numerals: its two numbers, and how many tokens it takes."""

    above: str
    below: str
    size: int


def with_fractions(text: str, tokens: list[Token], remarks: list[Remark]) -> list[Token]:
    """Return tokens with fractions of one character, and mixed numbers, written out.

    >>> [token.value for token in with_fractions("½", [Token("vulgar", "½", 0, 1)], [])]
    ['(', '1', '/', '2', ')']
    """
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        whole = _whole(found)
        fraction = _fraction(tokens, place, apart=whole is not None)
        mixed = whole is not None and fraction is not None and _is_proper(fraction)
        if fraction is None or (token.kind != "vulgar" and not mixed):
            found.append(token)
            place += 1
            continue
        end = tokens[place + fraction.size - 1]
        if mixed and whole is not None:
            found.pop()
            given = text[whole.start : end.end]
            read = f"{whole.value} + {fraction.above}/{fraction.below}"
            if token.kind != "vulgar" or whole.end < token.start:
                remarks.append(Remark("read.mixed", {"got": given, "read": read}))
        found += _written(whole if mixed else None, fraction, token)
        place += fraction.size
    return found


def _whole(found: list[Token]) -> Token | None:
    """Return the whole number that stands last, unless it is an exponent or below a bar."""
    if not found or found[-1].kind != "number" or not found[-1].value.isdecimal():
        return None
    before = found[-2].value if len(found) > 1 else ""
    return None if before in ("^", "_", "/", r"\sqrt", *FRACTIONS) else found[-1]


def _fraction(tokens: list[Token], place: int, *, apart: bool) -> _Found | None:
    r"""Return the fraction of numerals at a place: ½, \frac{1}{2}, \frac12; 1/2 where apart."""
    token = tokens[place]
    if token.kind == "vulgar":
        value = Fraction(unicodedata.numeric(token.value)).limit_denominator(10)
        return _Found(str(value.numerator), str(value.denominator), 1)
    if token.value in FRACTIONS:
        return _latex(tokens, place)
    below = tokens[place + 1 : place + 4]
    spaced = apart and place > 0 and tokens[place - 1].end < token.start
    if not spaced or not token.value.isdecimal() or len(below) < 2 or below[0].value != "/":
        return None
    raised = len(below) > 2 and below[2].value in ("^", "/", "!")
    if raised or not below[1].value.isdecimal():
        return None
    return _Found(token.value, below[1].value, 3)


def _latex(tokens: list[Token], place: int) -> _Found | None:
    parts, at = list[str](), place + 1
    while len(parts) < 2 and at < len(tokens):
        inner = tokens[at : at + 3]
        if len(inner) == 3 and inner[0].value == "{" and inner[2].value == "}":
            digits, at = [inner[1].value], at + 3
        else:
            digits, at = list(tokens[at].value), at + 1
        if not all(map(str.isdecimal, digits)):
            return None
        parts += digits
    return _Found(parts[0], parts[1], at - place) if len(parts) == 2 else None


def _is_proper(fraction: _Found) -> bool:
    return 0 < int(fraction.above) < int(fraction.below)


def _written(whole: Token | None, fraction: _Found, token: Token) -> list[Token]:
    """Return a fraction in brackets, behind the whole number it is added to."""

    def part(kind: str, value: str) -> Token:
        return Token(kind, value, token.start, token.end)

    start = [] if whole is None else [whole, part("operator", "+")]
    return [
        part("bracket", "("),
        *start,
        part("number", fraction.above),
        part("operator", "/"),
        part("number", fraction.below),
        part("bracket", ")"),
    ]
