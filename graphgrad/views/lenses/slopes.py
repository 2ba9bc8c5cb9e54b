"""Measure how steep an activation is: its derivative at numbers, and the largest there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.row import Elementwise

__all__ = ["derivative_at", "largest_slope", "value_at"]

_REACH = 60.0
_COARSE = 2401
_ROUNDS = 30


def value_at(row: Elementwise, z: Any, settings: Mapping[str, Any]) -> Any:
    """Return an activation at numbers."""
    numbers = arithmetic()
    chosen = numbers.settings(row.defaults | dict(settings))
    return numbers.value(row, (z,), chosen, scalar=isinstance(z, float))


def derivative_at(row: Elementwise, z: Any, settings: Mapping[str, Any]) -> Any:
    """Return the derivative of an activation at numbers, of their shape."""
    import numpy as np

    numbers = arithmetic()
    chosen = numbers.settings(row.defaults | dict(settings))
    out = numbers.value(row, (z,), chosen, scalar=isinstance(z, float))
    found = numbers.partial(row, 0, out, (z,), chosen)
    return found if isinstance(z, float) else np.broadcast_to(found, np.shape(z))


def largest_slope(row: Elementwise, settings: Mapping[str, Any]) -> tuple[float, float]:
    """Return the largest absolute derivative found on [-60, 60], and where.

    The maximum is looked for on a grid that is dense near 0, and then closer and closer around the
    best point of it.

    >>> from graphgrad.ops.registry import find
    >>> largest_slope(find("sigmoid"), {})
    (0.25, 0.0)
    """
    import numpy as np

    even = np.linspace(-1.0, 1.0, _COARSE)
    places = _REACH * even**3
    best, at = 0.0, 0.0
    width = _REACH
    for _ in range(_ROUNDS):
        slopes = np.abs(derivative_at(row, places, settings))
        slopes = np.where(np.isfinite(slopes), slopes, -1.0)
        k = int(np.argmax(slopes))
        if slopes[k] > best:
            best, at = float(slopes[k]), float(places[k])
        width /= 8
        places = np.linspace(at - width, at + width, 33)
    return best, at
