"""Compare formulas at the exercise's own numbers, and on the branches that are active there."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.exercises.algebra.building import in_shape, shape_of
from graphgrad.exercises.algebra.enclosures import UNDEFINED, Ball, Program, ball, precision, shown
from graphgrad.exercises.algebra.functions import TermMath, entries
from graphgrad.exercises.algebra.terms import Term
from graphgrad.exercises.deciding.verdict import Counterexample
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import same
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Wanted

__all__ = ["AtThePoint"]

_APART = Fraction(1, 10**9)
"""Inputs such as 0.1 are binary fractions: what differs by less may be their noise."""


class AtThePoint:
    """One exercise at its own point."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def agree(self, left: list[Ball] | None, right: list[Ball] | None) -> bool:
        """Tell whether two values are the same numbers here."""
        if left is None or right is None or any(isinstance(b, str) for b in (*left, *right)):
            return False
        with precision():
            return all(same(b, a) for a, b in zip(left, right, strict=True))

    def conflict(
        self, value: Any, left: list[Ball] | None, wanted: Wanted
    ) -> Counterexample | None:
        """Return this point if the value wanted exists here and the other is not the same.

        What has no enclosure sharp enough to tell is no conflict.
        """
        if left is None or wanted.balls is None:
            return None
        pairs = zip(entries(value), entries(wanted.value), strict=True)
        for (term, other), a, b in zip(pairs, left, wanted.balls, strict=True):
            if isinstance(b, str):
                continue
            if a == UNDEFINED or (not isinstance(a, str) and _differ(a, b)):
                return self._point((term, other), a, b)
        return None

    def _point(self, terms: tuple[Term, Term], left: Ball, right: Ball) -> Counterexample:
        names = self.reference.pool.names(term.id for term in terms)
        with precision():
            at = {name: shown(ball(self.reference.point[name])) for name in names}
            return Counterexample(at, shown(left, 6), shown(right, 6))

    def equal_on_branch(self, value: Any, wanted: Any) -> bool:
        """Tell whether two formulas are proved equal once every choice is the one made here.

        A choice that hangs on a number that is 0 here is left open.
        """
        terms = [term.id for v in (value, wanted) for term in entries(v)]
        chosen = self._chosen(terms)
        if chosen is None or [term.id for term in chosen] == terms:
            return False
        half = len(entries(value))
        domain, _ = self.reference.assumed
        left = in_shape(chosen[:half], shape_of(value))
        right = in_shape(chosen[half:], shape_of(wanted))
        return bool(decide_values(self.reference.pool, left, right, domain))

    def _chosen(self, roots: list[int]) -> list[Term] | None:
        pool = self.reference.pool
        math, order = TermMath(pool), pool.reach(roots)
        program = Program(pool, order)
        if any(name not in self.reference.point for name in program.names):
            return None
        with precision():
            point = {name: ball(number) for name, number in self.reference.point.items()}
            balls = dict(zip(order, program.run(point), strict=True))
        new: dict[int, Term] = {}
        for term in order:
            op, args = pool.ops[term], pool.args[term]
            sign = _sign(balls[args[0]]) if op in ("positive", "zero", "abs") else 0
            if sign:
                inside = new[args[0]]
                new[term] = inside * sign if op == "abs" else _answer(pool.number(0), op, sign)
            elif op == "where":
                new[term] = math.where(*(new[arg] for arg in args))
            elif args:
                new[term] = pool.rebuilt(term, [new[arg] for arg in args])
            else:
                new[term] = Term(pool, term)
        return [new[root] for root in roots]


def _answer(nothing: Term, op: str, sign: int) -> Term:
    return nothing + int(op == "positive" and sign > 0)


def _sign(value: Ball) -> int:
    """Return the sign of a ball; 0 where it holds 0 or is none."""
    if isinstance(value, str) or value.contains(0):
        return 0
    return 1 if value > 0 else -1


def _differ(value: Ball, truth: Ball) -> bool:
    with precision():
        return bool(abs(value - truth) > ball(_APART) * (1 + abs(truth)))
