"""List the rows that multiply up, and that add or multiply up along the way."""

from __future__ import annotations

from typing import Any

from graphgrad.ops.row import Setting, Structural
from graphgrad.ops.shapes import Shape, reduced_shape

__all__ = ["CUMULATIVE"]

_AXES = (Setting("axis", "axes", None), Setting("keepdims", "flag", False))
_AXIS = (Setting("axis", "axis", -1),)
_EXAMPLES: tuple[tuple[tuple[Shape, ...], dict[str, Any]], ...] = (
    (((3,),), {}),
    (((2, 3),), {"axis": 0}),
    (((2, 3),), {"axis": 1}),
)


def _entries(m: Any, x: Any, axis: int) -> list[Any]:
    """Return the slices of an array along an axis."""
    before = tuple((0, length) for length in m.shape(x)[:axis])
    return [m.index(x, key=(*before, at)) for at in range(m.shape(x)[axis])]


def _joined(m: Any, parts: list[Any], like: Any, axis: int) -> Any:
    """Return slices put side by side along an axis, nothing where there are none."""
    return m.stack(*parts, axis=axis) if parts else like


# ---- products ----


def _in_front(m: Any, x: Any, axis: tuple[int, ...]) -> list[Any]:
    """Return the slices along several axes, which are joined into the first one."""
    shape = m.shape(x)
    kept = tuple(at for at in range(len(shape)) if at not in axis)
    moved = m.transpose(x, axes=(*axis, *kept))
    rest = tuple(shape[at] for at in kept)
    count = 1
    for at in axis:
        count *= shape[at]
    return _entries(m, m.reshape(moved, shape=(count, *rest)), 0)


def _put_back(m: Any, parts: list[Any], x: Any, axis: tuple[int, ...]) -> Any:
    """Return slices of `_in_front` as an array of the shape they were taken from."""
    shape = m.shape(x)
    kept = tuple(at for at in range(len(shape)) if at not in axis)
    order = (*axis, *kept)
    moved = m.reshape(m.stack(*parts, axis=0), shape=tuple(shape[at] for at in order))
    return m.transpose(moved, axes=tuple(order.index(at) for at in range(len(order))))


def _prod(m: Any, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
    shape = m.shape(x)
    if not axis:
        return x
    parts = _in_front(m, x, axis)
    reduced = reduced_shape(shape, axis, keepdims=keepdims)
    if not parts:
        return m.broadcast(1.0, shape=reduced) if reduced else 1.0
    total = parts[0]
    for part in parts[1:]:
        total = total * part
    return m.reshape(total, shape=reduced) if keepdims else total


def _products_of_others(parts: list[Any]) -> list[Any]:
    """Return for every factor the product of all others, without a division by what may be 0."""
    before: list[Any] = [1]
    for part in parts[:-1]:
        before.append(part if len(before) == 1 else before[-1] * part)
    behind: list[Any] = [1]
    for part in parts[:0:-1]:
        behind.append(part if len(behind) == 1 else behind[-1] * part)
    return [left * right for left, right in zip(before, reversed(behind), strict=True)]


def _prod_pullback(
    m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    x = args[0]
    if not axis:
        return adjoint
    parts = _in_front(m, x, axis)
    if not parts:
        return None
    plain = m.reshape(adjoint, shape=m.shape(parts[0])) if keepdims else adjoint
    return _put_back(m, [plain * other for other in _products_of_others(parts)], x, axis)


def _prod_pushforward(
    m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: Any, keepdims: bool
) -> Any:
    if not axis:
        return tangent
    parts = _in_front(m, args[0], axis)
    if not parts:
        return None
    moved = zip(_in_front(m, tangent, axis), _products_of_others(parts), strict=True)
    terms = [part * other for part, other in moved]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return m.reshape(total, shape=m.shape(out)) if keepdims else total


# ---- running sums and products ----


def _running(m: Any, x: Any, axis: int, join: Any, *, backwards: bool = False) -> Any:
    """Return an array of what slices amount to so far, from the front or from the back."""
    parts = _entries(m, x, axis)
    if backwards:
        parts.reverse()
    for at in range(1, len(parts)):
        parts[at] = join(parts[at - 1], parts[at])
    if backwards:
        parts.reverse()
    return _joined(m, parts, x, axis)


def _cumsum(m: Any, x: Any, *, axis: int) -> Any:
    return _running(m, x, axis, lambda total, part: total + part)


def _cumsum_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    return _running(m, adjoint, axis, lambda total, part: total + part, backwards=True)


def _cumprod(m: Any, x: Any, *, axis: int) -> Any:
    return _running(m, x, axis, lambda total, part: total * part)


def _cumprod_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    """Return what each factor gets, from the last to the first, without dividing by a factor."""
    parts, givers = _entries(m, args[0], axis), _entries(m, adjoint, axis)
    for at in range(len(givers) - 2, -1, -1):
        givers[at] = givers[at] + parts[at + 1] * givers[at + 1]
    before = None
    for at, part in enumerate(parts):
        if before is not None:
            givers[at] = givers[at] * before
        before = part if before is None else before * part
    return _joined(m, givers, adjoint, axis)


def _cumprod_pushforward(m: Any, tangent: Any, out: Any, args: Any, slot: int, *, axis: int) -> Any:
    parts, moved = _entries(m, args[0], axis), _entries(m, tangent, axis)
    before = parts[0] if parts else None
    for at in range(1, len(parts)):
        moved[at] = moved[at - 1] * parts[at] + before * moved[at]
        before = before * parts[at]
    return _joined(m, moved, tangent, axis)


CUMULATIVE = (
    Structural(
        name="prod",
        arguments=("x",),
        settings=_AXES,
        latex=r"\prod {0}",
        shape=lambda x, *, axis, keepdims: reduced_shape(x, axis, keepdims=keepdims),
        evaluate=_prod,
        pullback=_prod_pullback,
        pushforward=_prod_pushforward,
        aliases=("productorio",),
        doc="Product of all entries, or along axes; each entry gets the product of the others.",
        examples=(
            (((3,),), {}),
            (((2, 3),), {}),
            (((2, 3),), {"axis": (0,)}),
            (((2, 3),), {"axis": (1,), "keepdims": True}),
            (((2, 2, 2),), {"axis": (0, 2)}),
        ),
    ),
    Structural(
        name="cumsum",
        arguments=("x",),
        settings=_AXIS,
        shape=lambda x, *, axis: x,
        evaluate=_cumsum,
        pullback=_cumsum_pullback,
        aliases=("suma_acumulada",),
        doc="Sums so far along an axis (the last).",
        examples=_EXAMPLES,
    ),
    Structural(
        name="cumprod",
        arguments=("x",),
        settings=_AXIS,
        shape=lambda x, *, axis: x,
        evaluate=_cumprod,
        pullback=_cumprod_pullback,
        pushforward=_cumprod_pushforward,
        aliases=("producto_acumulado",),
        doc="Products so far along an axis (the last).",
        examples=_EXAMPLES,
    ),
)
