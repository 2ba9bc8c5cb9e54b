"""Normal forms of sine and cosine, by the angle addition formulas."""

from __future__ import annotations

from fractions import Fraction

from graphgrad.exercises.exponents import Exponents, Part
from graphgrad.exercises.quotients import Quotient, Quotients
from graphgrad.exercises.ring import GiveUp

__all__ = ["Angles"]

_MOST_TURNS = 24

Pair = tuple[Quotient, Quotient]
"""Sine and cosine of one angle."""


class Angles:
    """Sines and cosines over one ring."""

    def __init__(self, quotients: Quotients, exponents: Exponents) -> None:
        self.quotients = quotients
        self.ring = quotients.ring
        self.exponents = exponents

    def sin_cos(self, angle: Quotient) -> Pair:
        """Return sine and cosine of a sum: one pair of generators per monomial."""
        result = self._number(0), self._number(1)
        for part in self.exponents.parts(angle):
            result = self._added(result, self._part(part))
        return result

    def _part(self, part: Part) -> Pair:
        if sum(part.powers) == 1 and not part.den:
            generator = self.ring.generators[part.powers.index(1)]
            twelfths = part.coefficient * 12
            if generator.key == ("pi",) and twelfths.denominator == 1:
                return self._turned(self._twelfth(), twelfths.numerator % 24)
        times = self.exponents.scaled(("angle", part.key), part.coefficient)
        cos = self.ring.generator(("cos", part.key), positive=False)
        square = self.ring.one - self.ring.variables[cos] ** 2
        sin = self.ring.generator(("sin", part.key), positive=False, relation=(2, square))
        pair = Quotient(self.ring.variables[sin]), Quotient(self.ring.variables[cos])
        return self._turned(pair, times)

    def _twelfth(self) -> Pair:
        """Return sine and cosine of pi/12: (sqrt 6 -+ sqrt 2)/4."""
        two = self._root(2)
        six = self.quotients.mul(two, self._root(3))
        quarter = self._number(Fraction(1, 4))
        less = self.quotients.add(six, self.quotients.mul(two, self._number(-1)))
        more = self.quotients.add(six, two)
        return self.quotients.mul(less, quarter), self.quotients.mul(more, quarter)

    def _root(self, number: int) -> Quotient:
        root = self.exponents.root(self._number(number), Fraction(1, 2))
        assert root is not None
        return root

    def _turned(self, pair: Pair, times: int) -> Pair:
        """Return sine and cosine of a multiple of an angle."""
        if abs(times) > _MOST_TURNS:
            raise GiveUp
        result = self._number(0), self._number(1)
        for _ in range(abs(times)):
            result = self._added(result, pair)
        if times < 0:
            result = self.quotients.mul(result[0], self._number(-1)), result[1]
        return result

    def _added(self, a: Pair, b: Pair) -> Pair:
        mul, add = self.quotients.mul, self.quotients.add
        sin = add(mul(a[0], b[1]), mul(a[1], b[0]))
        cos = add(mul(a[1], b[1]), mul(mul(a[0], b[0]), self._number(-1)))
        return sin, cos

    def _number(self, value: Fraction | int) -> Quotient:
        return Quotient(self.ring.constant(Fraction(value)))
