"""List the rows of products of vectors and matrices."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.row import ATOM, POWER, PRODUCT, Infix, Structural
from graphgrad.ops.shapes import Shape, broadcast_shapes, shape_text, unbroadcast

__all__ = ["MATRICES"]


def _matmul_shape(a: Shape, b: Shape) -> Shape:
    if not a or not b:
        raise ShapeError("shape.matmul_scalar", a=shape_text(a), b=shape_text(b))
    inner = b[0] if len(b) == 1 else b[-2]
    if a[-1] != inner:
        raise ShapeError("shape.matmul", a=shape_text(a), b=shape_text(b), inner=a[-1], other=inner)
    batch = broadcast_shapes("matmul", (a[:-2], b[:-2])) if len(a) > 2 or len(b) > 2 else ()
    return (*batch, *a[-2:-1], *(b[-1:] if len(b) > 1 else ()))


def _swapped(m: Any, x: Any) -> Any:
    """Return x with its last two axes exchanged."""
    count = len(m.shape(x))
    return m.transpose(x, axes=(*range(count - 2), count - 1, count - 2))


def _matmul_pullback(m: Any, adjoint: Any, out: Any, args: tuple[Any, ...], slot: int) -> Any:
    a, b = args
    ranks = (len(m.shape(a)), len(m.shape(b)))
    if ranks == (1, 1):
        return adjoint * args[1 - slot]
    if ranks == (2, 2):
        if slot == 0:
            return m.matmul(adjoint, m.transpose(b, axes=(1, 0)))
        return m.matmul(m.transpose(a, axes=(1, 0)), adjoint)
    if ranks == (2, 1):
        return m.outer(adjoint, b) if slot == 0 else m.matmul(_swapped(m, a), adjoint)
    if ranks == (1, 2):
        return m.matmul(b, adjoint) if slot == 0 else m.outer(a, adjoint)
    return _batched_pullback(m, adjoint, args, slot)


def _batched_pullback(m: Any, adjoint: Any, args: tuple[Any, ...], slot: int) -> Any:
    """Treat a vector as a one-row or one-column matrix, then sum over stretched batches."""
    a, b = args
    shapes = (m.shape(a), m.shape(b))
    if len(shapes[0]) == 1:
        a = m.reshape(a, shape=(1, *shapes[0]))
        adjoint = m.reshape(adjoint, shape=(*m.shape(adjoint)[:-1], 1, m.shape(adjoint)[-1]))
    if len(shapes[1]) == 1:
        b = m.reshape(b, shape=(*shapes[1], 1))
        adjoint = m.reshape(adjoint, shape=(*m.shape(adjoint), 1))
    product = m.matmul(adjoint, _swapped(m, b)) if slot == 0 else m.matmul(_swapped(m, a), adjoint)
    summed = unbroadcast(m, product, m.shape(a if slot == 0 else b))
    return summed if m.shape(summed) == shapes[slot] else m.reshape(summed, shape=shapes[slot])


def _dot_shape(a: Shape, b: Shape) -> Shape:
    if len(a) != 1 or a != b:
        raise ShapeError("shape.dot", a=shape_text(a), b=shape_text(b))
    return ()


def _outer_shape(a: Shape, b: Shape) -> Shape:
    if len(a) != 1 or len(b) != 1:
        raise ShapeError("shape.outer", a=shape_text(a), b=shape_text(b))
    return (*a, *b)


def _outer_pullback(m: Any, adjoint: Any, out: Any, args: tuple[Any, ...], slot: int) -> Any:
    a, b = args
    return m.matmul(adjoint, b) if slot == 0 else m.matmul(_swapped(m, adjoint), a)


def _inverse_shape(a: Shape) -> Shape:
    if len(a) < 2 or a[-1] != a[-2]:
        raise ShapeError("shape.inverse", a=shape_text(a))
    return a


def _inverse_pullback(m: Any, adjoint: Any, out: Any, args: tuple[Any, ...], slot: int) -> Any:
    turned = _swapped(m, out)
    return -m.matmul(m.matmul(turned, adjoint), turned)


def _inverse_pushforward(m: Any, tangent: Any, out: Any, args: tuple[Any, ...], slot: int) -> Any:
    return -m.matmul(m.matmul(out, tangent), out)


MATRICES = (
    Structural(
        name="matmul",
        arguments=("a", "b"),
        notation=Infix("@", PRODUCT, PRODUCT + 1),
        latex="{0} \\, {1}",
        latex_level=PRODUCT,
        latex_argument_levels=(PRODUCT, PRODUCT + 1),
        shape=_matmul_shape,
        evaluate=lambda m, a, b: m.matmul(a, b),
        pullback=_matmul_pullback,
        doc="Matrix product; vectors count as one row or one column, stacks multiply in pairs.",
        source="Giles, Collected Matrix Derivative Results for Forward and Reverse Mode AD, 2.2.",
        examples=(
            (((3,), (3,)), {}),
            (((2, 3), (3,)), {}),
            (((3,), (3, 2)), {}),
            (((2, 3), (3, 2)), {}),
            (((2, 2, 3), (2, 3, 2)), {}),
            (((2, 2, 3), (3, 2)), {}),
            (((2, 2, 3), (3,)), {}),
            (((3,), (2, 3, 2)), {}),
            (((2, 1, 2, 3), (3, 3, 1)), {}),
        ),
    ),
    Structural(
        name="dot",
        arguments=("a", "b"),
        latex=r"{0} \cdot {1}",
        latex_level=PRODUCT,
        latex_argument_levels=(PRODUCT, PRODUCT + 1),
        shape=_dot_shape,
        evaluate=lambda m, a, b: m.matmul(a, b),
        pullback=lambda m, adjoint, out, args, slot: adjoint * args[1 - slot],
        aliases=("escalar",),
        doc="Inner product of two vectors.",
        examples=((((3,), (3,)), {}),),
    ),
    Structural(
        name="outer",
        arguments=("a", "b"),
        latex=r"{0} \otimes {1}",
        latex_level=PRODUCT,
        latex_argument_levels=(PRODUCT, PRODUCT + 1),
        shape=_outer_shape,
        evaluate=lambda m, a, b: m.outer(a, b),
        pullback=_outer_pullback,
        doc="Matrix of all products of two vectors' entries.",
        examples=((((2,), (3,)), {}),),
    ),
    Structural(
        name="inverse",
        arguments=("a",),
        latex="{0}^{{-1}}",
        latex_level=POWER,
        latex_argument_levels=(ATOM,),
        shape=_inverse_shape,
        evaluate=lambda m, a: m.inverse(a),
        pullback=_inverse_pullback,
        pushforward=_inverse_pushforward,
        aliases=("inversa", "inv"),
        doc="Inverse of a square matrix; A^-1 in files.",
        source="Giles, Collected Matrix Derivative Results for Forward and Reverse Mode AD, 2.2.3.",
        examples=((((2, 2),), {}), (((2, 2, 2),), {}), (((1, 1),), {})),
    ),
)
