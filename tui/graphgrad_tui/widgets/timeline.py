"""Show the time axis; a click goes there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from graphgrad_tui.events import TimeChosen
from graphgrad_tui.time_line import ASCII_AXIS, position_of, time_cells
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from textual import events

    from graphgrad.views.cells import Charset
    from graphgrad.views.stops import Stops

__all__ = ["Timeline"]


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
