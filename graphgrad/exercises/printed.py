"""Read numbers as they are printed: a decimal stands for everything that rounds to it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.expr import Expression, Item
from graphgrad.source.numbers import decimal_number

__all__ = ["FINEST", "Printed", "printed_entries"]

FINEST = 12


class Printed(NamedTuple):
    """A number as printed.

    Attributes:
        value: the number.
        unit: the value of its last digit; 0 for a fraction, which is exact.
        digits: how many significant digits it shows.
        decimals: how many of them stand behind the decimal sign.
    """

    value: Fraction
    unit: Fraction = Fraction(0)
    digits: int = 0
    decimals: int = 0

    @property
    def half(self) -> Fraction:
        """Return how far off the number it stands for may be.

        Nobody rounds to more than 12 digits by hand: they come from a machine, and its last ones
        are noise.
        """
        noise = abs(self.value) / 10**FINEST if self.digits > FINEST else Fraction(0)
        return max(self.unit / 2, noise)

    @property
    def low(self) -> Fraction:
        """Return the smallest number it may stand for."""
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        """Return the largest number it may stand for."""
        return self.value + self.half


def printed_entries(expression: Expression) -> list[Printed] | None:
    """Return the numbers of a formula that is written out: one, or an array's, row by row.

    >>> from graphgrad.expr import parse
    >>> [p.digits for p in printed_entries(parse("[0.050, -3]"))]
    [2, 1]
    """
    stack: list[Any] = []
    for item in expression.items:
        count = item.arity
        parts = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        value = _item(item, parts)
        if value is None:
            return None
        stack.append(value)
    result = stack[0]
    return result if isinstance(result, list) else [result]


def _item(item: Item, parts: list[Any]) -> Any:
    if item.kind == "number":
        return _number(item.value)
    numbers = all(isinstance(part, Printed) for part in parts)
    if item.kind == "prefix" and numbers:
        sign = -1 if item.value == "-" else 1
        return parts[0]._replace(value=sign * parts[0].value)
    if item.kind == "infix" and item.value == "/" and numbers:
        whole = all(part.decimals == 0 for part in parts)
        return Printed(parts[0].value / parts[1].value) if whole and parts[1].value else None
    if item.kind in ("array", "rows"):
        return [entry for p in parts for entry in (p if isinstance(p, list) else [p])]
    return None


def _number(text: str) -> Printed:
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    unit = Fraction(10) ** (int(exponent or 0) - len(decimals))
    significant = (whole + decimals).lstrip("0")
    return Printed(decimal_number(text), unit, len(significant), len(decimals))
