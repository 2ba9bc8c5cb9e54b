"""List the rows that cut an array into windows, put windows together, pad, flip and repeat.

A convolution is one matrix product over windows, pooling a maximum or a mean over them.
"""

from __future__ import annotations

from typing import Any

from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.row import Setting, Structural
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["WINDOWS", "each_axis"]

_STEPS = (Setting("stride", "shape", (1,)), Setting("dilation", "shape", (1,)))


def each_axis(value: Shape, count: int) -> Shape:
    """Return one length per axis; a single one holds for all.

    >>> each_axis((2,), 3), each_axis((2, 3), 2)
    ((2, 2, 2), (2, 3))
    """
    if len(value) not in (1, count):
        raise ShapeError("shape.per_axis", value=shape_text(value), count=count)
    return value * count if len(value) == 1 else value


def _places(
    lengths: Shape, size: Shape, stride: Shape, dilation: Shape, *, op: str = "windows"
) -> Shape:
    """Return how many windows fit along each of the last axes."""
    steps, gaps = each_axis(stride, len(size)), each_axis(dilation, len(size))
    if not len(size) == len(steps) == len(gaps) <= len(lengths):
        raise ShapeError("shape.windows", op=op, a=shape_text(lengths), size=shape_text(size))
    kept = lengths[len(lengths) - len(size) :]
    spans = tuple((n - 1) * gap + 1 for n, gap in zip(size, gaps, strict=True))
    if min(*size, *steps, *gaps) < 1 or any(s > n for s, n in zip(spans, kept, strict=True)):
        raise ShapeError("shape.windows", op=op, a=shape_text(lengths), size=shape_text(spans))
    return tuple((n - s) // step + 1 for n, s, step in zip(kept, spans, steps, strict=True))


def _windows_shape(x: Shape, *, size: Shape, stride: Shape, dilation: Shape) -> Shape:
    places = _places(x, size, stride, dilation)
    return (*x[: len(x) - len(size)], *size, *places)


def _fold_shape(x: Shape, *, shape: Shape, stride: Shape, dilation: Shape) -> Shape:
    count = len(shape)
    lead = len(x) - 2 * count
    if lead < 0:
        raise ShapeError("shape.fold", a=shape_text(x), b=shape_text(shape))
    if _places(shape, x[lead : lead + count], stride, dilation, op="fold") != x[lead + count :]:
        raise ShapeError("shape.fold", a=shape_text(x), b=shape_text(shape))
    return (*x[:lead], *shape)


def _windows_pullback(
    m: Any,
    adjoint: Any,
    out: Any,
    args: Any,
    slot: int,
    *,
    size: Shape,
    stride: Shape,
    dilation: Shape,
) -> Any:
    shape = m.shape(args[0])[-len(size) :]
    return m.fold(adjoint, shape=shape, stride=stride, dilation=dilation)


def _fold_pullback(
    m: Any,
    adjoint: Any,
    out: Any,
    args: Any,
    slot: int,
    *,
    shape: Shape,
    stride: Shape,
    dilation: Shape,
) -> Any:
    x = m.shape(args[0])
    size = x[len(x) - 2 * len(shape) : len(x) - len(shape)]
    return m.windows(adjoint, size=size, stride=stride, dilation=dilation)


def _pad_shape(x: Shape, *, width: Shape, value: Any) -> Shape:
    if len(width) > len(x) or min(width, default=0) < 0:
        raise ShapeError("shape.pad", a=shape_text(x), width=shape_text(width))
    lead = len(x) - len(width)
    return (*x[:lead], *(n + 2 * w for n, w in zip(x[lead:], width, strict=True)))


def _pad_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, width: Shape, value: Any
) -> Any:
    x = m.shape(args[0])
    lead = len(x) - len(width)
    whole = tuple((0, n) for n in x[:lead])
    inside = tuple((w, w + n) for n, w in zip(x[lead:], width, strict=True))
    return m.index(adjoint, key=whole + inside)


