"""Say where variables live: signs, bounds, finite sets and relations between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from zlib import crc32

from graphgrad.exercises.algebra.terms import Pool, Term

__all__ = ["Domain", "combinations", "points", "rational"]

_MOST_CANDIDATES = 400
_MOST_COMBINATIONS = 64
_FIRST = (
    tuple(Fraction(tenths, 10) for tenths in (5, 3, 8, 2, 7, 4, 9, 6, 11, 12)),
    (2, 3, 5, 7, 11, 13, 17, 19, 23, 29),
    (-1, 2, -3, 4, -5, 6, -7, 8, -9, 10),
    (Fraction(1, 2), Fraction(1, 3), Fraction(1, 5), Fraction(1, 7), Fraction(2, 3)),
    (Fraction(-1, 2), Fraction(3, 2), Fraction(-3, 4), Fraction(5, 4), Fraction(-1, 3)),
)
_DENOMINATORS = (83, 89, 97, 101, 103, 107, 109, 113, 127, 131)


@dataclass(frozen=True, slots=True)
class Domain:
    """Hold what is declared about the variables.

    Attributes:
        lower: variables that are never below a number.
        upper: variables that are never above a number.
        choices: variables with finitely many values.
        replaced: variables that a relation expresses by others.
        above_zero: terms declared to be > 0.
        texts: the declarations as they were written, with the variables they mention.
    """

    lower: Mapping[str, Fraction] = field(default_factory=dict)
    upper: Mapping[str, Fraction] = field(default_factory=dict)
    choices: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)
    replaced: Mapping[str, Term] = field(default_factory=dict)
    above_zero: tuple[int, ...] = ()
    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def positive(self) -> list[str]:
        """Return the variables that are never negative."""
        return [name for name, bound in self.lower.items() if bound >= 0]

    def holds(self, pool: Pool, point: Mapping[str, Fraction]) -> bool:
        """Tell whether a point lies within the bounds and meets what can be computed exactly."""
        above = all(point[n] >= bound for n, bound in self.lower.items() if n in point)
        below = all(point[n] <= bound for n, bound in self.upper.items() if n in point)
        return above and below and _fits(pool, point, self)

    def intervals(self, names: Sequence[str]) -> dict[str, tuple[Fraction, Fraction]]:
        """Return the variables that lie between two numbers."""
        return {
            n: (self.lower[n], self.upper[n]) for n in names if n in self.lower.keys() & self.upper
        }

    def bounded(self, pool: Pool, names: Sequence[str]) -> tuple[int, ...]:
        """Return the terms that are > 0: the declared ones, and distances to bounds."""
        terms = [pool.name(name) - self.lower[name] for name in names if self.lower.get(name, 0)]
        terms += [self.upper[name] - pool.name(name) for name in names if name in self.upper]
        return self.above_zero + tuple(term.id for term in terms)

    def without_choices(self, pool: Pool, chosen: Mapping[str, Term]) -> Domain:
        """Return the domain of the other variables after some were given values."""
        terms = pool.substitute(self.above_zero, chosen)
        return Domain(self.lower, self.upper, above_zero=tuple(term.id for term in terms))


def rational(pool: Pool, term: int, point: Mapping[str, Fraction]) -> Fraction | None:
    """Return the exact value of a sum of products at a point, None for any other term."""
    values: dict[int, Fraction] = {}
    for t in pool.reach((term,)):
        op, args = pool.ops[t], [values[arg] for arg in pool.args[t]]
        if op == "number":
            values[t] = pool.held[t]
        elif op == "name" and pool.held[t] in point:
            values[t] = point[pool.held[t]]
        elif op == "add":
            values[t] = sum(args, Fraction(0))
        elif op == "mul":
            values[t] = Fraction(1)
            for arg in args:
                values[t] *= arg
        else:
            return None
    return values[term]


def points(
    pool: Pool, names: Sequence[str], domain: Domain, *, scale: int = 1, whole: bool = False
) -> Iterator[dict[str, Fraction]]:
    """Yield points of the domain, the same ones in every run: plain numbers first.

    Args:
        pool: where the domain's terms are.
        names: the variables to give values to.
        domain: what is declared about them.
        scale: how far out to go.
        whole: whether the values are small whole numbers, as exponents of negative bases are.
    """
    for count in range(_MOST_CANDIDATES):
        point = {
            name: _whole(index, count) if whole else _value(name, index, count, domain, scale)
            for index, name in enumerate(names)
        }
        if whole and not domain.holds(pool, point):
            continue
        if _fits(pool, point, domain):
            yield point
        if not names:
            return


def _whole(index: int, count: int) -> Fraction:
    return Fraction(crc32(f"whole {count},{index}".encode()) % 11 - 5)


def _value(name: str, index: int, count: int, domain: Domain, scale: int) -> Fraction:
    draw = crc32(f"{count},{index}".encode())
    if count < len(_FIRST) and scale == 1 and index < len(_FIRST[count]):
        value = Fraction(_FIRST[count][index])
    else:
        value = scale * Fraction(draw % 401 - 200 or 1, _DENOMINATORS[index % 10])
    low, high = domain.lower.get(name), domain.upper.get(name)
    if low is not None and high is not None:
        share = value if 0 < value < 1 else Fraction(draw % 211 + 1, 213)
        return low + (high - low) * share
    if low is not None:
        return low + abs(value)
    if high is not None:
        return high - abs(value)
    return abs(value) if count % 2 and count >= len(_FIRST) else value


def _fits(pool: Pool, point: Mapping[str, Fraction], domain: Domain) -> bool:
    for name, term in domain.replaced.items():
        choices = domain.choices.get(name)
        value = rational(pool, term.id, point)
        if value is None:
            continue
        if choices and value not in choices:
            return False
        if value < domain.lower.get(name, value) or value > domain.upper.get(name, value):
            return False
    exact = (rational(pool, term, point) for term in domain.above_zero)
    return all(value is None or value > 0 for value in exact)


def combinations(
    pool: Pool, names: Sequence[str], domain: Domain
) -> list[dict[str, Fraction]] | None:
    """Return every choice of values for the variables with finitely many; None if too many."""
    chosen = [name for name in names if name in domain.choices]
    count = 1
    for name in chosen:
        count *= len(domain.choices[name])
    if count > _MOST_COMBINATIONS:
        return None
    found = [
        dict(zip(chosen, values, strict=True))
        for values in product(*(domain.choices[name] for name in chosen))
    ]
    return [point for point in found if _fits(pool, point, domain)]
