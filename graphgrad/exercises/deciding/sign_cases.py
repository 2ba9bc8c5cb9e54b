"""Prove that two terms are equal, case by case over the signs of what kinks depend on.

A case is left out where its strict inequalities have no solution, by Fourier-Motzkin elimination.
Monomials count as independent unknowns, so "no solution" is proved and "may have one" is not.
Source: Schrijver, Theory of Linear and Integer Programming, section 12.2.

Parts that two terms share may be taken for variables: what holds for every value of a variable
holds for the value of the part it stands for, as where both terms are defined their parts are. So
out(1 - out)(out - t) in a large network needs no look into out. The converse does not hold: no
proof that way says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.fractions import NeedSign, Quotient
from graphgrad.exercises.algebra.normal_form import Normalizer
from graphgrad.exercises.algebra.polynomials import GiveUp, fraction
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.deciding.nonzero import Bounds, is_zero_everywhere, known_sign

__all__ = ["Proof", "prove", "prove_with_shared_parts", "undefined"]


MOST_KINKS = 8
MOST_CASES = 300
_ROUNDS = 8
_OPAQUE = frozenset({"exp", "log", "sin", "cos", "erf", "floor", "asin", "atan", "root", "pow"})
_MOST_ROWS = 200
Row = dict[Any, Fraction]
"""Coefficients by unknown; the key None holds the number. The row states: their sum is > 0."""


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
    *,
    positive_bases: bool = False,
) -> Proof:
    """Return whether a = b is proved wherever both are defined.

    Args:
        pool: where the terms are.
        a: one term.
        b: the other.
        positive: variables that are never negative.
        above_zero: terms that may be taken to be > 0.
        bounds: between which numbers variables lie.
        positive_bases: whether the bases of powers with a variable exponent may be taken to be
            > 0; else they are looked at below 0 too, where such an exponent is a whole number.
    """
    whole = None if positive_bases else whole_exponents(pool, (a, b))
    search = _Search(Normalizer(pool, positive, whole), tuple(above_zero), bounds or {})
    for _ in range(_ROUNDS):
        try:
            return search.run(a, b)
        except Rescale:
            search.normal.forget()
        except (GiveUp, ZeroDivisionError):
            return Proof(equal=False, exhausted=True)
    return Proof(equal=False, exhausted=True)


def whole_exponents(pool: Pool, roots: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the variables that are whole where a base is negative: the n of every (-x)^n.

    Both terms have values there, so each of their powers has; in a case that is not taken it need
    not have one.
    """
    found: dict[int, set[str]] = {}
    for term in pool.reach(roots):
        if pool.ops[term] == "where":
            return {}
        if pool.ops[term] == "pow":
            base, exponent = pool.args[term]
            found.setdefault(base, set()).update(_whole_with(pool, exponent))
    return {base: frozenset(names) for base, names in found.items()}


def _whole_with(pool: Pool, exponent: int) -> list[str]:
    """Return the variable that is whole where an exponent is: the n of n, -n and n + 1."""
    rest: list[int] = []
    for part in pool.args[exponent] if pool.ops[exponent] == "add" else (exponent,):
        number = pool.value(part)
        if number is None:
            rest.append(part)
        elif number.denominator != 1:
            return []
    if len(rest) != 1:
        return []
    factors = pool.args[rest[0]] if pool.ops[rest[0]] == "mul" else (rest[0],)
    names = [pool.held[factor] for factor in factors if pool.ops[factor] == "name"]
    signs = [factor for factor in factors if pool.value(factor) == -1]
    return names if len(names) == 1 and len(names) + len(signs) == len(factors) else []


def prove_with_shared_parts(pool: Pool, a: int, b: int, domain: Domain) -> Proof:
    """Return whether a = b is proved without looking into shared functions, or quotients.

    Else into what they act on: ln(e^u/(e^u + e^v)) = u - ln(e^u + e^v) whatever u is.
    """
    if domain.above_zero:
        return Proof(equal=False)
    both = set(pool.reach((a,))) & set(pool.reach((b,)))
    functions = {term for term in both if pool.ops[term] in _OPAQUE}
    quotients = {term for term in both if pool.ops[term] == "power" and pool.held[term] < 0}
    arguments = {arg for term in functions for arg in pool.args[term] if pool.args[arg]}
    proof = Proof(equal=False)
    for parts in (functions | quotients, functions, arguments):
        if parts and not proof.equal:
            left, right = (term.id for term in _with_variables(pool, (a, b), parts))
            names = pool.names((left, right))
            proof = prove(pool, left, right, domain.positive, (), domain.intervals(names))
    return proof


def _with_variables(pool: Pool, roots: tuple[int, int], parts: set[int]) -> list[Term]:
    """Return terms with a variable for each part."""
    new: dict[int, Term] = {}
    for term in pool.reach(roots):
        args = pool.args[term]
        if term in parts:
            new[term] = pool.name(f"part {term}")
        else:
            new[term] = pool.rebuilt(term, [new[arg] for arg in args]) if args else Term(pool, term)
    return [new[root] for root in roots]


def undefined(pool: Pool, term: int) -> bool:
    """Return whether a term is proved to have no value anywhere."""
    search = _Search(Normalizer(pool, (), whole_exponents(pool, (term,))), (), {})
    for _ in range(_ROUNDS):
        try:
            return search.run(term, term).cases == 0
        except Rescale:
            search.normal.forget()
        except (GiveUp, ZeroDivisionError):
            return False
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


def may_hold(rows: Iterable[Mapping[Any, Fraction]]) -> bool:
    """Return False only if no real numbers make every row positive.

    >>> may_hold([{"x": Fraction(1)}, {"x": Fraction(-1), None: Fraction(-1)}])
    False
    """
    system = [dict(row) for row in rows]
    while True:
        unknowns = sorted({key for row in system for key in row if key is not None}, key=repr)
        if not unknowns:
            return all(row.get(None, Fraction(0)) > 0 for row in system)
        costs = {u: _cost(system, u) for u in unknowns}
        cheapest = min(unknowns, key=lambda u: costs[u])
        if costs[cheapest] > _MOST_ROWS:
            return True
        system = _eliminated(system, cheapest)


def _cost(system: list[Row], unknown: Any) -> int:
    above = sum(row.get(unknown, 0) > 0 for row in system)
    below = sum(row.get(unknown, 0) < 0 for row in system)
    return above * below + len(system) - above - below


def _eliminated(system: list[Row], unknown: Any) -> list[Row]:
    above = [row for row in system if row.get(unknown, 0) > 0]
    below = [row for row in system if row.get(unknown, 0) < 0]
    kept = [row for row in system if not row.get(unknown, 0)]
    for high in above:
        for low in below:
            kept.append(_combined(high, -low[unknown], low, high[unknown]))
    return kept


def _combined(a: Row, times: Fraction, b: Row, other: Fraction) -> Row:
    total = {key: value * times for key, value in a.items()}
    for key, value in b.items():
        total[key] = total.get(key, Fraction(0)) + value * other
    return {key: value for key, value in total.items() if value}
