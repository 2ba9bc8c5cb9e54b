r"""Read whole numbers with a fraction behind them: 1½, ``1\frac{1}{2}`` and 1 1/2 are (1 + 1/2).

Decimals that go on for ever are fractions too: ``0.1\overline{6}`` is 1/6, and 0.(3) is 1/3.

A fraction behind a whole number is added to it where it is written out in numerals and is proper;
else, as in ``2\frac{x}{2}`` or ``3\frac{4}{2}``, the two are a product.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graphgrad.expr.items import Remark
from graphgrad.expr.latex_words import FRACTIONS
from graphgrad.expr.tokens import Token

__all__ = ["with_fractions", "with_periods"]


_REPEATED = frozenset(
    {
        r"\overline",
        r"\bar",
        r"\dot",
        r"\hat",
        r"\widehat",
        r"\overparen",
        r"\wideparen",
        r"\overarc",
    }
)
"""What stands over digits that come again; an arc in Spanish."""
_LONGEST_PERIOD = 40
_GOES_ON = re.compile(r"(?<![\w.,])(?P<whole>\d{1,40}[.,])(?P<tail>\d{2,40})(?:\.{3}|…)")
_DOTTED = re.compile(r"\\dot\{(\d)\}(\d{0,38})\\dot\{(\d)\}")
"""A dot over the first and the last digit that come again."""


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
        repeating = _repeating(tokens, place)
        if repeating is not None:
            end = tokens[place + repeating.size - 1]
            read = f"{repeating.above}/{repeating.below}"
            remarks.append(
                Remark("read.repeating", {"got": text[token.start : end.end], "read": read})
            )
            found += _written(None, repeating, token)
            place += repeating.size
            continue
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


def _repeating(tokens: list[Token], place: int) -> _Found | None:
    r"""Return the fraction of a decimal that goes on for ever: 0.1\overline{6}, 0,\bar3, 0.(3)."""
    token = tokens[place]
    point = "," if "," in token.value else "."
    whole, point, tail = token.value.partition(point)
    if token.kind != "number" or not (whole + tail).isdecimal():
        return None
    at = place + 1
    if not point and at < len(tokens) and tokens[at].value == ",":
        point, at = ",", at + 1
    inner = tokens[at : at + 4]
    if not point or any(
        a.end != b.start for a, b in pairwise([token, *tokens[place + 1 : at + 1]])
    ):
        return None
    values = [part.value for part in inner]
    dotted = "".join(part.value for part in tokens[at : at + 9])
    if (both := _DOTTED.match(dotted)) is not None:
        count = 8 + bool(both[2])
        return _periodic(whole, tail, both[1] + both[2] + both[3], at - place + count)
    if point == "." and not tail and values[:1] == ["("] and values[2:3] == [")"]:
        digits, size = values[1], 3
    elif values[:1] and values[0] in _REPEATED and values[1:2] == ["{"] and values[3:] == ["}"]:
        digits, size = values[2], 4
    elif values[:1] and values[0] in _REPEATED and len(values) > 1:
        digits, size = values[1], 2
    else:
        return None
    if not digits.isdecimal() or len(digits) > _LONGEST_PERIOD or len(tail) > _LONGEST_PERIOD:
        return None
    if size == 2 and len(digits) > 1:
        return None  # the bar is over the first digit alone, and others follow
    return _periodic(whole, tail, digits, at - place + size)


def with_periods(text: str) -> str:
    r"""Return a text with ``0.333...``, whose last digits come again, as ``0.\overline{3}``.

    One digit must come twice, or three times behind others; two, three or six digits twice. What
    a student writes so in an exercise may also be the first digits of any number.

    >>> with_periods("0.333... x + 0,1666…"), with_periods("1.4142...")
    ('0.\\overline{3} x + 0,1\\overline{6}', '1.4142...')
    """
    return _GOES_ON.sub(_with_period, text)


def _with_period(found: re.Match[str]) -> str:
    tail = found["tail"]
    for size in (1, 2, 3, 6):
        period, start = tail[-size:], len(tail)
        while start >= size and tail[start - size : start] == period:
            start -= size
        times = (len(tail) - start) // size
        if times > 2 or (times == 2 and (size > 1 or not start)):
            return rf"{found['whole']}{tail[:start]}\overline{{{period}}}"
    return found[0]


def _periodic(whole: str, tail: str, digits: str, size: int) -> _Found:
    """Return the fraction of a number whose last digits come again for ever."""
    value = Fraction(int(whole + tail + digits) - int(whole + tail), 10 ** len(tail))
    value /= 10 ** len(digits) - 1
    return _Found(str(value.numerator), str(value.denominator), size)


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