def _repeat_shape(x: Shape, *, times: int, axis: int) -> Shape:
    if times != int(times) or times < 1:
        raise UsageError("op.times", op="repeat", got=times)
    return (*x[:axis], x[axis] * times, *x[axis + 1 :])


def _repeat_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, times: int, axis: int
) -> Any:
    x = m.shape(args[0])
    apart = m.reshape(adjoint, shape=(*x[: axis + 1], times, *x[axis + 1 :]))
    return m.sum(apart, axis=(axis + 1,), keepdims=False)


WINDOWS = (
    Structural(
        name="windows",
        arguments=("x",),
        settings=(Setting("size", "shape"), *_STEPS),
        shape=_windows_shape,
        evaluate=lambda m, x, **settings: m.windows(x, **settings),
        pullback=_windows_pullback,
        aliases=("ventanas",),
        doc="All windows of a size along the last axes: first the places in a window, then where "
        "it lies.",
        source="Chellapilla, Puri and Simard, High Performance Convolutional Neural Networks for "
        "Document Processing, 2006, section 3.",
        examples=(
            (((4,),), {"size": (2,)}),
            (((3, 4),), {"size": (2, 2)}),
            (((2, 5),), {"size": (2,), "stride": (2,)}),
            (((4, 4),), {"size": (2, 2), "stride": (2, 1), "dilation": (1, 2)}),
        ),
    ),
    Structural(
        name="fold",
        arguments=("x",),
        settings=(Setting("shape", "shape"), *_STEPS),
        shape=_fold_shape,
        evaluate=lambda m, x, **settings: m.fold(x, **settings),
        pullback=_fold_pullback,
        aliases=("plegar",),
        doc="Windows added up where they lie, in an array of a shape: the reverse of windows.",
        examples=(
            (((2, 3),), {"shape": (4,)}),
            (((2, 2, 2, 2),), {"shape": (3, 3)}),
            (((2, 2, 2),), {"shape": (5,), "stride": (2,)}),
            (((2, 2, 2, 2),), {"shape": (3, 4), "dilation": (1, 2)}),
        ),
    ),
    Structural(
        name="pad",
        arguments=("x",),
        settings=(Setting("width", "shape"), Setting("value", "number", 0)),
        shape=_pad_shape,
        evaluate=lambda m, x, **settings: m.pad(x, **settings),
        pullback=_pad_pullback,
        pushforward=lambda m, tangent, out, args, slot, *, width, value: m.pad(
            tangent, width=width, value=0
        ),
        aliases=("rellenar",),
        doc="The array with a frame of one value, as wide as given along each of the last axes.",
        source="UPV course 001, Redes convolucionales.",
        examples=(
            (((3,),), {"width": (2,)}),
            (((2, 2),), {"width": (1, 0), "value": 3}),
            (((2, 3),), {"width": (1,)}),
        ),
    ),
    Structural(
        name="flip",
        arguments=("x",),
        settings=(Setting("axis", "axis", -1),),
        shape=lambda x, *, axis: x,
        evaluate=lambda m, x, **settings: m.flip(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, axis: m.flip(adjoint, axis=axis),
        aliases=("voltear",),
        doc="The entries along an axis (the last) in reverse order.",
        source="UPV course 001, Aumento de datos artificiales.",
        examples=((((3,),), {}), (((2, 3),), {"axis": 0}), (((2, 2),), {})),
    ),
    Structural(
        name="repeat",
        arguments=("x",),
        settings=(Setting("times", "integer"), Setting("axis", "axis", -1)),
        shape=_repeat_shape,
        evaluate=lambda m, x, **settings: m.repeat(x, **settings),
        pullback=_repeat_pullback,
        aliases=("repetir",),
        doc="Every entry several times along an axis (the last), one behind the other.",
        examples=((((3,),), {"times": 2}), (((2, 2),), {"times": 3, "axis": 0})),
    ),
)
