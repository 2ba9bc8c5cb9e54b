"""Show the time axis; a click goes there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from graphgrad_tui.events import TimeChosen
from graphgrad_tui.time_line import position_of, time_cells

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual import events

    from graphgrad.views.stops import Stops

__all__ = ["Timeline"]


class Timeline(Widget, can_focus=True):
    """One row: what is done, the seed, breakpoints, and where we are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"time--{kind}" for kind in ("rail", "done", "cursor", "break", "seed")
    }

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.seed = 1
        self.position = 0
        self.breaks: Collection[int] = ()

    def show(self, position: int, stops: Stops, breaks: Collection[int]) -> None:
        """Show a position among stops."""
        self.count, self.seed = len(stops), stops.seed
        self.position = position
        self.breaks = breaks
        self.refresh()

    @property
    def label(self) -> str:
        """Return the position in figures."""
        return f" {self.position}/{self.count} "

    def render(self) -> Text:
        """Return the axis and the position."""
        room = max(0, self.size.width - len(self.label) - 1)
        cells = time_cells(room, self.position, self.count, self.seed, self.breaks)
        written = Text(" ", no_wrap=True, end="")
        for kind, group in groupby(cells, key=lambda cell: cell.kind):
            style = self.get_component_rich_style(f"time--{kind}", partial=True)
            written.append("".join(cell.character for cell in group), style)
        return written.append(self.label)

    def on_click(self, event: events.Click) -> None:
        """Go to the place that was clicked."""
        room = max(0, self.size.width - len(self.label) - 1)
        self.post_message(TimeChosen(position_of(event.x - 1, self.count, room)))
