"""Bring the moment at the cursor into every pane of the app."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.widgets import Input

from graphgrad.errors import GraphgradError
from graphgrad.stepping.journey import break_places
from graphgrad.stepping.told_step import first_told, veiled_told
from graphgrad_tui.deeds import derivation, side
from graphgrad_tui.graph_view.cast import active_edges
from graphgrad_tui.graph_view.plan import plan_for
from graphgrad_tui.graph_view.window import Room
from graphgrad_tui.texts.node_text import (
    compact_lines,
    first_lines,
    watch_lines,
    with_change,
    with_entry,
)
from graphgrad_tui.texts.status import marks_of, status_line
from graphgrad_tui.widgets.caption import Caption
from graphgrad_tui.widgets.graph_pane import GraphMoment, GraphPane, OverviewMap
from graphgrad_tui.widgets.key_bar import KeyBar
from graphgrad_tui.widgets.text_panes import NodePane, PlainPane, WatchPane
from graphgrad_tui.widgets.timeline import Timeline
from graphgrad_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from graphgrad_tui.stage import Stage

_THUMB = 2
_MOST_TRIED = 60
"""Boxes of a graph that may be seen whole on a terminal."""

__all__ = ["SIDE", "arrange", "show_moment", "show_title", "word_next"]

SIDE = 38
"""Columns for text beside the graph."""

BELOW = "-below"
"""The class of a wide screen whose text about the box stands below the graph."""
_BESIDE, _UNDER = (42, 11), (0, 11)
"""The columns and rows that are not the graph's on a tall screen, either way; as in the style
sheet: title, caption, time and keys, and the text beside or below."""


def arrange(app: Stage) -> None:
    """Put the text about the box below the graph where all of the graph is seen only so."""
    screen, session = app.screen_stack[0], app.session
    other = any(map(screen.has_class, ("-present", *side.OTHERS)))
    wanted = screen.has_class("-wide", "-tall") and not other
    if wanted and session.boxes.kept is not None:  # an edit moves nothing
        return
    screen.set_class(wanted and _only_below(app), BELOW)


def _only_below(app: Stage) -> bool:
    """Tell whether the graph fits above the text about the box, but not beside it."""
    boxes, closed = app.session.boxes, app.session.groups.closed
    asked = app.size, boxes, closed
    if asked != app.arranged[0]:
        plans = (
            plan_for(boxes, room, boxes.keys[0], closed).fits(room.width, room.height)
            for width, height in (_BESIDE, _UNDER)
            for room in (Room(app.size.width - width, app.size.height - height, app.charset),)
        )
        is_small = len(boxes.keys) <= _MOST_TRIED
        app.arranged = asked, is_small and not next(plans) and next(plans)
    return app.arranged[1]


def word_next(app: Stage) -> None:
    """Word what the next step will say: who reads this one need not wait for it afterwards."""
    position = app.cursor + 1
    if not app.has_symbols or position > len(app.session.stops):
        return
    session = app.session
    stop = session.stops.stop(position)
    state, node = app.trace.state(stop.last), session.boxes.owner[max(stop.node, 0)]
    with suppress(GraphgradError):  # it is told there
        session.texts.step(position)
        session.texts.node(state, node, app.round.hidden)
        if app.is_wide:
            session.texts.paths(state, node, SIDE)


def show_moment(app: Stage) -> None:
    """Show the moment in every pane."""
    arrange(app)
    _show_graph(app)
    _show_node(app)
    derivation.show(app)
    side.show(app)
    _show_step(app)
    _show_time(app)


def _show_graph(app: Stage) -> None:
    session, stop = app.session, app.stop
    current = session.boxes.owner[max(stop.node, 0)]
    marks = marks_of(app.selected, session.breakpoints, app.charset)
    active = active_edges(session.boxes, stop)
    graph = app.pane(GraphPane)
    moment = GraphMoment(session, app.state, current, active, marks, app.node, app.selected)
    graph.show(moment)
    app.pane(OverviewMap).show(graph, SIDE, wide=app.is_wide)
    if not isinstance(app.focused, Input):
        app.cursor_position = graph.place_of(app.node)  # a screen reader reads there


def _show_node(app: Stage) -> None:
    state, wide = app.state, app.is_wide
    if not app.has_symbols:
        lines = first_lines(state, app.node)
        app.pane(NodePane).put_lines(lines if wide else compact_lines(lines))
        return
    node, fold = app.node, app.session.fold
    lines = app.session.texts.node(state, node, app.round.hidden)
    lines = with_change(lines, app.session.changes.get(node))
    if wide:
        lines = lines + app.session.texts.paths(state, node, SIDE)
    lines = lines if wide else compact_lines(lines)
    lines = with_entry(lines, state, node, app.entry, fold)
    pane = app.pane(NodePane)
    width = (pane.size.width or SIDE) - _THUMB
    pane.put_lines([*lines, *app.session.texts.grids(state, node, app.entry, width)])
    watched = watch_lines(state, app.session.watched)
    watch = app.found(WatchPane)
    if watched and watch is None:
        watch = app.made(WatchPane, lambda: WatchPane(app.charset), "OverviewMap")
    if watch is not None:
        watch.show(watched, wide=wide)


def _show_step(app: Stage) -> None:
    is_ready = app.has_symbols or app.stop.phase == "start"
    said = app.session.texts.step(app.cursor) if is_ready else first_told(app.trace, app.stop)
    told = veiled_told(said, app.round.question)
    app.pane(Caption).show(told)
    app.pane(PlainPane).show(told)


def _show_time(app: Stage) -> None:
    session = app.session
    breaks = break_places(session.stops, session.breakpoints)
    app.pane(Timeline).show(app.cursor, session.stops, breaks)
    ends = {0: "previous", len(session.stops): "next"}
    app.pane(KeyBar).show(app.commands, ends.get(app.cursor, ""))
    show_title(app)


def show_title(app: Stage) -> None:
    """Show what is stepped through, and where we are."""
    heading = app.trace.graph.heading
    session = app.session
    before = session.changes.get(session.boxes.owner[app.trace.graph.output])
    status = status_line(session.stops, app.stop, app.state, app.typed, before)
    title = heading.title_in() or heading.path or app.title
    if session.work.label:
        title = f"{session.work.label} · {title}"
    app.pane(TitleBar).show(title, status)
