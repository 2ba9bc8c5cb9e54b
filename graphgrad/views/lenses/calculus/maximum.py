"""Find the largest and smallest value of a function of one number exactly, in symbols.

The axis is cut where a case, an absolute value or a sign changes; on each piece the candidates are
the points without slope and the limits at both ends. sympy solves and takes the limits; what it
cannot solve is told as None, for a number to stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import sympy

__all__ = ["Extreme", "extremes"]

_MOST_OPERATIONS = 120
_FUNCTIONS = (sympy.exp, sympy.tanh, sympy.sinh, sympy.cosh)


class Extreme(NamedTuple):
    """The largest or smallest value, where it is, and whether it is taken there."""

    value: Any
    at: Any
    taken: bool


def extremes(function: Any, variable: Any) -> tuple[Extreme, Extreme] | None:
    """Return the smallest and the largest value; None where symbols do not decide.

    >>> z = sympy.Symbol("z", real=True)
    >>> low, high = extremes(sympy.exp(-z) / (1 + sympy.exp(-z)) ** 2, z)
    >>> high.value, high.at, low.value, low.taken
    (1/4, 0, 0, False)
    """
    if sympy.count_ops(function) > _MOST_OPERATIONS:
        return None
    try:
        found = list(_candidates(function, variable))
        low = min(found, key=lambda one: (float(one.value), not one.taken))
        high = max(found, key=lambda one: (float(one.value), one.taken))
    except (NotImplementedError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return low, high


def _candidates(function: Any, variable: Any) -> Iterator[Extreme]:
    cuts = sorted(_cuts(function, variable), key=float)
    edges = [-sympy.oo, *cuts, sympy.oo]
    for left, right in pairwise(edges):
        piece = _on_piece(function, variable, _inside(left, right))
        for end, side in ((left, "+"), (right, "-")):
            direction = side if end.is_finite else ("+" if end is sympy.oo else "-")
            limit = _limit(piece, variable, end, direction)
            if isinstance(limit, sympy.AccumBounds):  # as of a sine: its values come back for ever
                yield Extreme(limit.min, end, taken=False)
                yield Extreme(limit.max, end, taken=False)
            else:
                yield Extreme(limit, end, taken=False)
        for place in _flat(piece, variable):
            if place.is_real is not False and float(left) < float(place) < float(right):
                yield Extreme(sympy.simplify(piece.subs(variable, place)), place, taken=True)
    for cut in cuts:
        value = function.subs(variable, cut)
        if value.is_finite:
            yield Extreme(value, cut, taken=True)


def _limit(piece: Any, variable: Any, end: Any, side: str) -> Any:
    """Return a limit, at a finite end by putting it in where that is a number."""
    if end.is_finite:
        value = piece.subs(variable, end)
        if value.is_finite:
            return value
    return sympy.limit(piece, variable, end, side if end.is_finite else "-" if end > 0 else "+")


def _inside(left: Any, right: Any) -> Any:
    if left.is_finite and right.is_finite:
        return (left + right) / 2
    if left.is_finite:
        return left + 1
    return right - 1 if right.is_finite else sympy.Integer(0)


def _cuts(function: Any, variable: Any) -> set[Any]:
    """Return where a case, a sign or an absolute value changes."""
    inner = [part.args[0] for part in function.atoms(sympy.Abs, sympy.sign, sympy.Heaviside)]
    for case in function.atoms(sympy.Piecewise):
        for _, condition in case.args:
            relations = condition.atoms(sympy.core.relational.Relational)
            inner += [relation.lhs - relation.rhs for relation in relations]
    cuts: set[Any] = set()
    for one in inner:
        if one.has(variable):
            cuts.update(root for root in sympy.solve(one, variable) if root.is_real)
    return cuts


def _on_piece(function: Any, variable: Any, spot: Any) -> Any:
    """Return a function as it is near a spot inside a piece: one branch, signs known."""
    replaced = function.replace(
        lambda part: isinstance(part, sympy.Piecewise),
        lambda part: next(branch for branch, holds in part.args if holds.subs(variable, spot)),
    )
    replaced = replaced.replace(sympy.Abs, lambda a: a if a.subs(variable, spot) > 0 else -a)
    replaced = replaced.replace(sympy.sign, lambda a: sympy.sign(a.subs(variable, spot)))
    return replaced.replace(sympy.DiracDelta, lambda *_: sympy.Integer(0))


def _flat(piece: Any, variable: Any) -> list[Any]:
    """Return the points without slope; with exp alone they are found as roots of t = exp(z)."""
    slope = sympy.diff(piece, variable)
    if slope == 0:
        return []
    if slope.atoms(*_FUNCTIONS):
        t = sympy.Symbol("t", positive=True)
        turned = sympy.together(slope.rewrite(sympy.exp).subs(variable, sympy.log(t)))
        above = sympy.numer(sympy.simplify(turned))
        if not above.atoms(sympy.log):
            return [sympy.log(root) for root in sympy.solve(above, t) if root.is_positive]
    found = sympy.solve(slope, variable)
    return [root for root in found if root.is_real]
