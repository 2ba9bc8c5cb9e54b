"""Solve for the zeros of terms: where conditions change, and where functions jump or bend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.normal_form import Normalizer
from graphgrad.exercises.algebra.polynomials import GiveUp, fraction
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Pool, Term

__all__ = ["Unsettled", "Zero", "all_zeros", "beside_zeros", "solutions"]

_KINKS = frozenset({"positive", "zero", "abs"})
_MOST_CONDITIONS = 8
_MOST_SCALES = 4
_QUARTERS: dict[tuple[str, Fraction | int], tuple[int, int]] = {
    ("sin", 0): (0, 2), ("sin", 1): (1, 4), ("sin", -1): (-1, 4),
    ("cos", 0): (1, 2), ("cos", 1): (0, 4), ("cos", -1): (2, 4),
}  # fmt: skip
"""Where a sine or cosine is 0, 1 or -1: the first angle and the period, in quarter turns."""
_STEPS = (Fraction(1, 10**8), Fraction(-1, 10**8), Fraction(1), Fraction(-1))


class Unsettled(Exception):  # noqa: N818 -- an outcome, not an error
    """Some zeros could not be looked at."""


class Zero(NamedTuple):
    """A value of a variable at which a term is 0; with a period, and all whole multiples of it."""

    name: str
    value: Term
    period: Term | None = None


def beside_zeros(
    pool: Pool, a: int, b: int, base: Mapping[str, Fraction]
) -> Iterator[dict[str, Fraction]]:
    """Yield points on both sides of where the conditions of two terms change, near and further.

    Args:
        pool: where the terms are.
        a: one term.
        b: the other.
        base: the point to start from: one variable is moved.
    """
    found = (pool.args[t][0] for t in pool.reach((a, b)) if pool.ops[t] in _KINKS)
    for condition in islice(dict.fromkeys(found), _MOST_CONDITIONS):
        try:
            zeros = list(solutions(pool, condition))
        except (Unsettled, GiveUp, NeedSign, Rescale, ZeroDivisionError):
            continue
        for name, value in zeros:
            given = {key: pool.number(number) for key, number in base.items() if key != name}
            number = pool.value(pool.substitute((value.id,), given)[0].id)
            if number is not None:
                yield from ({**base, name: number + step} for step in _STEPS)


def solutions(pool: Pool, condition: int) -> Iterator[tuple[str, Term]]:
    """Yield values of variables that make a term 0, all its zeros together.

    Raises:
        Unsettled: if it has a factor that is linear in no variable.
    """
    normal = Normalizer(pool)
    value = normal.values((condition,))[0]
    if value is None or not len(value.num):
        return
    for factor, _ in normal.ring.factored(value.num)[1]:
        poly, positive = normal.ring.factors[factor]
        if not positive:
            yield from _solved(pool, normal, poly)


def all_zeros(pool: Pool, condition: int) -> Iterator[Zero]:
    """Yield zeros of a term that can be written down: also of e^x - 1, sin(2x), ln(x), cos(x) + 1.

    A factor that cannot be solved is passed over.
    """
    normal = Normalizer(pool)
    for _ in range(_MOST_SCALES):
        try:
            value = normal.values((condition,))[0]
            break
        except Rescale:
            normal.forget()
    else:
        return
    if value is None or not len(value.num):
        return
    for factor, _ in normal.ring.factored(value.num)[1]:
        poly, positive = normal.ring.factors[factor]
        if positive:
            continue
        try:
            yield from (Zero(*found) for found in _solved(pool, normal, poly))
        except Unsettled:
            yield from _of_function(pool, normal, poly)


def _of_function(pool: Pool, normal: Normalizer, poly: object) -> Iterator[Zero]:
    """Yield zeros of p f + q, two numbers and exp, log, sine or cosine of a product of names."""
    terms = [(powers, fraction(c)) for powers, c in poly.terms()]  # type: ignore[attr-defined]
    used = {place for powers, _ in terms for place, power in enumerate(powers) if power}
    if len(used) != 1 or any(sum(powers) > 1 for powers, _ in terms):
        return
    (place,) = used
    slope = next(c for powers, c in terms if powers[place])
    level = -next((c for powers, c in terms if not powers[place]), Fraction(0)) / slope
    kind, inner, *_ = normal.ring.generators[place].key
    if kind == "log" and level == 0:
        yield from _where_one(pool, normal, inner)
    quarters = (0, 0) if kind == "exp" else _QUARTERS.get((kind, level))
    if quarters is None or (kind == "exp" and level <= 0):
        return
    powers, below = inner
    scale = normal.exponents.scales.get(("exp" if kind == "exp" else "angle", inner), 1)
    keys = [normal.ring.generators[at].key for at, power in enumerate(powers) if power]
    names = [key[1] for key in keys if key[0] == "name"]
    if below or len(names) < len(keys):
        return
    if kind == "exp" and level != 1:
        if len(keys) == 1 and sum(powers) == 1:
            logarithm = Term(pool, pool.put("log", (pool.number(level).id,)))
            yield Zero(names[0], logarithm * scale)
    elif len(keys) == 1 and sum(powers) == 1:
        quarter = Term(pool, pool.put("pi")) * Fraction(scale, 2)
        first = quarter * quarters[0] if quarters[0] else pool.number(0)
        yield Zero(names[0], first, quarter * quarters[1] if quarters[1] else None)
    elif quarters[0] == 0:
        yield from (Zero(name, pool.number(0)) for name in names)


def _where_one(pool: Pool, normal: Normalizer, factor: int) -> Iterator[Zero]:
    """Yield where a factor is 1, and its logarithm 0."""
    poly = normal.ring.factors[factor][0] - 1
    yield from (Zero(*found) for found in _solved(pool, normal, poly))


def _solved(pool: Pool, normal: Normalizer, poly: object) -> Iterator[tuple[str, Term]]:
    names = {}
    for place, generator in enumerate(normal.ring.generators):
        if generator.key[0] == "name":
            names[place] = generator.key[1]
    terms = [(powers, fraction(c)) for powers, c in poly.terms()]  # type: ignore[attr-defined]
    used = {place for powers, _ in terms for place, power in enumerate(powers) if power}
    if not used:
        return
    linear = [p for p in used if p in names and all(powers[p] < 2 for powers, _ in terms)]
    if used - names.keys() or not linear:
        raise Unsettled
    variables = {place: pool.name(names[place]) for place in used}

    def written(chosen: list[tuple[tuple[int, ...], Fraction]], skip: int) -> Term:
        return pool.sum(
            pool.product([pool.number(c), *(variables[p] ** n for p, n in _powers(powers, skip))])
            for powers, c in chosen
        )

    def slope_of(place: int) -> list[tuple[tuple[int, ...], Fraction]]:
        return [(powers, c) for powers, c in terms if powers[place]]

    place = min(
        linear, key=lambda p: (len(slope_of(p)), sum(map(sum, (w for w, _ in slope_of(p)))))
    )
    slope = written(slope_of(place), place)
    rest = written([(powers, c) for powers, c in terms if not powers[place]], place)
    yield names[place], -rest / slope
    if pool.value(slope.id) is None:
        yield from solutions(pool, slope.id)


def _powers(powers: tuple[int, ...], skip: int) -> Iterator[tuple[int, int]]:
    return ((place, int(power)) for place, power in enumerate(powers) if power and place != skip)
