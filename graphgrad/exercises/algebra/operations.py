"""Operate on terms as no row does: derivatives in one variable, and small matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphgrad.errors import LimitError, ShapeError, SourceError
from graphgrad.exercises.algebra.building import MOST_ENTRIES, TermBuilder, in_shape, shape_of
from graphgrad.exercises.algebra.functions import TermMath, arrays
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.ops.shapes import entries, shape_text

__all__ = [
    "determinant", "diag", "differentiated", "identity", "inverse", "kronecker",
    "ones", "stacked", "trace", "with_ones",
]  # fmt: skip

_OF_ONE: dict[str, Callable[[TermMath, Term, Term], Term]] = {
    "exp": lambda m, out, x: out,
    "log": lambda m, out, x: 1 / x,
    "sin": lambda m, out, x: m.cos(x),
    "cos": lambda m, out, x: -m.sin(x),
    "erf": lambda m, out, x: 2 / m.sqrt(m.pi) * m.exp(-(x**2)),
    "asin": lambda m, out, x: 1 / m.sqrt(1 - x**2),
    "atan": lambda m, out, x: 1 / (1 + x**2),
    "abs": lambda m, out, x: m.sign(x),
    "positive": lambda m, out, x: 0 * x,
    "zero": lambda m, out, x: 0 * x,
    "floor": lambda m, out, x: 0 * x,
    "held": lambda m, out, x: 0 * x,
}
_LARGEST_MATRIX = 4
_LARGEST_IDENTITY = 40


def differentiated(term: Term, name: str) -> Term:
    """Return the derivative of a term in a variable; at a kink, the derivative beside it.

    >>> pool = Pool()
    >>> differentiated(pool.name("x") ** 2, "x") == 2 * pool.name("x")
    True
    """
    pool = term.pool
    zero = pool.number(0)
    tangents: dict[int, Term] = {}
    for t in pool.reach((term.id,)):
        moving = [arg for arg in pool.args[t] if tangents[arg] != zero]
        if pool.ops[t] == "name":
            tangents[t] = pool.number(int(pool.held[t] == name))
        elif not moving:
            tangents[t] = zero
        else:
            tangents[t] = _tangent(pool, t, tangents)
    return tangents[term.id]


def _tangent(pool: Pool, t: int, tangents: dict[int, Term]) -> Term:
    op, args = pool.ops[t], [Term(pool, arg) for arg in pool.args[t]]
    moved = [tangents[arg.id] for arg in args]
    math = TermMath(pool)
    if op == "add":
        return pool.sum(moved)
    if op == "mul":
        zero = pool.number(0)
        return pool.sum(
            pool.product([*args[:i], move, *args[i + 1 :]])
            for i, move in enumerate(moved)
            if move != zero
        )
    if op == "power":
        whole: int = pool.held[t]
        return pool.power(args[0], whole - 1) * whole * moved[0]
    if op == "root":
        power: Term = math.powi(args[0], n=pool.held[t] - 1)
        return power * pool.number(pool.held[t]) * moved[0]
    if op == "pow":
        out = Term(pool, t)
        logarithm: Term = math.log(args[0])
        return out * (moved[1] * logarithm + args[1] * moved[0] / args[0])
    if op == "where":
        chosen: Term = math.where(args[0], moved[1], moved[2])
        return chosen
    if op not in _OF_ONE:
        raise SourceError("answer.no_derivative", name=op)
    return _OF_ONE[op](math, Term(pool, t), args[0]) * moved[0]


def diag(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the diagonal matrix of a vector, or the diagonal of a matrix."""
    value = args[0]
    if len(shape_of(value)) == 2:
        return value.diagonal()
    parts = entries(value)
    result = arrays().full((len(parts), len(parts)), builder.pool.number(0), dtype=object)
    for place, part in enumerate(parts):
        result[place, place] = part
    return result


