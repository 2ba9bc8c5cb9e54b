"""Hold polynomials over generators: variables, exponentials, logarithms, roots and angles.

Every size is bounded before an operation: one call into FLINT cannot be interrupted. What normal
forms are made of stands here too: generators, relations between them, irreducible factors.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any, NamedTuple

try:
    import flint
    from flint.utils.flint_exceptions import DomainError
except ImportError:  # a browser's Python has none
    from graphgrad.exercises.algebra.stand_in import (  # type: ignore[assignment, no-redef]
        DomainError,
        flint,
    )

__all__ = ["MOST_WORK", "Factor", "Generator", "GiveUp", "Poly", "Relation", "Ring", "fraction"]


MOST_GENERATORS = 24
MOST_PRODUCTS = 40_000
MOST_TERMS = 6_000
MOST_POWER_TERMS = 20_000
MOST_DEGREE = 400
LARGEST_POWER = 64
MOST_WORK = 4_000_000
MOST_BITS = 20_000
_FACTORED_TERMS = 80
_FACTORED_DEGREE = 60


class Ring:
    """Polynomials with rational coefficients, their generators and their factors."""

    def __init__(self) -> None:
        names = [f"g{index}" for index in range(MOST_GENERATORS)]
        self.context = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.degrevlex)
        self.variables = self.context.gens()
        self.one = self.context.constant(1)
        self.null = self.context.constant(0)
        self.generators: list[Generator] = []
        self.relations: list[Relation] = []
        self.factors: list[Factor] = []
        self._generator_index: dict[tuple[Any, ...], int] = {}
        self._factor_index: dict[tuple[Any, ...], int] = {}
        self.work = 0

    def constant(self, value: Fraction) -> Poly:
        """Return a number as a polynomial."""
        return self.context.constant(flint.fmpq(value.numerator, value.denominator))

    @staticmethod
    def key(poly: Poly) -> tuple[Any, ...]:
        """Return what tells a polynomial from others; FLINT's own objects have no hash."""
        return tuple((powers, str(coefficient)) for powers, coefficient in poly.terms())

    @staticmethod
    def read(coefficient: str) -> Any:
        """Return a coefficient of a key as a number."""
        value = Fraction(coefficient)
        return flint.fmpq(value.numerator, value.denominator)

    def spend(self, amount: int) -> None:
        """Count work; the count, not the clock, ends the search, so results repeat exactly.

        Raises:
            GiveUp: when the budget is used up.
        """
        self.work += amount
        if self.work > MOST_WORK:
            raise GiveUp

    def generator(self, key: tuple[Any, ...], *, positive: bool, relation: Any = None) -> int:
        """Return the index of a generator; ``relation`` builds what its power equals."""
        found = self._generator_index.get(key)
        if found is None:
            found = len(self.generators)
            if found == MOST_GENERATORS:
                raise GiveUp
            self._generator_index[key] = found
            self.generators.append(Generator(key, positive))
            if relation is not None:
                degree, equals = relation
                self.relations.append(Relation(found, degree, equals))
        return found

    # ---- arithmetic within bounds ----

    def times(self, a: Poly, b: Poly) -> Poly:
        """Return a product."""
        size = len(a) * len(b)
        if size > MOST_PRODUCTS or a.total_degree() + b.total_degree() > MOST_DEGREE:
            raise GiveUp
        self.spend(size + 4)
        return self._checked(self.reduced(a * b) if self.relations else a * b)

    def plus(self, a: Poly, b: Poly) -> Poly:
        """Return a sum."""
        self.spend(len(a) + len(b))
        return self._checked(a + b)

    def may_raise(self, a: Poly, exponent: int) -> bool:
        """Tell whether a power is short enough to be multiplied out."""
        length = len(a)
        if length == 0 or a.total_degree() * exponent > MOST_DEGREE:
            return length == 0
        if length == 1:
            return True
        terms = comb(exponent + length - 1, length - 1) if exponent <= LARGEST_POWER else 0
        return 0 < terms <= MOST_POWER_TERMS

    def power(self, a: Poly, exponent: int) -> Poly:
        """Return a power >= 0."""
        length = len(a)
        if length and _bits(a.leading_coefficient()) * exponent > MOST_BITS + 2 * exponent:
            raise GiveUp
        if length and not self.may_raise(a, exponent):
            raise GiveUp
        if length > 1:
            self.spend(comb(exponent + length - 1, length - 1) * length)
        return self._checked(self.reduced(a**exponent) if self.relations else a**exponent)

    def _checked(self, a: Poly) -> Poly:
        if len(a) > MOST_TERMS:
            raise GiveUp
        if len(a) and _bits(a.leading_coefficient()) > MOST_BITS:
            raise GiveUp
        return a

    def reduced(self, a: Poly) -> Poly:
        """Return a polynomial with the relations applied."""
        for _ in range(64):
            degrees = a.degrees() if len(a) else ()
            for relation in self.relations:
                if degrees and degrees[relation.generator] >= relation.degree:
                    a = self._rewritten(a, relation)
                    break
            else:
                return a
        raise GiveUp

    def _rewritten(self, a: Poly, relation: Relation) -> Poly:
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        place = relation.generator
        for powers, coefficient in a.terms():
            times, rest = divmod(powers[place], relation.degree)
            kept = (*powers[:place], rest, *powers[place + 1 :])
            parts.setdefault(times, {})[kept] = coefficient
        total = self.null
        for times, terms in parts.items():
            part = self.context.from_dict(terms)
            size = len(part) * len(relation.equals) ** times
            if size > MOST_PRODUCTS:
                raise GiveUp
            self.spend(size + 8)
            total = total + part * relation.equals**times
        return total

    def divided(self, a: Poly, b: Poly) -> Poly | None:
        """Return a/b where b divides a, else None."""
        if len(a) == 0:
            return a
        if any(n < k for n, k in zip(a.degrees(), b.degrees(), strict=True)):
            return None
        if len(a) * len(b) > MOST_PRODUCTS:
            return None
        self.spend(len(a) * len(b) + 4)
        try:
            return a / b
        except DomainError:
            return None

    def split(self, a: Poly, b: Poly) -> tuple[Poly, Poly]:
        """Return quotient and remainder."""
        if len(a) * len(b) * (1 + a.total_degree()) > MOST_PRODUCTS:
            raise GiveUp
        self.spend(len(a) * len(b) * 8)
        quotient, rest = divmod(a, b)
        return quotient, rest

    # ---- factors ----

    def factored(self, a: Poly) -> tuple[Any, list[tuple[int, int]]]:
        """Return a constant, and factors by index with their powers; a is not 0."""
        if a.is_constant():
            return a.leading_coefficient(), []
        if self._is_small(a):
            self.spend(200 + 20 * len(a) * len(a))
            constant, parts = a.factor()
        else:
            constant, parts = self._without_monomial(a)
        factors = []
        for part, power in parts:
            sign = -1 if part.leading_coefficient() < 0 else 1
            constant = constant * sign**power
            factors.append((self.factor(part * sign), int(power)))
        return constant, sorted(factors)

    def _is_small(self, a: Poly) -> bool:
        """Tell whether factoring is quick: it is not for long polynomials in many variables."""
        variables = sum(degree > 0 for degree in a.degrees())
        weight = 1 + max(0, variables - 3)
        long = len(a) * weight > _FACTORED_TERMS
        return not long and a.total_degree() * weight <= _FACTORED_DEGREE

    def _without_monomial(self, a: Poly) -> tuple[Any, list[tuple[Poly, int]]]:
        """Return the variables that divide every term, and the rest as one factor."""
        self.spend(len(a))
        content = a.term_content()
        rest = a / content
        constant = rest.leading_coefficient() * content.leading_coefficient()
        parts = [
            (self.variables[place], power) for place, power in enumerate(content.degrees()) if power
        ]
        return constant, [*parts, (rest / rest.leading_coefficient(), 1)]

    def factor(self, poly: Poly) -> int:
        """Return the index of an irreducible polynomial, or of a prime number."""
        key = self.key(poly)
        found = self._factor_index.get(key)
        if found is None:
            found = self._factor_index[key] = len(self.factors)
            self.factors.append(Factor(poly, self._never_negative(poly)))
        return found

    def _never_negative(self, poly: Poly) -> bool:
        free = [i for i, generator in enumerate(self.generators) if not generator.positive]
        return all(
            coefficient > 0 and all(powers[i] % 2 == 0 for i in free)
            for powers, coefficient in poly.terms()
        )

    def single(self, poly: Poly) -> Generator | None:
        """Return the generator a polynomial is, or None."""
        if len(poly) != 1 or poly.total_degree() != 1 or poly.leading_coefficient() != 1:
            return None
        place: int = poly.degrees().index(1)
        return self.generators[place]


def _bits(value: Any) -> int:
    number = fraction(value)
    return number.numerator.bit_length() + number.denominator.bit_length()


def fraction(value: Any) -> Fraction:
    """Return a FLINT rational as a Fraction."""
    if isinstance(value, Fraction):
        return value
    return Fraction(int(value.p), int(value.q))


Poly = Any
"""A ``flint.fmpq_mpoly`` in a ring's generators."""


class GiveUp(Exception):  # noqa: N818 -- not an error: the search for a proof ends here
    """Signal that a proof would cost more than it may."""


class Generator(NamedTuple):
    """What a polynomial variable stands for; ``positive`` if it is never negative."""

    key: tuple[Any, ...]
    positive: bool


class Relation(NamedTuple):
    """State that a power of a generator equals a polynomial in earlier ones."""

    generator: int
    degree: int
    equals: Poly


class Factor(NamedTuple):
    """An irreducible polynomial with leading coefficient > 0; ``positive`` if it is never < 0."""

    poly: Poly
    positive: bool
