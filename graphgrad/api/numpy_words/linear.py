"""NumPy's products and matrix functions on handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.errors import UsageError

__all__ = ["LINEAR", "einsum"]

Apply = Callable[..., Any]


def _shape(part: Any) -> tuple[int, ...]:
    import numpy as np

    return part.shape if hasattr(part, "place") else np.shape(part)


def _dot(apply: Apply, a: Any, b: Any) -> Any:
    """Multiply as NumPy's dot: the last axis of one with the last but one of the other."""
    left, right = _shape(a), _shape(b)
    if not left or not right:
        return apply("mul", a, b)
    if len(right) > 2:
        return tensordot(apply, a, b, axes=((-1,), (-2,)))
    return apply("matmul", a, b)


def _inner(apply: Apply, a: Any, b: Any) -> Any:
    if not _shape(a) or not _shape(b):
        return apply("mul", a, b)
    if len(_shape(a)) == len(_shape(b)) == 1:
        return apply("dot", a, b)
    return tensordot(apply, a, b, axes=((-1,), (-1,)))


def _flat(apply: Apply, part: Any) -> Any:
    return part if len(_shape(part)) == 1 else apply("reshape", part, shape=(-1,))


def _outer(apply: Apply, a: Any, b: Any) -> Any:
    return apply("outer", _flat(apply, a), _flat(apply, b))


def _vdot(apply: Apply, a: Any, b: Any) -> Any:
    return apply("dot", _flat(apply, a), _flat(apply, b))


def tensordot(apply: Apply, a: Any, b: Any, axes: Any = 2) -> Any:
    """Sum products over pairs of axes: both arrays as matrices, one product, the shape back."""
    left, right = _shape(a), _shape(b)
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


def einsum(apply: Apply, subscripts: Any, *operands: Any, **options: Any) -> Any:
    """Sum products over named axes, two operands at a time, as NumPy's einsum.

    An axis that is named twice in one operand is its diagonal; one that only one operand has and
    the result has not is summed first. Two operands are multiplied as stacks of matrices.
    """
    if not isinstance(subscripts, str) or "." in subscripts:
        raise UsageError("handle.einsum", got=subscripts)
    text = subscripts.replace(" ", "")
    inputs, arrow, output = text.partition("->")
    terms = inputs.split(",")
    fits = len(terms) == len(operands) and all(
        len(term) == len(_shape(part)) for term, part in zip(terms, operands, strict=False)
    )
    if not fits or not text.replace(",", "").replace("->", "").isalpha():
        raise UsageError("handle.einsum", got=subscripts)
    if not arrow:
        letters = inputs.replace(",", "")
        output = "".join(sorted(one for one in set(letters) if letters.count(one) == 1))
    if not set(output) <= set(inputs):
        raise UsageError("handle.einsum", got=subscripts)
    parts = [_simple(apply, term, part) for term, part in zip(terms, operands, strict=True)]
    term, part = parts[0]
    for at, (other, operand) in enumerate(parts[1:], 1):
        later = set(output).union(*(letters for letters, _ in parts[at + 1 :]))
        term, part = _product(apply, term, part, other, operand, later)
    return _arranged(apply, term, _summed(apply, term, part, set(output)), output)


def _simple(apply: Apply, term: str, part: Any) -> tuple[str, Any]:
    """Return an operand in which every axis has a name of its own: diagonals are taken."""
    import numpy as np

    for letter in sorted(set(term)):
        while term.count(letter) > 1:
            first = term.index(letter)
            second = term.index(letter, first + 1)
            places = np.arange(int(np.prod(_shape(part)))).reshape(_shape(part))
            picked = np.diagonal(places, axis1=first, axis2=second)
            at = tuple(picked.ravel().tolist())
            part = apply("gather", part, at=at, shape=picked.shape)
            term = term[:first] + term[first + 1 : second] + term[second + 1 :] + letter
    return term, part


def _summed(apply: Apply, term: str, part: Any, wanted: set[str]) -> Any:
    gone = tuple(at for at, letter in enumerate(term) if letter not in wanted)
    return apply("sum", part, axis=gone) if gone else part


def _arranged(apply: Apply, term: str, part: Any, output: str) -> Any:
    kept = [letter for letter in term if letter in output]
    axes = tuple(kept.index(letter) for letter in output)
    return part if axes == tuple(range(len(axes))) else apply("transpose", part, axes=axes)


