"""Prove that sums of nested roots are 0: a number that is not 0 is at least so large.

The bound is the one of Burnikel, Funke, Mehlhorn, Schirra and Schmitt, A Separation Bound for Real
Algebraic Expressions, ESA 2001, section 3: a value built from integers by +, -, *, / and roots is 0
or at least 1/(l u^(D^2-1)), with D the product of the degrees of its roots.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.exercises.balls import ball, precision
from graphgrad.exercises.generators import Poly
from graphgrad.exercises.nonzero import GeneratorValues
from graphgrad.exercises.normal import Normalizer
from graphgrad.exercises.ring import fraction

__all__ = ["is_zero_everywhere"]

_MOST_BITS = 100_000
_SPARE = 64


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
