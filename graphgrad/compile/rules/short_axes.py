"""Reduce along axes in ways that are fast: sums of matrices, short axes slice by slice."""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.compile.recording.program import VIEWS, Op
from graphgrad.compile.rules.rewriting import Rewriting

__all__ = ["reduced_fast"]

_SHORT = 5
"""The longest axis along which slices are compared one by one."""


def reduced_fast(work: Rewriting) -> Any:
    """Rewrite sums over the first or the last of several axes, and maxima along short ones."""
    rules = {"sum": _sum, "max": _max, "argmax_mask": _mask}

    def rewrite(at: int, op: Op) -> Any:
        rule = rules.get(op.name)
        return rule(work, at, op) if rule is not None and op.shape else None

    return rewrite


def _sum(work: Rewriting, at: int, op: Op) -> Any:
    """Return a sum of more than two axes as sums of matrices, along whole rows or columns.

    What is left in the middle keeps its order, so that the entries are only looked at otherwise.
    """
    x, axis = work.op(op.args[0]), op.setting("axis")
    if x is None or len(x.shape) < 3 or (x.name in VIEWS and x.name != "reshape"):
        return None
    rank = len(x.shape)
    last = rank
    while last - 1 in axis:
        last -= 1
    first = 0
    while first < last and first in axis:
        first += 1
    if len(axis) != first + rank - last or 0 in x.shape:
        return None
    m, value, middle = work.m, work.new(op.args[0]), x.shape[first:last]
    if last < rank:
        rows = (prod(x.shape[:last]), prod(x.shape[last:]))
        value = m.sum(m.reshape(value, shape=rows), axis=(1,), keepdims=False)
    if first:
        columns = (prod(x.shape[:first]), prod(middle))
        value = m.sum(m.reshape(value, shape=columns), axis=(0,), keepdims=False)
    return m.cast(m.reshape(value, shape=op.shape), op.kind)


def _is_short(work: Rewriting, op: Op) -> bool:
    shape, along = work.old.shape(op.args[0]), op.setting("axis")
    return bool(shape and along) and all(1 < shape[axis] <= _SHORT for axis in along)


def _max(work: Rewriting, at: int, op: Op) -> Any:
    if not _is_short(work, op):
        return None
    value = work.new(op.args[0])
    return work.m.append("largest", (value,), op.shape, op.kind, dict(op.settings))


def _mask(work: Rewriting, at: int, op: Op) -> Any:
    """Return the mask as truth values where it is only multiplied with."""
    if not _is_short(work, op):
        return None
    value = work.new(op.args[0])
    mask = work.m.append("first_largest", (value,), op.shape, f"?{op.kind}", dict(op.settings))
    readers = [work.old.ops[place] for place in work.readers[at]]
    masks_only = at not in work.kept and all(
        reader.name == "mul" and _has_array_of(work, reader, op.kind, at) for reader in readers
    )
    return mask if masks_only else work.m.plain(mask)


def _has_array_of(work: Rewriting, op: Op, kind: str, but: int) -> bool:
    """Tell whether an operation has another argument that is an array of a kind."""
    return op.kind == kind and any(work.old.kind(a) == kind for a in op.args if a != but)
