"""Turn Python subscripts into the key of an index op."""

from __future__ import annotations

from operator import index
from typing import Any

from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["subscript_key"]


def subscript_key(key: Any, shape: Shape) -> tuple[int | tuple[int, int], ...]:
    """Return integers and (start, stop) pairs for the leading axes of a shape.

    Raises:
        ShapeError: if there are too many subscripts, or one is outside.
        UsageError: if one is neither an integer nor a slice without a step.

    >>> subscript_key((-1, slice(None, 2)), (3, 4))
    (2, (0, 2))
    """
    parts = key if isinstance(key, tuple) else (key,)
    if Ellipsis in [part for part in parts if part is Ellipsis]:
        at = next(i for i, part in enumerate(parts) if part is Ellipsis)
        missing = len(shape) - len(parts) + 1
        parts = (*parts[:at], *([slice(None)] * missing), *parts[at + 1 :])
    if len(parts) > len(shape):
        raise ShapeError(
            "shape.too_many_subscripts", a=shape_text(shape), n=len(parts), limit=len(shape)
        )
    return tuple(_part(part, length) for part, length in zip(parts, shape, strict=False))


def _part(part: Any, length: int) -> int | tuple[int, int]:
    if isinstance(part, slice):
        start, stop, step = part.indices(length)
        if step != 1:
            raise UsageError("handle.subscript", got=part)
        return start, stop
    try:
        number = index(part)
    except TypeError:
        raise UsageError("handle.subscript", got=part) from None
    if not -length <= number < length:
        raise ShapeError("handle.subscript_range", got=number, length=length, last=length - 1)
    return number % length