def _product(
    apply: Apply, first: str, a: Any, second: str, b: Any, later: set[str]
) -> tuple[str, Any]:
    """Return the product of two operands, summed over the axes that nobody else asks for."""
    a = _summed(apply, first, a, set(second) | later)
    first = "".join(one for one in first if one in second or one in later)
    b = _summed(apply, second, b, set(first) | later)
    second = "".join(one for one in second if one in first or one in later)
    stacked = "".join(one for one in first if one in second and one in later)
    inner = "".join(one for one in first if one in second and one not in later)
    rows = "".join(one for one in first if one not in second)
    columns = "".join(one for one in second if one not in first)
    lengths = dict(zip(first + second, (*_shape(a), *_shape(b)), strict=True))

    def sized(letters: str) -> int:
        total = 1
        for one in letters:
            total *= lengths[one]
        return total

    stack = tuple(lengths[one] for one in stacked)
    left = apply("transpose", a, axes=tuple(map(first.index, stacked + rows + inner)))
    right = apply("transpose", b, axes=tuple(map(second.index, stacked + inner + columns)))
    left = left.reshape((*stack, sized(rows), sized(inner)))
    right = right.reshape((*stack, sized(inner), sized(columns)))
    term = stacked + rows + columns
    return term, (left @ right).reshape(tuple(lengths[one] for one in term))


def _kron(apply: Apply, a: Any, b: Any) -> Any:
    left, right = _shape(a), _shape(b)
    rank = max(len(left), len(right))
    left, right = ((1,) * (rank - len(part)) + part for part in (left, right))
    apart = apply("reshape", a, shape=tuple(n for length in left for n in (length, 1)))
    beside = apply("reshape", b, shape=tuple(n for length in right for n in (1, length)))
    whole = tuple(n * k for n, k in zip(left, right, strict=True))
    return (apart * beside).reshape(whole)


def _cross(apply: Apply, a: Any, b: Any) -> Any:
    """Multiply vectors of three entries along the last axis."""
    if _shape(a)[-1] != 3 or _shape(b)[-1] != 3:
        raise UsageError("handle.cross", got=f"{_shape(a)}, {_shape(b)}")
    one, other = ([part[..., at] for at in range(3)] for part in (a, b))
    parts = [
        one[(k + 1) % 3] * other[(k + 2) % 3] - one[(k + 2) % 3] * other[(k + 1) % 3]
        for k in range(3)
    ]
    return apply("stack", *parts, axis=len(parts[0].shape))


def _solve(apply: Apply, a: Any, b: Any) -> Any:
    return apply("matmul", apply("inverse", a), b)


def _power(apply: Apply, a: Any, n: int) -> Any:
    import numpy as np

    if n == 0:
        return apply("matmul", a, np.zeros(_shape(a))) + np.eye(_shape(a)[0])
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
    turned = apply("transpose", a)
    rows, columns = _shape(a)
    if rows >= columns:
        return apply("matmul", apply("inverse", apply("matmul", turned, a)), turned)
    return apply("matmul", turned, apply("inverse", apply("matmul", a, turned)))


def _cholesky(apply: Apply, a: Any) -> Any:
    """Return the lower triangle L with L L^T = A, entry by entry as it is taught."""
    size = _shape(a)[0]
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

    rows, columns = _shape(a)
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


def _convolve(apply: Apply, a: Any, v: Any, mode: str = "full") -> Any:
    """Return the sums of products of one vector with the other one turned round."""
    import numpy as np

    n, k = _shape(a)[0], _shape(v)[0]
    if mode != "full":
        n, k = max(n, k), min(n, k)
    framed = apply("scatter_at", a, at=tuple(range(k - 1, k - 1 + _shape(a)[0])),
                   shape=(_shape(a)[0] + 2 * (k - 1),))  # fmt: skip
    if mode != "full" and _shape(v)[0] > _shape(a)[0]:
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
    rows = m if len(_shape(m)) == 2 else apply("reshape", m, shape=(1, -1))
    rows = rows if rowvar else apply("transpose", rows)
    apart = rows - apply("mean", rows, axis=1, keepdims=True)
    found = apply("matmul", apart, apply("transpose", apart)) / (_shape(rows)[1] - ddof)
    return found if len(_shape(m)) == 2 else found[0, 0]


LINEAR: dict[str, Callable[..., Any]] = {
    "dot": _dot,
    "inner": _inner,
    "outer": _outer,
    "vdot": _vdot,
    "matvec": lambda apply, a, b: apply("matmul", a, b),
    "tensordot": tensordot,
    "einsum": einsum,
    "kron": _kron,
    "cross": _cross,
    "trace": lambda apply, a, offset=0: (
        apply("trace", a) if not offset else apply("sum", apply("diag", a, k=offset))
    ),
    "diag": lambda apply, v, k=0: apply("diag", v, k=k),
    "diagflat": lambda apply, v, k=0: apply("diag", _flat(apply, v), k=k),
    "tril": lambda apply, m, k=0: apply("tril", m, k=k),
    "triu": lambda apply, m, k=0: apply("triu", m, k=k),
    "inv": lambda apply, a: apply("inverse", a),
    "det": lambda apply, a: apply("det", a),
    "slogdet": _sign_and_log,
    "solve": _solve,
    "pinv": _pinv,
    "cholesky": _cholesky,
    "matrix_power": _power,
    "multi_dot": _chain,
    "qr": _qr,
    "convolve": _convolve,
    "cov": _covariance,
}
"""NumPy's products by name; each takes what appends an op, then NumPy's arguments."""
