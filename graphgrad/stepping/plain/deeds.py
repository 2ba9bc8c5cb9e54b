"""Go back and forth in time.

Look at what is known, search it, mark it.

Ask about the next step before it is shown.

Write what can be taken along: the step's text, LaTeX, DOT, a figure, a gradient check.

List the deeds: the name of a command -> the function that does it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.conditions import Condition, nodes_where, read_condition
from graphgrad.stepping.journey import Journey, break_places, matching_nodes
from graphgrad.stepping.plain import edit_and_train
from graphgrad.stepping.plain.reports import (
    derivation_lines,
    help_lines,
    inspect_lines,
    state_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad.stepping.commands import Request
    from graphgrad.stepping.journey import Marks
    from graphgrad.stepping.plain.stepping import Stepping

__all__ = ["DEEDS"]


def next_(stepper: Stepping, request: Request) -> None:
    """Go on; or, in a round of questions, ask first."""
    if request.times != 1 or not asked_instead(stepper):
        move(stepper, request)


def move(stepper: Stepping, request: Request) -> None:
    """Go on or back by some steps."""
    wanted = _journey(stepper, times=request.times).destination(request.name)
    if wanted == stepper.position:
        end = "stepper.at_end" if request.name == "next" else "stepper.at_start"
        stepper.say([text(end)])
    else:
        stepper.jump(wanted)


def goto(stepper: Stepping, request: Request) -> None:
    """Go to a step by its number."""
    got, count = request.argument, len(stepper.stops)
    if not got.isdecimal() or int(got) > count:
        stepper.say([text("stepper.no_step", got=got, count=count)])
        return
    stepper.jump(int(got))


def go(stepper: Stepping, request: Request) -> None:
    """Go to the start, to the end, or to the first step of a pass."""
    if request.name == "backward" and not stepper.stops.has_seed:
        stepper.say([text("stepper.no_backward")])
        return
    stepper.jump(_journey(stepper).destination(request.name))


def to(stepper: Stepping, request: Request) -> None:
    """Run to a node's value; from there, or later, to its adjoint; from there to its value."""
    node = stepper.named(request.argument)
    if node is not None:
        stepper.jump(_journey(stepper, node).destination("to"))


def run_on(stepper: Stepping, request: Request) -> None:
    """Go on to the next breakpoint, or back to the last one."""
    journey, way = _journey(stepper), 1 if request.name == "continue" else -1
    if not any(way * (place - stepper.position) > 0 for place in journey.breaks):
        stepper.say([text("stepper.no_break")])
    stepper.jump(journey.destination(request.name))


def _journey(stepper: Stepping, node: int = 0, times: int | None = None) -> Journey:
    breaks = break_places(stepper.stops, stepper.breakpoints.values())
    return Journey(stepper.stops, stepper.position, node, breaks, times)


def inspect(stepper: Stepping, request: Request) -> None:
    """Write all that is known about a node."""
    node = stepper.named(request.argument) if request.argument else stepper.stop.node
    if node is None:
        return
    if node < 0:
        state(stepper, request)
        return
    stepper.say(inspect_lines(stepper.state, node, stepper.fold, stepper.hidden))


def state(stepper: Stepping, _request: Request) -> None:
    """Write a table of all that is known."""
    stepper.say(state_lines(stepper.state, stepper.fold, stepper.width))


def derive(stepper: Stepping, request: Request) -> None:
    """Write the derivation as far as it is known, of one name or of everything."""
    node = stepper.named(request.argument) if request.argument else None
    if request.argument and node is None:
        return
    stop, fold = stepper.stop, stepper.fold
    stepper.say(derivation_lines(stepper.state, stop, node, fold, stepper.hidden))


def help_(stepper: Stepping, _request: Request) -> None:
    """List the commands."""
    stepper.say(help_lines())


def quit_(stepper: Stepping, _request: Request) -> None:
    """Stop reading."""
    stepper.done = True


# ---- searching ----


def search(stepper: Stepping, request: Request) -> None:
    """Go to the next step of a node that has some words; or list those that meet a condition."""
    stepper.searched = request.argument or stepper.searched
    if not stepper.searched:
        stepper.say([text("stepper.search_nothing")])
        return
    condition = read_condition(stepper.searched)
    if condition is not None:
        _list(stepper, condition)
        return
    graph, count = stepper.graph, len(stepper.stops)
    for offset in range(1, count + 1):
        position = (stepper.position + offset - 1) % count + 1
        if matching_nodes(graph, [stepper.stops.stop(position).node], stepper.searched):
            stepper.jump(position)
            return
    stepper.say([text("stepper.not_found", what=stepper.searched)])


def _list(stepper: Stepping, condition: Condition) -> None:
    roots = [end - 1 for end in stepper.graph.line_ends]
    names = [stepper.graph.name(n) for n in nodes_where(stepper.state, roots, condition)]
    stepper.sentence("plain.matches", names=", ".join(names) or text("stepper.none"))


# ---- breakpoints, watches ----


def break_(stepper: Stepping, request: Request) -> None:
    """Set or clear a breakpoint."""
    _toggle(stepper, stepper.breakpoints, request.argument, "stepper.breakpoints")


