"""Prove that two terms are equal, case by case over the signs of what kinks depend on."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from graphgrad.exercises.exponents import Rescale
from graphgrad.exercises.feasible import Row, may_hold
from graphgrad.exercises.generators import GiveUp
from graphgrad.exercises.nonzero import Bounds, known_sign
from graphgrad.exercises.normal import Normalizer
from graphgrad.exercises.quotients import Quotient
from graphgrad.exercises.ring import fraction
from graphgrad.exercises.separation import is_zero_everywhere
from graphgrad.exercises.signs import NeedSign
from graphgrad.exercises.terms import Pool

__all__ = ["Proof", "prove", "undefined"]

MOST_KINKS = 8
MOST_CASES = 300
_ROUNDS = 8


class Proof(NamedTuple):
    """What the search for a proof came to.

    Attributes:
        equal: whether every case with both sides defined is proved.
        cases: how many such cases there are.
        exhausted: whether the search ended because it would cost too much.
        normal: what the proof computed with.
        split_on: the factors whose signs made the cases.
    """

    equal: bool
    cases: int = 0
    exhausted: bool = False
    normal: Normalizer | None = None
    split_on: tuple[int, ...] = ()


def prove(
    pool: Pool,
    a: int,
    b: int,
    positive: Iterable[str] = (),
    above_zero: Iterable[int] = (),
    bounds: Bounds | None = None,
) -> Proof:
    """Return whether a = b is proved wherever both are defined.

    Args:
        pool: where the terms are.
        a: one term.
        b: the other.
        positive: variables that are never negative.
        above_zero: terms that may be taken to be > 0.
        bounds: between which numbers variables lie.
    """
    search = _Search(Normalizer(pool, positive), tuple(above_zero), bounds or {})
    for _ in range(_ROUNDS):
        try:
            return search.run(a, b)
        except Rescale:
            search.normal.forget()
        except (GiveUp, ZeroDivisionError):
            return Proof(equal=False, exhausted=True)
    return Proof(equal=False, exhausted=True)


def undefined(pool: Pool, term: int) -> bool:
    """Return whether a term is proved to have no value anywhere."""
    search = _Search(Normalizer(pool), (), {})
    try:
        return search.run(term, term).cases == 0
    except (GiveUp, Rescale, ZeroDivisionError):
        return False


class _Search:
    """Visit the cases: one sign per factor that a value asked for."""

    def __init__(self, normal: Normalizer, above_zero: tuple[int, ...], bounds: Bounds) -> None:
        self.normal = normal
        self.above_zero = above_zero
        self.bounds = bounds
        self.known: set[int] = set()

    def run(self, a: int, b: int) -> Proof:
        """Visit every case."""
        cases, visited, stack = 0, 0, [self._assumed()]
        least = len(stack[0])
        asked = dict.fromkeys(stack[0])
        while stack:
            chosen = stack.pop()
            try:
                difference = self._difference(a, b, chosen)
            except NeedSign as question:
                if len(chosen.keys() - self.known) - least >= MOST_KINKS:
                    raise GiveUp from None
                asked[question.factor] = None
                stack.extend(self._branches(chosen, question.factor))
                continue
            visited += 1
            if visited > MOST_CASES:
                raise GiveUp
            cases += difference is not None
            if difference is not None and not self._is_zero(difference):
                return Proof(equal=False)
        return Proof(cases > 0, cases, normal=self.normal, split_on=tuple(asked))

    def _difference(self, a: int, b: int, chosen: dict[int, int]) -> Quotient | None:
        """Return a - b under chosen signs; None where a side is not defined.

        A value kept from before a sign was chosen may exist nowhere in the case at hand, such as
        log(x) for x < 0: a difference counts only when computed afresh.
        """
        self.normal.signs.chosen = chosen
        difference = self.normal.difference(a, b)
        if difference is not None and len(difference.num) and chosen:
            self.normal.forget()
            difference = self.normal.difference(a, b)
        return difference

    def _is_zero(self, difference: Quotient) -> bool:
        return not len(difference.num) or is_zero_everywhere(self.normal, difference.num)

    def _assumed(self) -> dict[int, int]:
        """Return the signs that follow from the terms taken to be > 0."""
        chosen: dict[int, int] = {}
        self.normal.signs.chosen = chosen
        for term in self.above_zero:
            value = self.normal.values((term,))[0]
            if value is None or not len(value.num):
                continue
            constant, factors = self.normal.ring.factored(value.num)
            sign, unknown = (1 if constant > 0 else -1), []
            for factor, power in (*factors, *value.den):
                if power % 2 and not self.normal.ring.factors[factor].positive:
                    if factor in chosen:
                        sign *= chosen[factor]
                    else:
                        unknown.append(factor)
            if len(unknown) == 1:
                chosen[unknown[0]] = sign
        return chosen

    def _branches(self, chosen: dict[int, int], factor: int) -> list[dict[int, int]]:
        sign = known_sign(self.normal, factor, self.bounds)
        if sign:
            self.known.add(factor)
            return [chosen | {factor: sign}]
        branches = [chosen | {factor: -1}, chosen | {factor: 1}]
        return [branch for branch in branches if may_hold(self._rows(branch))]

    def _rows(self, chosen: dict[int, int]) -> list[Row]:
        """Return the chosen signs as inequalities that are linear in monomials."""
        ring = self.normal.ring
        rows, positive = [], set()
        for factor, sign in chosen.items():
            row: Row = {}
            for powers, coefficient in ring.factors[factor].poly.terms():
                row[powers if any(powers) else None] = fraction(coefficient) * sign
                if self._never_negative(powers):
                    positive.add(powers)
            rows.append(row)
        return rows + [{powers: Fraction(1)} for powers in sorted(positive)]

    def _never_negative(self, powers: tuple[int, ...]) -> bool:
        generators = self.normal.ring.generators
        return any(powers) and all(
            power % 2 == 0 or generators[place].positive for place, power in enumerate(powers)
        )
