"""Choose what is looked at, without moving in time: another box, a match, the text beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.text_panes import NodePane

if TYPE_CHECKING:
    from graphgrad.views.cells.boxes import CellLayout
    from graphgrad_tui.stage import Stage

__all__ = [
    "down",
    "follow",
    "neighbour_box",
    "next_match",
    "previous_match",
    "scroll_down",
    "scroll_up",
    "up",
]


_ROWS = 2


def up(app: Stage) -> None:
    """Select the box above."""
    _select(app, -1)


def down(app: Stage) -> None:
    """Select the box below."""
    _select(app, 1)


def _select(app: Stage, step: int) -> None:
    plan = app.pane(GraphPane).drawn
    if plan is not None:
        app.selected = neighbour_box(plan.layout, plan.shown(app.node), step)


def next_match(app: Stage) -> None:
    """Select the next match of the search."""
    _match(app, 1)


def previous_match(app: Stage) -> None:
    """Select the previous match of the search."""
    _match(app, -1)


def _match(app: Stage, step: int) -> None:
    node = app.session.search.match(app.node, step)
    if node is None:
        app.notify(text("stepper.search_nothing"))
    else:
        app.selected = node


def scroll_down(app: Stage) -> None:
    """Scroll the text about the node down."""
    _side(app).scroll_rows(_ROWS)


def scroll_up(app: Stage) -> None:
    """Scroll the text about the node up."""
    _side(app).scroll_rows(-_ROWS)


def follow(app: Stage) -> None:
    """Forget digits, entry and selection: follow the step again."""
    app.typed = ""
    app.entry_at = None
    app.selected = None
    app.redraw()


def _side(app: Stage) -> NodePane:
    """Return the text beside the graph: about the node, or the derivation."""
    return next(pane for pane in app.screen_stack[0].query(NodePane) if pane.display)


def neighbour_box(layout: CellLayout, key: int | None, step: int) -> int | None:
    """Return the box below (1) or above (-1), column by column; at an end, the same.

    >>> from graphgrad.views.cells.boxes import CellBox
    >>> from graphgrad.views.cells.placing import layout
    >>> found = layout([CellBox(0, "x", (), ()), CellBox(1, "y", (), (0,))])
    >>> neighbour_box(found, 0, 1), neighbour_box(found, 1, 1), neighbour_box(found, None, 1)
    (1, 1, 0)
    """
    ordered = sorted(
        (placed for placed in layout.boxes if placed.box.key >= 0),
        key=lambda placed: (placed.x + placed.width, placed.y),
    )
    keys = [placed.box.key for placed in ordered]
    if not keys:
        return None
    if key not in keys:
        return keys[0]
    place = keys.index(key) + step
    return keys[max(0, min(place, len(keys) - 1))]
