"""List the rows that rearrange entries: transpose, reshape, broadcast, index, join."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.row import ATOM, POWER, Setting, Structural
from graphgrad.ops.shapes import Shape, broadcast_shapes, shape_text, unbroadcast

__all__ = ["MOVEMENTS", "Key"]

Key = tuple[int | tuple[int, int], ...]
"""Subscripts counted from 0: an index, or a slice as (start, stop), for the leading axes."""


def _transposed_shape(x: Shape, *, axes: tuple[int, ...]) -> Shape:
    return tuple(x[axis] for axis in axes)


def _transpose_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axes: tuple[int, ...]
) -> Any:
    inverse = tuple(axes.index(axis) for axis in range(len(axes)))
    return m.transpose(adjoint, axes=inverse)


def _size(shape: Shape) -> int:
    size = 1
    for length in shape:
        size *= length
    return size


def _reshaped_shape(x: Shape, *, shape: Shape) -> Shape:
    if -1 in shape:  # a length that does not come out
        rest = tuple(length for length in shape if length != -1)
        raise ShapeError(
            "shape.reshape_rest", a=shape_text(x), n=_size(x), b=shape_text(shape), k=_size(rest)
        )
    if _size(x) != _size(shape) or min(shape, default=0) < 0:
        raise ShapeError(
            "shape.reshape", a=shape_text(x), b=shape_text(shape), n=_size(x), k=_size(shape)
        )
    return shape


def _broadcast_shape(x: Shape, *, shape: Shape) -> Shape:
    if broadcast_shapes("broadcast", (x, shape)) != shape:
        raise ShapeError("shape.broadcast_to", a=shape_text(x), b=shape_text(shape))
    return shape


def indexed_shape(x: Shape, *, key: Key) -> Shape:
    """Return the shape of ``x[key]``."""
    if len(key) > len(x):
        message = "shape.too_many_subscripts" if x else "shape.subscripts_of_number"
        raise ShapeError(message, a=shape_text(x), n=len(key), limit=len(x))
    lengths: list[int] = []
    for part, length in zip(key, x, strict=False):
        if isinstance(part, int):
            if not 0 <= part < length:
                raise ShapeError("shape.subscript", got=part + 1, limit=length, a=shape_text(x))
        elif not 0 <= part[0] <= part[1] <= length:
            got = f"{part[0] + 1}:{part[1]}"
            raise ShapeError("shape.subscript", got=got, limit=length, a=shape_text(x))
        else:
            lengths.append(part[1] - part[0])
    return (*lengths, *x[len(key) :])


def _scattered_shape(x: Shape, *, key: Key, shape: Shape) -> Shape:
    if indexed_shape(shape, key=key) != x:
        raise ShapeError("shape.scatter", a=shape_text(x), b=shape_text(shape))
    return shape


def _concat_shape(*shapes: Shape, axis: int) -> Shape:
    first = shapes[0]
    for shape in shapes:
        others = shape[:axis] + shape[axis + 1 :]
        fits = len(shape) == len(first) > 0 and others == first[:axis] + first[axis + 1 :]
        if not fits:
            raise ShapeError("shape.concat", shapes=", ".join(map(shape_text, shapes)))
    return (*first[:axis], sum(shape[axis] for shape in shapes), *first[axis + 1 :])


def _concat_key(m: Any, out: Any, args: Any, slot: int, axis: int) -> Key:
    """Return where one argument stands in the joined array."""
    start = sum(m.shape(arg)[axis] for arg in args[:slot])
    whole = tuple((0, length) for length in m.shape(out)[:axis])
    return (*whole, (start, start + m.shape(args[slot])[axis]))


def _concat_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    return m.index(adjoint, key=_concat_key(m, out, args, slot, axis))


def _concat_pushforward(m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    key = _concat_key(m, out, args, slot, axis)
    return m.scatter_add(tangent, key=key, shape=m.shape(out))


def _stack_shape(*shapes: Shape, axis: int) -> Shape:
    if len(set(shapes)) > 1:
        raise ShapeError("shape.stack", shapes=", ".join(map(shape_text, shapes)))
    return (*shapes[0][:axis], len(shapes), *shapes[0][axis:])


def _stack_key(m: Any, out: Any, slot: int, axis: int) -> Key:
    """Return where one argument stands in the stack."""
    return (*((0, length) for length in m.shape(out)[:axis]), slot)


def _stack_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    return m.index(adjoint, key=_stack_key(m, out, slot, axis))


def _stack_pushforward(m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    return m.scatter_add(tangent, key=_stack_key(m, out, slot, axis), shape=m.shape(out))


MOVEMENTS = (
    Structural(
        name="transpose",
        arguments=("x",),
        settings=(Setting("axes", "axes", "reversed"),),
        latex="{0}^{{\\top}}",
        latex_level=POWER,
        latex_argument_levels=(ATOM,),
        shape=_transposed_shape,
        evaluate=lambda m, x, **settings: m.transpose(x, **settings),
        pullback=_transpose_pullback,
        aliases=("traspuesta", "transpuesta"),
        doc="Exchange axes; of a matrix, rows and columns.",
        examples=((((2, 3),), {}), (((2, 3, 2),), {"axes": (1, 2, 0)}), (((3,),), {})),
    ),
    Structural(
        name="reshape",
        arguments=("x",),
        settings=(Setting("shape", "shape"),),
        shape=_reshaped_shape,
        evaluate=lambda m, x, **settings: m.reshape(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, shape: m.reshape(
            adjoint, shape=m.shape(args[0])
        ),
        doc="The same entries, row by row, in another shape.",
        examples=((((2, 3),), {"shape": (6,)}), (((4,),), {"shape": (2, 2)})),
    ),
    Structural(
        name="broadcast",
        arguments=("x",),
        settings=(Setting("shape", "shape"),),
        shape=_broadcast_shape,
        evaluate=lambda m, x, **settings: m.broadcast(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, shape: unbroadcast(
            m, adjoint, m.shape(args[0])
        ),
        doc="Repeat entries along new axes and axes of length 1.",
        examples=(
            (((),), {"shape": (2, 3)}),
            (((3,),), {"shape": (2, 3)}),
            (((2, 1),), {"shape": (2, 3)}),
        ),
    ),
    Structural(
        name="index",
        arguments=("x",),
        settings=(Setting("key", "key"),),
        shape=indexed_shape,
        evaluate=lambda m, x, **settings: m.index(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, key: m.scatter_add(
            adjoint, key=key, shape=m.shape(args[0])
        ),
        doc="Pick entries: x[2], W[1,2], x[1:3]; counted from 1 in files, from 0 in Python.",
        examples=(
            (((3,),), {"key": (1,)}),
            (((2, 3),), {"key": (1, 2)}),
            (((3, 2),), {"key": ((1, 3),)}),
            (((2, 3),), {"key": ((0, 2), 1)}),
        ),
    ),
    Structural(
        name="scatter_add",
        arguments=("x",),
        settings=(Setting("key", "key"), Setting("shape", "shape")),
        shape=_scattered_shape,
        evaluate=lambda m, x, **settings: m.scatter_add(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, key, shape: m.index(adjoint, key=key),
        doc="Zeros of a shape with the entries added at a place: the reverse of index.",
        examples=(
            (((),), {"key": (1,), "shape": (3,)}),
            (((2, 2),), {"key": ((1, 3),), "shape": (3, 2)}),
        ),
    ),
    Structural(
        name="concat",
        arguments=("x*",),
        settings=(Setting("axis", "axis", 0),),
        shape=_concat_shape,
        evaluate=lambda m, *xs, **settings: m.concat(*xs, **settings),
        pullback=_concat_pullback,
        pushforward=_concat_pushforward,
        aliases=("concatenar",),
        doc="Join arrays along an axis they have.",
        examples=((((2,), (3,)), {}), (((2, 1), (2, 2)), {"axis": 1})),
    ),
    Structural(
        name="stack",
        arguments=("x*",),
        settings=(Setting("axis", "axis", 0),),
        shape=_stack_shape,
        evaluate=lambda m, *xs, **settings: m.stack(*xs, **settings),
        pullback=_stack_pullback,
        pushforward=_stack_pushforward,
        aliases=("apilar",),
        doc="Join arrays of equal shape along a new axis.",
        examples=((((), ()), {}), (((3,), (3,)), {}), (((2, 3), (2, 3)), {"axis": 1})),
    ),
)
