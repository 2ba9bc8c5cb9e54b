"""Show the time axis as one row of cells; a click goes there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from graphgrad_tui.events import TimeChosen
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from textual import events

    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.text.stops import Stops

__all__ = ["ASCII_AXIS", "TimeCell", "Timeline", "place_of", "position_of", "time_cells"]

TimeKind = Literal["rail", "done", "cursor", "break", "seed"]

ASCII_AXIS = str.maketrans("━─╋┼◆●", "=-++*o")
"""The characters of the axis for a terminal without them."""


class TimeCell(NamedTuple):
    """One cell of the axis."""

    character: str
    kind: TimeKind


_DONE, _RAIL = TimeCell("━", "done"), TimeCell("─", "rail")


def place_of(position: int, count: int, width: int) -> int:
    """Return the cell of a position.

    >>> [place_of(position, 19, 20) for position in (0, 10, 19)]
    [0, 10, 19]
    """
    return round(position * (width - 1) / count) if count else 0


def position_of(cell: int, count: int, width: int) -> int:
    """Return the position nearest to a cell."""
    return max(0, min(count, round(cell * count / (width - 1)))) if width > 1 else 0


def time_cells(
    width: int, position: int, count: int, seed: int, breaks: Collection[int]
) -> list[TimeCell]:
    """Return the cells of the axis: done and to come, the seed, breakpoints, the cursor.

    >>> "".join(cell.character for cell in time_cells(11, 3, 10, 5, [8]))
    '━━━●─┼──◆──'
    """
    here = place_of(position, count, width)
    cells = [_DONE] * min(here, width) + [_RAIL] * (width - here)
    if not cells:
        return cells
    if seed <= count:
        at = place_of(seed, count, width)
        cells[at] = TimeCell("╋" if at < here else "┼", "seed")
    for place in breaks:
        cells[place_of(place, count, width)] = TimeCell("◆", "break")
    cells[here] = TimeCell("●", "cursor")
    return cells


class Timeline(RowPane, can_focus=True):
    """One row: what is done, the seed, breakpoints, and where we are."""

    STYLES = "time"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"time--{kind}" for kind in ("rail", "done", "cursor", "break", "seed")
    }

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self.count = 0
        self.seed = 1
        self.position = 0
        self.breaks: Collection[int] = ()

    def show(self, position: int, stops: Stops, breaks: Collection[int]) -> None:
        """Show a position among stops."""
        self.count, self.seed = len(stops), stops.seed
        self.position = position
        self.breaks = breaks
        self.put([tuple(self._pieces())])

    @property
    def label(self) -> str:
        """Return the position in figures."""
        return f" {self.position}/{self.count} "

    @property
    def room(self) -> int:
        """Return the cells of the axis."""
        return max(0, self.size.width - len(self.label) - 1)

    def _pieces(self) -> Iterator[tuple[str, str]]:
        """Yield the axis and the position."""
        yield " ", ""
        cells = time_cells(self.room, self.position, self.count, self.seed, self.breaks)
        for kind, group in groupby(cells, key=lambda cell: cell.kind):
            axis = "".join(cell.character for cell in group)
            yield axis if self.charset == "unicode" else axis.translate(ASCII_AXIS), kind
        yield self.label, ""

    def on_resize(self) -> None:
        """Draw the axis in another width."""
        super().on_resize()
        self.put([tuple(self._pieces())])

    def on_click(self, event: events.Click) -> None:
        """Go to the place that was clicked."""
        self.post_message(TimeChosen(position_of(event.x - 1, self.count, self.room)))
