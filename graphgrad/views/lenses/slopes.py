"""Measure how steep an activation is: its derivative at numbers, and the largest there is.

A layer is at most as steep as the largest derivatives and the norms of its weights allow.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from math import prod
from typing import Any

from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.stages import Stage

__all__ = [
    "derivative_at", "jacobian_bound", "largest_slope", "learned_arguments", "node_slopes",
    "value_at",
]  # fmt: skip

_REACH = 60.0
_COARSE = 2401
_ROUNDS = 30
_MOST_LEARNED = 64


def value_at(row: Elementwise, z: Any, settings: Mapping[str, Any]) -> Any:
    """Return an activation at numbers."""
    numbers = arithmetic()
    chosen = numbers.settings(row.defaults | dict(settings))
    return numbers.value(row, (z,), chosen, scalar=isinstance(z, float))


def derivative_at(
    row: Elementwise, z: Any, settings: Mapping[str, Any], rest: tuple[Any, ...] = ()
) -> Any:
    """Return the derivative of an activation at numbers, of their shape.

    Args:
        row: the activation.
        z: a number or an array, its first argument.
        settings: its settings.
        rest: its other arguments, such as the slope that a PReLU learns.
    """
    import numpy as np

    numbers = arithmetic()
    chosen = numbers.settings(row.defaults | dict(settings))
    args = (z, *rest)
    out = numbers.value(row, args, chosen, scalar=all(isinstance(arg, float) for arg in args))
    found = numbers.partial(row, 0, out, args, chosen)
    return found if isinstance(z, float) else np.broadcast_to(found, np.shape(z))


def node_slopes(trace: Trace, node: int) -> Any:
    """Return the derivative of an activation in its first argument in a pass, entry by entry."""
    columns = trace.graph.columns
    row = columns.row(node)
    assert isinstance(row, Elementwise)
    z, *rest = (to_float(trace.values[parent]) for parent in columns.parents_of(node))
    return derivative_at(row, z, columns.settings_of(node), tuple(rest))


def learned_arguments(trace: Trace, node: int) -> list[tuple[float, ...]]:
    """Return what else an activation is given in a pass, one after another; [()] if nothing."""
    import numpy as np

    rest = [to_float(trace.values[p]) for p in trace.graph.columns.parents_of(node)[1:]]
    columns = np.broadcast_arrays(*map(np.asarray, rest)) if rest else []
    given = zip(*(column.ravel().tolist() for column in columns), strict=True)
    return sorted(set(given))[:_MOST_LEARNED] if rest else [()]


def largest_slope(
    row: Elementwise, settings: Mapping[str, Any], rest: tuple[float, ...] = ()
) -> tuple[float, float]:
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
        slopes = np.abs(derivative_at(row, places, settings, rest))
        slopes = np.where(np.isfinite(slopes), slopes, -1.0)
        k = int(np.argmax(slopes))
        if slopes[k] > best:
            best, at = float(slopes[k]), float(places[k])
        width /= 8
        places = np.linspace(at - width, at + width, 33)
    return best, at


_AS_STEEP = frozenset({"neg", "identity", "transpose", "reshape"})
_SUMS = frozenset({"add", "sub"})
_PRODUCTS = frozenset({"mul", "matmul", "dot"})


def jacobian_bound(trace: Trace, stage: Stage) -> float | None:
    """Return what the norm of a layer's Jacobian is at most, whatever it is given.

    Norms are multiplied along a way and added where ways join, as at a shortcut x + f(x).

    Returns:
        None where the layer multiplies data by data, has other ops, or is given several things.
    """
    if len(stage.data) != 1:
        return None
    columns = stage.graph.columns
    found: dict[int, float] = {stage.data[0]: 1.0}
    for node in stage.nodes:
        parents = columns.parents_of(node)
        known = [parent for parent in parents if parent in found]
        if not known:
            continue
        reached = [found[parent] for parent in known]
        name, row = columns.row(node).name, columns.row(node)
        others = [parent for parent in parents if parent not in found]
        if name in _SUMS:
            sizes = [prod(columns.shape(one)) for one in (*known, node)]
            spread = [
                math.sqrt(sizes[-1] / size) for size in sizes[:-1]
            ]  # 1 but where it is copied
            found[node] = math.fsum(map(operator.mul, reached, spread))
        elif name in _AS_STEEP:
            found[node] = reached[0]
        elif name in _PRODUCTS and len(others) == len(reached) == 1:
            found[node] = reached[0] * _norm(trace.values[others[0]])
        elif isinstance(row, Elementwise) and len(parents) == 1:
            found[node] = reached[0] * largest_slope(row, columns.settings_of(node))[0]
        else:
            return None
    return found.get(stage.output)


def _norm(weights: Any) -> float:
    """Return the largest factor by which a product with weights lengthens a vector, or more."""
    import numpy as np

    array = np.asarray(to_float(weights))
    return float(np.linalg.norm(array, 2 if array.ndim == 2 else None))
