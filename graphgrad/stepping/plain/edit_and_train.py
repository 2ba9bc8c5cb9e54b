"""Edit values and formulas, undo and redo, train, enter a step of the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.expr.tokens import is_count
from graphgrad.messages.catalogue import text
from graphgrad.stepping.editing import broken_assumptions, edited, present_text, with_values
from graphgrad.stepping.journey import position_like
from graphgrad.stepping.work import Work, changes_between
from graphgrad.views.text.numbers import inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.layers.training.log import Run
    from graphgrad.layers.training.loop import Training
    from graphgrad.stepping.commands import Request
    from graphgrad.stepping.plain.line_stage import Stepping
    from graphgrad.trace.trace import Trace

__all__ = ["edit", "iterate", "train", "undo_or_redo"]


def edit(stepper: Stepping, request: Request) -> None:
    """Change a value or a formula; alone with a name, say what it is now."""
    if stepper.refuses():
        return
    name, equals, typed = (part.strip() for part in request.argument.partition("="))
    entry = stepper.entry_named(name)
    node, place = entry if entry is not None else (stepper.named(name), None)
    if node is None:
        return
    line = stepper.graph.line(stepper.graph.line_of(node))
    if place is not None and not stepper.graph.is_leaf(line.root):
        place = None  # a formula is edited whole
    if place is None:
        name = line.name
    if not equals:
        now = present_text(stepper.work, node, place)
        stepper.say([f"{now.left} = {now.right}", text("plain.edit_how", name=name)])
        if now.row:
            stepper.say([text("edit.for_all", name=name, row=now.row)])
        return
    try:
        work = edited(stepper.work, node, typed, place)
    except (GraphgradError, RecursionError, MemoryError) as error:
        stepper.say([str(error) or type(error).__name__])
        return
    _enter(stepper, work)


def _enter(stepper: Stepping, work: Work) -> None:
    stepper.history.enter(stepper.work)
    _switch(stepper, work)


def undo_or_redo(stepper: Stepping, request: Request) -> None:
    """Go back to the work before the last edit, or to the one left by that."""
    if stepper.refuses():
        return
    work = stepper.history.step(request.name, stepper.work)
    if work is None:
        stepper.sentence(f"edit.nothing_to_{request.name}")
    else:
        _switch(stepper, work)


def _switch(stepper: Stepping, work: Work) -> None:
    """Step through a work at the same place, and say what has changed of what is known."""
    old, stop = stepper.trace, stepper.stop
    stepper.use(work)
    stepper.position = position_like(stepper.stops, stop, old.graph)
    _say_changes(stepper, old)
    stepper.say(broken_assumptions(work))
    stepper.show()


def _say_changes(stepper: Stepping, old: Trace) -> None:
    graph, state = stepper.graph, stepper.state
    roots = [end - 1 for end in graph.line_ends]
    for node, change in changes_between(old, stepper.trace, roots).items():
        name = graph.name(node)
        if change.value is not None and state.value(node) is not None:
            fields = {"old": inline(change.value), "new": inline(state.value(node))}
            stepper.sentence("plain.changed", name=name, **fields)
        if change.adjoint is not None and state.adjoint(node) is not None:
            fields = {"old": inline(change.adjoint), "new": inline(state.adjoint(node))}
            stepper.sentence("plain.changed", name=f"d{graph.name(graph.output)}/d{name}", **fields)


# ---- training ----


def train(stepper: Stepping, request: Request) -> None:
    """Train, and write some of the steps."""
    if stepper.refuses():
        return
    from graphgrad.layers.training.log import Run, kept
    from graphgrad.stepping.training_plan import plan_for, training_of
    from graphgrad.views.text.trouble import trouble_error

    graph, run = stepper.graph, Run(points=[])
    try:
        plan = plan_for(graph, request.argument)
        if plan is None:
            stepper.sentence("plain.train_how")
            return
        training = training_of(graph, stepper.work.point, plan)
        kept(training.run(), run)
    except GraphgradError as error:
        stepper.say([str(error)])
        return
    stepper.iterates = run.points or []
    stepper.say(_lines(stepper, training, run))
    last = run.end
    trouble = None if last.trouble is None else trouble_error(last.trouble)
    if trouble is not None:
        stepper.sentence("plain.train_trouble", step=last.number, what=trouble.body(None))
    stepper.sentence("plain.iterate_how", count=len(stepper.iterates) - 1)


def _lines(stepper: Stepping, training: Training, run: Run) -> Iterator[str]:
    """Return the table of a training, with what its recipe says where it has one."""
    from graphgrad.views.tables.training_report import Told, report
    from graphgrad.views.tables.training_table import training_table

    plan, graph = training.plan, stepper.graph
    if plan.plain:
        return training_table(graph, run, plan, stepper.width)
    return report(Told(graph, plan, training.parts, run), "auto", stepper.width)


def iterate(stepper: Stepping, request: Request) -> None:
    """Step through a step of the last training."""
    if stepper.refuses():
        return
    if not stepper.iterates:
        stepper.sentence("plain.not_trained")
        return
    got, last = request.argument, len(stepper.iterates) - 1
    if not is_count(got) or int(got) > last:
        stepper.say([text("stepper.no_step", got=got, count=last)])
        return
    _enter(stepper, with_values(stepper.work, stepper.iterates[int(got)].values))
