"""Offer our own algebra of terms in the words in which sympy is offered: numbers, names, rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NoReturn

from graphgrad.ops.registry import find
from graphgrad.ops.row import INDICATORS, Elementwise
from graphgrad.symbolic.terms import Call, GaveUpError, Number, Symbol, Term, times

__all__ = ["OWN", "elementwise", "is_indicator"]


class Own:
    """What formulas are made with: this algebra, in the words that sympy's is offered in."""

    def number(self, value: Any) -> Term:
        """Return a number exactly as it is written; terms as they are."""
        if isinstance(value, Term):
            return value
        if isinstance(value, float):
            if not math.isfinite(value):
                raise GaveUpError
            return Number(Fraction(repr(value)))
        if isinstance(value, int | Fraction):
            return Number(Fraction(value))
        raise GaveUpError

    def symbol(self, name: str) -> Term:
        """Return a name."""
        return Symbol(name)

    def scaled(self, number: Term, product: Term) -> Term:
        """Return a product times a number, which is not multiplied into a sum."""
        assert isinstance(number, Number)
        return times(number.value, product)

    def call(self, row: Elementwise, settings: Mapping[str, Any], args: Iterable[Any]) -> Term:
        """Return a row applied."""
        return Call(row, settings, map(self.number, args))

    def constant(self, _name: str) -> NoReturn:
        """Give up pi and e."""
        raise GaveUpError


OWN = Own()


def is_indicator(expression: Any) -> bool:
    """Tell whether an expression, of this algebra or of sympy, is an op that is 1 or 0."""
    row = getattr(expression, "row", None)
    return row is not None and row.name in INDICATORS


def elementwise(name: str) -> Elementwise:
    """Return the element-wise row of a name.

    Raises:
        AttributeError: if there is none.
    """
    row = None if name.startswith("_") else find(name)
    if not isinstance(row, Elementwise):
        raise AttributeError(name)
    return row
