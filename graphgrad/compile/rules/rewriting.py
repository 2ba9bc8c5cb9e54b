"""Write a program again with rules that make it faster; every value stays what it was.

A rule looks at an operation of the old program and returns its value by other means in the new one,
or None. What no rule wants is copied. Equal operations meet again on the way, what is no longer
needed falls away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphgrad.compile.recording.program import Op, Operand, Program
from graphgrad.compile.recording.recording import Recording

__all__ = ["Rewriting", "Rule", "rewritten"]


class Rewriting:
    """An old program with who reads what, and the new one so far.

    Attributes:
        old: the program that is read.
        m: the namespace that writes the new one.
        order: the operations of the old program that are needed.
        readers: by operation, those that read it, in order; once per slot.
        kept: operations that are results.
    """

    def __init__(self, old: Program, roots: Sequence[Operand]) -> None:
        self.old = old
        self.m = Recording(Program())
        self.m.weak = True
        self.order = old.needed(list(roots))
        self.readers: dict[int, list[int]] = {at: [] for at in self.order}
        self.kept = {root for root in roots if isinstance(root, int)}
        for at in self.order:
            for arg in old.ops[at].args:
                if isinstance(arg, int):
                    self.readers[arg].append(at)
        self._new: dict[int, Operand] = {}

    def op(self, operand: Operand) -> Op | None:
        """Return the old operation that an operand is; None for a number."""
        return self.old.ops[operand] if isinstance(operand, int) else None

    def only_read_by(self, at: Operand, reader: int) -> bool:
        """Tell whether nothing but one operation needs an old one."""
        return isinstance(at, int) and self.readers[at] == [reader] and at not in self.kept

    def new(self, operand: Operand) -> Any:
        """Return the value in the new program of an old operand that has been passed."""
        if isinstance(operand, float):
            return operand
        return self.m.var(self._new[operand])

    def copy(self, at: int) -> Any:
        """Return an old operation on the new values of its arguments."""
        op = self.old.ops[at]
        args = tuple(self.new(arg) for arg in op.args)
        made = self.m.append(op.name, args, op.shape, op.kind, dict(op.settings))
        if at in self.old.leaves:
            self.m.program.leaves[made.at] = self.old.leaves[at]
        if at in self.old.arrays:
            self.m.program.arrays[made.at] = self.old.arrays[at]
        return made

    def mapped(self, operands: Mapping[int, Operand]) -> dict[int, Operand]:
        """Return where operands are in the new program; those that fell away are left out."""
        return {
            node: operand if isinstance(operand, float) else self._new[operand]
            for node, operand in operands.items()
            if isinstance(operand, float) or operand in self._new
        }

    def put(self, at: int, value: Any) -> None:
        """Say what the new value of an old operation is."""
        self._new[at] = self.m.operand(value)


Rule = Callable[[Rewriting], Callable[[int, Op], Any]]
"""What looks at a whole old program and returns a function that rewrites one operation."""


def rewritten(
    program: Program, rule: Rule, roots: Sequence[Operand]
) -> tuple[Program, list[Operand]]:
    """Return a program and what it is for after a rule.

    Args:
        program: the program.
        rule: the rule.
        roots: the operands that matter.
    """
    work = Rewriting(program, roots)
    rewrite = rule(work)
    leaves = [at for at in program.leaves if at not in work.readers]
    for at in sorted((*work.order, *leaves)):
        found = rewrite(at, program.ops[at])
        work.put(at, work.copy(at) if found is None else found)
    new = work.m.program
    new.values, new.adjoints = work.mapped(program.values), work.mapped(program.adjoints)
    return new, [work.m.operand(work.new(root)) for root in roots]
