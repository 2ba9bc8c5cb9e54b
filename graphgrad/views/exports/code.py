"""Hold pieces of Python code; the formulas of rows run on them and give the code of a formula."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Protocol

from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import ATOM, POWER, PRODUCT, SIGN, SUM
from graphgrad.ops.text import Written

__all__ = ["Code", "Speller", "number_code"]

Number = int | float | Fraction


class Speller(Protocol):
    """What applies a function to pieces of code."""

    def call(self, name: str, *args: Any, **settings: Any) -> Code:
        """Return an op applied to pieces and numbers."""


class Code:
    """A piece of code.

    Attributes:
        text: the code.
        level: how tightly its outermost operator binds.
        number: its value where it is a number of Python's, not an array.
        holds: of a comparison, the condition without its change into 1 and 0.
    """

    __slots__ = ("holds", "level", "number", "speller", "text")

    def __init__(
        self,
        speller: Speller,
        text: str,
        level: int = ATOM,
        number: Number | None = None,
        holds: str = "",
    ) -> None:
        self.speller = speller
        self.text = text
        self.level = level
        self.number = number
        self.holds = holds

    def within(self, level: int) -> str:
        """Return the text, in brackets if it binds more loosely than its surroundings."""
        return Written(self.text, self.level).within(level)

    def _joined(self, other: Any, symbol: str, level: int, *, swapped: bool = False) -> Code:
        other = other if isinstance(other, Code) else number_code(self.speller, other)
        left, right = (other, self) if swapped else (self, other)
        loose = level + (symbol in ("-", "/", "@", "*"))
        text = f"{left.within(level)} {symbol} {right.within(loose)}"
        return Code(self.speller, text, level, _number(left.number, symbol, right.number))

    def __add__(self, other: Any) -> Code:
        return self._joined(other, "+", SUM)

    def __radd__(self, other: Any) -> Code:
        return self._joined(other, "+", SUM, swapped=True)

    def __sub__(self, other: Any) -> Code:
        return self._joined(other, "-", SUM)

    def __rsub__(self, other: Any) -> Code:
        return self._joined(other, "-", SUM, swapped=True)

    def __mul__(self, other: Any) -> Code:
        return self._joined(other, "*", PRODUCT)

    def __rmul__(self, other: Any) -> Code:
        return self._joined(other, "*", PRODUCT, swapped=True)

    def __truediv__(self, other: Any) -> Code:
        return self._joined(other, "/", PRODUCT)

    def __rtruediv__(self, other: Any) -> Code:
        return self._joined(other, "/", PRODUCT, swapped=True)

    def __matmul__(self, other: Any) -> Code:
        return self._joined(other, "@", PRODUCT)

    def __neg__(self) -> Code:
        number = None if self.number is None else -self.number
        return Code(self.speller, f"-{self.within(SIGN + 1)}", SIGN, number)

    def __pow__(self, exponent: Any) -> Code:
        power = exponent if isinstance(exponent, Code) else number_code(self.speller, exponent)
        number = _number(self.number, "**", power.number)
        text = f"{self.within(ATOM)}**{power.within(SIGN)}"
        return Code(self.speller, text, POWER, number)


def number_code(speller: Speller, value: Number) -> Code:
    """Return a number as code: fractions as quotients where no decimal says the same.

    >>> from fractions import Fraction
    >>> [number_code(None, value).text for value in (2, -0.5, Fraction(1, 4), Fraction(1, 3), 1e-7)]
    ['2', '-0.5', '0.25', '1 / 3', '1e-07']
    """
    text, level = "", ATOM
    if isinstance(value, Fraction):
        exact = to_float(value)
        if math.isinf(exact):
            text = f'float("{exact}")'
        elif value.denominator == 1 and abs(value) < 2**53:
            text = str(value.numerator)
        elif Fraction(repr(exact)) == value or max(len(str(value)), 0) > 18:
            text = repr(exact)
        else:
            text, level = f"{value.numerator} / {value.denominator}", PRODUCT
    elif isinstance(value, int):
        text = str(value)
    elif math.isfinite(value):
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    else:
        text = f'float("{float(value)}")'
    level = SIGN if text.startswith("-") and level == ATOM else level
    return Code(speller, text, level, value)


def _number(left: Number | None, symbol: str, right: Number | None) -> Number | None:
    """Return what two numbers make, None where one is an array or they make no finite number."""
    if left is None or right is None:
        return None
    try:
        made: float = _MADE[symbol](float(left), float(right))
        return made
    except (ArithmeticError, ValueError):
        return math.nan


_MADE: dict[str, Any] = {
    "+": float.__add__,
    "-": float.__sub__,
    "*": float.__mul__,
    "/": float.__truediv__,
    "**": math.pow,
}
