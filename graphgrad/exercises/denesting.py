"""Take square roots of a + b*sqrt(n) apart, where that gives square roots of rationals.

Source: Borodin, Fagin, Hopcroft, Tompa, Decreasing the Nesting Depth of Expressions Involving
Square Roots, J. Symbolic Computation 1985, section 1.
"""

from __future__ import annotations

import math
from fractions import Fraction

from graphgrad.exercises.quotients import Quotient
from graphgrad.exercises.ring import Ring, fraction

__all__ = ["denested"]

_MOST_BITS = 256


def denested(ring: Ring, value: Quotient) -> tuple[Fraction, Fraction, int] | None:
    """Return p, q and a sign with sqrt(value) = sqrt(p) + sign*sqrt(q), or None.

    Args:
        ring: the ring of the value.
        value: a positive number.
    """
    if value.den or len(value.num) != 2:
        return None
    (powers, factor), (zero, number) = value.num.terms()
    if any(zero):
        return None
    a, b = fraction(number), fraction(factor)
    square = b * b
    for place, power in enumerate(powers):
        if power:
            radicand = _radicand(ring, place)
            if radicand is None or power != 1:
                return None
            square *= radicand
    difference = _square_root(a * a - square)
    if difference is None or a <= 0:
        return None
    return (a + difference) / 2, (a - difference) / 2, 1 if b > 0 else -1


def _radicand(ring: Ring, place: int) -> Fraction | None:
    """Return the number whose square root a generator is."""
    key = ring.generators[place].key
    if key[0] != "root" or key[3] != 2 or not ring.factors[key[1]].poly.is_constant():
        return None
    return fraction(ring.factors[key[1]].poly.leading_coefficient())


def _square_root(value: Fraction) -> Fraction | None:
    """Return the rational square root of a number, or None."""
    if value < 0 or value.numerator.bit_length() > _MOST_BITS:
        return None
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    exact = top * top == value.numerator and bottom * bottom == value.denominator
    return Fraction(top, bottom) if exact else None
