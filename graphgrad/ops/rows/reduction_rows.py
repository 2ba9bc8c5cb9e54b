"""List the rows that sum, average or pick along axes, and softmax with its normalizer."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.row import Setting, Structural
from graphgrad.ops.shapes import Shape, reduced_shape, shape_text

__all__ = ["REDUCTIONS", "spread"]

_AXES = (Setting("axis", "axes", None), Setting("keepdims", "flag", False))
_AXIS = (Setting("axis", "axis", -1),)
_EXAMPLES: tuple[tuple[tuple[Shape, ...], dict[str, Any]], ...] = (
    (((3,),), {}),
    (((2, 3),), {}),
    (((2, 3),), {"axis": (0,)}),
    (((2, 3),), {"axis": (1,), "keepdims": True}),
    (((2, 2, 2),), {"axis": (0, 2)}),
)


def _reduced(x: Shape, *, axis: tuple[int, ...], keepdims: bool) -> Shape:
    return reduced_shape(x, axis, keepdims=keepdims)


def _chosen(op: str) -> Any:
    """Return the shape rule of max and min, which need an entry to choose."""

    def shape(x: Shape, *, axis: tuple[int, ...], keepdims: bool) -> Shape:
        reduced = reduced_shape(x, axis, keepdims=keepdims)
        if not _count(x, axis):
            raise ShapeError("shape.empty", op=op, a=shape_text(x))
        return reduced

    return shape


def spread(m: Any, reduced: Any, shape: Shape, axis: tuple[int, ...]) -> Any:
    """Repeat a reduced array along the axes that were summed away."""
    kept = reduced_shape(shape, axis, keepdims=True)
    if m.shape(reduced) not in (kept, ()):
        reduced = m.reshape(reduced, shape=kept)
    return m.broadcast(reduced, shape=shape)


def _count(shape: Shape, axis: tuple[int, ...]) -> int:
    count = 1
    for index in axis:
        count *= shape[index]
    return count


def _sum_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    return spread(m, adjoint, m.shape(args[0]), axis)


def _mean_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    shape = m.shape(args[0])
    return spread(m, adjoint, shape, axis) / _count(shape, axis)


def _max_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    mask = m.argmax_mask(args[0], axis=axis)
    return spread(m, adjoint, m.shape(args[0]), axis) * mask


def _max_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    return m.sum(tangent * m.argmax_mask(args[0], axis=axis), axis=axis, keepdims=keepdims)


def _min_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    mask = m.argmax_mask(-args[0], axis=axis)
    return spread(m, adjoint, m.shape(args[0]), axis) * mask


def _min_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    return m.sum(tangent * m.argmax_mask(-args[0], axis=axis), axis=axis, keepdims=keepdims)


def _softmax_jacobian(m: Any, direction: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    """Multiply by diag(p) - p p^T, which is symmetric: the pullback is the pushforward."""
    inner = m.sum(direction * out, axis=(axis,), keepdims=True)
    return out * (direction - inner)


def _softmax_over(m: Any, x: Any, axis: tuple[int, ...], out: Any) -> Any:
    """Return exp(x - logsumexp(x)), the weights by which logsumexp averages."""
    return m.exp(x - spread(m, out, m.shape(x), axis))


def _logsumexp_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    x = args[0]
    return spread(m, adjoint, m.shape(x), axis) * _softmax_over(m, x, axis, out)


def _logsumexp_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    weighted = tangent * _softmax_over(m, args[0], axis, out)
    return m.sum(weighted, axis=axis, keepdims=keepdims)


def _freedom(shape: Shape, axis: tuple[int, ...], ddof: int) -> int:
    """Return by what a sum of squares is divided: entries without those that the mean takes."""
    rest = _count(shape, axis) - ddof
    if rest < 1:
        raise ShapeError("shape.variance", a=shape_text(shape), n=ddof + rest, ddof=ddof)
    return rest


def _var_shape(x: Shape, *, axis: tuple[int, ...], ddof: int, keepdims: bool) -> Shape:
    _freedom(x, axis, ddof)
    return reduced_shape(x, axis, keepdims=keepdims)


def _apart(m: Any, x: Any, axis: tuple[int, ...]) -> Any:
    """Return the distances from the mean along axes."""
    mean = m.sum(x, axis=axis, keepdims=True) / _count(m.shape(x), axis)
    return x - mean


def _var(m: Any, x: Any, *, axis: tuple[int, ...], ddof: int, keepdims: bool) -> Any:
    apart = _apart(m, x, axis)
    return m.sum(apart * apart, axis=axis, keepdims=keepdims) / _freedom(m.shape(x), axis, ddof)


def _var_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, ddof: int, keepdims: bool
) -> Any:
    x = args[0]
    shape = m.shape(x)
    return 2 * spread(m, adjoint, shape, axis) * _apart(m, x, axis) / _freedom(shape, axis, ddof)


def _var_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, ddof: int, keepdims: bool
) -> Any:
    x = args[0]
    weighted = m.sum(tangent * _apart(m, x, axis), axis=axis, keepdims=keepdims)
    return 2 * weighted / _freedom(m.shape(x), axis, ddof)


REDUCTIONS = (
    Structural(
        name="sum",
        arguments=("x",),
        settings=_AXES,
        latex=r"\sum {0}",
        shape=_reduced,
        evaluate=lambda m, x, **settings: m.sum(x, **settings),
        pullback=_sum_pullback,
        aliases=("sumatorio",),
        doc="Sum over all entries, or along axes.",
        examples=_EXAMPLES,
    ),
    Structural(
        name="mean",
        arguments=("x",),
        settings=_AXES,
        shape=_reduced,
        evaluate=lambda m, x, *, axis, keepdims: (
            m.sum(x, axis=axis, keepdims=keepdims) / _count(m.shape(x), axis)
        ),
        pullback=_mean_pullback,
        aliases=("media", "promedio"),
        doc="Mean over all entries, or along axes.",
        examples=_EXAMPLES,
    ),
    Structural(
        name="var",
        arguments=("x",),
        settings=(_AXES[0], Setting("ddof", "integer", 0), _AXES[1]),
        shape=_var_shape,
        evaluate=_var,
        pullback=_var_pullback,
        pushforward=_var_pushforward,
        aliases=("varianza",),
        doc="Variance over all entries, or along axes; ddof=1 divides by one less.",
        source="UPV course 001, Normalización de las entradas; Sevilla course 004, normalización "
        "por lotes.",
        examples=(*_EXAMPLES, (((4,),), {"ddof": 1})),
    ),
    Structural(
        name="max",
        arguments=("x",),
        selects=True,
        settings=_AXES,
        shape=_chosen("max"),
        evaluate=lambda m, x, **settings: m.max(x, **settings),
        pullback=_max_pullback,
        pushforward=_max_pushforward,
        kinks=lambda m, x, *, axis, keepdims: (m.lead(x, axis=axis),),
        convention="convention.first",
        aliases=("máx",),
        doc="Largest entry, or along axes; a tie goes to the first entry.",
        examples=_EXAMPLES,
    ),
    Structural(
        name="min",
        arguments=("x",),
        selects=True,
        settings=_AXES,
        shape=_chosen("min"),
        evaluate=lambda m, x, **settings: -m.max(-x, **settings),
        pullback=_min_pullback,
        pushforward=_min_pushforward,
        kinks=lambda m, x, *, axis, keepdims: (m.lead(-x, axis=axis),),
        convention="convention.first",
        aliases=("mín",),
        doc="Smallest entry, or along axes; a tie goes to the first entry.",
        examples=_EXAMPLES,
    ),
    Structural(
        name="argmax_mask",
        arguments=("x",),
        selects=True,
        settings=(Setting("axis", "axes", None),),
        shape=lambda x, *, axis: x,
        evaluate=lambda m, x, **settings: m.argmax_mask(x, **settings),
        pullback=lambda m, adjoint, out, args, slot, *, axis: None,
        pushforward=lambda m, tangent, out, args, slot, *, axis: None,
        doc="1 at the first largest entry, else 0; no gradient passes.",
        examples=_EXAMPLES[:3],
    ),
    Structural(
        name="softmax",
        arguments=("x",),
        settings=_AXIS,
        shape=lambda x, *, axis: x,
        evaluate=lambda m, x, *, axis: m.softmax(x, axis=axis),
        pullback=_softmax_jacobian,
        pushforward=_softmax_jacobian,
        doc="exp(x_i) divided by the sum of exp(x_j) along an axis (the last).",
        source="UPV course 001, Funciones de activación y sus derivadas, g_M.",
        examples=((((3,),), {}), (((2, 3),), {"axis": 0}), (((2, 3),), {"axis": 1})),
    ),
    Structural(
        name="logsumexp",
        arguments=("x",),
        settings=_AXES,
        shape=_reduced,
        evaluate=lambda m, x, **settings: m.logsumexp(x, **settings),
        pullback=_logsumexp_pullback,
        pushforward=_logsumexp_pushforward,
        doc="Logarithm of the sum of exponentials, over all entries or along axes.",
        examples=_EXAMPLES,
    ),
)
