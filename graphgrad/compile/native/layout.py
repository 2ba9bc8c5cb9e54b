"""Decide what of a program is stored, and where the entries of a view lie."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from graphgrad.compile.recording.entry_recording import ELEMENTWISE
from graphgrad.compile.recording.program import Operand, Program
from graphgrad.ops.shapes import Shape

__all__ = ["VIEWED", "Steps", "fused", "steps_of"]

VIEWED = frozenset({"transpose", "reshape", "index", "broadcast"})
_ONCE = ELEMENTWISE | {"sum", "max"}


class Steps(NamedTuple):
    """Where the entries of an array lie in a stored one: its start, and a step per axis."""

    stored: int
    start: int
    steps: tuple[int, ...]


def fused(program: Program, needed: Sequence[int], results: Sequence[Operand]) -> set[int]:
    """Return the operations that are computed where their entries are read, and nowhere stored.

    They are those done entry by entry of which every entry is read at most once.
    """
    readers: dict[int, list[int]] = {at: [] for at in needed}
    for at in needed:
        for arg in program.ops[at].args:
            if isinstance(arg, int):
                readers[arg].append(at)
    kept = {result for result in results if isinstance(result, int)}
    once: dict[int, bool] = {}
    for at in reversed(needed):
        op = program.ops[at]
        size = prod(op.shape)
        ok = at not in kept and len(readers[at]) == 1
        if ok:
            reader = readers[at][0]
            by = program.ops[reader]
            if by.name in VIEWED:
                ok = by.name != "broadcast" and once[reader]
            elif by.name in ELEMENTWISE:
                ok = prod(by.shape) == size
            else:
                ok = by.name in _ONCE
        once[at] = ok
    return {
        at
        for at in needed
        if once[at] and program.ops[at].name in ELEMENTWISE and program.ops[at].shape
    }


def steps_of(program: Program, at: int, stored: set[int]) -> Steps | None:
    """Return where the entries of an operation lie; None where they lie in no stored array."""
    op = program.ops[at]
    if at in stored:
        return Steps(at, 0, _contiguous(op.shape))
    if op.name not in VIEWED or not isinstance(op.args[0], int):
        return None
    source, shape = steps_of(program, op.args[0], stored), program.shape(op.args[0])
    if source is None:
        return None
    if op.name == "transpose":
        return source._replace(steps=tuple(source.steps[axis] for axis in op.setting("axes")))
    if op.name == "broadcast":
        lead = len(op.shape) - len(shape)
        steps = [0 if n == 1 else s for n, s in zip(shape, source.steps, strict=True)]
        return source._replace(steps=(*[0] * lead, *steps))
    if op.name == "index":
        return _indexed(source, op.setting("key"))
    return _reshaped(source, shape, op.shape)


def _contiguous(shape: Shape) -> tuple[int, ...]:
    steps, size = [], 1
    for length in reversed(shape):
        steps.append(size)
        size *= length
    return tuple(reversed(steps))


def _indexed(source: Steps, key: tuple[object, ...]) -> Steps:
    start, steps = source.start, []
    for at, step in enumerate(source.steps):
        part = key[at] if at < len(key) else (0, None)
        first = part if isinstance(part, int) else part[0]  # type: ignore[index]
        start += first * step
        if not isinstance(part, int):
            steps.append(step)
    return Steps(source.stored, start, tuple(steps))


def _reshaped(source: Steps, shape: Shape, new: Shape) -> Steps | None:
    """Return the steps in a new shape, where only axes of length 1 differ or all lies in order."""
    long = [(n, s) for n, s in zip(shape, source.steps, strict=True) if n != 1]
    if [n for n, _ in long] == [n for n in new if n != 1]:
        rest = iter(long)
        return source._replace(steps=tuple(next(rest)[1] if n != 1 else 0 for n in new))
    in_order = tuple(s for n, s in long) == tuple(
        s for n, s in zip(shape, _contiguous(shape), strict=True) if n != 1
    )
    return source._replace(steps=_contiguous(new)) if in_order else None
