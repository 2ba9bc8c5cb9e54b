"""Look deeper into a graph or less deep: blocks, layers, lines, operations; arrays or entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError, LimitError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.editing import zoomed
from graphgrad.stepping.journey import position_like
from graphgrad_tui.deeds import edit_and_train, questions

if TYPE_CHECKING:
    from graphgrad.graph.blocks import Depth
    from graphgrad_tui.stage import Stage

__all__ = ["deeper", "entries", "shallower"]

_DEPTHS: tuple[Depth, ...] = ("block", "layer", "line", "op")


def deeper(app: Stage) -> None:
    """Look one depth deeper."""
    _look(app, 1)


def shallower(app: Stage) -> None:
    """Look one depth less deep."""
    _look(app, -1)


def _look(app: Stage, step: int) -> None:
    if questions.is_open(app):
        return
    session, stop = app.session, app.stop
    at = _DEPTHS.index(session.depth) + step
    if not 0 <= at < len(_DEPTHS):
        app.notify(text("app.deepest" if step > 0 else "app.shallowest"))
        return
    node = app.node
    session.look(_DEPTHS[at])
    app.place(position_like(session.stops, stop, app.trace.graph), session.boxes.owner.get(node))
    app.relayout()
    app.notify(text("app.depth", depth=text(f"app.depth.{_DEPTHS[at]}")))


def _in_keys(error: GraphgradError) -> str:
    """Return why a graph is not taken apart; what helps is told by its keys, not by options."""
    if not isinstance(error, LimitError) or "got" not in error.fields:
        return error.text()
    more = "entry.too_many_more" if error.message_id.endswith("to_count") else "entry.too_many"
    return text(more, **error.fields)


def entries(app: Stage) -> None:
    """Take arrays apart into their entries, or put them together again."""
    if questions.is_open(app):
        return
    work = app.session.work
    whole = work.origin is None or work.origin.zoom == "array"
    if whole and not any(work.trace.graph.columns.shapes):
        app.notify(text("app.no_arrays_here"))
        return
    try:
        other = zoomed(work, "scalar" if whole else "array")
    except GraphgradError as error:
        app.notify(_in_keys(error), severity="warning")
        return
    edit_and_train.enter_work(app, other)
    app.notify(
        text("app.entries" if whole else "app.arrays", count=len(other.trace.graph.line_ends))
    )
