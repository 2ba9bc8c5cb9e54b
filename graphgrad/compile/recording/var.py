"""Hold a value of a program that is being written down, and compute at once with numbers."""

from __future__ import annotations

import math
from typing import Any

from graphgrad.ops.floats import ScalarMath

__all__ = ["Composite", "Var", "folded"]

_SCALARS = ScalarMath()
_OPERATORS: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
}


class Composite:
    """A value that knows itself how it is combined with a `Var`."""


class Var:
    """A value of a program that is being written down, with operators."""

    __slots__ = ("at", "m")

    def __init__(self, m: Any, at: int) -> None:
        self.m = m
        self.at = at

    def __add__(self, other: Any) -> Any:
        return self._with(other, "add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self._with(other, "add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self._with(other, "sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self._with(other, "sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self._with(other, "mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self._with(other, "mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self._with(other, "div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._with(other, "div", other, self)

    def _with(self, other: Any, name: str, a: Any, b: Any) -> Any:
        if isinstance(other, Composite):
            return NotImplemented
        return self.m.elementwise(name, a, b)

    def __neg__(self) -> Any:
        return self.m.elementwise("neg", self)

    def __pow__(self, n: Any) -> Any:
        return self.m.powi(self, n=n) if not isinstance(n, Var) else self.m.pow(self, n)


def folded(name: str, args: tuple[Any, ...], settings: dict[str, Any]) -> float | None:
    """Return an operation on numbers done at once; None where it leaves the finite numbers."""
    function = _OPERATORS.get(name) or getattr(_SCALARS, name, None)
    if function is None:
        return None
    try:
        result = float(function(*map(float, args), **settings))
    except (ArithmeticError, ValueError):
        return None
    return result if math.isfinite(result) else None