def watch(stepper: Stepping, request: Request) -> None:
    """Watch a node, or no more."""
    _toggle(stepper, stepper.watched, request.argument, "stepper.watches")


def _toggle(stepper: Stepping, marks: Marks, name: str, message: str) -> None:
    node = stepper.named(name) if name else None
    if node is not None:
        marks.toggle(name, node)
    elif name:
        return
    stepper.say([text(message, names=", ".join(marks) or text("stepper.none"))])


def predict(stepper: Stepping, request: Request) -> None:
    """Start a round of questions, or end it."""
    if stepper.round.start():
        ask(stepper, request)
    else:
        stepper.say([stepper.round.end()])


def ask(stepper: Stepping, _request: Request) -> None:
    """Ask about the next step that can be asked about, and go right before it."""
    if stepper.refuses():
        return
    place = stepper.round.ask(stepper.work, stepper.stops, stepper.position)
    if place is None:
        stepper.sentence("predict.nothing")
        return
    if place - 1 != stepper.position:
        stepper.jump(place - 1)
    _put(stepper)


def asked_instead(stepper: Stepping) -> bool:
    """Ask about the next step instead of showing it, if its turn has come."""
    asked = stepper.round.ask_if_due(stepper.work, stepper.stops, stepper.position + 1)
    if asked:
        _put(stepper)
    return asked


def _put(stepper: Stepping) -> None:
    quiz = stepper.round.quiz
    if quiz is not None:
        stepper.say(["", quiz.words, text("plain.answering")])


def answer(stepper: Stepping, request: Request) -> None:
    """Judge an answer, and show the step of a question that is closed by it."""
    _settle(stepper, request.argument)


def reveal(stepper: Stepping, _request: Request) -> None:
    """Give the answer away."""
    _settle(stepper, None)


def _settle(stepper: Stepping, given: str | None) -> None:
    settled, quiz = stepper.round.settle(given), stepper.round.quiz
    if settled is None or quiz is None:
        stepper.sentence("predict.none_open")
        return
    stepper.say(stepper.wrapped(settled.fault))
    stepper.say([quiz.reply])
    if settled.place is not None:
        stepper.say([quiz.score])
        stepper.jump(settled.place)


def hint(stepper: Stepping, _request: Request) -> None:
    """Say what to look at."""
    quiz = stepper.round.quiz
    if quiz is None or quiz.question is None:
        stepper.sentence("predict.none_open")
        return
    quiz.hint()
    stepper.say([quiz.reply])


def copy(stepper: Stepping, _request: Request) -> None:
    """Write this step's text alone."""
    told = stepper.told()
    stepper.say([told.title, *told.formula.splitlines(), *told.numbers.splitlines()])
    stepper.say([told.caption])


def latex(stepper: Stepping, request: Request) -> None:
    """Write derivatives and chain rule of a node in LaTeX."""
    from graphgrad.stepping.copies import copied_latex

    if stepper.refuses():
        return
    here = max(stepper.stop.node, 0)
    node = stepper.named(request.argument) if request.argument else here
    if node is not None:
        stepper.say(copied_latex(stepper.trace, node, stepper.fold).splitlines())


def dot(stepper: Stepping, _request: Request) -> None:
    """Write the graph at this step as DOT source."""
    from graphgrad.stepping.copies import copied_dot

    if not stepper.refuses():
        stepper.say(copied_dot(stepper.trace, stepper.stop.last, stepper.fold).splitlines())


def export(stepper: Stepping, request: Request) -> None:
    """Write this step as a figure; the ending of the file names the format."""
    from graphgrad.stepping.step_figure import write_step

    if stepper.refuses():
        return
    if not request.argument:
        stepper.sentence("plain.export_how")
        return
    try:
        write_step(stepper.trace, request.argument, stepper.stop.last, stepper.fold)
    except GraphgradError as error:
        stepper.say([str(error)])
    else:
        stepper.sentence("take.written", path=request.argument)


def check(stepper: Stepping, _request: Request) -> None:
    """Compare four derivatives of every leaf."""
    from graphgrad.stepping.check_report import check_report

    if not stepper.refuses():
        stepper.say(check_report(stepper.work, stepper.width).splitlines())


DEEDS: dict[str, Callable[[Stepping, Request], None]] = {
    "next": next_,
    "previous": move,
    "goto": goto,
    "start": go,
    "end": go,
    "forward": go,
    "backward": go,
    "to": to,
    "continue": run_on,
    "back": run_on,
    "break": break_,
    "watch": watch,
    "inspect": inspect,
    "derivation": derive,
    "search": search,
    "state": state,
    "help": help_,
    "quit": quit_,
    "predict": predict,
    "ask": ask,
    "answer": answer,
    "hint": hint,
    "reveal": reveal,
    "edit": edit_and_train.edit,
    "undo": edit_and_train.undo_or_redo,
    "redo": edit_and_train.undo_or_redo,
    "train": edit_and_train.train,
    "iterate": edit_and_train.iterate,
    "check": check,
    "copy": copy,
    "copy_latex": latex,
    "copy_dot": dot,
    "export": export,
}
