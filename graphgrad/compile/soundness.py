"""Choose what to look at so that no value or adjoint that is not finite goes unseen.

What is not finite makes not finite what is added up, multiplied or divided from it. So an array is
looked at only where it goes into something that could hide it: a bounded function, a choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphgrad.compile.program import Op, Operand, Program
from graphgrad.trace.trouble import is_finite

__all__ = ["seen_finite"]

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
        return op.args[0] == at
    if op.name == "powi":
        return isinstance(op.setting("n"), int) and op.setting("n") > 0
    return op.name in _SHOW


def _is_sound(program: Program, at: int) -> bool:
    """Tell whether an operation is a constant, which is finite once for all."""
    return program.ops[at].name == "constant" and is_finite(program.arrays[at])
