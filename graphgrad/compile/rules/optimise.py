"""Make a program faster: the rules, in the order in which they run."""

from __future__ import annotations

from collections.abc import Sequence

from graphgrad.compile.recording.program import Operand, Program
from graphgrad.compile.rules.functions import recognised
from graphgrad.compile.rules.rewriting import Rule, rewritten
from graphgrad.compile.rules.short_axes import reduced_fast
from graphgrad.compile.rules.slices import whole_arrays, whole_products
from graphgrad.compile.rules.sums import summed_at_once

__all__ = ["EXACT_RULES", "RULES", "optimised"]

EXACT_RULES: tuple[Rule, ...] = (whole_arrays,)
"""Rules that keep every number as it is, bit for bit."""
RULES: tuple[Rule, ...] = (whole_products, recognised, summed_at_once, reduced_fast)
"""Rules that may change the order of a sum; each looks at what those before it have made."""


def optimised(
    program: Program, roots: Sequence[Operand], *, exact: bool = False
) -> tuple[Program, list[Operand]]:
    """Return a program after all rules, and where in it some operands are.

    Args:
        program: the program.
        roots: the operands that matter.
        exact: whether every number stays what it is, bit for bit.
    """
    found = list(roots)
    for rule in EXACT_RULES if exact else RULES:
        program, found = rewritten(program, rule, found)
    return program, found
