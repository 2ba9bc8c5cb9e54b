"""Keep what a backward pass leaves on nodes: an adjoint each, or none."""

from __future__ import annotations

from array import array
from itertools import zip_longest
from typing import Any

from graphgrad.autodiff.sweeps import UNSET

__all__ = ["Adjoints", "packed"]


class Adjoints:
    """What a backward sweep leaves on the nodes of a tape.

    Args:
        numbers: an adjoint per node, `UNSET` where none has reached it.
        pack: whether to keep them in less room, where all are floats.
    """

    __slots__ = ("numbers", "reached")

    def __init__(self, numbers: list[Any], *, pack: bool = False) -> None:
        self.numbers: Any = packed(numbers) if pack else numbers
        self.reached: bytearray | None = None
        if self.numbers is not numbers:
            self.reached = bytearray([number is not UNSET for number in numbers])

    def of(self, node: int) -> Any:
        """Return a node's adjoint, None if there is none."""
        if node >= len(self.numbers) or (self.reached is not None and not self.reached[node]):
            return None
        adjoint = self.numbers[node]
        return None if adjoint is UNSET else adjoint

    def all(self) -> list[Any]:
        """Return the adjoints as a list, `UNSET` where there is none."""
        if self.reached is None:
            return list(self.numbers)
        pairs = zip(self.numbers, self.reached, strict=True)
        return [number if reached else UNSET for number, reached in pairs]

    def over(self, older: Adjoints) -> Adjoints:
        """Return these, and older ones where there is none here."""
        if not older.numbers:
            return self
        pairs = zip_longest(older.all(), self.all(), fillvalue=UNSET)
        both = [old if new is UNSET else new for old, new in pairs]
        return Adjoints(both, pack=self.reached is not None)


def packed(numbers: Any) -> Any:
    """Return floats in less room; what holds arrays as it is."""
    try:
        return array("d", numbers)
    except TypeError:
        return numbers
