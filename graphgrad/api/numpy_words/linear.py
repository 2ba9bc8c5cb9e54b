"""NumPy's products, sums of products over named axes, and matrix functions on handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.eigen import EIGEN
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
        len(term) == len(shape_of(part)) for term, part in zip(terms, operands, strict=False)
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
            places = np.arange(int(np.prod(shape_of(part)))).reshape(shape_of(part))
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
    lengths = dict(zip(first + second, (*shape_of(a), *shape_of(b)), strict=True))

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
