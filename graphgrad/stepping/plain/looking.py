"""Look at what is known, search it, mark it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages import text
from graphgrad.stepping.conditions import Condition, nodes_where, read_condition
from graphgrad.stepping.journey import matching_nodes
from graphgrad.stepping.plain.reports import (
    derivation_lines,
    help_lines,
    inspect_lines,
    state_lines,
)

if TYPE_CHECKING:
    from graphgrad.stepping.plain.commands import Request
    from graphgrad.stepping.plain.marks import Marks
    from graphgrad.stepping.plain.stepper import PlainStepper

__all__ = ["break_", "derive", "help_", "inspect", "quit_", "search", "state", "watch"]


def inspect(stepper: PlainStepper, request: Request) -> None:
    """Write all that is known about a node."""
    node = stepper.named(request.argument) if request.argument else stepper.stop.node
    if node is None:
        return
    if node < 0:
        state(stepper, request)
        return
    stepper.say(inspect_lines(stepper.state, node, stepper.fold, stepper.hidden))


def state(stepper: PlainStepper, _request: Request) -> None:
    """Write a table of all that is known."""
    stepper.say(state_lines(stepper.state, stepper.fold, stepper.width))


def derive(stepper: PlainStepper, request: Request) -> None:
    """Write the derivation as far as it is known, of one name or of everything."""
    node = stepper.named(request.argument) if request.argument else None
    if request.argument and node is None:
        return
    stepper.say(derivation_lines(stepper, node))


def help_(stepper: PlainStepper, _request: Request) -> None:
    """List the commands."""
    stepper.say(help_lines())


def quit_(stepper: PlainStepper, _request: Request) -> None:
    """Stop reading."""
    stepper.done = True


# ---- searching ----


def search(stepper: PlainStepper, request: Request) -> None:
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


def _list(stepper: PlainStepper, condition: Condition) -> None:
    roots = [end - 1 for end in stepper.graph.line_ends]
    names = [stepper.graph.name(n) for n in nodes_where(stepper.state, roots, condition)]
    stepper.sentence("plain.matches", names=", ".join(names) or text("stepper.none"))


# ---- breakpoints, watches ----


def break_(stepper: PlainStepper, request: Request) -> None:
    """Set or clear a breakpoint."""
    _toggle(stepper, stepper.breakpoints, request.argument, "stepper.breakpoints")


def watch(stepper: PlainStepper, request: Request) -> None:
    """Watch a node, or no more."""
    _toggle(stepper, stepper.watched, request.argument, "stepper.watches")


def _toggle(stepper: PlainStepper, marks: Marks, name: str, message: str) -> None:
    node = stepper.named(name) if name else None
    if node is not None:
        marks.toggle(name, node)
    elif name:
        return
    stepper.say([text(message, names=", ".join(marks) or text("stepper.none"))])
