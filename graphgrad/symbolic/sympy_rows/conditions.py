"""Write conditions of derivatives as conditions: [a >= b], never 1 - (b > a); cases as cases."""

from __future__ import annotations

from typing import Any

import sympy

from graphgrad.ops.registry import row as row_of
from graphgrad.symbolic.sympy_rows.on_sympy import Applied, applied

__all__ = ["Holds", "opposite", "with_conditions"]

_SIGNS = {"greater": ">", "less": "<", "equal": "=="} | {
    "greater_equal": ">=",
    "less_equal": "<=",
    "not_equal": "!=",
}
_OPPOSITE = {">": "<=", "<": ">=", "==": "!=", "<=": ">", ">=": "<", "!=": "=="}
_TURNED = {">": "<", "<": ">", "==": "==", "<=": ">=", ">=": "<=", "!=": "!="}
_WHERE: Any = row_of("where")
_CLASSES: dict[str, type[Any]] = {}


class Holds(sympy.Function):  # type: ignore[misc]  # sympy has no annotations
    """A relation between two formulas: 1 where it holds, else 0.

    Attributes:
        sign: the relation's sign, as files write it.
    """

    sign: str

    def _eval_is_extended_real(self) -> bool:
        return True


def _holds(sign: str, a: Any, b: Any) -> Any:
    """Return a relation, with a number on its right; of a formula with itself 1 or 0."""
    if a == b:
        return sympy.S.One if sign in ("==", "<=", ">=") else sympy.S.Zero
    if a.is_number and not b.is_number:
        sign, a, b = _TURNED[sign], b, a
    if b.is_zero and a.is_Mul and a.as_coeff_Mul()[0] == -1:  # x < 0, not -x > 0
        sign, a = _TURNED[sign], -a
    if sign not in _CLASSES:
        _CLASSES[sign] = type(f"Holds{sign}", (Holds,), {"sign": sign, "nargs": 2})
    return _CLASSES[sign](a, b)


def opposite(part: Any) -> Any:
    """Return what holds where a relation does not: a >= b for b > a."""
    return _holds(_TURNED[_OPPOSITE[part.sign]], *reversed(part.args))


def with_conditions(form: Any, formula: Any = None) -> Any:
    """Return a formula in which what is 1 or 0 is written as a relation, and sums of them as cases.

    Args:
        form: the formula.
        formula: one in which a condition may stand: its way round is kept.
    """
    if not form.atoms(Applied):
        return form
    form = form.replace(_is_relation, _relation)
    wanted = set() if formula is None else formula.replace(_is_relation, _relation).atoms(Holds)
    opposites = {opposite(part): _holds(_OPPOSITE[part.sign], *part.args) for part in wanted}
    return _as_cases(_negated(form), wanted).xreplace(opposites)


def _is_relation(part: Any) -> bool:
    return isinstance(part, Applied) and part.row.name in (*_SIGNS, "where")


def _relation(part: Any) -> Any:
    """Return a comparison as a relation; one with 0 of what is 1 or 0 is that, or its opposite."""
    name, args = part.row.name, [_negated(arg) for arg in part.args]
    if name == "where":
        return _choice(*args)
    a, b = args
    if name in ("equal", "not_equal") and b.is_zero and isinstance(a, Holds):
        return opposite(a) if name == "equal" else a
    return _holds(_SIGNS[name], a, b)


def _choice(condition: Any, a: Any, b: Any) -> Any:
    """Return a choice; one at a single point that belongs to a relation's side is that relation."""
    at_point = isinstance(condition, Holds) and condition.sign == "==" and isinstance(b, Holds)
    if at_point and condition.args == b.args:
        wider = {(">", 1): ">=", ("<", 1): "<=", (">=", 0): ">", ("<=", 0): "<"}
        sign = wider.get((b.sign, int(a)) if a in (0, 1) else ("", 0))
        if sign is not None:
            return _holds(sign, *b.args)
    return applied(_WHERE, {})(condition, a, b)


def _negated(form: Any) -> Any:
    """Return a formula with the opposite relation in place of 1 - [a > b]."""
    return form.replace(_is_opposite, lambda part: opposite(-(part - 1)))


def _is_opposite(part: Any) -> bool:
    return bool(part.is_Add and len(part.args) == 2 and isinstance(1 - part, Holds))


def _as_cases(form: Any, wanted: set[Any]) -> Any:
    """Return a sum over a relation and its opposite as cases, or as a factor of one of them."""
    found = [part for part in form.atoms(Holds) if not _is_inside(form, part)]
    turned = (part if opposite(part) not in wanted else opposite(part) for part in found)
    pairs = set(turned)
    pairs -= {opposite(part) for part in found if part in wanted}
    pairs -= {part for part in pairs if opposite(part) in pairs and part.sign in ("<", ">")}
    if len(pairs) != 1 or not form.is_Add:
        return form
    holds = pairs.pop()
    yes = form.xreplace({holds: sympy.S.One, opposite(holds): sympy.S.Zero})
    no = form.xreplace({holds: sympy.S.Zero, opposite(holds): sympy.S.One})
    if yes == no:
        return yes
    if no == 0 or yes == 0:
        return yes * holds if no == 0 else no * opposite(holds)
    return _choice(holds, yes, no)


def _is_inside(form: Any, holds: Any) -> bool:
    """Tell whether a relation stands inside a function, where it makes no cases of the whole."""
    functions = form.atoms(sympy.Function) - form.atoms(Holds)
    return any(function.has(holds) for function in functions)
