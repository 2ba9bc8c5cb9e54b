"""Choose what stands beside the graph: the box, its derivation, its layer, the text of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad_tui.widgets.text_panes import DerivationPane, ListingPane, NodePane, UnitsPane

if TYPE_CHECKING:
    from graphgrad_tui.stage import Stage

__all__ = ["OTHERS", "choose", "is_shown", "listing", "show", "units"]

_OTHERS: dict[type[NodePane], str] = {
    DerivationPane: "-derivation",
    UnitsPane: "-units",
    ListingPane: "-listing",
}
"""The panes that can stand in the place of that of the box, and the class of the screen then."""
OTHERS = tuple(_OTHERS.values())


def choose(app: Stage, kind: type[NodePane]) -> None:
    """Show a pane in the place of that of the box; the box again, if it is shown already."""
    screen = app.screen_stack[0]
    if screen.has_class("-present") and screen.has_class("-narrow"):  # the graph has all the room
        app.notify(text("worked.narrow"))
        return
    pane = app.made(kind, lambda: kind(app.charset), "OverviewMap")
    chosen = NodePane if pane.display else kind
    for pane in screen.query(NodePane):
        pane.display = type(pane) is chosen
    for other, name in _OTHERS.items():
        screen.set_class(other is chosen, name)
    app.relayout()
    app.redraw_soon()


def is_shown(app: Stage, kind: type[NodePane]) -> bool:
    """Tell whether a pane stands beside the graph."""
    pane = app.found(kind)
    return pane is not None and pane.display


def units(app: Stage) -> None:
    """Show the layer of the box, a row per neuron."""
    from graphgrad.stepping.units import unit_lines

    if is_shown(app, UnitsPane) or unit_lines(app.state, app.node, 0):
        choose(app, UnitsPane)
    else:
        app.notify(text("units.none", name=app.trace.graph.name(app.node)))


def listing(app: Stage) -> None:
    """Show the text of the file."""
    if app.session.work.origin is None:
        app.notify(text("listing.none"))
    else:
        choose(app, ListingPane)


def show(app: Stage) -> None:
    """Show the layer or the text at the moment, where it is wanted."""
    pane = app.found(UnitsPane)
    if pane is not None and pane.display:
        from graphgrad.stepping.units import unit_lines

        name = app.trace.graph.name(app.node)
        width = max(1, pane.size.width - 2)
        pane.show(unit_lines(app.state, app.node, width) or [text("units.none", name=name)])
    origin, listed = app.session.work.origin, app.found(ListingPane)
    if origin is not None and listed is not None and listed.display:
        graph = app.trace.graph
        places, line = graph.heading.places, graph.line_of(app.node)
        row = places[line] if line < len(places) else 0
        listed.show(origin.text.splitlines(), row)