def stacked(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return vec(A): the columns of a matrix below one another.

    Source: Magnus and Neudecker, Matrix Differential Calculus, section 2.4.
    """
    parts = entries(args[0].T if shape_of(args[0]) else args[0])
    return in_shape(parts, (len(parts),))


def kronecker(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the Kronecker product of two matrices; of two vectors the matrix u v^T.

    Source: Magnus and Neudecker, Matrix Differential Calculus, section 2.2.

    Raises:
        LimitError: if it has too many entries.
    """
    left, right = args
    ranks = len(shape_of(left)), len(shape_of(right))
    if 0 in ranks:
        return left * right
    if len(entries(left)) * len(entries(right)) > MOST_ENTRIES:
        raise LimitError("check.too_many_terms", limit=MOST_ENTRIES)
    if ranks == (1, 1):
        return left[:, None] * right[None, :]
    left, right = (v[:, None] if len(shape_of(v)) == 1 else v for v in (left, right))
    blocks = left[:, None, :, None] * right[None, :, None, :]
    return blocks.reshape(left.shape[0] * right.shape[0], left.shape[1] * right.shape[1])


def trace(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the sum of a diagonal."""
    return builder.pool.sum(entries(_square(args[0]).diagonal()))


def identity(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the identity matrix of a size."""
    return diag(builder, [ones(builder, [args[0]])])


def ones(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the vector of ones of a size, or the matrix of two."""
    sizes = tuple(_size(builder, [arg], "ones") for arg in args)
    return arrays().full(sizes, builder.pool.number(1), dtype=object)


def _size(builder: TermBuilder, args: Sequence[Any], name: str) -> int:
    size = builder.pool.value(entries(args[0])[0].id)
    if size is None or size.denominator != 1 or not 1 <= size <= _LARGEST_IDENTITY:
        raise SourceError("answer.whole_number", name=name)
    return int(size)


def _square(value: Any) -> Any:
    shape = shape_of(value)
    if len(shape) != 2 or shape[0] != shape[1] or shape[0] > _LARGEST_MATRIX:
        raise ShapeError("answer.square", got=shape_text(shape), limit=_LARGEST_MATRIX)
    return value


def determinant(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return a determinant."""
    return _expanded(builder, _square(args[0]))


def _expanded(builder: TermBuilder, matrix: Any) -> Term:
    """Return a determinant by expansion along the first row."""
    if len(matrix) == 1:
        only: Term = matrix[0, 0]
        return only
    minors = [_expanded(builder, _minor(matrix, 0, k)) for k in range(len(matrix))]
    return builder.pool.sum(
        matrix[0, k] * minor * (-1 if k % 2 else 1) for k, minor in enumerate(minors)
    )


def _minor(matrix: Any, row: int, column: int) -> Any:
    np = arrays()
    return np.delete(np.delete(matrix, row, axis=0), column, axis=1)


def inverse(builder: TermBuilder, value: Any) -> Any:
    """Return the inverse of a small matrix: its adjugate over its determinant.

    Raises:
        ShapeError: if it is not square, or too large.
    """
    matrix = _square(value)
    size = len(matrix)
    below = _expanded(builder, matrix)
    result = arrays().empty((size, size), dtype=object)
    for row in range(size):
        for column in range(size):
            cofactor = builder.pool.number(1)
            if size > 1:
                cofactor = _expanded(builder, _minor(matrix, column, row))
            result[row, column] = cofactor * (-1) ** (row + column) / below
    return result


def with_ones(
    builder: TermBuilder, parents: Sequence[int], ones: set[int], rows: set[int]
) -> int | None:
    """Return a product with a row or a column of ones: sums of columns, of rows, of all.

    Args:
        builder: where the terms are.
        parents: the two factors; the second is a column of ones if neither is in ``ones``.
        ones: the nodes that are rows of ones, times a number; one more where that is the product.
        rows: the nodes that are rows.

    Returns:
        None for a product entry by entry, as of a vector and a column of ones.

    Raises:
        SourceError: if nothing says how long the row of ones is.
    """
    apply, (left, right) = builder.apply, parents
    ranks = [len(builder.shape(parent)) for parent in parents]
    if right in ones and ranks[0]:
        raise SourceError("answer.ones")
    if ranks == [0, 0]:
        node = apply("mul", parents)
        ones |= {node} if set(parents) & ones else set()
        return node
    if left in ones:
        matrix = ranks[1] == 2
        node = apply("mul", (left, apply("sum", (right,), axis=0 if matrix else None)))
        rows |= {node} if matrix else set()
        return node
    if ranks[0] == 2 or left in rows:
        axis = 1 if ranks[0] == 2 else None
        return apply("mul", (right, apply("sum", (left,), axis=axis)))
    return None
