"""Choose and look up the signs of irreducible factors: what relu, abs and roots depend on."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.exercises.quotients import Quotient
from graphgrad.exercises.ring import Ring

__all__ = ["NeedSign", "Signs"]


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
