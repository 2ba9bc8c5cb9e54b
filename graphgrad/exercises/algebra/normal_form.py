"""Bring terms to a normal form: quotients of polynomials in independent generators.

Exponentials of sums become products of one generator per monomial, logarithms of products sums of
one generator per irreducible factor, roots and angles likewise; so equal expressions of the usual
functions meet in the same quotient. Every rewriting is an identity wherever both sides exist, so
equal normal forms prove equality even where generators are secretly dependent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.exercises.algebra.angles import Angles
from graphgrad.exercises.algebra.fractions import Quotient, Quotients, Signs
from graphgrad.exercises.algebra.polynomials import GiveUp, Ring, fraction
from graphgrad.exercises.algebra.roots_and_logs import Exponents
from graphgrad.exercises.algebra.terms import Pool

__all__ = ["Normalizer"]

Value = Quotient | None
"""A normal form, or None for what is not defined."""

Whole = Mapping[int, frozenset[str]]
"""Variables by the term of a base: where that is negative they are whole numbers."""

_ODD = frozenset({"erf", "asin", "atan"})
_TURNS = {
    ("asin", Fraction(1)): Fraction(1, 2),
    ("asin", Fraction(1, 2)): Fraction(1, 6),
    ("atan", Fraction(1)): Fraction(1, 4),
}
"""Arcs of plain numbers, in units of pi."""


class Normalizer:
    """Compute normal forms of terms, for one choice of signs at a time.

    Args:
        pool: where the terms are.
        positive: names of variables that are never negative.
        whole: per base of a power with a variable exponent, the variables that are whole numbers
            where that base is negative; None where no base is taken to be negative.
    """

    def __init__(
        self, pool: Pool, positive: Iterable[str] = (), whole: Whole | None = None
    ) -> None:
        self.pool = pool
        self.whole = whole
        self.positive = frozenset(positive)
        self.ring = Ring()
        self.quotients = Quotients(self.ring)
        self.signs = Signs(self.ring)
        self.exponents = Exponents(self.quotients, self.signs)
        self.angles = Angles(self.quotients, self.exponents)
        self._known: dict[int, list[tuple[frozenset[tuple[int, int]], Value]]] = {}
        self._used: dict[int, frozenset[tuple[int, int]]] = {}

    def forget(self) -> None:
        """Drop every value, after a generator was given a finer meaning."""
        self._known.clear()

    def difference(self, a: int, b: int) -> Value:
        """Return a - b, None where one of them is not defined.

        Raises:
            NeedSign: if the sign of a factor must be chosen first.
            Rescale: if an exponent asked for a finer generator; forget and start again.
            GiveUp: if it would cost too much.
        """
        left, right = self.values((a, b))
        if left is None or right is None:
            return None
        minus = self.quotients.mul(right, self.number(Fraction(-1)))
        return self.quotients.add(left, minus)

    def values(self, roots: Iterable[int]) -> list[Value]:
        """Return the normal forms of terms under the signs chosen."""
        roots = tuple(roots)
        values: dict[int, Value] = {}
        chosen = set(self.signs.chosen.items())
        for term in self.pool.reach(roots):
            for used, value in self._known.get(term, ()):
                if used <= chosen:
                    values[term], self._used[term] = value, used
                    break
            else:
                values[term] = self._fresh(term, values)
        return [values[root] for root in roots]

    def _fresh(self, term: int, values: Mapping[int, Value]) -> Value:
        args = self.pool.args[term]
        self.signs.used = set().union(*(self._used[arg] for arg in args))
        value = self._computed(term, [values[arg] for arg in args])
        self._used[term] = used = frozenset(self.signs.used)
        self._known.setdefault(term, []).append((used, value))
        return value

    def _computed(self, term: int, args: list[Value]) -> Value:
        op, held = self.pool.ops[term], self.pool.held[term]
        if op == "where":
            return self._where(*args)
        known = [arg for arg in args if arg is not None]
        if len(known) < len(args):
            return None
        if op == "number":
            return self.number(held)
        if op == "name":
            return self._variable(("name", held), positive=held in self.positive)
        if op == "pi":
            return self._variable(("pi",), positive=True)
        if op == "add":
            return self._fold(known, self.quotients.add)
        if op == "mul":
            return self._fold(known, self.quotients.mul)
        if op == "power":
            return self._power(known[0], held)
        if op == "root":
            return self.exponents.root(known[0], held)
        if op == "pow":
            return self._raised(self.pool.args[term][0], known[0], known[1])
        return self._function(op, known[0])

    def _fold(
        self, args: list[Quotient], combine: Callable[[Quotient, Quotient], Quotient]
    ) -> Quotient:
        total = args[0]
        for arg in args[1:]:
            total = combine(total, arg)
        return total

    def number(self, value: Fraction) -> Quotient:
        """Return a number."""
        return Quotient(self.ring.constant(value))

    def _variable(self, key: tuple[Any, ...], *, positive: bool) -> Quotient:
        return Quotient(self.ring.variables[self.ring.generator(key, positive=positive)])

    def _power(self, base: Quotient, exponent: int) -> Value:
        """Return an integer power; one too long to be multiplied out is a generator per factor."""
        if self.ring.may_raise(base.num, abs(exponent)) or not len(base.num):
            return self.quotients.power(base, exponent)
        constant, factors = self.ring.factored(base.num)
        number = Quotient(self.ring.power(self.ring.context.constant(constant), abs(exponent)))
        result = number if exponent > 0 else self.quotients.inverse(number)
        assert result is not None
        for factor, power in (*factors, *((f, -n) for f, n in base.den)):
            key = ("power", factor, abs(power * exponent))
            even = power * exponent % 2 == 0
            place = self._variable(key, positive=even or self.ring.factors[factor].positive)
            raised = place if power * exponent > 0 else self.quotients.inverse(place)
            assert raised is not None
            result = self.quotients.mul(result, raised)
        return result

    def _raised(self, term: int, base: Quotient, exponent: Quotient) -> Value:
        """Return a power with any exponent; a base below 0 has a value for whole ones only."""
        if self.whole is None or not len(base.num):
            logarithm = self.exponents.log(base)
            if logarithm is None:
                return None
            return self.exponents.exp(self.quotients.mul(exponent, logarithm))
        sign = self.signs.of(base)
        logarithm = self.exponents.log_absolute(base)
        size = self.exponents.exp(self.quotients.mul(exponent, logarithm))
        if sign > 0 or size is None:
            return size
        return self.quotients.mul(size, self._parity(exponent, self.whole.get(term, frozenset())))

    def _parity(self, exponent: Quotient, whole: frozenset[str]) -> Quotient:
        """Return -1 to a whole power; the parities of its summands, where those are whole too."""
        terms = [(powers, fraction(c)) for powers, c in exponent.num.terms()]
        keys = [("name", name) for name in whole]
        apart = not exponent.den and all(
            number.denominator == 1
            and all(self.ring.generators[k].key in keys for k, power in enumerate(powers) if power)
            for powers, number in terms
        )
        if not apart:
            return self._sign_of((self.ring.key(exponent.num), exponent.den))
        result = self.number(Fraction(1))
        for powers, number in terms:
            if number % 2:
                part = self._sign_of((powers, ())) if any(powers) else self.number(Fraction(-1))
                result = self.quotients.mul(result, part)
        return result

    def _sign_of(self, exponent: tuple[Any, ...]) -> Quotient:
        """Return what is 1 or -1, by whether an exponent is even."""
        relation = (2, self.ring.one)
        place = self.ring.generator(("parity", exponent), positive=False, relation=relation)
        return Quotient(self.ring.variables[place])

    def _where(self, condition: Value, a: Value, b: Value) -> Value:
        if condition is None:
            return None
        return a if len(condition.num) else b

    def _function(self, op: str, x: Quotient) -> Value:
        if op == "exp":
            return self.exponents.exp(x)
        if op == "log":
            return self.exponents.log(x)
        if op in ("sin", "cos"):
            pair = self.angles.sin_cos(x)
            return None if pair is None else pair[op == "cos"]
        if op == "abs":
            return self.quotients.mul(x, self.number(Fraction(self.signs.of(x))))
        if op == "positive":
            return self.number(Fraction(int(self.signs.of(x) > 0)))
        if op == "zero":
            return self.number(Fraction(int(not len(x.num))))
        if op not in _ODD:
            raise GiveUp
        return self._opaque(op, x)

    def _opaque(self, op: str, x: Quotient) -> Quotient:
        """Return a function of which only f(-x) = -f(x) is used."""
        if not len(x.num):
            return x
        sign = 1 if x.num.leading_coefficient() > 0 else -1
        if x.num.is_constant() and not x.den:
            turn = _TURNS.get((op, fraction(x.num.leading_coefficient() * sign)))
            if turn is not None:
                pi = self._variable(("pi",), positive=True)
                return self.quotients.mul(pi, self.number(turn * sign))
        key = (op, self.ring.key(x.num * sign), x.den)
        value = self._variable(key, positive=False)
        return self.quotients.mul(value, self.number(Fraction(sign)))
