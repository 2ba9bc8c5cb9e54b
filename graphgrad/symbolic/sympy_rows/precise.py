"""Run rows on numbers of 40 digits, the arithmetic in which witnesses are compared.

The points at which a row is tested are chosen here: inside its domain, off its kinks, the same
every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import mpmath

from graphgrad.ops.row import Condition, Elementwise

__all__ = ["PRECISE", "NotRealError", "Precise", "precise", "sample_points", "sample_settings"]


_CONTEXT: Any = mpmath.MPContext()
_CONTEXT.dps = 40
_FUNCTIONS = {
    "exp": "exp", "expm1": "expm1", "log": "log", "sqrt": "sqrt", "sin": "sin", "cos": "cos",
    "tan": "tan", "tanh": "tanh", "erf": "erf", "sign": "sign", "floor": "floor",
    "sinh": "sinh", "cosh": "cosh", "arcsin": "asin", "arctan": "atan",
}  # fmt: skip
"""Functions by our word, and mpmath's word for them."""
_STEPS = (0.618034, 0.754878, 0.819173, 0.856675, 0.880271)
_CLOSEST = 0.02
_POWERS = (3, 2, -1, Fraction(1, 2))


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
        function = getattr(_CONTEXT, _FUNCTIONS[name])
        return lambda x: _real(function(precise(x)))

    def stop_gradient(self, x: Any) -> Any:
        """Return the same value."""
        return precise(x)

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

    def minimum(self, a: Any, b: Any) -> Any:
        """Return the smaller value; a tie goes to the first."""
        return precise(b if precise(b) < precise(a) else a)

    def sigmoid(self, z: Any) -> Any:
        """Return the logistic function."""
        return 1 / (1 + self.exp(-precise(z)))

    def log1p(self, x: Any) -> Any:
        """Return log(1 + x)."""
        return self.log(1 + precise(x))


PRECISE = Precise()


def sample_settings(row: Elementwise) -> list[dict[str, Any]]:
    """Return choices of settings: the defaults, and for numbers a second choice."""
    first = {s.name: 2 if s.default is None else s.default for s in row.settings}
    choices = [first]
    for setting in row.settings:
        if setting.kind == "number":
            others = _POWERS if setting.default is None else (setting.default + Fraction(1, 4),)
            choices += [first | {setting.name: other} for other in others]
    return choices


def sample_points(row: Elementwise, settings: Mapping[str, Any], count: int = 8) -> Iterator[Any]:
    """Yield points, as tuples of arguments with two decimals.

    >>> from graphgrad.ops.registry import row
    >>> [x for (x,) in sample_points(row("log"), {}, 3)]
    [1.97, 0.94, 2.61]
    """
    low, high = row.sample
    conditions = row.domain(settings)
    found = 0
    for index in range(1, 40 * count):
        point = tuple(
            round(low + (high - low) * (index * _STEPS[place % len(_STEPS)] % 1.0), 2)
            for place in range(len(row.arguments))
        )
        if _is_inside(point, conditions) and _is_smooth(row, point, settings):
            yield point
            found += 1
            if found == count:
                return


def _is_inside(point: tuple[float, ...], conditions: tuple[Condition, ...]) -> bool:
    for condition in conditions:
        value, bound = point[condition.argument], condition.bound
        if condition.relation == "!=" and abs(value - bound) < _CLOSEST:
            return False
        if condition.relation in (">", ">=") and value - bound < _CLOSEST:
            return False
        if condition.relation in ("<=", "every") and not condition.holds(value):
            return False
    return True


def _is_smooth(row: Elementwise, point: tuple[float, ...], settings: Mapping[str, Any]) -> bool:
    """Tell whether a point is far from every kink and jump."""
    if row.kinks is None:
        return True
    args = map(precise, point)
    try:
        kinks = row.kinks(PRECISE, *args, **dict(settings))
    except NotRealError:
        return False
    return all(abs(kink) > _CLOSEST for kink in kinks)
