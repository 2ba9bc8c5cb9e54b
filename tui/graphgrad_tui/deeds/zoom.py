"""Choose the size of the boxes, and how much of the graph is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad_tui.widgets.graph_pane import GraphPane

if TYPE_CHECKING:
    from graphgrad.views.cells.boxes import Size
    from graphgrad_tui.stage import Stage

__all__ = ["fewer_hops", "fit", "focus", "larger", "more_hops", "smaller"]

SIZES: tuple[Size, ...] = ("mini", "dense", "compact", "full", "large")
MOST_HOPS = 9


def larger(app: Stage) -> None:
    """Draw larger boxes."""
    _zoom(app, 1)


def smaller(app: Stage) -> None:
    """Draw smaller boxes."""
    _zoom(app, -1)


def _zoom(app: Stage, step: int) -> None:
    pane = app.pane(GraphPane)
    if pane.plan is None:
        return
    names = not any(box.rows for box in pane.plan.boxes)  # a map of them is less than a small box
    at = SIZES.index("mini" if names else pane.plan.layout.size) + step
    if not 0 <= at < len(SIZES):
        app.notify(text("zoom.largest" if step > 0 else "zoom.smallest"))
        return
    pane.room = pane.room._replace(zoom=SIZES[at], whole=False)
    app.relayout()


def fit(app: Stage) -> None:
    """Draw the whole graph in the largest size that fits, if need be as names, or marks."""
    pane = app.pane(GraphPane)
    pane.room = pane.room._replace(zoom=None, focused=False, whole=True)
    app.relayout()


def focus(app: Stage) -> None:
    """Draw only what is near the node, or the whole graph again."""
    pane = app.pane(GraphPane)
    pane.room = pane.room._replace(focused=not pane.room.focused)
    app.relayout()
    if pane.room.focused:
        _say_hops(app, pane)


def more_hops(app: Stage) -> None:
    """Draw more of what is around the node."""
    _reach(app, 1)


def fewer_hops(app: Stage) -> None:
    """Draw less of what is around the node."""
    _reach(app, -1)


def _reach(app: Stage, step: int) -> None:
    pane = app.pane(GraphPane)
    if pane.plan is None or pane.plan.inner is None:
        app.notify(text("zoom.not_focused"))
        return
    hops = max(1, min(pane.room.hops + step, MOST_HOPS))
    pane.room = pane.room._replace(hops=hops)
    app.relayout()
    _say_hops(app, pane)


def _say_hops(app: Stage, pane: GraphPane) -> None:
    app.notify(text("zoom.hops", count=pane.room.hops, name=app.trace.graph.name(app.node)))
