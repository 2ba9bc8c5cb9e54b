"""List the rows of determinants, traces, diagonals, triangles, and of rolled and tiled arrays."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.row import Setting, Structural
from graphgrad.ops.shapes import Shape, shape_text, unbroadcast

__all__ = ["MATRIX_PARTS"]

_K = (Setting("k", "integer", 0),)


def _matrix(op: str, x: Shape, *, square: bool = False) -> tuple[int, int]:
    if len(x) != 2 or (square and x[0] != x[1]):
        raise ShapeError("shape.square" if square else "shape.matrix", op=op, a=shape_text(x))
    return x[0], x[1]


def _on_diagonal(x: Shape, k: int) -> tuple[int, ...]:
    """Return the places of a diagonal, k steps above the main one."""
    rows, columns = x
    return tuple(i * columns + i + k for i in range(rows) if 0 <= i + k < columns)


# ---- diagonals ----


def _diag_shape(x: Shape, *, k: int) -> Shape:
    if len(x) == 1:
        size = x[0] + abs(k)
        return size, size
    return (len(_on_diagonal(_matrix("diag", x), k)),)


def _diag(m: Any, x: Any, *, k: int) -> Any:
    shape = m.shape(x)
    if len(shape) == 1:
        whole = _diag_shape(shape, k=k)
        return m.scatter_at(x, at=_on_diagonal(whole, k), shape=whole)
    at = _on_diagonal(shape, k)
    return m.gather(x, at=at, shape=(len(at),))


def _diag_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, k: int) -> Any:
    shape = m.shape(args[0])
    if len(shape) == 1 or shape == _diag_shape(m.shape(adjoint), k=k):
        return m.diag(adjoint, k=k)
    return m.scatter_at(adjoint, at=_on_diagonal(shape, k), shape=shape)


def _trace(m: Any, x: Any) -> Any:
    return m.sum(_diag(m, x, k=0), axis=(0,), keepdims=False)


def _trace_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int) -> Any:
    size = m.shape(args[0])[0]
    return m.diag(m.broadcast(adjoint, shape=(size,)), k=0)


def _trace_shape(x: Shape) -> Shape:
    _matrix("trace", x, square=True)
    return ()


# ---- triangles ----


def _triangle(name: str, doc: str, keeps: Callable[[int, int], bool], alias: str) -> Structural:
    """Return a row that keeps the entries on one side of a diagonal."""

    def shape(x: Shape, *, k: int) -> Shape:
        if len(x) < 2:
            raise ShapeError("shape.matrix", op=name, a=shape_text(x))
        return x

    def evaluate(m: Any, x: Any, *, k: int) -> Any:
        whole = m.shape(x)
        kept = [keeps(j - i, k) for i, j in product(*map(range, whole[-2:]))]
        count = 1
        for length in whole[:-2]:
            count *= length
        at = tuple(n for n, keep in enumerate(kept * count) if keep)
        return m.scatter_at(m.gather(x, at=at, shape=(len(at),)), at=at, shape=whole)

    return Structural(
        name=name,
        arguments=("x",),
        settings=_K,
        shape=shape,
        evaluate=evaluate,
        pullback=lambda m, adjoint, out, args, slot, *, k: getattr(m, name)(adjoint, k=k),
        aliases=(alias,),
        doc=doc,
        examples=((((3, 3),), {}), (((2, 3),), {"k": 1}), (((2, 2, 2),), {"k": -1})),
    )


# ---- determinants ----


def _det_shape(x: Shape) -> Shape:
    _matrix("det", x, square=True)
    return ()


def _cofactors(m: Any, x: Any, out: Any) -> Any:
    """Return the determinant's derivative by each entry.

    Up to three rows it is written out, for a singular matrix has one, and no inverse.
    """
    size = m.shape(x)[0]
    if size > 3:
        return out * m.transpose(m.inverse(x), axes=(1, 0))
    if size == 2:
        crossed = [
            m.scatter_at(m.gather(x, at=at[::-1], shape=(2,)), at=at, shape=(2, 2))
            for at in ((0, 3), (1, 2))
        ]
        return crossed[0] - crossed[1]

    def turned(i: int, j: int) -> Any:
        places = product(range(size), repeat=2)
        at = tuple((n + i) % size * size + (k + j) % size for n, k in places)
        return m.gather(x, at=at, shape=(size, size))

    return turned(1, 1) * turned(2, 2) - turned(1, 2) * turned(2, 1)


def _det_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int) -> Any:
    if m.shape(args[0]) == (1, 1):
        return m.reshape(adjoint, shape=(1, 1))
    return adjoint * _cofactors(m, args[0], out)


def _det_pushforward(m: Any, tangent: Any, out: Any, args: Any, slot: int) -> Any:
    if m.shape(args[0]) == (1, 1):
        return m.reshape(tangent, shape=())
    return m.sum(_cofactors(m, args[0], out) * tangent, axis=(0, 1), keepdims=False)


# ---- repeated and moved ----


def _rolled_places(x: Shape, shift: int, axis: int) -> tuple[int, ...]:
    """Return where the entries of a rolled array come from."""
    behind = 1
    for length in x[axis + 1 :]:
        behind *= length
    length, block, total = x[axis], behind * x[axis], 1
    for n in x:
        total *= n
    return tuple(
        at - at % block + (at % block // behind - shift) % length * behind + at % behind
        for at in range(total)
    )


def _roll(m: Any, x: Any, *, shift: int, axis: int) -> Any:
    shape = m.shape(x)
    return m.gather(x, at=_rolled_places(shape, shift, axis), shape=shape)


def _tile_shape(x: Shape, *, times: Shape) -> Shape:
    if min(times, default=1) < 0:
        raise ShapeError("shape.tile", a=shape_text(x), times=shape_text(times))
    rank = max(len(x), len(times))
    lengths, counts = ((1,) * (rank - len(part)) + part for part in (x, times))
    return tuple(n * count for n, count in zip(lengths, counts, strict=True))


def _tiled(x: Shape, times: Shape) -> tuple[Shape, Shape]:
    """Return the shapes before and after repetition, with an axis of copies before each axis."""
    rank = max(len(x), len(times))
    lengths, counts = ((1,) * (rank - len(part)) + part for part in (x, times))
    pairs = tuple(zip(counts, lengths, strict=True))
    before = tuple(n for _, length in pairs for n in (1, length))
    return before, tuple(n for pair in pairs for n in pair)


def _tile(m: Any, x: Any, *, times: Shape) -> Any:
    before, after = _tiled(m.shape(x), times)
    copies = m.broadcast(m.reshape(x, shape=before), shape=after)
    return m.reshape(copies, shape=_tile_shape(m.shape(x), times=times))


def _tile_pullback(m: Any, adjoint: Any, out: Any, args: Any, slot: int, *, times: Shape) -> Any:
    shape = m.shape(args[0])
    before, after = _tiled(shape, times)
    summed = unbroadcast(m, m.reshape(adjoint, shape=after), before)
    return m.reshape(summed, shape=shape)


MATRIX_PARTS = (
    Structural(
        name="diag",
        arguments=("x",),
        settings=_K,
        latex=r"\operatorname{{diag}}\left({0}\right)",
        shape=_diag_shape,
        evaluate=_diag,
        pullback=_diag_pullback,
        aliases=("diagonal",),
        doc="Matrix with a vector on its diagonal; of a matrix, the vector on its diagonal.",
        examples=(
            (((3,),), {}),
            (((2,),), {"k": 1}),
            (((3, 3),), {}),
            (((2, 3),), {"k": -1}),
        ),
    ),
    Structural(
        name="trace",
        arguments=("x",),
        latex=r"\operatorname{{tr}}\left({0}\right)",
        shape=_trace_shape,
        evaluate=_trace,
        pullback=_trace_pullback,
        aliases=("traza",),
        doc="Sum of the diagonal of a square matrix.",
        source="Petersen and Pedersen, The Matrix Cookbook, 2012, section 2.5.",
        examples=((((3, 3),), {}), (((1, 1),), {})),
    ),
    _triangle(
        "tril", "Entries on and below a diagonal, 0 above.", lambda d, k: d <= k, "triangular_inf"
    ),
    _triangle(
        "triu", "Entries on and above a diagonal, 0 below.", lambda d, k: d >= k, "triangular_sup"
    ),
    Structural(
        name="det",
        arguments=("x",),
        latex=r"\det\left({0}\right)",
        shape=_det_shape,
        evaluate=lambda m, x: m.det(x),
        pullback=_det_pullback,
        pushforward=_det_pushforward,
        aliases=("determinante",),
        doc="Determinant of a square matrix.",
        source="Giles, Collected Matrix Derivative Results for Forward and Reverse Mode AD, 2.2.3.",
        examples=((((2, 2),), {}), (((3, 3),), {}), (((1, 1),), {}), (((4, 4),), {})),
    ),
    Structural(
        name="roll",
        arguments=("x",),
        settings=(Setting("shift", "integer"), Setting("axis", "axis", -1)),
        shape=lambda x, *, shift, axis: x,
        evaluate=_roll,
        pullback=lambda m, adjoint, out, args, slot, *, shift, axis: m.roll(
            adjoint, shift=-shift, axis=axis
        ),
        aliases=("rotar",),
        doc="Entries moved on along an axis (the last), from its end to its beginning.",
        examples=((((3,),), {"shift": 1}), (((2, 3),), {"shift": -2, "axis": 0})),
    ),
    Structural(
        name="tile",
        arguments=("x",),
        settings=(Setting("times", "shape"),),
        shape=_tile_shape,
        evaluate=_tile,
        pullback=_tile_pullback,
        aliases=("mosaico",),
        doc="Copies of an array side by side, so many along each axis.",
        examples=(
            (((3,),), {"times": (2,)}),
            (((2, 3),), {"times": (2, 1)}),
            (((2,),), {"times": (2, 2)}),
        ),
    ),
)
