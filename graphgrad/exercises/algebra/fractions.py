"""Compute with fractions of polynomials: denominators stay factored, signs of factors are chosen.

The signs of irreducible factors are what relu, abs and roots depend on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graphgrad.exercises.algebra.polynomials import MOST_DEGREE, GiveUp, Poly, Ring

__all__ = ["NeedSign", "Quotient", "Quotients", "Signs"]


Powers = tuple[tuple[int, int], ...]


class Quotient(NamedTuple):
    """A polynomial over a product of factor powers (index, exponent), reduced as far as tried."""

    num: Poly
    den: Powers = ()


class Quotients:
    """Arithmetic of quotients in one ring; all sizes are bounded by the ring."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring

    def denominator(self, den: Powers) -> Poly:
        """Return a denominator multiplied out."""
        product = self.ring.one
        for factor, power in den:
            poly = self.ring.power(self.ring.factors[factor].poly, power)
            product = self.ring.times(product, poly)
        return product

    def add(self, a: Quotient, b: Quotient) -> Quotient:
        """Return a sum, over the least common denominator."""
        ring = self.ring
        if a.den == b.den:
            return self.cancelled(ring.plus(a.num, b.num), dict(a.den), dict(a.den))
        left, right = dict(a.den), dict(b.den)
        whole = {f: max(left.get(f, 0), right.get(f, 0)) for f in sorted(left | right)}
        total = ring.plus(self._raised(a.num, left, whole), self._raised(b.num, right, whole))
        shared = {f: n for f, n in whole.items() if left.get(f) == right.get(f)}
        return self.cancelled(total, whole, shared)

    def _raised(self, num: Poly, have: dict[int, int], want: dict[int, int]) -> Poly:
        missing = tuple((f, n - have.get(f, 0)) for f, n in want.items() if n > have.get(f, 0))
        return self.ring.times(num, self.denominator(missing)) if missing else num

    def mul(self, a: Quotient, b: Quotient) -> Quotient:
        """Return a product; each numerator is reduced against the other's denominator."""
        left = self.cancelled(a.num, dict(b.den), dict(b.den))
        right = self.cancelled(b.num, dict(a.den), dict(a.den))
        den = dict(left.den)
        for factor, power in right.den:
            den[factor] = den.get(factor, 0) + power
        num = self.ring.times(left.num, right.num)
        if not len(num):
            den = {}
        result = Quotient(num, tuple(sorted(den.items())))
        return self.cancelled(num, den, den) if self.ring.relations else result

    def cancelled(self, num: Poly, den: dict[int, int], tried: dict[int, int]) -> Quotient:
        """Return num/den with the tried factors divided out as often as they go."""
        if not len(num):
            return Quotient(num)
        den = dict(den)
        for factor in tried:
            poly = self.ring.factors[factor].poly
            while den.get(factor, 0):
                divided = self.ring.divided(num, poly)
                if divided is None:
                    break
                num = divided
                den[factor] -= 1
        return Quotient(num, tuple(sorted((f, n) for f, n in den.items() if n)))

    def power(self, a: Quotient, exponent: int) -> Quotient | None:
        """Return an integer power; None for 0 to a negative power."""
        if exponent < 0:
            inverse = self.inverse(a)
            return None if inverse is None else self.power(inverse, -exponent)
        den = tuple((factor, power * exponent) for factor, power in a.den)
        if any(power > MOST_DEGREE for _, power in den):
            raise GiveUp
        return Quotient(self.ring.power(a.num, exponent), den)

    def inverse(self, a: Quotient) -> Quotient | None:
        """Return 1/a, or None if a is 0."""
        if not len(a.num):
            return None
        ring = self.ring
        constant, factors = ring.factored(a.num)
        num = ring.times(self.denominator(a.den), ring.context.constant(1 / constant))
        return self.rational(Quotient(num, tuple(factors)))

    def rational(self, a: Quotient) -> Quotient:
        """Return a quotient without bare roots below: 1/r becomes r^(q-1)/p."""
        ring = self.ring
        for relation in ring.relations:
            variable = ring.variables[relation.generator]
            for factor, power in a.den:
                poly = ring.factors[factor].poly
                kind = ring.generators[relation.generator].key[0]
                if poly == variable and kind in ("root", "parity"):
                    lift = -(-power // relation.degree) * relation.degree - power
                    num = ring.times(a.num, ring.power(variable, lift))
                    constant, parts = ring.factored(relation.equals)
                    times = (power + lift) // relation.degree
                    below = {f: n for f, n in a.den if f != factor}
                    for part, n in parts:
                        below[part] = below.get(part, 0) + n * times
                    num = ring.times(num, ring.context.constant(1 / constant**times))
                    return self.rational(self.cancelled(num, below, below))
        return a


class NeedSign(Exception):  # noqa: N818 -- a question, not an error
    """Ask for the sign of a factor, by its index."""

    def __init__(self, factor: int) -> None:
        super().__init__(factor)
        self.factor = factor


class Signs:
    """Signs of factors in the case at hand.

    Attributes:
        chosen: the sign (1 or -1) of each factor chosen so far.
        used: the choices the value being computed has depended on.
    """

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.chosen: dict[int, int] = {}
        self.used: set[tuple[int, int]] = set()

    def of_factor(self, factor: int) -> int:
        """Return the sign of a factor where it is not 0.

        Raises:
            NeedSign: if it has not been chosen.
        """
        if self.ring.factors[factor].positive:
            return 1
        sign = self.chosen.get(factor)
        if sign is None:
            raise NeedSign(factor)
        self.used.add((factor, sign))
        return sign

    def known(self, constant: int, factors: Iterable[tuple[int, int]]) -> int | None:
        """Return the sign of a product of factor powers as far as it has been chosen."""
        sign = constant
        for factor, power in factors:
            if power % 2 and not self.ring.factors[factor].positive:
                chosen = self.chosen.get(factor)
                if chosen is None:
                    return None
                self.used.add((factor, chosen))
                sign *= chosen
        return sign

    def of(self, value: Quotient) -> int:
        """Return the sign of a quotient: 0 only if it is 0 everywhere."""
        if not len(value.num):
            return 0
        constant, factors = self.ring.factored(value.num)
        sign = 1 if constant > 0 else -1
        for factor, power in (*factors, *value.den):
            if power % 2:
                sign *= self.of_factor(factor)
        return sign
