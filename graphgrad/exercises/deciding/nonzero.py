"""Enclose the factors that proofs split on: which signs are known, which might be zero everywhere.

Generators may depend on each other in ways the normal form does not know, so a factor might be
zero on a whole region although its polynomial is not; a proof that gave it a sign would then have
looked at the wrong case.

Sums of nested roots are proved 0 by a bound: a number that is not 0 is at least so large. It is the
one of Burnikel, Funke, Mehlhorn, Schirra and Schmitt, A Separation Bound for Real Algebraic
Expressions, ESA 2001, section 3: a value built from integers by +, -, *, / and roots is 0 or at
least 1/(l u^(D^2-1)), with D the product of the degrees of its roots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.enclosures import (
    Ball,
    ball,
    function_of_one,
    interval,
    pi,
    precision,
)
from graphgrad.exercises.algebra.normal_form import Normalizer
from graphgrad.exercises.algebra.polynomials import Poly, fraction

__all__ = ["Bounds", "GeneratorValues", "all_nonzero", "is_zero_everywhere", "known_sign"]


_BITS = 512
_SIGN_BITS = 192
_PIECES = 32

Bounds = Mapping[str, tuple[Fraction, Fraction]]
"""Between which numbers variables lie, both ends included."""
_MOST_BITS = 100_000
_SPARE = 64


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
        if kind == "parity":
            return interval(Fraction(-1), Fraction(1))
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


class _Size(NamedTuple):
    """Bounds of a number as logarithms to base 2, rounded up: |x| <= u/1, and what divides it."""

    u: float
    l: float  # noqa: E741 -- the names of the source


def is_zero_everywhere(normal: Normalizer, poly: Poly) -> bool:
    """Tell whether a polynomial is proved 0 because each of its coefficients is a number that is 0.

    Args:
        normal: what the polynomial was computed with.
        poly: a polynomial in its generators; roots of numbers count as coefficients.
    """
    numbers = {place for place in range(len(normal.ring.generators)) if _is_number(normal, place)}
    groups: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for powers, coefficient in poly.terms():
        free = tuple(0 if place in numbers else power for place, power in enumerate(powers))
        own = tuple(power if place in numbers else 0 for place, power in enumerate(powers))
        groups.setdefault(free, {})[own] = coefficient
    return all(_is_zero(normal, normal.ring.context.from_dict(part)) for part in groups.values())


def _is_number(normal: Normalizer, place: int) -> bool:
    """Tell whether a generator is a root of a number, nested or not."""
    key = normal.ring.generators[place].key
    if key[0] != "root":
        return False
    inside = normal.ring.factors[key[1]].poly
    return all(_is_number(normal, k) for k, degree in enumerate(inside.degrees()) if degree)


def _is_zero(normal: Normalizer, poly: Poly) -> bool:
    roots: dict[int, int] = {}
    size = _size(normal, poly, roots)
    degree = 1
    for each in roots.values():
        degree *= each
    bits = size.l + size.u * (degree * degree - 1) + 2
    if not roots or bits > _MOST_BITS:
        return False
    with precision(int(bits) + _SPARE):
        value = GeneratorValues(normal, {}).poly(poly)
        return value is not None and bool(abs(value).abs_upper() < ball(2) ** -int(bits))


def _size(normal: Normalizer, poly: Poly, roots: dict[int, int]) -> _Size:
    """Return the bounds of a polynomial in roots, and collect the roots with their degrees."""
    total = _Size(0.0, 0.0)
    for count, (powers, coefficient) in enumerate(poly.terms()):
        value = fraction(coefficient)
        term = _Size(_bits(value.numerator), _bits(value.denominator))
        for place, power in enumerate(powers):
            if power:
                one = _root_size(normal, place, roots)
                term = _Size(term.u + int(power) * one.u, term.l + int(power) * one.l)
        total = term if count == 0 else _sum(total, term)
    return total


def _sum(a: _Size, b: _Size) -> _Size:
    """Return the bounds of a sum: u1 l2 + l1 u2 over l1 l2."""
    return _Size(max(a.u + b.l, a.l + b.u) + 1, a.l + b.l)


def _root_size(normal: Normalizer, place: int, roots: dict[int, int]) -> _Size:
    _, factor, _, degree = normal.ring.generators[place].key
    roots[place] = degree
    inside = _size(normal, normal.ring.factors[factor].poly, roots)
    return _Size(inside.u / degree, inside.l / degree)


def _bits(number: int) -> float:
    return float(abs(number).bit_length())
