"""Prove equality through a function that tells numbers apart: exp of logarithms, sin of arcs.

Two real numbers with equal exponentials are equal. Two numbers whose difference has sine 0 differ
by a multiple of pi; where both vary continuously that multiple is the same all over an interval,
so one point of each interval decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from graphgrad.exercises.algebra.enclosures import Program, ball, precision
from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.algebra.normal_form import Normalizer
from graphgrad.exercises.algebra.polynomials import GiveUp, fraction
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.deciding.nonzero import Bounds, known_sign
from graphgrad.exercises.deciding.sign_cases import Proof, prove

__all__ = ["prove_through_functions"]

_BITS = 192
_STEPS = frozenset({"positive", "zero", "where"})


def prove_through_functions(pool: Pool, a: int, b: int, domain: Domain) -> Proof:
    """Return whether a = b is proved by comparing exponentials or sines of both."""
    ops = {pool.ops[term] for term in pool.reach((a, b))}
    math, difference = TermMath(pool), Term(pool, a) - Term(pool, b)
    names = pool.names((a, b))
    known = (domain.positive, domain.bounded(pool, names), domain.intervals(names))
    if "log" in ops:
        one = pool.number(1).id
        proof = prove(pool, math.exp(difference).id, one, *known)
        if proof.equal:
            return proof
    if ops & {"asin", "atan"} and not ops & _STEPS:
        nothing = pool.number(0).id
        proof = prove(pool, math.sin(difference).id, nothing, *known)
        if proof.equal and _no_turns(pool, a, b, domain):
            return proof
    return Proof(equal=False)


def _no_turns(pool: Pool, a: int, b: int, domain: Domain) -> bool:
    """Tell whether two terms that differ by multiples of pi differ by none, anywhere."""
    names = pool.names((a, b))
    if len(names) > 1 or (names and (domain.above_zero or domain.replaced)):
        return False
    program = Program(pool, (a, b))
    if not names:
        return _near(program, {}) is True
    try:
        breaks = sorted(set(_breaks(pool, a, b, names[0], domain)))
    except (GiveUp, NeedSign, Rescale, ZeroDivisionError):
        return False
    near = [_near(program, {names[0]: x}) for x in _between(breaks, names[0], domain)]
    return True in near and False not in near


def _near(program: Program, point: dict[str, Fraction]) -> bool | None:
    """Tell whether two terms are less than a turn apart at a point; None where undefined."""
    with precision(_BITS):
        left, right = program.run({name: ball(value) for name, value in point.items()})
        if isinstance(left, str) or isinstance(right, str):
            return None
        return bool(abs(left - right) < 1)


def _between(breaks: list[Fraction], name: str, domain: Domain) -> Iterator[Fraction]:
    """Yield one point of each interval between breaks, within the domain."""
    low, high = domain.lower.get(name), domain.upper.get(name)
    inner = [x for x in breaks if (low is None or x > low) and (high is None or x < high)]
    first = low if low is not None else min([*inner, high or Fraction(0)], default=Fraction(0)) - 2
    last = high if high is not None else max([*inner, first + 1]) + 2
    ends = [first, *inner, last]
    for left, right in pairwise(ends):
        yield left + (right - left) * Fraction(5, 11)


def _breaks(pool: Pool, a: int, b: int, name: str, domain: Domain) -> Iterator[Fraction]:
    """Yield every number at which one of two terms may not exist.

    Raises:
        GiveUp: if a condition is not a product of linear factors and of what is never 0.
    """
    normal = Normalizer(pool)
    bounds = domain.intervals([name])
    for term in pool.reach((a, b)):
        op, args, held = pool.ops[term], pool.args[term], pool.held[term]
        if op == "asin":
            inside = Term(pool, args[0])
            yield from _zeros(normal, (1 - inside**2).id, name, bounds)
        elif op in ("log", "root", "pow") or (op == "power" and held < 0):
            yield from _zeros(normal, args[0], name, bounds)


def _zeros(normal: Normalizer, term: int, name: str, bounds: Bounds) -> Iterator[Fraction]:
    value = normal.values((term,))[0]
    if value is None or not len(value.num):
        raise GiveUp
    for factor, _ in normal.ring.factored(value.num)[1]:
        poly, positive = normal.ring.factors[factor]
        if _never_zero(normal, factor) or known_sign(normal, factor, bounds):
            continue
        terms = {powers: fraction(coefficient) for powers, coefficient in poly.terms()}
        place = normal.ring.generator(("name", name), positive=False)
        linear = [powers for powers in terms if powers[place] == 1 and sum(powers) == 1]
        rest = [powers for powers in terms if any(powers) and powers not in linear]
        if positive or rest or len(linear) != 1:
            raise GiveUp
        slope = terms.pop(linear[0])
        yield -next(iter(terms.values()), Fraction(0)) / slope


def _never_zero(normal: Normalizer, factor: int) -> bool:
    """Tell whether a factor is a number above 0 plus what is never below 0."""
    terms = list(normal.ring.factors[factor].poly.terms())
    even = all(coefficient > 0 for _, coefficient in terms) and all(
        power % 2 == 0 or normal.ring.generators[place].positive
        for powers, _ in terms
        for place, power in enumerate(powers)
    )
    return even and any(not any(powers) for powers, _ in terms)
