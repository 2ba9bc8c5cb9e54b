"""Hold the rows of a label, typeset and measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graphgrad.views.scene.density import LabelKind
from graphgrad.views.scene.ink import Ink

__all__ = ["GAP", "Label", "LabelKind", "LabelRow"]

GAP = 0.28
"""The space between the pieces of a row, in parts of the size of its letters."""
_LEADING = 5.0


class LabelRow(NamedTuple):
    """One row of a label.

    Attributes:
        kind: what it says.
        tex: it in LaTeX.
        ink: it typeset, without the answer where that is left blank.
        size: of its letters.
        known_step: the first step after which it is known; 0 from the start.
        answer: the value it ends with, for programs; empty where it has none.
        blank: width and height of the empty box behind the ink; zeros where nothing is blank.
    """

    kind: LabelKind
    tex: str
    ink: Ink
    size: float
    known_step: int = 0
    answer: str = ""
    blank: tuple[float, float] = (0.0, 0.0)

    @property
    def width(self) -> float:
        """Return the width of ink and blank."""
        gap = self.size * GAP if self.blank[0] and self.ink.width else 0.0
        return self.ink.width + gap + self.blank[0]

    @property
    def ascent(self) -> float:
        """Return how far the row reaches above its baseline."""
        return max(self.ink.ascent, 0.72 * self.size, self.blank[1] * 0.72)

    @property
    def descent(self) -> float:
        """Return how far the row reaches below its baseline."""
        return max(self.ink.descent, 0.22 * self.size, self.blank[1] * 0.28)


@dataclass(frozen=True, slots=True)
class Label:
    """Rows, one below the other."""

    rows: tuple[LabelRow, ...] = ()

    @property
    def width(self) -> float:
        """Return the width of the widest row."""
        return max((row.width for row in self.rows), default=0.0)

    @property
    def height(self) -> float:
        """Return the height of all rows with the leading between them."""
        heights = [row.ascent + row.descent for row in self.rows]
        return sum(heights) + _LEADING * max(len(heights) - 1, 0)

    def baselines(self, top: float) -> Iterator[tuple[LabelRow, float]]:
        """Yield each row with its baseline, from the top of the label."""
        for row in self.rows:
            yield row, top + row.ascent
            top += row.ascent + row.descent + _LEADING
