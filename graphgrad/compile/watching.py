"""Choose what to look at so that no NaN in a result goes unseen.

The interpreter goes through the graph again where a gradient is NaN, for an infinite partial behind
a selected 0 is no derivative. It can find another number only where entries are multiplied; what
comes after as sums and products of matrices is NaN because something before it is. So a small array
on the way is looked at, not the large gradient.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from graphgrad.compile.program import Operand, Program

__all__ = ["watched"]

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
