"""Bring exponentials, logarithms and roots to normal forms.

Square roots of a + b*sqrt(n) are taken apart where that gives square roots of rationals.

Source: Borodin, Fagin, Hopcroft, Tompa, Decreasing the Nesting Depth of Expressions Involving
Square Roots, J. Symbolic Computation 1985, section 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.fractions import Powers, Quotient, Quotients, Signs
from graphgrad.exercises.algebra.polynomials import LARGEST_POWER, MOST_BITS, GiveUp, Ring, fraction

__all__ = ["Exponents", "Part", "Rescale"]


_LARGEST_SCALE = 5_040
_TRIAL = 1_000
_MOST_PARTS = 16
_MOST_BITS = 256


class Rescale(Exception):  # noqa: N818 -- a request, not an error
    """Ask to start again: a generator now stands for a finer power than before."""


class Part(NamedTuple):
    """One term of an exponent: a rational number times a monomial over a denominator."""

    coefficient: Fraction
    powers: tuple[int, ...]
    den: Powers

    @property
    def key(self) -> tuple[Any, ...]:
        """Return the monomial without the number."""
        return self.powers, self.den


class Exponents:
    """exp, log and roots over one ring."""

    def __init__(self, quotients: Quotients, signs: Signs) -> None:
        self.quotients = quotients
        self.ring = quotients.ring
        self.signs = signs
        self.scales: dict[tuple[Any, ...], int] = {}

    def scaled(self, key: tuple[Any, ...], coefficient: Fraction) -> int:
        """Return how often a generator stands in a multiple of what it stands for.

        Raises:
            Rescale: if the generator was too coarse; it is finer from now on.
        """
        scale = self.scales.get(key, 1)
        times = coefficient * scale
        if times.denominator != 1:
            self.scales[key] = scale = lcm(scale, coefficient.denominator)
            if scale > _LARGEST_SCALE:
                raise GiveUp
            raise Rescale
        if abs(times.numerator) > LARGEST_POWER:
            raise GiveUp
        return times.numerator

    def parts(self, value: Quotient) -> list[Part]:
        """Return an exponent as a sum of parts; a proper fraction is split from its polynomial."""
        whole, rest = value.num, self.ring.null
        if value.den:
            whole, rest = self.ring.split(value.num, self.quotients.denominator(value.den))
        parts = [Part(fraction(c), powers, ()) for powers, c in whole.terms()]
        parts += [self._part(fraction(c), powers, value.den) for powers, c in rest.terms()]
        if len(parts) > _MOST_PARTS:
            raise GiveUp
        return parts

    def _part(self, coefficient: Fraction, powers: tuple[int, ...], den: Powers) -> Part:
        """Return a part with variables that stand above and below cancelled."""
        above, below = list(powers), dict(den)
        for factor, power in den:
            poly = self.ring.factors[factor].poly
            if self.ring.single(poly) is not None:
                place = poly.degrees().index(1)
                common = min(above[place], power)
                above[place] -= common
                below[factor] -= common
        return Part(coefficient, tuple(above), tuple(sorted((f, n) for f, n in below.items() if n)))

    # ---- exp ----

    def exp(self, value: Quotient) -> Quotient | None:
        """Return e to a quotient: one generator per part, |p|^c for c*log|p|."""
        result = Quotient(self.ring.one)
        for part in self.parts(value):
            result = self.quotients.mul(result, self._exp_part(part))
        return result

    def _exp_part(self, part: Part) -> Quotient:
        if sum(part.powers) == 1 and not part.den:
            generator = self.ring.generators[part.powers.index(1)]
            if generator.key[0] == "log":
                return self.absolute_power(generator.key[1], part.coefficient)
        times = self.scaled(("exp", part.key), part.coefficient)
        place = self.ring.generator(("exp", part.key), positive=True)
        return self._variable_power(place, times)

    def _variable_power(self, place: int, times: int) -> Quotient:
        variable = self.ring.variables[place]
        if times >= 0:
            return Quotient(self.ring.power(variable, times))
        return Quotient(self.ring.one, ((self.ring.factor(variable), -times),))

    # ---- log ----

    def log(self, value: Quotient) -> Quotient | None:
        """Return the logarithm: a sum over factors; None where the value is never positive."""
        if not len(value.num):
            return None
        constant, factors = self.ring.factored(value.num)
        every = (*factors, *((factor, -power) for factor, power in value.den))
        if self.signs.known(1 if constant > 0 else -1, every) == -1:
            return None
        return self._log_product(constant, every)

    def log_absolute(self, value: Quotient) -> Quotient:
        """Return the logarithm of the absolute value of what is not 0."""
        constant, factors = self.ring.factored(value.num)
        every = (*factors, *((factor, -power) for factor, power in value.den))
        return self._log_product(constant, every)

    def _log_product(self, constant: Any, every: Iterable[tuple[int, int]]) -> Quotient:
        total = self._log_number(abs(fraction(constant)))
        for factor, power in every:
            total = self.quotients.add(total, self._times(self.log_factor(factor), power))
        return total

    def log_factor(self, factor: int) -> Quotient:
        """Return log|p|: the exponent where p is an exponential, else a generator."""
        single = self.ring.single(self.ring.factors[factor].poly)
        if single is not None and single.key[0] == "exp":
            powers, den = single.key[1]
            monomial = self.ring.context.from_dict({powers: 1})
            return self._times(Quotient(monomial, den), Fraction(1, self.scales.get(single.key, 1)))
        if single is not None and single.key[0] == "parity":
            return Quotient(self.ring.null)
        if single is not None and single.key[0] == "root":
            return self._times(self.log_factor(single.key[1]), Fraction(1, single.key[3]))
        place = self.ring.generator(("log", factor), positive=False)
        return Quotient(self.ring.variables[place])

    def _log_number(self, value: Fraction) -> Quotient:
        total = Quotient(self.ring.null)
        for prime, power in primes(value):
            factor = self.ring.factor(self.ring.constant(Fraction(prime)))
            total = self.quotients.add(total, self._times(self.log_factor(factor), power))
        return total

    def _times(self, value: Quotient, number: Fraction | int) -> Quotient:
        return self.quotients.mul(value, Quotient(self.ring.constant(Fraction(number))))

    # ---- roots ----

    def root(self, value: Quotient, exponent: Fraction) -> Quotient | None:
        """Return a fractional power; None where the value is negative, or 0 below a bar."""
        if exponent.denominator == 1:
            return self.quotients.power(value, exponent.numerator)
        sign = self.signs.of(value)
        if sign <= 0:
            return value if sign == 0 and exponent > 0 else None
        if exponent.denominator % 2 == 0:
            parts = denested(self.ring, value)
            if parts is not None:
                roots = [self._of_number(part, Fraction(1, 2)) for part in parts[:2]]
                second = self._times(roots[1], parts[2])
                return self.root(self.quotients.add(roots[0], second), 2 * exponent)
        constant, factors = self.ring.factored(value.num)
        result = Quotient(self.ring.one)
        for prime, power in primes(abs(fraction(constant))):
            factor = self.ring.factor(self.ring.constant(Fraction(prime)))
            result = self.quotients.mul(result, self.absolute_power(factor, power * exponent))
        for factor, power in (*factors, *((f, -n) for f, n in value.den)):
            result = self.quotients.mul(result, self.absolute_power(factor, power * exponent))
        return result

    def _of_number(self, value: Fraction, exponent: Fraction) -> Quotient:
        root = self.root(Quotient(self.ring.constant(value)), exponent)
        assert root is not None
        return root

    def absolute_power(self, factor: int, exponent: Fraction) -> Quotient:
        """Return |p|^c: a power where c is whole, else a power of a root of |p|."""
        poly = self.ring.factors[factor].poly
        single = self.ring.single(poly)
        if single is not None and single.key[0] == "exp":
            scale = self.scales.get(single.key, 1)
            times = self.scaled(single.key, exponent / scale)
            return self._variable_power(poly.degrees().index(1), times)
        if exponent.denominator == 1 and exponent % 2 == 0:
            sign = 1
        else:
            sign = self.signs.of_factor(factor)
        positive = Quotient(self.ring.times(poly, self.ring.constant(Fraction(sign))))
        if exponent.denominator == 1:
            return self._raised(factor, sign, exponent.numerator)
        times = self.scaled(("root", factor), exponent)
        degree = self.scales[("root", factor)]
        key = ("root", factor, sign, degree)
        place = self.ring.generator(key, positive=True, relation=(degree, positive.num))
        result = Quotient(self.ring.power(self.ring.variables[place], abs(times)))
        if times < 0:
            inverse = self.quotients.inverse(result)
            assert inverse is not None
            return inverse
        return result

    def _raised(self, factor: int, sign: int, exponent: int) -> Quotient:
        number = Fraction(sign if exponent % 2 else 1)
        if exponent >= 0:
            num = self.ring.power(self.ring.factors[factor].poly, exponent)
            return Quotient(self.ring.times(num, self.ring.constant(number)))
        if self.ring.factors[factor].poly.is_constant():
            base = fraction(self.ring.factors[factor].poly.leading_coefficient())
            if base.numerator.bit_length() * -exponent > MOST_BITS:
                raise GiveUp
            return Quotient(self.ring.constant(base**exponent))
        return Quotient(self.ring.constant(number), ((factor, -exponent),))


def primes(value: Fraction) -> list[tuple[int, int]]:
    """Return the prime powers of a positive number; what trial division leaves counts as prime.

    >>> primes(Fraction(12, 5))
    [(2, 2), (3, 1), (5, -1)]
    """
    found: list[tuple[int, int]] = []
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        rest = number
        for trial in range(2, _TRIAL):
            if rest == 1:
                break
            power = 0
            while rest % trial == 0:
                rest, power = rest // trial, power + 1
            if power:
                found.append((trial, sign * power))
        if rest > 1:
            found.append((rest, sign))
    return sorted(found)


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
