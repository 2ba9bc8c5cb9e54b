"""Normal forms of sine and cosine, by the angle addition formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.exercises.algebra.fractions import Quotient, Quotients
from graphgrad.exercises.algebra.polynomials import GiveUp
from graphgrad.exercises.algebra.roots_and_logs import Exponents, Part

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

    def sin_cos(self, angle: Quotient) -> Pair | None:
        """Return sine and cosine of a sum, a pair of generators per monomial; None if undefined."""
        result = self._number(0), self._number(1)
        for part in self.exponents.parts(angle):
            pair = self._part(part)
            if pair is None:
                return None
            result = self._added(result, pair)
        return result

    def _part(self, part: Part) -> Pair | None:
        if sum(part.powers) == 1 and not part.den:
            generator = self.ring.generators[part.powers.index(1)]
            turn = part.coefficient * 120
            if generator.key == ("pi",) and turn.denominator == 1:
                return self._of_pi(turn.numerator % 240)
            if generator.key[0] in ("asin", "atan") and part.coefficient.denominator == 1:
                arc = self._of_arc(generator.key)
                return None if arc is None else self._turned(arc, part.coefficient.numerator)
        times = self.exponents.scaled(("angle", part.key), part.coefficient)
        cos = self.ring.generator(("cos", part.key), positive=False)
        square = self.ring.one - self.ring.variables[cos] ** 2
        sin = self.ring.generator(("sin", part.key), positive=False, relation=(2, square))
        pair = Quotient(self.ring.variables[sin]), Quotient(self.ring.variables[cos])
        return self._turned(pair, times)

    def _of_arc(self, key: tuple[Any, ...]) -> Pair | None:
        """Return sine and cosine of asin(x) or atan(x)."""
        terms = {powers: self.ring.read(c) for powers, c in key[1]}
        x = Quotient(self.ring.context.from_dict(terms), key[2])
        square = self.quotients.mul(x, x)
        if key[0] == "asin":
            square = self.quotients.mul(square, self._number(-1))
        root = self.exponents.root(self.quotients.add(self._number(1), square), Fraction(1, 2))
        if root is None:
            return None
        if key[0] == "asin":
            return x, root
        cosine = self.quotients.inverse(root)
        assert cosine is not None
        return self.quotients.mul(x, cosine), cosine

    def _of_pi(self, turn: int) -> Pair:
        """Return sine and cosine of a multiple of pi/120, as one of pi/24 and one of pi/10."""
        tenths = 3 * turn % 5  # 12 times 3 is 1 among the remainders by 5
        rest = (turn - 12 * tenths) // 5
        result = self._number(0), self._number(1)
        if tenths:
            result = self._turned(self._tenth(), tenths)
        if rest % 2:
            result, rest = self._added(result, self._eighth()), rest - 3
        return self._added(result, self._turned(self._twelfth(), rest // 2 % 24))

    def _tenth(self) -> Pair:
        """Return sine and cosine of pi/10: (sqrt 5 - 1)/4 and sqrt(10 + 2 sqrt 5)/4."""
        five, quarter = self._root(5), self._number(Fraction(1, 4))
        below = self.quotients.add(self._number(10), self.quotients.mul(five, self._number(2)))
        sine = self.quotients.add(five, self._number(-1))
        cosine = self._root_of(below)
        return self.quotients.mul(sine, quarter), self.quotients.mul(cosine, quarter)

    def _eighth(self) -> Pair:
        """Return sine and cosine of pi/8: sqrt(2 + sqrt 2)/2, and tangent sqrt 2 - 1."""
        two = self._root(2)
        half = self._number(Fraction(1, 2))
        cosine = self.quotients.mul(self._root_of(self.quotients.add(self._number(2), two)), half)
        tangent = self.quotients.add(two, self._number(-1))
        return self.quotients.mul(cosine, tangent), cosine

    def _root_of(self, value: Quotient) -> Quotient:
        root = self.exponents.root(value, Fraction(1, 2))
        assert root is not None
        return root

    def _twelfth(self) -> Pair:
        """Return sine and cosine of pi/12: (sqrt 6 -+ sqrt 2)/4."""
        two = self._root(2)
        six = self.quotients.mul(two, self._root(3))
        quarter = self._number(Fraction(1, 4))
        less = self.quotients.add(six, self.quotients.mul(two, self._number(-1)))
        more = self.quotients.add(six, two)
        return self.quotients.mul(less, quarter), self.quotients.mul(more, quarter)

    def _root(self, number: int) -> Quotient:
        return self._root_of(self._number(number))

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
