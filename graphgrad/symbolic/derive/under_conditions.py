"""Shorten a product by what its own conditions say: [x > 0]*relu(x) is relu(x).

A product with the factor [c > 0] counts only where c > 0. There relu(c), max(c, 0) and |c| are c;
and where such a factor is 0 with the condition, the condition says nothing new. All are equal
everywhere, at the kinks too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from graphgrad.symbolic.sympy_rows.conditions import Holds, opposite
from graphgrad.symbolic.sympy_rows.on_sympy import Applied

__all__ = ["under_conditions"]

_LARGER = (">", ">=")
_SMALLER = ("<", "<=")


def under_conditions(form: Any) -> Any:
    """Return a formula whose products and cases are shortened by their own conditions."""
    if not form.atoms(Holds):
        return form
    if any(part.row.name == "where" for part in form.atoms(Applied)):
        form = form.replace(_is_choice, _shortened)
    if form.is_Add:
        return form.func(*map(under_conditions, form.args))
    factors = list(sympy.Mul.make_args(form))
    for place, condition in enumerate(factors):
        if not isinstance(condition, Holds):
            continue
        others = factors[:place] + factors[place + 1 :]
        if any(_is_zero_with(factor, condition) for factor in others):
            factors[place] = sympy.S.One
            continue
        known = dict(_known(condition, form.atoms(Applied)))
        factors = [f if f == condition else f.xreplace(known) for f in factors]
    return sympy.Mul(*factors)


def _is_choice(part: Any) -> bool:
    return (
        isinstance(part, Applied) and part.row.name == "where" and isinstance(part.args[0], Holds)
    )


def _shortened(choice: Any) -> Any:
    """Return cases with what is known in each: |z| is z where z >= 0."""
    condition, *branches = choice.args
    sides = []
    for holds, branch in zip((condition, opposite(condition)), branches, strict=True):
        known = dict(_known(holds, branch.atoms(Applied))) | dict(_signs(holds, branch))
        sides.append(branch.xreplace(known))
    return sides[0] if sides[0] == sides[1] else choice.func(condition, *sides)


def _signs(condition: Any, branch: Any) -> Iterator[tuple[Any, Any]]:
    """Yield signs that are known where a condition holds: not at 0, where a sign is 0."""
    a, b = condition.args
    for part in branch.atoms(Applied):
        if part.row.name == "sign" and part.args[0] == a and b == 0 and condition.sign in "<>":
            yield part, sympy.S.One if condition.sign == ">" else sympy.S.NegativeOne


def _is_zero_with(factor: Any, condition: Any) -> bool:
    """Tell whether a factor is 0 wherever a condition does not hold."""
    rising = factor.is_Pow and (factor.exp > 0) == sympy.true  # of a tower nobody can tell
    base = factor.as_base_exp()[0] if rising else factor
    positive = _positive_part(base)
    a, b = condition.args
    if positive is None or b != 0:
        return False
    return (a == positive and condition.sign in _LARGER) or (
        a == -positive and condition.sign in _SMALLER
    )


def _positive_part(part: Any) -> Any:
    """Return the c of relu(c) and max(c, 0); None of anything else."""
    name = part.row.name if isinstance(part, Applied) else ""
    if name == "relu":
        return part.args[0]
    if name == "maximum" and 0 in part.args:
        return next(arg for arg in part.args if arg != 0)
    return None


def _known(condition: Any, functions: set[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield functions and what they are where a condition holds."""
    a, b = condition.args
    if condition.sign not in _LARGER + _SMALLER:
        return
    upper, lower = (a, b) if condition.sign in _LARGER else (b, a)
    for part in functions:
        name, args = part.row.name, set(part.args)
        if name in ("maximum", "minimum") and args == {a, b}:
            yield part, upper if name == "maximum" else lower
        elif b == 0 and name in ("relu", "abs") and part.args[0] == a:
            zero = sympy.S.Zero if name == "relu" else -a
            yield part, a if condition.sign in _LARGER else zero
