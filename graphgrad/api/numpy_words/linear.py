"""NumPy's products and matrix functions on handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.eigen import EIGEN
from graphgrad.api.numpy_words.einsum import einsum
from graphgrad.api.numpy_words.joins import flat, shape_of
from graphgrad.api.numpy_words.matrices import MATRICES
from graphgrad.errors import UsageError

__all__ = ["LINEAR"]

Apply = Callable[..., Any]


def _dot(apply: Apply, a: Any, b: Any) -> Any:
    """Multiply as NumPy's dot: the last axis of one with the last but one of the other."""
    left, right = shape_of(a), shape_of(b)
    if not left or not right:
        return apply("mul", a, b)
    if len(right) > 2:
        return _tensordot(apply, a, b, axes=((-1,), (-2,)))
    return apply("matmul", a, b)


def _inner(apply: Apply, a: Any, b: Any) -> Any:
    if not shape_of(a) or not shape_of(b):
        return apply("mul", a, b)
    if len(shape_of(a)) == len(shape_of(b)) == 1:
        return apply("dot", a, b)
    return _tensordot(apply, a, b, axes=((-1,), (-1,)))


def _outer(apply: Apply, a: Any, b: Any) -> Any:
    return apply("outer", flat(apply, a), flat(apply, b))


def _vdot(apply: Apply, a: Any, b: Any) -> Any:
    return apply("dot", flat(apply, a), flat(apply, b))


def _tensordot(apply: Apply, a: Any, b: Any, axes: Any = 2) -> Any:
    """Sum products over pairs of axes: both arrays as matrices, one product, the shape back."""
    left, right = shape_of(a), shape_of(b)
    if isinstance(axes, int):
        pairs = (tuple(range(len(left) - axes, len(left))), tuple(range(axes)))
    else:
        each = [(part,) if isinstance(part, int) else tuple(part) for part in axes]
        pairs = (tuple(n % len(left) for n in each[0]), tuple(n % len(right) for n in each[1]))
    kept = [
        [at for at in range(len(shape)) if at not in gone]
        for shape, gone in zip((left, right), pairs, strict=True)
    ]
    count = 1
    for at in pairs[0]:
        count *= left[at]
    first = apply("transpose", a, axes=(*kept[0], *pairs[0])).reshape((-1, count))
    second = apply("transpose", b, axes=(*pairs[1], *kept[1])).reshape((count, -1))
    shape = (*(left[at] for at in kept[0]), *(right[at] for at in kept[1]))
    return (first @ second).reshape(shape)


def _kron(apply: Apply, a: Any, b: Any) -> Any:
    left, right = shape_of(a), shape_of(b)
    rank = max(len(left), len(right))
    left, right = ((1,) * (rank - len(part)) + part for part in (left, right))
    apart = apply("reshape", a, shape=tuple(n for length in left for n in (length, 1)))
    beside = apply("reshape", b, shape=tuple(n for length in right for n in (1, length)))
    whole = tuple(n * k for n, k in zip(left, right, strict=True))
    return (apart * beside).reshape(whole)


def _cross(apply: Apply, a: Any, b: Any) -> Any:
    """Multiply vectors of three entries along the last axis."""
    import numpy as np

    a, b = (np.asarray(part) if isinstance(part, list | tuple) else part for part in (a, b))
    if shape_of(a)[-1] != 3 or shape_of(b)[-1] != 3:
        raise UsageError("handle.cross", got=f"{shape_of(a)}, {shape_of(b)}")
    one, other = ([part[..., at] for at in range(3)] for part in (a, b))
    parts = [
        one[(k + 1) % 3] * other[(k + 2) % 3] - one[(k + 2) % 3] * other[(k + 1) % 3]
        for k in range(3)
    ]
    return apply("stack", *parts, axis=len(parts[0].shape))


def _convolve(apply: Apply, a: Any, v: Any, mode: str = "full") -> Any:
    """Return the sums of products of one vector with the other one turned round."""
    import numpy as np

    n, k = shape_of(a)[0], shape_of(v)[0]
    if mode != "full":
        n, k = max(n, k), min(n, k)
    framed = apply("scatter_at", a, at=tuple(range(k - 1, k - 1 + shape_of(a)[0])),
                   shape=(shape_of(a)[0] + 2 * (k - 1),))  # fmt: skip
    if mode != "full" and shape_of(v)[0] > shape_of(a)[0]:
        return _convolve(apply, v, a, mode)
    at = np.arange(k) + np.arange(n + k - 1)[:, None]
    windows = apply("gather", framed, at=tuple(at.ravel().tolist()), shape=at.shape)
    whole = apply("matmul", windows, apply("flip", v, axis=0))
    if mode == "full":
        return whole
    cut = k - 1 if mode == "valid" else (k - 1) // 2
    length = n - k + 1 if mode == "valid" else n
    return whole[cut : cut + length]


def _covariance(apply: Apply, m: Any, *, rowvar: bool = True, ddof: int = 1) -> Any:
    """Return the covariance of the rows of a matrix."""
    rows = m if len(shape_of(m)) == 2 else apply("reshape", m, shape=(1, -1))
    rows = rows if rowvar else apply("transpose", rows)
    apart = rows - apply("mean", rows, axis=1, keepdims=True)
    found = apply("matmul", apart, apply("transpose", apart)) / (shape_of(rows)[1] - ddof)
    return found if shape_of(rows)[0] > 1 else found[0, 0]


LINEAR: dict[str, Callable[..., Any]] = (
    MATRICES
    | EIGEN
    | {
        "dot": _dot,
        "inner": _inner,
        "outer": _outer,
        "vdot": _vdot,
        "matvec": lambda apply, a, b: apply("matmul", a, b),
        "tensordot": _tensordot,
        "einsum": einsum,
        "kron": _kron,
        "cross": _cross,
        "trace": lambda apply, a, offset=0: (
            apply("trace", a) if not offset else apply("sum", apply("diag", a, k=offset))
        ),
        "diag": lambda apply, v, k=0: apply("diag", v, k=k),
        "diagflat": lambda apply, v, k=0: apply("diag", flat(apply, v), k=k),
        "tril": lambda apply, m, k=0: apply("tril", m, k=k),
        "triu": lambda apply, m, k=0: apply("triu", m, k=k),
        "convolve": _convolve,
        "cov": _covariance,
    }
)
"""NumPy's products by name; each takes what appends an op, then NumPy's arguments."""
