"""Eigenvalues of symmetric matrices and singular values on handles, by Jacobi's rotations.

A rotation is a few operations, so derivatives are those of the operations: they are right where no
two values are equal, as the derivatives of eigenvectors are. Sources: Golub and Van Loan, Matrix
Computations, section 8.5.2; NumPy 2.4, numpy.linalg.eigh and svd (orders and signs are theirs).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any, NamedTuple

from graphgrad.api.numpy_words.choices import plain
from graphgrad.api.numpy_words.joins import shape_of
from graphgrad.api.numpy_words.matrices import of_full_rank
from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.shapes import shape_text

__all__ = ["EIGEN"]

Apply = Callable[..., Any]
_MOST_ROWS = 12
_MOST_SWEEPS = 20
_SMALL = 1e-15


class Eigen(NamedTuple):
    """What NumPy calls the results."""

    eigenvalues: Any
    eigenvectors: Any


class Singular(NamedTuple):
    """What NumPy calls the results."""

    U: Any
    S: Any
    Vh: Any


def _eigh(apply: Apply, a: Any, UPLO: Any = "L") -> Any:  # noqa: N803  # NumPy's name
    """Return the eigenvalues of a symmetric matrix, the least first, and its eigenvectors."""
    import numpy as np

    size = _checked("eigh", a)
    lower = apply("tril", a if UPLO == "L" else apply("transpose", a), k=0)
    turned = lower + apply("transpose", apply("tril", lower, k=-1))
    vectors = apply("add", np.eye(size), 0 * turned)  # a node, where nothing has to be turned too
    for _ in range(_MOST_SWEEPS):
        done = _off_diagonal(turned) <= _SMALL
        for p, q in combinations(range(size), 2):  # one sweep more, for the derivatives
            turn = _rotation(apply, turned, p, q)
            if turn is not None:
                turned = apply("matmul", apply("matmul", apply("transpose", turn), turned), turn)
                vectors = apply("matmul", vectors, turn)
        if done:
            break
    values = apply("diag", turned, k=0)
    order = np.argsort(plain(values), kind="stable")
    known = np.linalg.eigh(np.asarray(plain(a), dtype=float), UPLO=UPLO)[1]
    picked = vectors[:, order]
    signs = np.where((np.asarray(plain(picked)) * known).sum(axis=0) < 0, -1.0, 1.0)
    return Eigen(values[order], picked * signs)


def _rotation(apply: Apply, a: Any, p: int, q: int) -> Any:
    """Return the rotation of two axes that makes an entry of a symmetric matrix 0."""
    import numpy as np

    apart, entry = a[q, q] - a[p, p], a[p, q]
    if plain(apart) == 0 and plain(entry) == 0:
        return None
    sign = -1.0 if plain(apart) < 0 else 1.0
    tangent = 2 * sign * entry / (abs(apart) + apply("sqrt", apart**2 + 4 * entry**2))
    cosine = 1 / apply("sqrt", 1 + tangent**2)
    size = shape_of(a)[0]
    along, across = np.zeros((size, size)), np.zeros((size, size))
    along[p, p] = along[q, q] = across[p, q] = 1.0
    across[q, p] = -1.0
    return np.eye(size) + (cosine - 1) * along + (tangent * cosine) * across


def _off_diagonal(a: Any) -> float:
    """Return how large the entries beside the diagonal are, as a share of all."""
    import numpy as np

    values = np.asarray(plain(a), dtype=float)
    whole = float(np.linalg.norm(values))
    return float(np.linalg.norm(values - np.diag(np.diag(values)))) / whole if whole else 0.0


def _checked(name: str, a: Any) -> int:
    shape = shape_of(a)
    if len(shape) != 2 or shape[0] != shape[1]:
        raise ShapeError("shape.inverse", a=shape_text(shape))
    if shape[0] > _MOST_ROWS:
        raise UsageError("handle.many_rows", function=name, got=shape[0], most=_MOST_ROWS)
    return int(shape[0])


def _svd(
    apply: Apply, a: Any, full_matrices: bool = True, compute_uv: bool = True, **_options: Any
) -> Any:  # fmt: skip
    """Return U, the singular values, the largest first, and V^T, of a matrix of full rank."""
    import numpy as np

    rows, columns = shape_of(a)
    if full_matrices and compute_uv and rows != columns:
        raise UsageError("handle.numpy_option", function="linalg.svd", options="full_matrices=True")
    tall = rows >= columns
    upright = a if tall else apply("transpose", a)
    squares = apply("matmul", apply("transpose", upright), upright)
    of_full_rank("linalg.svd", a)  # a singular value of 0 has no derivative
    values, right = _eigh(apply, squares)
    sizes = apply("sqrt", values[::-1])
    if not compute_uv:
        return sizes
    right = right[:, ::-1]
    left = apply("matmul", upright, right) / sizes
    if not tall:
        left, right = right, left
    known = np.linalg.svd(np.asarray(plain(a), dtype=float), full_matrices=False)[0]
    signs = np.where((np.asarray(plain(left)) * known).sum(axis=0) < 0, -1.0, 1.0)
    return Singular(left * signs, sizes, apply("transpose", right * signs))


EIGEN: dict[str, Callable[..., Any]] = {
    "eigh": _eigh,
    "eigvalsh": lambda apply, a, UPLO="L": _eigh(apply, a, UPLO)[0],  # noqa: N803
    "svd": _svd,
    "svdvals": lambda apply, x: _svd(apply, x, compute_uv=False),
}
"""NumPy's functions by name; each takes what appends an op, then NumPy's arguments."""
