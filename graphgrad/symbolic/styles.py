"""Spell sums, products, powers and calls: once as text of a file, once as LaTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import ATOM, COMPARE, POWER, PRODUCT, SIGN, SUM, Row
from graphgrad.ops.text import Written, written_call, written_number
from graphgrad.symbolic.latex import latex_call, latex_number, within
from graphgrad.symbolic.markers import marked_index
from graphgrad.symbolic.names import name_latex, raised

__all__ = ["LATEX", "TEXT", "Style"]

Signed = tuple[bool, Written]
"""A piece and whether it is to be subtracted."""


class Style(Protocol):
    """How the pieces of a formula are put together."""

    def symbol(self, name: str) -> Written: ...
    def constant(self, name: str) -> Written: ...
    def number(self, value: Fraction | float) -> Written: ...
    def total(self, terms: Sequence[Signed]) -> Written: ...
    def product(
        self, minus: bool, number: Fraction, top: Sequence[Written], bottom: Sequence[Written]
    ) -> Written: ...
    def power(self, base: Written, exponent: Written) -> Written: ...
    def call(self, row: Row, args: Sequence[Written], settings: Mapping[str, Any]) -> Written: ...
    def relation(self, symbol: str, a: Written, b: Written) -> Written: ...


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


class TextStyle:
    """Spell formulas as files do."""

    def symbol(self, name: str) -> Written:
        """Return a name."""
        return Written(name)

    def constant(self, name: str) -> Written:
        """Return pi or e."""
        return Written(name)

    def number(self, value: Fraction | float) -> Written:
        """Return a number without sign."""
        return written_number(value)

    def total(self, terms: Sequence[Signed]) -> Written:
        """Return a sum."""
        return Written(_joined([(minus, t.within(SUM + 1)) for minus, t in terms]), SUM)

    def product(
        self, minus: bool, number: Fraction, top: Sequence[Written], bottom: Sequence[Written]
    ) -> Written:
        """Return a product of a number and factors, divided by others."""
        above, below = split_number(number)
        tops = ([self.number(above)] if above != 1 else []) + list(top)
        bottoms = ([Written(str(below))] if below != 1 else []) + list(bottom)
        single = len(tops) == 1 and not bottoms
        if single and not minus:
            return tops[0]
        text = "*".join(t.within(SIGN + 1 if single else PRODUCT + 1) for t in tops) or "1"
        if bottoms:
            under = "*".join(b.within(PRODUCT + 1) for b in bottoms)
            text += f"/{under}" if len(bottoms) == 1 else f"/({under})"
        return Written(f"-{text}" if minus else text, SIGN if single else PRODUCT)

    def power(self, base: Written, exponent: Written) -> Written:
        """Return a power."""
        return Written(f"{base.within(ATOM)}^{exponent.within(ATOM)}", POWER)

    def call(self, row: Row, args: Sequence[Written], settings: Mapping[str, Any]) -> Written:
        """Return a function applied."""
        return written_call(row, args, settings)

    def relation(self, symbol: str, a: Written, b: Written) -> Written:
        """Return a comparison."""
        return Written(f"{a.within(COMPARE + 1)} {symbol} {b.within(COMPARE + 1)}", COMPARE)


class LatexStyle:
    """Spell formulas as books do."""

    def symbol(self, name: str) -> Written:
        """Return a typeset name; a marker stays one."""
        return Written(name) if marked_index(name) is not None else raised(name_latex(name))

    def constant(self, name: str) -> Written:
        """Return pi or e."""
        return Written(r"\pi" if name == "pi" else name)

    def number(self, value: Fraction | float) -> Written:
        """Return a number without sign."""
        return latex_number(value)

    def total(self, terms: Sequence[Signed]) -> Written:
        """Return a sum."""
        return Written(_joined([(minus, within(t, SUM + 1)) for minus, t in terms]), SUM)

    def product(
        self, minus: bool, number: Fraction, top: Sequence[Written], bottom: Sequence[Written]
    ) -> Written:
        """Return a product of a number and factors, over others in a fraction."""
        above, below = split_number(number)
        tops = ([self.number(above)] if above != 1 else []) + list(top)
        bottoms = ([Written(str(below))] if below != 1 else []) + list(bottom)
        if len(tops) == 1 and not bottoms and not minus:
            return tops[0]
        written = self._factors(tops)
        if bottoms:
            written = Written(rf"\frac{{{written.text}}}{{{self._factors(bottoms).text}}}", ATOM)
        level = min(written.level, SIGN) if minus else written.level
        text = within(written, PRODUCT) if minus else written.text
        return Written(f"-{text}" if minus else text, level)

    def _factors(self, factors: Sequence[Written]) -> Written:
        if len(factors) == 1:
            return Written(within(factors[0], COMPARE + 1), max(factors[0].level, COMPARE + 1))
        result = factors[0] if factors else Written("1")
        for factor in factors[1:]:
            result = latex_call(_MUL, (result, factor), {})
        return result

    def power(self, base: Written, exponent: Written) -> Written:
        """Return a power."""
        return Written(f"{within(base, ATOM)}^{{{exponent.text}}}", POWER)

    def call(self, row: Row, args: Sequence[Written], settings: Mapping[str, Any]) -> Written:
        """Return a function applied."""
        return latex_call(row, args, settings)

    def relation(self, symbol: str, a: Written, b: Written) -> Written:
        """Return a comparison."""
        sign = _RELATIONS.get(symbol, symbol)
        return Written(f"{within(a, COMPARE + 1)} {sign} {within(b, COMPARE + 1)}", COMPARE)


def _joined(terms: Sequence[tuple[bool, str]]) -> str:
    (minus, first), *rest = terms
    text = f"-{first}" if minus else first
    return text + "".join(f" - {term}" if minus else f" + {term}" for minus, term in rest)


_MUL = row_of("mul")
_RELATIONS = {">=": r"\geq", "<=": r"\leq", "==": "=", "!=": r"\neq"}
TEXT: Style = TextStyle()
LATEX: Style = LatexStyle()
