"""Hold rational polynomials in pure Python: SymPy's sparse ones under the names FLINT gives them.

Terms, leading coefficients, division and factors follow FLINT's conventions: graded reverse
lexicographic order, factors with whole coefficients without a common divisor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

__all__ = ["NotExactError", "PureContext", "PurePolynomial"]

Powers = tuple[int, ...]


class NotExactError(Exception):
    """Signal that a quotient of polynomials is none; the stand-in for FLINT's ``DomainError``."""


class PureContext:
    """The ring of polynomials in some variables."""

    def __init__(self, names: list[str], order: str) -> None:
        from sympy.polys.domains import QQ
        from sympy.polys.rings import PolyRing

        self.ring: Any = PolyRing(names, QQ, order)

    @classmethod
    def get(cls, names: list[str], order: str) -> PureContext:
        """Return the ring of some variables."""
        return cls(names, order)

    def gens(self) -> tuple[PurePolynomial, ...]:
        """Return the variables."""
        return tuple(PurePolynomial(variable) for variable in self.ring.gens)

    def constant(self, value: Fraction | int) -> PurePolynomial:
        """Return a number as a polynomial."""
        return PurePolynomial(self.ring.ground_new(self.number(value)))

    def from_dict(self, terms: Mapping[Powers, Fraction | int]) -> PurePolynomial:
        """Return the polynomial of powers with their coefficients."""
        found = {powers: self.number(value) for powers, value in terms.items() if value}
        return PurePolynomial(self.ring.from_dict(found))

    def number(self, value: Fraction | int) -> Any:
        """Return a number as the ring's coefficients are."""
        return self.ring.domain(value.numerator, value.denominator)


class PurePolynomial:
    """A polynomial of SymPy's with FLINT's names for what it can do.

    >>> x, y = PureContext.get(["x", "y"], "grevlex").gens()
    >>> constant, factors = (x * x * 2 - y * y * 2).factor()
    >>> int(constant), [power for _, power in factors]
    (2, [1, 1])
    """

    __slots__ = ("held",)

    def __init__(self, held: Any) -> None:
        self.held = held

    def __len__(self) -> int:
        return len(self.held)

    def __eq__(self, other: object) -> bool:
        return bool(self.held == _side(self, other))

    __hash__ = None  # type: ignore[assignment]  # as FLINT's; `Ring.key` tells them apart

    def __add__(self, other: Any) -> PurePolynomial:
        return PurePolynomial(self.held + _side(self, other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> PurePolynomial:
        return PurePolynomial(self.held - _side(self, other))

    def __rsub__(self, other: Any) -> PurePolynomial:
        return PurePolynomial(_side(self, other) - self.held)

    def __neg__(self) -> PurePolynomial:
        return PurePolynomial(-self.held)

    def __mul__(self, other: Any) -> PurePolynomial:
        return PurePolynomial(self.held * _side(self, other))

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> PurePolynomial:
        return PurePolynomial(self.held**exponent if exponent else self.held.ring.one)

    def __truediv__(self, other: Any) -> PurePolynomial:
        quotient, rest = self.held.div(_side(self, other))
        if rest:
            raise NotExactError
        return PurePolynomial(quotient)

    def __divmod__(self, other: Any) -> tuple[PurePolynomial, PurePolynomial]:
        quotient, rest = self.held.div(_side(self, other))
        return PurePolynomial(quotient), PurePolynomial(rest)

    def terms(self) -> Iterator[tuple[Powers, Fraction]]:
        """Yield powers with their coefficients, the leading term first."""
        return ((tuple(powers), _fraction(value)) for powers, value in self.held.terms())

    def degrees(self) -> Powers:
        """Return the degree in each variable; -1 everywhere for 0."""
        if not self.held:
            return (-1,) * int(self.held.ring.ngens)
        return tuple(map(max, zip(*self.held, strict=True)))

    def total_degree(self) -> int:
        """Return the largest sum of powers of a term; -1 for 0."""
        return max((sum(powers) for powers in self.held), default=-1)

    def leading_coefficient(self) -> Fraction:
        """Return the coefficient of the leading term; 0 for 0."""
        return _fraction(self.held.LC)

    def is_constant(self) -> bool:
        """Tell whether it is a number."""
        return bool(self.held.is_ground)

    def term_content(self) -> PurePolynomial:
        """Return the product of variables that divides every term."""
        ring = self.held.ring
        least = tuple(map(min, zip(*self.held, strict=True)))
        return PurePolynomial(ring.from_dict({least: ring.domain.one}))

    def factor(self) -> tuple[Fraction, list[tuple[PurePolynomial, int]]]:
        """Return a constant, and irreducible factors with their powers."""
        constant, found = self.held.factor_list()
        factors = []
        for part, power in found:
            sign = -1 if part.LC < 0 else 1  # SymPy's own is that of another order
            constant = constant * sign**power
            factors.append((PurePolynomial(part * sign), power))
        return _fraction(constant), factors


def _side(poly: PurePolynomial, other: Any) -> Any:
    """Return the other side of an operation as SymPy has it."""
    if isinstance(other, PurePolynomial):
        return other.held
    return poly.held.ring.ground_new(poly.held.ring.domain(other.numerator, other.denominator))


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))
