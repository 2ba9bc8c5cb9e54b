"""Show a map of a graph that is larger than its pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from graphgrad.views.cells import View, minimap
from graphgrad_tui.widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from graphgrad_tui.widgets.graph_pane import GraphPane

__all__ = ["OverviewMap"]

ROWS = 8


class OverviewMap(SteadyText):
    """One mark per patch of the picture; the part in view stands out."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def show(self, graph: GraphPane, width: int, *, wide: bool) -> None:
        """Show where a pane is in its picture; nothing while all of it is seen, or no room."""
        picture = graph.picture
        wanted = bool(wide and picture and graph.plan and not graph.plan.fits(*graph.size))
        if self.display != wanted:
            self.display = wanted
        if picture is None or not self.display:
            return
        view = View(*graph.scroll_offset, *graph.size)
        lines = minimap(picture.layout, width, ROWS, view=view, current=picture.current)
        self.put(Text("\n".join(lines)))
