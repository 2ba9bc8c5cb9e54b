"""Choose what to look at so that nothing that is not finite goes unseen.

The interpreter goes through the graph again where a gradient is NaN, for an infinite partial behind
a selected 0 is no derivative. It can find another number only where entries are multiplied; what
comes after as sums and products of matrices is NaN because something before it is. So a small array
on the way is looked at, not the large gradient.

Training asks for more: that every value and adjoint is finite. What is not finite makes not finite
what is added up, multiplied or divided from it. So an array is looked at only where it goes into
something that could hide it: a bounded function, a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from graphgrad.compile.recording.program import Op, Operand, Program
from graphgrad.trace.trouble import is_finite

__all__ = ["seen_finite", "watched"]

_LINEAR = frozenset({"matmul", "transpose", "reshape", "sum", "assemble", "outer", "broadcast",
                     "cast", "item", "scatter_add", "scatter_at"})  # fmt: skip


def watched(program: Program, results: Sequence[Operand]) -> list[Operand]:
    """Return operands of which one is NaN where a result would have to be computed with more care.

    Args:
        program: the program.
        results: the output's value, then the gradients.
    """
    forward = set(program.needed(program.values.values()))
    sums = _sums(program, results, forward)
    found: dict[Operand, None] = {results[0]: None} if isinstance(results[0], int) else {}
    stack = list(results[1:])
    while stack:
        at = stack.pop()
        if isinstance(at, float) or at in forward or program.ops[at].name == "constant":
            continue
        op = program.ops[at]
        if at in sums:
            found[sums[at]] = None
        elif op.name in _LINEAR and op.args != ():
            stack += op.args
        else:
            found[at] = None
    return list(found)


def _sums(
    program: Program, results: Sequence[Operand], forward: set[int]
) -> dict[Operand, Operand]:
    """Return by operand a smaller one that is NaN where it is: a sum that is needed anyway."""
    smaller: dict[Operand, Operand] = {}
    for at in program.needed(results):
        op = program.ops[at]
        if op.name == "sum" and at not in forward:
            best = smaller.get(op.args[0])
            if best is None or prod(op.shape) < prod(program.shape(best)):
                smaller[op.args[0]] = at
    return smaller


# ---- finite values and adjoints ----

_SHOW = frozenset(
    {"add", "sub", "mul", "neg", "matmul", "sum", "vdot", "outer", "reshape", "transpose", "cast",
     "broadcast", "item", "assemble", "concat", "stack", "scatter_add", "scatter_at", "flip",
     "repeat", "pad"}
)  # fmt: skip


def seen_finite(program: Program, results: Sequence[Operand]) -> list[Operand]:
    """Return operands that are all finite only where every value and adjoint is.

    Args:
        program: the program.
        results: what it is for.
    """
    needed = program.needed(results)
    readers: dict[int, list[int]] = {at: [] for at in needed}
    for at in needed:
        for arg in program.ops[at].args:
            if isinstance(arg, int):
                readers[arg].append(at)
    of_graph = {*program.values.values(), *program.adjoints.values(), *results}
    seen: set[int] = set()
    found: list[Operand] = []
    for at in reversed(needed):
        if any(reader in seen and _shows(program.ops[reader], at) for reader in readers[at]):
            seen.add(at)
        elif at in of_graph and program.kind(at)[0] != "?" and not _is_sound(program, at):
            seen.add(at)
            found.append(at)
    return found


def _shows(op: Op, at: int) -> bool:
    """Tell whether an operation is not finite where one of its arguments is not."""
    if op.name == "div":
        return op.is_argument(0, at)
    if op.name == "powi":
        return isinstance(op.setting("n"), int) and op.setting("n") > 0
    return op.name in _SHOW


def _is_sound(program: Program, at: int) -> bool:
    """Tell whether an operation is a constant, which is finite once for all."""
    return program.ops[at].name == "constant" and is_finite(program.arrays[at])
