"""Check at points that the factors a proof split on are not secretly zero everywhere.

Generators may depend on each other in ways the normal form does not know, so a factor might be
zero on a whole region although its polynomial is not; a proof that gave it a sign would then have
looked at the wrong case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.exercises.balls import Ball, ball, function_of_one, pi, precision
from graphgrad.exercises.normal import Normalizer
from graphgrad.exercises.ring import fraction

__all__ = ["all_nonzero"]

_BITS = 512


def all_nonzero(
    normal: Normalizer, factors: Iterable[int], points: Iterable[Mapping[str, Fraction]]
) -> bool:
    """Return whether no factor may be zero at any of the points where it exists."""
    polys = [normal.ring.factors[factor].poly for factor in factors]
    with precision(_BITS):
        for point in points:
            values = _Values(normal, point)
            for poly in polys:
                value = values.poly(poly)
                if value is not None and value.contains(0):
                    return False
    return True


class _Values:
    """Balls for generators at one point, computed when asked for; None where undefined."""

    def __init__(self, normal: Normalizer, point: Mapping[str, Fraction]) -> None:
        self.ring = normal.ring
        self.scales = normal.exponents.scales
        self.point = point
        self._known: dict[int, Ball | None] = {}

    def poly(self, poly: Any) -> Ball | None:
        total = ball(0)
        for powers, coefficient in poly.terms():
            term = ball(fraction(coefficient))
            for place, power in enumerate(powers):
                if power:
                    value = self.generator(place)
                    if value is None:
                        return None
                    term = term * value**power
            total = total + term
        return total if total.is_finite() else None

    def generator(self, place: int) -> Ball | None:
        """Return a generator's value; generators are built from earlier ones only."""
        if place not in self._known:
            value = self._computed(self.ring.generators[place].key)
            missing = value is None or isinstance(value, str) or not value.is_finite()
            self._known[place] = None if missing else value
        return self._known[place]

    def _computed(self, key: tuple[Any, ...]) -> Ball | None:
        kind = key[0]
        if kind == "name":
            return ball(self.point[key[1]]) if key[1] in self.point else None
        if kind == "pi":
            return pi()
        if kind in ("log", "root", "power"):
            base = self.poly(self.ring.factors[key[1]].poly)
            if base is None or base.contains(0):
                return None
            if kind == "power":
                return base ** key[2]
            return abs(base).log() if kind == "log" else abs(base).root(key[3])
        if kind in ("exp", "sin", "cos"):
            monomial = self._over(self.ring.context.from_dict({key[1][0]: 1}), key[1][1])
            scale = self.scales.get(("angle" if kind != "exp" else "exp", key[1]), 1)
            return None if monomial is None else function_of_one(kind, monomial / scale)
        terms = dict(key[1])
        numerator = self.ring.context.from_dict({p: self.ring.read(c) for p, c in terms.items()})
        argument = self._over(numerator, key[2])
        return None if argument is None else function_of_one(kind, argument)

    def _over(self, num: Any, den: tuple[tuple[int, int], ...]) -> Ball | None:
        value = self.poly(num)
        for factor, power in den:
            below = self.poly(self.ring.factors[factor].poly)
            if value is None or below is None or below.contains(0):
                return None
            value = value / below**power
        return value
