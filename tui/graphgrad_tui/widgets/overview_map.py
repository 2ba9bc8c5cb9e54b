"""Show a map of a graph that is larger than its pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.views.cells.margins import minimap
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from graphgrad_tui.widgets.graph_pane import GraphPane

__all__ = ["OverviewMap"]

ROWS = 8


class OverviewMap(RowPane):
    """One mark per patch of the picture; the part in view stands out."""

    GROWS = True

    def show(self, graph: GraphPane, width: int, *, wide: bool) -> None:
        """Show where a pane is in its picture; nothing while all of it is seen, or no room.

        Around a neighbourhood, which moves with the step, a map would come and go.
        """
        picture, view = graph.picture, graph.view
        moves = graph.plan is not None and graph.plan.inner is not None
        if not wide or moves or picture is None or view is None:
            self.put(())
            return
        lines = minimap(picture.layout, width, ROWS, view=view, current=picture.current)
        self.put([((line, ""),) for line in [*lines, *[""] * (ROWS - len(lines))]])
