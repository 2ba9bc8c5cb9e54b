"""Go back and forth in time, by steps, names, words and breakpoints; ask before the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.expr.tokens import is_count
from graphgrad.messages.catalogue import text
from graphgrad.stepping.conditions import Condition, nodes_where, read_condition
from graphgrad.stepping.journey import Journey, break_places, matching_nodes

if TYPE_CHECKING:
    from graphgrad.stepping.commands import Request
    from graphgrad.stepping.plain.line_stage import Stepping

__all__ = ["answer", "ask", "go", "goto", "hint", "move", "next_", "predict", "reveal", "run_on"]
__all__ += ["search", "to"]


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
    if not is_count(got) or int(got) > count:
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


# ---- questions ----


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
