"""Check an equality where functions jump: on the zeros of what steps, signs and cases depend on.

A proof goes through the signs of factors and leaves out where a factor is 0. The operations of
terms are continuous where they are defined, but for ``positive`` and ``zero``, of which sign, step
and the conditions of cases are made; so only the zeros of their arguments are left to look at.

1. Each ``positive(c)`` and ``zero(c)`` is taken for a new variable s. If the terms are equal for
   every s, they are so for the values that s has, on the zeros of c too.
2. Else the terms are compared on those zeros: c is factored, each factor solved for a variable in
   which it is linear, p v + q = 0, and the solution put in; where p vanishes is looked at as well.

Nothing is left to look at where cases meet: max(a, b) is a where a - b > 0, else b, and both are
equal where a - b is 0. Such terms are continuous, and equal wherever they are so almost everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.polynomials import GiveUp
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.decide import decide
from graphgrad.exercises.deciding.domain import Domain, combinations, rational
from graphgrad.exercises.deciding.verdict import Counterexample, Note, Verdict, conditions_first
from graphgrad.exercises.deciding.zeros import Unsettled, solutions

__all__ = ["checked_at_jumps"]

_JUMPS = frozenset({"positive", "zero"})
_DEPTH = 3
_MOST_ZEROS = 16
_MOST_CONDITIONS = 4


def checked_at_jumps(pool: Pool, a: int, b: int, domain: Domain, verdict: Verdict) -> Verdict:
    """Return the verdict on terms that are equal almost everywhere.

    It is ``different`` if they differ where both are defined; it has the remark
    ``check.except_jumps`` if that could not be excluded.
    """
    if not _jumps(pool, a, b):
        return verdict
    if domain.replaced:
        a, b = (term.id for term in pool.substitute((a, b), domain.replaced))
    search = _Search(pool)
    for choice in combinations(pool, pool.names((a, b)), domain) or []:
        numbers = {name: pool.number(value) for name, value in choice.items()}
        left, right = pool.substitute((a, b), numbers)
        search.visit(left.id, right.id, domain.without_choices(pool, numbers), 0)
        if search.found is not None:
            at = {name: str(value) for name, value in choice.items()} | dict(search.found.at)
            found = replace(search.found, at=at)
            return Verdict("different", "counterexample", counterexample=found)
    if search.unsettled:
        return replace(
            verdict, notes=conditions_first((*verdict.notes, Note("check.except_jumps")))
        )
    return verdict


def _jumps(pool: Pool, a: int, b: int) -> list[int]:
    """Return the c of every jump of two terms, but of cases that meet as those of max(x, y) do."""
    stack, seen, found = [a, b], set[int](), dict[int, None]()
    while stack:
        term = stack.pop()
        if term in seen:
            continue
        seen.add(term)
        args = pool.args[term]
        if pool.ops[term] in _JUMPS:
            found[args[0]] = None
        if pool.ops[term] == "where":
            between = _changes_at(pool, args[0])
            if between is not None and _meet(pool, args[1], args[2], between):
                args = (between, *args[1:])
        stack.extend(args)
    return list(found)


def _changes_at(pool: Pool, condition: int) -> int | None:
    """Return the c of a condition that is c > 0, or its opposite; None for any other."""
    one = pool.number(1)
    for found in (Term(pool, condition), one - Term(pool, condition)):
        if pool.ops[found.id] == "positive":
            return pool.args[found.id][0]
    return None


def _meet(pool: Pool, yes: int, no: int, between: int) -> bool:
    """Tell whether two branches differ by a multiple of what is 0 where they meet."""
    left, right, c = (Term(pool, term) for term in (yes, no, between))
    apart = left - right
    return c.id in (apart.id, (right - left).id) or pool.value((apart / c).id) is not None


@dataclass
class _Search:
    """Look at zeros, and at zeros among them."""

    pool: Pool
    found: Counterexample | None = None
    unsettled: bool = False
    visited: int = 0

    def visit(self, a: int, b: int, domain: Domain, depth: int) -> None:
        """Compare two terms on the zeros of every condition."""
        conditions = _jumps(self.pool, a, b)
        if a == b or not conditions or self._equal_for_all_choices(a, b, domain):
            return
        if depth == _DEPTH:
            self.unsettled = True
            return
        for condition in conditions:
            try:
                for name, value in solutions(self.pool, condition):
                    self._put_in(a, b, domain, depth, name, value)
                    if self.found is not None:
                        return
            except (Unsettled, GiveUp, NeedSign, Rescale, ZeroDivisionError):
                self.unsettled = True

    def _put_in(self, a: int, b: int, domain: Domain, depth: int, name: str, value: Term) -> None:
        """Compare two terms where a variable has a value, unless the domain excludes it."""
        pool = self.pool
        inside = _restricted(pool, domain, name, value)
        if inside is None:
            return
        self.visited += 1
        if self.visited > _MOST_ZEROS:
            raise Unsettled
        left, right = (term.id for term in pool.substitute((a, b), {name: value}))
        verdict = decide(pool, left, right, inside)
        if verdict.status == "different" and verdict.method == "counterexample":
            assert verdict.counterexample is not None
            at = {key: Fraction(text) for key, text in verdict.counterexample.at.items()}
            given = {key: pool.number(n) for key, n in at.items()} | _missing(pool, value, at)
            number = pool.value(pool.substitute((value.id,), given)[0].id)
            shown = {} if number is None else {name: str(number)}
            self.found = replace(verdict.counterexample, at=shown | dict(verdict.counterexample.at))
        elif verdict.status == "equal":
            self.visit(left, right, inside, depth + 1)
        elif verdict.status == "undecided" and verdict.points:
            self.unsettled = True

    def _equal_for_all_choices(self, a: int, b: int, domain: Domain) -> bool:
        """Tell whether two terms are equal whatever the conditions come to."""
        free = _freed(self.pool, (a, b))
        return free is not None and bool(decide(self.pool, free[0].id, free[1].id, domain))


def _missing(pool: Pool, value: Term, at: dict[str, Fraction]) -> dict[str, Term]:
    """Return a number for each variable of a solution that the comparison did not need."""
    return {name: pool.number(1) for name in pool.names((value.id,)) if name not in at}


def _freed(pool: Pool, roots: tuple[int, int]) -> list[Term] | None:
    """Return terms with a variable for each jump; None where a case hangs on something else.

    A case on a condition that is 0 or 1 for every 0 and 1 of its jumps is c*x + (1 - c)*y.
    """
    new: dict[int, Term] = {}
    jumps: dict[str, None] = {}
    for term in pool.reach(roots):
        op, args = pool.ops[term], [new[arg] for arg in pool.args[term]]
        if op in _JUMPS:
            name = f"jump {term}"
            jumps[name] = None
            new[term] = pool.name(name)
        elif op == "where":
            if not _is_choice(pool, args[0], jumps):
                return None
            new[term] = args[0] * args[1] + (1 - args[0]) * args[2]
        else:
            new[term] = pool.rebuilt(term, args) if args else Term(pool, term)
    return [new[root] for root in roots]


def _is_choice(pool: Pool, condition: Term, jumps: dict[str, None]) -> bool:
    names = pool.names((condition.id,))
    if len(names) > _MOST_CONDITIONS or any(name not in jumps for name in names):
        return False
    ways = product((Fraction(0), Fraction(1)), repeat=len(names))
    values = (rational(pool, condition.id, dict(zip(names, way, strict=True))) for way in ways)
    return all(value in (0, 1) for value in values)


def _restricted(pool: Pool, domain: Domain, name: str, value: Term) -> Domain | None:
    """Return the domain of the other variables; None if the value lies outside, or on its edge."""
    low, high = domain.lower.get(name), domain.upper.get(name)
    conditions = [term.id for term in pool.substitute(domain.above_zero, {name: value})]
    conditions += [(value - low).id] if low is not None else []
    conditions += [(high - value).id] if high is not None else []
    numbers = [pool.value(condition) for condition in conditions]
    if any(number is not None and number <= 0 for number in numbers):
        return None
    left = tuple(c for c, number in zip(conditions, numbers, strict=True) if number is None)
    lower = {key: bound for key, bound in domain.lower.items() if key != name}
    upper = {key: bound for key, bound in domain.upper.items() if key != name}
    return Domain(lower, upper, above_zero=left)
