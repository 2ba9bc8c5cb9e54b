"""List the rows of the standard deviation and of sorting."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.row import Structural
from graphgrad.ops.rows.reduction_rows import REDUCTIONS
from graphgrad.ops.shapes import Shape

__all__ = ["ORDERS"]

_VAR: Any = next(row for row in REDUCTIONS if row.name == "var")


# ---- deviation ----


def _std(m: Any, x: Any, **settings: Any) -> Any:
    return m.sqrt(_VAR.evaluate(m, x, **settings))


def _std_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, ddof: int, keepdims: bool
) -> Any:
    settings = {"axis": axis, "ddof": ddof, "keepdims": keepdims}
    return _VAR.pullback(m, adjoint / (2 * out), out, args, slot, **settings)


def _over_twice(m: Any, change: Any, out: Any) -> Any:
    """Return a change over twice a deviation, constantly 0 where the deviation is 0."""
    zero = m.equal(out, 0)
    return m.where(zero, 0, change / (2 * m.where(zero, 1, out)))


def _std_pullback_at_0(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, ddof: int, keepdims: bool
) -> Any:
    settings = {"axis": axis, "ddof": ddof, "keepdims": keepdims}
    return _VAR.pullback(m, _over_twice(m, adjoint, out), out, args, slot, **settings)


def _std_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, ddof: int, keepdims: bool
) -> Any:
    settings = {"axis": axis, "ddof": ddof, "keepdims": keepdims}
    return _over_twice(m, _VAR.pushforward(m, tangent, out, args, slot, **settings), out)


# ---- order ----


def _along_an_axis(op: str, x: Shape) -> Shape:
    """Return the shape of an array; a number has no last axis to put in order.

    Raises:
        ShapeError: if it is a number.
    """
    if not x:
        raise ShapeError("op.needs_array", op=op, hint="")
    return x


def _beside(m: Any, x: Any) -> Any:
    """Return x with one more axis in front of the last, for the places in order."""
    shape = m.shape(x)
    return m.reshape(x, shape=(*shape[:-1], 1, shape[-1]))


def _sorted(m: Any, x: Any) -> Any:
    mask = m.order_mask(x)
    return m.sum(m.where(mask, _beside(m, x), 0), axis=(len(m.shape(x)),), keepdims=False)


def _sort_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int) -> Any:
    x = args[0]
    shape = m.shape(x)
    placed = m.reshape(adjoint, shape=(*shape, 1))
    return m.sum(m.where(m.order_mask(x), placed, 0), axis=(len(shape) - 1,), keepdims=False)


def _sort_pushforward(m: Any, tangent: Any, out: Any, args: Any, slot: int) -> Any:
    mask = m.order_mask(args[0])
    moved = m.where(mask, _beside(m, tangent), 0)
    return m.sum(moved, axis=(len(m.shape(tangent)),), keepdims=False)


ORDERS = (
    Structural(
        name="std",
        arguments=("x",),
        settings=_VAR.settings,
        shape=_VAR.shape,
        evaluate=_std,
        pullback=_std_pullback,
        stable_pullback=_std_pullback_at_0,
        pushforward=_std_pushforward,
        kinks=lambda m, x, **settings: (_std(m, x, **settings),),
        convention="convention.norm",
        aliases=("desviacion", "desviación", "desviacion_tipica"),
        doc="Standard deviation over all entries, or along axes; ddof=1 divides by one less.",
        examples=(
            (((3,),), {}),
            (((2, 3),), {"axis": (1,), "keepdims": True}),
            (((4,),), {"ddof": 1}),
        ),
    ),
    Structural(
        name="order_mask",
        arguments=("x",),
        selects=True,
        shape=lambda x: (*_along_an_axis("order_mask", x), x[-1]),
        evaluate=lambda m, x: m.order_mask(x),
        pullback=lambda m, adjoint, out, args, slot: None,
        pushforward=lambda m, tangent, out, args, slot: None,
        doc="Row j marks with 1 the entry that comes j-th in rising order; no gradient passes.",
        examples=((((3,),), {}), (((2, 3),), {})),
    ),
    Structural(
        name="sort",
        arguments=("x",),
        selects=True,
        shape=lambda x: _along_an_axis("sort", x),
        evaluate=_sorted,
        pullback=_sort_pullback,
        pushforward=_sort_pushforward,
        aliases=("ordenar",),
        doc="Entries along the last axis in rising order; equal ones keep their order.",
        examples=((((3,),), {}), (((2, 3),), {})),
    ),
)
