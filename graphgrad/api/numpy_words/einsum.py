"""Sums of products over named axes, on handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.joins import shape_of
from graphgrad.errors import UsageError

__all__ = ["einsum"]

Apply = Callable[..., Any]


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
