"""Compute shapes: broadcasting, axes, matrix products, and the reverse of broadcasting."""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import Any

from graphgrad.errors import LimitError, ShapeError
from graphgrad.messages.catalogue import quoted

__all__ = ["MOST_ENTRIES", "MOST_GIVEN", "Shape", "broadcast_shapes", "check_entries"]
__all__ += ["entries", "only_entry", "reduced_shape", "shape_text", "unbroadcast"]

Shape = tuple[int, ...]
MOST_ENTRIES = 50_000_000
"""How many numbers all that a file computes may be: two convolutions over 1,797 images are 35.

A pass keeps each as a value and as an adjoint: less than 1 GiB in all.
"""
MOST_GIVEN = 150_000_000
"""How many numbers all leaves of a file may hold: VGG-16 has 138 million parameters to count."""


def check_entries(shape: Shape, limit: int = MOST_GIVEN) -> None:
    """Refuse to make an array that is larger than any lecture needs, before it is made.

    Raises:
        LimitError: if it has more entries than the limit.
    """
    if prod(shape) > limit:
        raise LimitError("shape.many_entries", shape=shape_text(shape), limit=limit)


def shape_text(shape: Shape) -> str:
    """Return a shape as it is written in a file.

    >>> shape_text((3, 2)), shape_text((4,)), shape_text(())
    ('3x2', '4', 'scalar')
    """
    try:
        return "x".join(map(str, shape)) or "scalar"
    except ValueError:  # a length of thousands of digits
        return quoted(shape)


def entries(value: Any) -> list[Any]:
    """Return the entries of an array row by row; a value without axes is its only entry.

    >>> entries(2.5)
    [2.5]
    """
    found: list[Any] = value.ravel().tolist() if hasattr(value, "ravel") else [value]
    return found


def only_entry(value: Any) -> Any:
    """Return the number of an array that holds one; any other value as it is."""
    return float(value.ravel()[0]) if getattr(value, "size", 0) == 1 else value


def broadcast_shapes(op: str, shapes: tuple[Shape, ...]) -> Shape:
    """Return the common shape of element-wise arguments (NumPy's broadcasting rules).

    Raises:
        ShapeError: if two lengths of an axis differ and neither is 1.

    >>> broadcast_shapes("add", ((3, 1), (4,)))
    (3, 4)
    """
    result: list[int] = [1] * max(map(len, shapes))
    for shape in shapes:
        for offset, length in enumerate(reversed(shape), 1):
            if result[-offset] == 1:
                result[-offset] = length
            elif length not in (1, result[-offset]):
                texts = ", ".join(map(shape_text, shapes))
                raise ShapeError("shape.broadcast", op=op, shapes=texts)
    return tuple(result)


@lru_cache(4096)
def reduced_shape(shape: Shape, axes: tuple[int, ...], *, keepdims: bool) -> Shape:
    """Return the shape after summing over axes."""
    if keepdims:
        return tuple(1 if axis in axes else length for axis, length in enumerate(shape))
    return tuple(length for axis, length in enumerate(shape) if axis not in axes)


def unbroadcast(m: Any, array: Any, shape: Shape) -> Any:
    """Sum an array down to the shape from which it was broadcast, in ops of a namespace.

    Source: HIPS/autograd, numpy_vjps.py, `unbroadcast`.
    """
    have: Shape = m.shape(array)
    if have == shape:
        return array
    axes = _stretched_axes(have, shape)
    summed = m.sum(array, axis=axes, keepdims=False) if axes else array
    return summed if m.shape(summed) == shape else m.reshape(summed, shape=shape)


@lru_cache(4096)
def _stretched_axes(have: Shape, shape: Shape) -> tuple[int, ...]:
    """Return the axes along which an array of one shape was repeated to have another."""
    lead = len(have) - len(shape)
    stretched = [lead + at for at, length in enumerate(shape) if length == 1 != have[lead + at]]
    return (*range(lead), *stretched)
