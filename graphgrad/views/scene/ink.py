"""Hold typeset text as glyph outlines at places, and put such pieces side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["EMPTY", "Ink", "Mark", "Rule", "beside"]


class Mark(NamedTuple):
    """One glyph: its outline's name, its origin from the left end of the baseline, its size."""

    outline: str
    x: float
    y: float
    size: float


class Rule(NamedTuple):
    """One filled rectangle, such as the bar of a fraction; ``y`` is its top."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ink:
    """A piece of typeset text; x runs right and y down from the left end of its baseline.

    Attributes:
        width: in points.
        ascent: how far it reaches above the baseline.
        descent: how far it reaches below it.
        marks: its glyphs, in reading order.
        rules: its bars.
    """

    width: float
    ascent: float
    descent: float
    marks: tuple[Mark, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def height(self) -> float:
        """Return ascent and descent together."""
        return self.ascent + self.descent

    def placed(self, x: float, y: float, scale: float = 1.0) -> Ink:
        """Return it scaled, then moved; its width then counts from the old origin."""
        return Ink(
            x + self.width * scale,
            self.ascent * scale - y,
            self.descent * scale + y,
            tuple(
                Mark(m.outline, x + m.x * scale, y + m.y * scale, m.size * scale)
                for m in self.marks
            ),
            tuple(
                Rule(x + r.x * scale, y + r.y * scale, r.width * scale, r.height * scale)
                for r in self.rules
            ),
        )


EMPTY = Ink(0.0, 0.0, 0.0)


def beside(pieces: Sequence[Ink], gap: float = 0.0) -> Ink:
    """Return pieces on one baseline, with a gap between them.

    >>> beside([Ink(3, 5, 1), Ink(4, 2, 2)], gap=1).width
    8.0
    """
    marks: list[Mark] = []
    rules: list[Rule] = []
    place = 0.0
    for index, piece in enumerate(pieces):
        place += gap if index else 0.0
        moved = piece.placed(place, 0.0)
        marks += moved.marks
        rules += moved.rules
        place += piece.width
    ascent = max((piece.ascent for piece in pieces), default=0.0)
    descent = max((piece.descent for piece in pieces), default=0.0)
    return Ink(place, ascent, descent, tuple(marks), tuple(rules))
