"""Edit values and formulas, undo and redo, train, enter a step of the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.editing import edited, present_text, with_values
from graphgrad.stepping.journey import position_like
from graphgrad.stepping.work import Work, changes_between
from graphgrad.views.text.numbers import inline

if TYPE_CHECKING:
    from graphgrad.stepping.commands import Request
    from graphgrad.stepping.plain.line_stage import Stepping
    from graphgrad.trace.trace import Trace

__all__ = ["edit", "iterate", "train", "undo_or_redo"]

STEPS = 100
MOST_STEPS = 100_000


def edit(stepper: Stepping, request: Request) -> None:
    """Change a value or a formula; alone with a name, say what it is now."""
    if stepper.refuses():
        return
    name, equals, typed = (part.strip() for part in request.argument.partition("="))
    node = stepper.named(name)
    if node is None:
        return
    name = stepper.graph.line_names[stepper.graph.line_of(node)]
    if not equals:
        now = present_text(stepper.work, node)
        stepper.say([f"{name} = {now}", text("plain.edit_how", name=name)])
        return
    try:
        work = edited(stepper.work, node, typed)
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
    given = _settings(request.argument)
    if given is None:
        stepper.sentence("plain.train_how")
        return
    from graphgrad.layers.optimizers import OPTIMIZERS
    from graphgrad.layers.training import starting_rate, training
    from graphgrad.views.tables.training_table import training_table
    from graphgrad.views.text.trouble import trouble_error

    steps, rate = given
    graph, chosen = stepper.graph, OPTIMIZERS["gd"]
    try:
        rate = rate or starting_rate(graph, chosen, stepper.work.point)
        run = list(training(graph, chosen, steps=steps, rate=rate, point=stepper.work.point))
    except GraphgradError as error:
        stepper.say([str(error)])
        return
    stepper.iterates = run
    stepper.say(training_table(graph, run, chosen, rate, stepper.width))
    last = run[-1]
    trouble = None if last.trouble is None else trouble_error(last.trouble)
    if trouble is not None:
        stepper.sentence("plain.train_trouble", step=last.number, what=trouble.body(None))
    stepper.sentence("plain.iterate_how", count=last.number)


def _settings(argument: str) -> tuple[int, float | None] | None:
    """Return steps and rate, None if left out; nothing where they are no numbers within reason."""
    words = argument.replace(",", ".").split()
    try:
        steps = int(words[0]) if words else STEPS
        rate = float(words[1]) if len(words) > 1 else None
    except ValueError:
        return None
    fine = len(words) <= 2 and 0 < steps <= MOST_STEPS and (rate is None or 0 < rate < float("inf"))
    return (steps, rate) if fine else None


def iterate(stepper: Stepping, request: Request) -> None:
    """Step through a step of the last training."""
    if stepper.refuses():
        return
    if not stepper.iterates:
        stepper.sentence("plain.not_trained")
        return
    got, last = request.argument, len(stepper.iterates) - 1
    if not got.isdecimal() or int(got) > last:
        stepper.say([text("stepper.no_step", got=got, count=last)])
        return
    _enter(stepper, with_values(stepper.work, stepper.iterates[int(got)].values))
