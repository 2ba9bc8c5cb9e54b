"""NumPy's functions of square and other matrices, on handles, as they are taught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.choices import plain
from graphgrad.api.numpy_words.joins import counted, shape_of
from graphgrad.errors import UsageError
from graphgrad.ops.shapes import shape_text

__all__ = ["MATRICES", "of_full_rank"]

Apply = Callable[..., Any]


def _solve(apply: Apply, a: Any, b: Any) -> Any:
    return apply("matmul", apply("inverse", a), b)


def _power(apply: Apply, a: Any, n: int) -> Any:
    import numpy as np

    n = counted("matrix_power", "n", n, least=-1000)
    if n == 0:
        return apply("matmul", a, np.zeros(shape_of(a))) + np.eye(shape_of(a)[0])
    base = apply("inverse", a) if n < 0 else a
    found = base
    for _ in range(abs(n) - 1):
        found = apply("matmul", found, base)
    return found


def _sign_and_log(apply: Apply, a: Any) -> Any:
    det = apply("det", a)
    return apply("sign", det), apply("log", abs(det))


def _pinv(apply: Apply, a: Any) -> Any:
    """Return the pseudoinverse of a matrix of full rank, by its normal equations."""
    of_full_rank("linalg.pinv", a)
    turned = apply("transpose", a)
    rows, columns = shape_of(a)
    if rows >= columns:
        return apply("matmul", apply("inverse", apply("matmul", turned, a)), turned)
    return apply("matmul", turned, apply("inverse", apply("matmul", a, turned)))


def of_full_rank(function: str, a: Any) -> None:
    """Refuse a matrix whose rows or columns depend on one another.

    Raises:
        UsageError: with its rank; formulas for full rank would give other numbers.
    """
    import numpy as np

    shape, values = shape_of(a), np.asarray(plain(a), dtype=float)
    if not np.isfinite(values).all():
        return
    rank = int(np.linalg.matrix_rank(values))
    if rank < min(shape):
        raise UsageError("handle.full_rank", function=function, shape=shape_text(shape), rank=rank)


def _cholesky(apply: Apply, a: Any) -> Any:
    """Return the lower triangle L with L L^T = A, entry by entry as it is taught."""
    size = shape_of(a)[0]
    rows: list[list[Any]] = []
    for i in range(size):
        row: list[Any] = []
        for j in range(i + 1):
            rest = a[i, j]
            for k in range(j):
                rest = rest - row[k] * (row[k] if i == j else rows[j][k])
            row.append(apply("sqrt", rest) if i == j else rest / rows[j][j])
        rows.append(row)
    zero = a[0, 0] * 0
    full = [apply("stack", *row, *([zero] * (size - len(row))), axis=0) for row in rows]
    return apply("stack", *full, axis=0)


def _qr(apply: Apply, a: Any) -> Any:
    """Return Q and R of a matrix by Householder's reflections, with LAPACK's signs.

    Source: Golub and Van Loan, Matrix Computations, section 5.2.2.
    """
    import numpy as np

    rows, columns = shape_of(a)
    r: Any = a
    q: Any = np.eye(rows)
    for k in range(min(rows - 1, columns)):
        below = r[k:, k]
        length = apply("norm", below) * apply("where", below[0] >= 0, -1, 1)
        mirror = below - length * np.eye(rows - k)[0]
        scaled = mirror * (2 / apply("dot", mirror, mirror))
        turned = r[k:] - apply("outer", scaled, apply("matmul", mirror, r[k:]))
        r = turned if k == 0 else apply("concat", r[:k], turned, axis=0)
        right = q[:, k:]
        reflected = right - apply("outer", apply("matmul", right, mirror), scaled)
        q = reflected if k == 0 else apply("concat", q[:, :k], reflected, axis=1)
    kept = min(rows, columns)
    return q[:, :kept], apply("triu", r[:kept], k=0)


def _chain(apply: Apply, arrays: Any) -> Any:
    found = arrays[0]
    for factor in arrays[1:]:
        found = apply("matmul", found, factor)
    return found


MATRICES: dict[str, Callable[..., Any]] = {
    "inv": lambda apply, a: apply("inverse", a),
    "det": lambda apply, a: apply("det", a),
    "slogdet": _sign_and_log,
    "solve": _solve,
    "pinv": _pinv,
    "cholesky": _cholesky,
    "matrix_power": _power,
    "multi_dot": _chain,
    "qr": _qr,
}
"""NumPy's functions by name; each takes what appends an op, then NumPy's arguments."""
