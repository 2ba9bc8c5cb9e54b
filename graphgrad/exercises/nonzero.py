"""Enclose the factors that proofs split on: which signs are known, which might be zero everywhere.

Generators may depend on each other in ways the normal form does not know, so a factor might be
zero on a whole region although its polynomial is not; a proof that gave it a sign would then have
looked at the wrong case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.exercises.balls import Ball, ball, function_of_one, interval, pi, precision
from graphgrad.exercises.normal import Normalizer
from graphgrad.exercises.ring import fraction

__all__ = ["Bounds", "GeneratorValues", "all_nonzero", "known_sign"]

_BITS = 512
_SIGN_BITS = 192
_PIECES = 32

Bounds = Mapping[str, tuple[Fraction, Fraction]]
"""Between which numbers variables lie, both ends included."""


def all_nonzero(
    normal: Normalizer, factors: Iterable[int], points: Iterable[Mapping[str, Fraction]]
) -> bool:
    """Return whether no factor may be zero at any of the points where it exists."""
    polys = [normal.ring.factors[factor].poly for factor in factors]
    with precision(_BITS):
        for point in points:
            values = GeneratorValues(normal, {name: ball(x) for name, x in point.items()})
            for poly in polys:
                value = values.poly(poly)
                if value is not None and value.contains(0):
                    return False
    return True


def known_sign(normal: Normalizer, factor: int, bounds: Bounds) -> int:
    """Return the sign a factor has all over the bounds of its one variable; 0 if it is not known.

    A factor of numbers alone, such as the square root of 5 minus 2, needs no bounds.
    """
    poly = normal.ring.factors[factor].poly
    signs = set()
    for piece in _pieces(bounds):
        with precision(_SIGN_BITS):
            value = GeneratorValues(normal, piece).poly(poly)
            if value is None or value.contains(0):
                return 0
            signs.add(1 if value > 0 else -1)
    return signs.pop() if len(signs) == 1 else 0


def _pieces(bounds: Bounds) -> Iterator[dict[str, Ball]]:
    """Yield intervals that cover the bounds of one variable; one empty piece if there is none."""
    if len(bounds) != 1:
        yield {}
        return
    ((name, (low, high)),) = bounds.items()
    width = (high - low) / _PIECES
    for k in range(_PIECES):
        with precision(_SIGN_BITS):
            yield {name: interval(low + k * width, low + (k + 1) * width)}


class GeneratorValues:
    """Balls for generators at one point, computed when asked for; None where undefined."""

    def __init__(self, normal: Normalizer, point: Mapping[str, Ball]) -> None:
        self.ring = normal.ring
        self.scales = normal.exponents.scales
        self.point = point
        self._known: dict[int, Ball | None] = {}

    def poly(self, poly: Any) -> Ball | None:
        """Return a polynomial's value."""
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
            return self.point.get(key[1])
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
