"""Spell sums, products, powers and calls: once as text of a file, once as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import ATOM, COMPARE, POWER, PRODUCT, SIGN, SUM, Row
from graphgrad.ops.text import Written, written_call, written_number
from graphgrad.symbolic.write.formula_latex import (
    bracketed,
    entrywise_product,
    latex_call,
    latex_number,
    within,
)
from graphgrad.symbolic.write.gaps import marked_index
from graphgrad.symbolic.write.names import name_latex, raised

__all__ = ["LATEX", "LATEX_ARRAYS", "TEXT", "Style", "joined_relations"]

_RELATION = re.compile(r"(?P<a>[^<>=!]+?) (?P<sign><=|>=|<|>|\\leq|\\geq) (?P<b>[^<>=!]+)")
_TURNED = {">=": "<=", ">": "<", r"\geq": r"\leq"}
Signed = tuple[bool, Written]
"""A piece and whether it is to be subtracted."""


def split_number(value: Fraction) -> tuple[Fraction, int]:
    """Return a number as top and bottom of a fraction; decimals such as 0.1 stay on top.

    >>> split_number(Fraction(3, 4)), split_number(Fraction(1, 10))
    ((Fraction(3, 1), 4), (Fraction(1, 10), 1))
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1 and value.denominator % 5 == 0:
        return value, 1
    return Fraction(value.numerator), value.denominator


def between(one: str, other: str) -> str:
    """Return two relations that hold a value between bounds as one; empty for any others.

    >>> between("x <= 1", "x >= 0"), between("b > a", "b >= c")
    ('0 <= x <= 1', '')
    """
    found = [_RELATION.fullmatch(text) for text in (one, other)]
    if any(match is None for match in found):
        return ""
    sides = [
        (m["b"], _TURNED[m["sign"]], m["a"]) if m["sign"] in _TURNED else m.group("a", "sign", "b")
        for m in found
        if m is not None
    ]
    for (low, first, middle), (same, second, high) in (sides, sides[::-1]):
        if middle == same and low != high:
            return f"{low} {first} {middle} {second} {high}"
    return ""


def joined_relations(factors: Sequence[Written], opening: str, closing: str) -> list[Written]:
    """Return factors with two relations about one value as a chain: [x <= 1]*[x >= 0]."""
    found = list(factors)
    for place, factor in enumerate(found):
        for later in range(place + 1, len(found)):
            texts = [
                f.text.removeprefix(opening).removesuffix(closing) for f in (factor, found[later])
            ]
            chain = between(*texts)
            if chain:
                joined = factor._replace(text=f"{opening}{chain}{closing}")
                return [*found[:place], joined, *found[place + 1 : later], *found[later + 1 :]]
    return found


class Style:
    """Put pieces of formula together as files do."""

    def within(self, piece: Written, level: int) -> str:
        """Return a piece, in brackets if it binds more loosely than its surroundings."""
        return piece.within(level)

    def symbol(self, name: str) -> Written:
        """Return a name."""
        return Written(name)

    def constant(self, name: str) -> Written:
        """Return pi or e."""
        return Written(name)

    def number(self, value: Fraction | float) -> Written:
        """Return a number."""
        return written_number(value)

    def total(self, terms: Sequence[Signed]) -> Written:
        """Return a sum."""
        (minus, first), *rest = terms
        if not rest and not minus:
            return first
        text = ("-" if minus else "") + self.within(first, SUM + minus)
        for minus, term in rest:
            text += (" - " if minus else " + ") + self.within(term, SUM + minus)
        return Written(text, SUM)

    def product(
        self, minus: bool, number: Fraction, top: Sequence[Written], bottom: Sequence[Written]
    ) -> Written:
        """Return a product of a positive number and factors, divided by others."""
        above, below = split_number(number)
        tops = [self.number(above), *top] if above != 1 else list(top)
        bottoms = [Written(str(below)), *bottom] if below != 1 else list(bottom)
        written = self.quotient(tops, bottoms) if bottoms else self.factors(tops)
        if not minus:
            return written
        if written.level == PRODUCT:
            return Written(f"-{written.text}", PRODUCT)
        return Written(f"-{self.within(written, SIGN + 1)}", SIGN)

    def factors(self, factors: Sequence[Written]) -> Written:
        """Return a product."""
        if len(factors) == 1:
            return factors[0]
        return Written("*".join(f.within(PRODUCT + 1) for f in factors) or "1", PRODUCT)

    def quotient(self, tops: Sequence[Written], bottoms: Sequence[Written]) -> Written:
        """Return a fraction."""
        above = self.factors(tops).within(PRODUCT)
        below = self.factors(bottoms).within(PRODUCT + 1)
        return Written(f"{above}/{below}", PRODUCT)

    def power(self, base: Written, exponent: Written) -> Written:
        """Return a power."""
        return Written(f"{base.within(ATOM)}^{exponent.within(ATOM)}", POWER)

    def whole(self, value: Fraction) -> Written:
        """Return a number that is all there is: 1/2 where nothing else says how it is written."""
        above, below = split_number(abs(value))
        if below == 1:
            return self.number(value)
        return self.product(value < 0, abs(value), [], []) if above != 1 else self._part(value)

    def _part(self, value: Fraction) -> Written:
        part = self.quotient([Written("1")], [Written(str(value.denominator))])
        return Written(f"-{part.text}", part.level) if value < 0 else part

    def call(self, row: Row, args: Sequence[Written], settings: Mapping[str, Any]) -> Written:
        """Return a function applied."""
        return written_call(row, args, settings)

    def relation(self, symbol: str, a: Written, b: Written) -> Written:
        """Return a comparison."""
        left, right = self.within(a, COMPARE + 1), self.within(b, COMPARE + 1)
        return Written(f"{left} {symbol} {right}", COMPARE)


