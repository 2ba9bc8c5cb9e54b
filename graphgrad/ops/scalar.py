"""Run rows on Python floats, with IEEE results where Python would raise."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["ScalarMath"]


class ScalarMath:
    """Namespace of functions on floats; may raise where a value leaves the finite numbers."""

    pi = math.pi
    exp = staticmethod(math.exp)
    expm1 = staticmethod(math.expm1)
    log = staticmethod(math.log)
    log1p = staticmethod(math.log1p)
    sqrt = staticmethod(math.sqrt)
    sin = staticmethod(math.sin)
    cos = staticmethod(math.cos)
    tan = staticmethod(math.tan)
    tanh = staticmethod(math.tanh)
    erf = staticmethod(math.erf)
    abs = staticmethod(abs)

    @staticmethod
    def powi(x: float, *, n: float) -> float:
        """Return x**n for a constant n; a non-integer power of a negative number raises."""
        power: float | complex = x**n
        if isinstance(power, complex):
            raise ValueError
        return power

    @staticmethod
    def pow(x: float, y: float) -> float:
        """Return x**y; a non-integer power of a negative number raises."""
        power: float | complex = x**y
        if isinstance(power, complex):
            raise ValueError
        return power

    @staticmethod
    def sign(x: float) -> float:
        return x if x != x else float((x > 0) - (x < 0))

    @staticmethod
    def greater(a: float, b: float) -> float:
        return 1.0 if a > b else 0.0

    @staticmethod
    def less(a: float, b: float) -> float:
        return 1.0 if a < b else 0.0

    @staticmethod
    def equal(a: float, b: float) -> float:
        return 1.0 if a == b else 0.0

    @staticmethod
    def where(condition: float, a: float, b: float) -> float:
        return a if condition != 0 else b

    @staticmethod
    def maximum(a: float, b: float) -> float:
        return max(a, b)

    @staticmethod
    def sigmoid(z: float) -> float:
        small = math.exp(-abs(z))
        return (small if z < 0 else 1.0) / (1.0 + small)

    @staticmethod
    def shape(_x: Any) -> tuple[int, ...]:
        return ()
