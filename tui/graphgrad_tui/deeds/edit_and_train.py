"""Edit values and formulas, undo and redo; train and check gradients on screens of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.editing import (
    broken_assumptions,
    edited,
    present_text,
    with_values,
)
from graphgrad.stepping.journey import position_like
from graphgrad.stepping.work import changes_between
from graphgrad.views.text.numbers import number
from graphgrad_tui.deeds import questions
from graphgrad_tui.widgets.command_bar import CommandBar
from graphgrad_tui.widgets.graph_pane import GraphPane
from graphgrad_tui.widgets.prompt_line import Refusal

if TYPE_CHECKING:
    from graphgrad.layers.training.state import Iterate
    from graphgrad.ops.shapes import Shape
    from graphgrad.stepping.work import Work
    from graphgrad_tui.stage import Stage

__all__ = ["check", "edit", "enter_work", "lens", "obey_edit", "redo", "train", "undo"]


def edit(app: Stage) -> None:
    """Open the line with the value or the formula of the node."""
    if questions.is_open(app):
        return
    app.edited_node, app.edited_entry = app.node, _entry_of_leaf(app)
    now = present_text(app.session.work, app.node, app.edited_entry)
    if (refusal := app.found(Refusal)) is not None:
        refusal.show("")
    bar = app.query_one(CommandBar)
    name = _line_name(app)
    bar.open("=", text("edit.hint", name=name))
    bar.fill(f"{now.left} = {now.right}")
    if now.row:
        app.notify(text("edit.for_all", name=name, row=now.row))


def obey_edit(app: Stage, typed: str) -> None:
    """Run the graph with what was typed; on an error the graph stays and the line reopens."""
    session, node, place = app.session, app.edited_node, app.edited_entry
    given = typed.removeprefix(f"{present_text(session.work, node, place).left} =")
    try:
        work = edited(session.work, node, given, place)
    except (GraphgradError, RecursionError, MemoryError) as error:
        said = error.text() if isinstance(error, GraphgradError) else type(error).__name__
        edit(app)
        app.query_one(CommandBar).fill(typed)
        app.made(Refusal, Refusal, "CommandBar").show(said)
        return
    enter_work(app, work)


def _entry_of_leaf(app: Stage) -> Shape | None:
    """Return the entry that is looked at, if it is one of a leaf: a formula is edited whole."""
    graph = app.trace.graph
    return app.entry if graph.is_leaf(graph.line(graph.line_of(app.node)).root) else None


def _line_name(app: Stage) -> str:
    graph = app.trace.graph
    return graph.line(graph.line_of(app.edited_node)).name


def enter_work(app: Stage, work: Work) -> None:
    """Step through another work, at the same place, with what has changed shown."""
    app.session.history.enter(app.session.work)
    _switch(app, work)


def undo(app: Stage) -> None:
    """Go back to the work before the last edit."""
    _travel(app, "undo")


def redo(app: Stage) -> None:
    """Do the edit again that was undone."""
    _travel(app, "redo")


def _travel(app: Stage, command: str) -> None:
    if questions.is_open(app):
        return
    work = app.session.history.step(command, app.session.work)
    if work is None:
        app.notify(text(f"edit.nothing_to_{command}"))
    else:
        _switch(app, work)


def _switch(app: Stage, work: Work) -> None:
    """Step through a work; a place in it is found by pass and name."""
    session = app.session
    old, stop = session.trace, app.stop
    shown = old.graph.name(app.node)
    pane, before, after = app.pane(GraphPane), old.graph, work.trace.graph
    session.replace(work)
    shown_by = session.boxes.owner

    def named(key: int) -> int | None:
        node = after.find(before.name(key))
        return None if node is None else shown_by.get(node)

    session.boxes.kept = pane.kept(session.groups.closed, named)
    app.place(position_like(session.stops, stop, old.graph), session.named(shown))
    session.changes = changes_between(old, work.trace, session.boxes.keys)
    app.relayout()
    for warning in broken_assumptions(work):
        app.notify(warning, severity="warning")


def train(app: Stage) -> None:
    """Train, and step through the iterate that is chosen."""
    from graphgrad_tui.screens.train_screen import TrainScreen

    if questions.is_open(app):
        return
    work = app.session.work

    def entered(iterate: Iterate | None) -> None:
        if iterate is not None:
            label = text("train.entered", number=iterate.number, loss=number(iterate.loss))
            enter_work(app, with_values(work, iterate.values)._replace(label=label))
            app.notify(label)

    app.push_screen(TrainScreen(work), entered)


def check(app: Stage) -> None:
    """Compare four derivatives."""
    from graphgrad_tui.screens.check_screen import CheckScreen

    if not questions.is_open(app):
        app.push_screen(CheckScreen(app.session.work))


def lens(app: Stage) -> None:
    """Look at the graph through lenses."""
    from graphgrad_tui.screens.lens_screen import LensScreen

    if not questions.is_open(app):
        app.push_screen(LensScreen(app.session.work))
