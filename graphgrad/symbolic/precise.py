"""Run rows on numbers of 40 digits: the arithmetic in which witnesses are compared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath

__all__ = ["PRECISE", "NotRealError", "Precise", "precise"]

_CONTEXT: Any = mpmath.MPContext()
_CONTEXT.dps = 40


class NotRealError(ArithmeticError):
    """Signal a result that is no finite real number."""


def precise(value: Any) -> Any:
    """Return a number with 40 digits.

    >>> float(precise(Fraction(1, 4)))
    0.25
    """
    if isinstance(value, Fraction):
        return _CONTEXT.mpf(value.numerator) / value.denominator
    return _CONTEXT.mpf(value)


def _real(value: Any) -> Any:
    if isinstance(value, _CONTEXT.mpc) or not _CONTEXT.isfinite(value):
        raise NotRealError
    return value


class Precise:
    """Namespace of functions on 40-digit numbers; raises where a result is not real and finite."""

    @property
    def pi(self) -> Any:
        """Return the circle's ratio."""
        return +_CONTEXT.pi

    def __getattr__(self, name: str) -> Any:
        """Return mpmath's function of a name, checked to stay real."""
        if name not in _FUNCTIONS:
            raise AttributeError(name)
        function = getattr(_CONTEXT, name)
        return lambda x: _real(function(precise(x)))

    def abs(self, x: Any) -> Any:
        """Return the absolute value."""
        return abs(precise(x))

    def powi(self, x: Any, *, n: Any) -> Any:
        """Return x to a constant power."""
        return self.pow(x, n)

    def pow(self, x: Any, y: Any) -> Any:
        """Return x to a power."""
        exponent = y if isinstance(y, int) else precise(y)
        return _real(precise(x) ** exponent)

    def greater(self, a: Any, b: Any) -> Any:
        """Return 1 where a > b, else 0."""
        return precise(int(precise(a) > precise(b)))

    def less(self, a: Any, b: Any) -> Any:
        """Return 1 where a < b, else 0."""
        return precise(int(precise(a) < precise(b)))

    def equal(self, a: Any, b: Any) -> Any:
        """Return 1 where a = b, else 0."""
        return precise(int(precise(a) == precise(b)))

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """Return a where the condition is not 0, else b."""
        return precise(a if condition != 0 else b)

    def every(self, *indicators: Any) -> Any:
        """Return 1 where all indicators are 1, else 0."""
        return precise(int(all(indicator == 1 for indicator in indicators)))

    def maximum(self, a: Any, b: Any) -> Any:
        """Return the larger value; a tie goes to the first."""
        return precise(b if precise(b) > precise(a) else a)

    def sigmoid(self, z: Any) -> Any:
        """Return the logistic function."""
        return 1 / (1 + self.exp(-precise(z)))

    def log1p(self, x: Any) -> Any:
        """Return log(1 + x)."""
        return self.log(1 + precise(x))


_FUNCTIONS = frozenset(("exp", "expm1", "log", "sqrt", "sin", "cos", "tan", "tanh", "erf", "sign"))
PRECISE = Precise()
