"""Make a program faster: the rules, in the order in which they run."""

from __future__ import annotations

from collections.abc import Sequence

from graphgrad.compile.program import Operand, Program
from graphgrad.compile.rewriting import Rule, rewritten
from graphgrad.compile.rules.functions import recognised
from graphgrad.compile.rules.reductions import reduced_fast
from graphgrad.compile.rules.slices import whole_arrays
from graphgrad.compile.rules.sums import summed_at_once

__all__ = ["RULES", "optimised"]

RULES: tuple[Rule, ...] = (whole_arrays, recognised, summed_at_once, reduced_fast)
"""Each looks at what those before it have made."""


def optimised(program: Program, roots: Sequence[Operand]) -> tuple[Program, list[Operand]]:
    """Return a program after all rules, and where in it some operands are."""
    found = list(roots)
    for rule in RULES:
        program, found = rewritten(program, rule, found)
    return program, found
