"""List the rows that pick entries by their places, and put them back.

A place is the number of an entry, row by row. Every subscript of NumPy that is no entry and no
plain range is such a list: arrays of integers, masks, steps, new axes.
"""

from __future__ import annotations

from graphgrad.errors import ShapeError
from graphgrad.ops.row import Setting, Structural
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["GATHERS"]

_SETTINGS = (Setting("at", "places"), Setting("shape", "shape"))
_EXAMPLES = (
    (((3,),), {"at": (2, 0), "shape": (2,)}),
    (((2, 3),), {"at": (4, 4, 1, 0), "shape": (2, 2)}),
)


def _size(shape: Shape) -> int:
    size = 1
    for length in shape:
        size *= length
    return size


def _gathered_shape(x: Shape, *, at: tuple[int, ...], shape: Shape) -> Shape:
    _check(at, shape, _size(x), x)
    return shape


def _put_shape(x: Shape, *, at: tuple[int, ...], shape: Shape) -> Shape:
    _check(at, x, _size(shape), shape)
    return shape


def _check(at: tuple[int, ...], picked: Shape, size: int, of: Shape) -> None:
    """Refuse places that are outside, or as many as do not fill what is picked."""
    if len(at) != _size(picked):
        raise ShapeError("shape.places", n=len(at), a=shape_text(picked))
    if at and not 0 <= min(at) <= max(at) < size:
        raise ShapeError("shape.place", limit=size, a=shape_text(of))


GATHERS = (
    Structural(
        name="gather",
        arguments=("x",),
        settings=_SETTINGS,
        shape=_gathered_shape,
        evaluate=lambda m, x, **settings: m.gather(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, at, shape: m.scatter_at(
            adjoint, at=at, shape=m.shape(args[0])
        ),
        aliases=("recoger",),
        doc="Pick entries by their places, counted row by row: x[rows], x[mask], x[::-1].",
        examples=_EXAMPLES,
    ),
    Structural(
        name="scatter_at",
        arguments=("x",),
        settings=_SETTINGS,
        shape=_put_shape,
        evaluate=lambda m, x, **settings: m.scatter_at(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, at, shape: m.gather(
            adjoint, at=at, shape=m.shape(args[0])
        ),
        doc="Zeros of a shape with the entries added at their places: the reverse of gather.",
        examples=(
            (((2,),), {"at": (2, 2), "shape": (3,)}),
            (((2, 2),), {"at": (5, 0, 3, 0), "shape": (2, 3)}),
        ),
    ),
)
