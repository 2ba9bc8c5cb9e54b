"""NumPy's functions that put arrays together, on handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.settings import whole
from graphgrad.messages.catalogue import quoted

__all__ = ["JOINS", "counted", "flat", "shape_of"]

Apply = Callable[..., Any]
_SHOWN = 64


def _joined(op: str) -> Callable[..., Any]:
    def rule(apply: Apply, arrays: Any, axis: Any = 0) -> Any:
        if axis is None:
            return apply("concat", *(flat(apply, part) for part in arrays), axis=0)
        return apply(op, *arrays, axis=axis)

    return rule


def counted(function: str, option: str, value: Any, *, least: int = 0, most: int = 1000) -> int:
    """Return a count that an argument of NumPy's gives, which as many operations are made for.

    Raises:
        UsageError: if it is no whole number, or one that nobody would wait for.
    """
    found = whole(value)
    if found is None or not least <= found <= most:
        got = "10^…" if found is not None and found.bit_length() > _SHOWN else quoted(value)
        raise UsageError("handle.numpy_option", function=function, options=f"{option}={got}")
    return found


def shape_of(part: Any) -> tuple[int, ...]:
    """Return the shape of a handle, a number or an array."""
    import numpy as np

    return part.shape if hasattr(part, "place") else np.shape(part)


def flat(apply: Apply, part: Any) -> Any:
    """Return the entries as a vector."""
    return part if len(shape_of(part)) == 1 else apply("reshape", part, shape=(-1,))


def _at_least(apply: Apply, part: Any, rank: int) -> Any:
    """Return an array with axes of length 1 as NumPy's atleast functions put them."""
    import numpy as np

    shape = shape_of(part)
    if len(shape) >= rank:
        return part
    wanted = getattr(np, f"atleast_{rank}d")(np.broadcast_to(0, shape)).shape
    return apply("reshape", part, shape=wanted)


def _side_by_side(rank: int, axis: int) -> Callable[..., Any]:
    def rule(apply: Apply, tup: Any) -> Any:
        parts = [_at_least(apply, part, rank) for part in tup]
        along = 0 if axis == 1 and rank == 1 and len(shape_of(parts[0])) == 1 else axis
        return apply("concat", *parts, axis=along)

    return rule


def _columns(apply: Apply, tup: Any) -> Any:
    columns = [
        apply("reshape", part, shape=(-1, 1)) if len(shape_of(part)) < 2 else part for part in tup
    ]
    return apply("concat", *columns, axis=1)


def _append(apply: Apply, arr: Any, values: Any, axis: Any = None) -> Any:
    return _joined("concat")(apply, (arr, values), axis)


JOINS: dict[str, Callable[..., Any]] = {
    "concatenate": _joined("concat"),
    "concat": _joined("concat"),
    "stack": _joined("stack"),
    "hstack": _side_by_side(1, 1),
    "vstack": _side_by_side(2, 0),
    "dstack": _side_by_side(3, 2),
    "column_stack": _columns,
    "append": _append,
}
"""NumPy's joins by name; each takes what appends an op, then NumPy's arguments."""
