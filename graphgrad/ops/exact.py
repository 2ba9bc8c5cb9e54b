"""Run rows on exact rationals: Fraction scalars, or object arrays of Fraction."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import Any

from graphgrad.ops.floats import ArrayMath

__all__ = ["ExactMath", "Inexact", "bounded"]

_LARGEST_BITS = 20_000
_EXACT_ON_ARRAYS = frozenset(
    {"matmul", "outer", "sum", "max", "transpose", "reshape", "broadcast", "index"}
    | {"scatter_add", "concat", "stack", "gather", "scatter_at"}
    | {"windows", "fold", "flip", "repeat", "roll", "diag", "tril", "triu"}
)


class Inexact(ArithmeticError):  # noqa: N818  # a signal, not a mistake of the user
    """Signal that a result is no rational number, or one too long to be useful."""


class ExactMath:
    """Namespace of functions on rationals; raises Inexact where the result is none."""

    @property
    def pi(self) -> Any:
        raise Inexact

    def __getattr__(self, name: str) -> Any:
        if name in _EXACT_ON_ARRAYS:
            return getattr(self.arrays, name)
        raise Inexact(name)

    @cached_property
    def arrays(self) -> ArrayMath:
        """Return the array functions that only move, compare or add entries."""
        return ArrayMath()

    def _each(self, function: Any, *args: Any) -> Any:
        """Apply a function of rationals to scalars, or entry by entry to arrays."""
        if not any(hasattr(arg, "shape") for arg in args):
            return function(*args)
        return self.arrays.np.frompyfunc(function, len(args), 1)(*args)

    def powi(self, x: Any, *, n: Any) -> Any:
        return self._each(lambda base: _power(base, Fraction(n)), x)

    def sqrt(self, x: Any) -> Any:
        return self._each(_square_root, x)

    def abs(self, x: Any) -> Any:
        return abs(x)

    def sign(self, x: Any) -> Any:
        return self._each(lambda v: Fraction((v > 0) - (v < 0)), x)

    def greater(self, a: Any, b: Any) -> Any:
        return self._each(lambda u, v: Fraction(int(u > v)), a, b)

    def less(self, a: Any, b: Any) -> Any:
        return self._each(lambda u, v: Fraction(int(u < v)), a, b)

    def equal(self, a: Any, b: Any) -> Any:
        return self._each(lambda u, v: Fraction(int(u == v)), a, b)

    def floor(self, x: Any) -> Any:
        return self._each(lambda v: Fraction(math.floor(v)), x)

    def stop_gradient(self, x: Any) -> Any:
        return x

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        return self._each(lambda c, u, v: u if c != 0 else v, condition, a, b)

    def maximum(self, a: Any, b: Any) -> Any:
        return self._each(max, a, b)

    def argmax_mask(self, x: Any, *, axis: tuple[int, ...]) -> Any:
        return self._each(Fraction, self.arrays.argmax_mask(x, axis=axis))

    def order_mask(self, x: Any) -> Any:
        return self._each(Fraction, self.arrays.order_mask(x))

    def det(self, x: Any) -> Any:
        """Return the determinant by elimination with exact numbers."""
        rows, result = x.copy(), Fraction(1)
        for column in range(len(rows)):
            pivot = next((r for r in range(column, len(rows)) if rows[r, column] != 0), None)
            if pivot is None:
                return Fraction(0)
            if pivot != column:
                rows[[column, pivot]] = rows[[pivot, column]]
                result = -result
            result *= rows[column, column]
            for other in range(column + 1, len(rows)):
                factor = rows[other, column] / rows[column, column]
                rows[other] = rows[other] - factor * rows[column]
        return result

    def inverse(self, x: Any) -> Any:
        """Return the inverse matrix by elimination with exact numbers."""
        np = self.arrays.np
        if x.ndim > 2:
            return np.array([self.inverse(part) for part in x], dtype=object).reshape(x.shape)
        n = len(x)
        rows = np.concatenate([x, np.vectorize(Fraction, otypes=[object])(np.eye(n, dtype=int))], 1)
        for column in range(n):
            pivot = next((r for r in range(column, n) if rows[r, column] != 0), None)
            if pivot is None:
                raise Inexact
            rows[[column, pivot]] = rows[[pivot, column]]
            rows[column] = rows[column] / rows[column, column]
            for other in range(n):
                if other != column:
                    rows[other] = rows[other] - rows[other, column] * rows[column]
        return rows[:, n:]

    def pad(self, x: Any, *, width: tuple[int, ...], value: Any) -> Any:
        return self.arrays.pad(x, width=width, value=Fraction(value))

    def pow(self, x: Any, y: Any) -> Any:
        return self._each(_power, x, y)

    def shape(self, x: Any) -> tuple[int, ...]:
        return tuple(getattr(x, "shape", ()))


def _power(x: Any, y: Any) -> Fraction:
    base, n = Fraction(x), Fraction(y)
    if n.denominator != 1:
        if n.denominator == 2:
            return _power(_square_root(base), Fraction(n.numerator))
        raise Inexact
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(n.numerator) > _LARGEST_BITS and base not in (-1, 0, 1):
        raise Inexact
    return base**n.numerator


def _square_root(x: Any) -> Fraction:
    value = Fraction(x)
    if value < 0:
        raise ValueError
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        raise Inexact
    return Fraction(top, bottom)


def bounded(value: Any) -> Any:
    """Return an exact scalar or object array as Fractions.

    Raises:
        Inexact: if an entry is no rational number or has grown beyond use.
    """
    if hasattr(value, "shape"):
        if value.shape == ():
            return bounded(value.item())
        entries = [bounded(entry) for entry in value.ravel()]
        result = value.astype(object)
        result.flat = entries
        result.flags.writeable = False
        return result
    if isinstance(value, int):
        return Fraction(value)
    if not isinstance(value, Fraction):
        raise Inexact
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LARGEST_BITS:
        raise Inexact
    return value
