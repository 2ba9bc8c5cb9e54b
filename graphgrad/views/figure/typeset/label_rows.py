"""Hold the rows of a label, typeset and measured, and break a formula into several."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from graphgrad.views.figure.content.heat import HeatGrid
from graphgrad.views.figure.typeset.density import LabelKind
from graphgrad.views.figure.typeset.outlines_of_text import Ink

__all__ = ["GAP", "Label", "LabelKind", "LabelRow", "broken", "cell_side"]


GAP = 0.28
"""The space between the pieces of a row, in parts of the size of its letters."""
_TOKEN = re.compile(r"\\(?:left|right)\s*(?:\\[A-Za-z]+|\\.|.)|\\[A-Za-z]+|\\.|.", re.DOTALL)
_OPERATORS = frozenset({"+", "-", r"\cdot", r"\odot", r"\otimes", "=", r"\,"})
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_LEFT, _RIGHT = re.compile(r"\\left(?![A-Za-z])"), re.compile(r"\\right(?![A-Za-z])")
_DEEPEST = 3
_AXIS = 0.3
"""How far above its baseline the middle of a row is, in parts of the size of its letters."""
_GRID, _LEAST_CELL, _LARGEST_CELL = 96.0, 5.0, 14.0


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
        solid: of a tensor, width, height and depth of the block that is drawn in this row.
        grid: the cells behind the ink that tell its numbers by colour; None where there are none.
    """

    kind: LabelKind
    tex: str
    ink: Ink
    size: float
    known_step: int = 0
    answer: str = ""
    blank: tuple[float, float] = (0.0, 0.0)
    grid: HeatGrid | None = None
    solid: tuple[float, float, float] | None = None

    @property
    def cells(self) -> tuple[float, float]:
        """Return the width and the height of the cells."""
        if self.grid is None:
            return 0.0, 0.0
        side = min(cell_side(self.grid), self.size)
        return side * self.grid.across, side * len(self.grid.rows)

    @property
    def behind(self) -> tuple[float, float]:
        """Return the width and the height of what stands behind the ink: a blank, cells, a solid.

        The depth of a solid is drawn to the upper right, half of it up.
        """
        if self.solid is not None:
            wide, high, deep = self.solid
            return wide + deep, high + deep / 2
        return self.blank if self.blank[0] else self.cells

    @property
    def width(self) -> float:
        """Return the width of ink and what stands behind it."""
        gap = self.size * GAP if self.behind[0] and self.ink.width else 0.0
        return self.ink.width + gap + self.behind[0]

    @property
    def ascent(self) -> float:
        """Return how far the row reaches above its baseline."""
        return max(self.ink.ascent, 0.72 * self.size, self._share(0.72, 1))

    @property
    def descent(self) -> float:
        """Return how far the row reaches below its baseline."""
        return max(self.ink.descent, 0.22 * self.size, self._share(0.28, -1))

    def _share(self, blank: float, up: int) -> float:
        """Return what stands behind the ink on one side of its baseline; cells in the middle."""
        if self.blank[0]:
            return self.blank[1] * blank
        if self.solid is not None:
            return self.behind[1] / 2
        return self.cells[1] / 2 + up * _AXIS * self.size if self.grid is not None else 0.0


def cell_side(grid: HeatGrid) -> float:
    """Return how large the cells of a grid are."""
    return min(max(_GRID / max(grid.across, len(grid.rows)), _LEAST_CELL), _LARGEST_CELL)


class Label(NamedTuple):
    """Rows, one below the other, with some leading between them."""

    rows: tuple[LabelRow, ...] = ()
    leading: float = 0.0

    @property
    def width(self) -> float:
        """Return the width of the widest row."""
        return max((row.width for row in self.rows), default=0.0)

    @property
    def height(self) -> float:
        """Return the height of all rows with the leading between them."""
        heights = [row.ascent + row.descent for row in self.rows]
        return math.fsum(heights) + self.leading * max(len(heights) - 1, 0)

    @property
    def spare(self) -> tuple[float, float]:
        """Return the room of the empty rows above and below, that put a tensor in the middle."""
        above, below = (self._empty(self.rows[at]) for at in (0, -1)) if self.rows else (0.0, 0.0)
        return above, below

    def _empty(self, row: LabelRow) -> float:
        is_empty = row.solid is not None and not row.solid[0]
        return row.ascent + row.descent + self.leading if is_empty else 0.0

    def baselines(self, top: float) -> Iterator[tuple[LabelRow, float]]:
        """Yield each row with its baseline, from the top of the label."""
        for row in self.rows:
            yield row, top + row.ascent
            top += row.ascent + row.descent + self.leading


def broken(tex: str, width: Callable[[str], float], limit: float, space: float = 0.0) -> list[str]:
    r"""Return rows of a formula that fit a width, if it can be broken that way.

    Args:
        tex: the formula, wider than the limit.
        width: tells how wide a piece of it is; no longer row is measured.
        limit: the widest row wanted.
        space: what stands between two pieces of a row.

    >>> broken(r"a \cdot b + c \cdot d", len, 12, 1)
    ['a \\cdot b', '+ c \\cdot d']
    """
    rows = [tex]
    for depth in range(_DEEPEST):
        filled = _filled(_pieces(tex, depth), width, limit, space)
        rows = [row for row, _ in filled]
        if max(wide for _, wide in filled) <= limit:
            break
    return rows if len(rows) > 1 else [tex]  # which its brackets alone have made too wide


def _filled(
    pieces: list[str], width: Callable[[str], float], limit: float, space: float
) -> list[tuple[str, float]]:
    """Return rows of pieces, each with its width."""
    rows: list[tuple[str, float]] = []
    for piece in pieces:
        wide = width(piece)
        longer = rows[-1][1] + space + wide if rows else wide
        if rows and longer <= limit:
            rows[-1] = (f"{rows[-1][0]} {piece}", longer)
        else:
            rows.append((piece, wide))
    return rows


def _pieces(tex: str, deepest: int) -> list[str]:
    """Cut a formula before operators that stand in at most so many brackets."""
    if deepest:
        tex = tex.replace(r"\left(", "(").replace(r"\right)", ")")
    braces = brackets = 0
    pieces = [""]
    for token in _TOKEN.findall(tex):
        inside = braces > 0 or brackets > deepest
        if token in _OPERATORS and not inside and pieces[-1].strip(" (-"):
            pieces.append("")
        pieces[-1] += token
        if token in ("{", r"\begin") or _LEFT.match(token):
            braces += 1
        elif token in ("}", r"\end") or _RIGHT.match(token):
            braces -= 1
        elif token in _OPENING:
            brackets += 1
        elif token in _CLOSING:
            brackets -= 1
    return [piece.strip() for piece in pieces if piece.strip() not in ("", r"\,")]