class LatexStyle(Style):
    """Put pieces of formula together as books do.

    Args:
        arrays: whether factors are arrays, multiplied entry by entry.
    """

    def __init__(self, *, arrays: bool = False) -> None:
        self.arrays = arrays

    def within(self, piece: Written, level: int) -> str:
        """Return a piece, in brackets if it binds more loosely than its surroundings."""
        return within(piece, level)

    def symbol(self, name: str) -> Written:
        """Return a typeset name; a marker stays one."""
        return Written(name) if marked_index(name) is not None else raised(name_latex(name))

    def constant(self, name: str) -> Written:
        """Return pi or e."""
        return Written(r"\pi" if name == "pi" else name)

    def number(self, value: Fraction | float) -> Written:
        """Return a number."""
        return latex_number(value)

    def factors(self, factors: Sequence[Written]) -> Written:
        """Return a product; a comparison that stands for a number gets its brackets."""
        factors = joined_relations(factors, "", "")
        result = factors[0] if factors else Written("1")
        if len(factors) <= 1:
            compared = result.level <= COMPARE  # which stands in brackets of its own
            return Written(within(result, COMPARE + 1), ATOM if compared else result.level)
        first = _NUMERAL.fullmatch(result.text) is not None
        for place, factor in enumerate(factors[1:]):
            entrywise = self.arrays and (place or not first)
            pair = (result, factor)
            result = entrywise_product(pair) if entrywise else latex_call(_MUL, pair, {})
        return result

    def quotient(self, tops: Sequence[Written], bottoms: Sequence[Written]) -> Written:
        """Return a fraction."""
        above, below = self.factors(tops).text, self.factors(bottoms).text
        return Written(rf"\frac{{{above}}}{{{below}}}", ATOM)

    def power(self, base: Written, exponent: Written) -> Written:
        """Return a power."""
        fraction = base.text.startswith(r"\frac") and base.level == ATOM
        written = bracketed(base) if fraction else within(base, ATOM)
        return Written(f"{written}^{{{exponent.text}}}", POWER)

    def call(self, row: Row, args: Sequence[Written], settings: Mapping[str, Any]) -> Written:
        """Return a function applied."""
        return latex_call(row, args, settings)

    def relation(self, symbol: str, a: Written, b: Written) -> Written:
        """Return a comparison."""
        return super().relation(_RELATIONS.get(symbol, symbol), a, b)


_MUL = row_of("mul")
_NUMERAL = re.compile(r"[\d.]+")
_RELATIONS = {">=": r"\geq", "<=": r"\leq", "==": "=", "!=": r"\neq"}
TEXT = Style()
LATEX: Style = LatexStyle()
LATEX_ARRAYS: Style = LatexStyle(arrays=True)
