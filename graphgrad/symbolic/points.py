"""Choose points at which a row is tested: inside its domain, off its kinks, the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.ops.row import Condition, Elementwise
from graphgrad.symbolic.precise import PRECISE, NotRealError, precise

__all__ = ["sample_points", "sample_settings"]

_STEPS = (0.618034, 0.754878, 0.819173, 0.856675, 0.880271)
_CLOSEST = 0.02
_POWERS = (3, 2, -1, Fraction(1, 2))


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

    >>> from graphgrad.ops import row
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
        if condition.relation != "!=" and value - bound < _CLOSEST:
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
