"""Do what a command of the line stepper says: `DEEDS` lists the function of each.

Here stands what shows, marks and takes along; travels, questions, edits and training have their own
files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.entry_rule import entry_lines
from graphgrad.stepping.plain import edit_and_train, travel
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
    from graphgrad.stepping.plain.line_stage import Stepping

__all__ = ["DEEDS"]


def inspect(stepper: Stepping, request: Request) -> None:
    """Write all that is known about a node."""
    entry = stepper.entry_named(request.argument)
    if entry is not None:
        lines = entry_lines(stepper.state, *entry, stepper.fold)
        stepper.say(f"  {line}" for line in lines)
        return
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


# ---- marks ----


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


# ---- what can be taken along ----


def copy(stepper: Stepping, _request: Request) -> None:
    """Write this step's text alone."""
    told = stepper.told()
    stepper.say([told.title, *told.lines, told.sentence, *told.notes])


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
    from graphgrad.stepping.side_reports import check_report

    if not stepper.refuses():
        stepper.say(check_report(stepper.work, stepper.width).splitlines())


def lens(stepper: Stepping, request: Request) -> None:
    """Look at the graph through a lens."""
    from graphgrad.stepping.side_reports import lens_report

    if not stepper.refuses():
        stepper.say(lens_report(stepper.work, request.argument, stepper.width))


DEEDS: dict[str, Callable[[Stepping, Request], None]] = {
    "next": travel.next_,
    "previous": travel.move,
    "goto": travel.goto,
    "start": travel.go,
    "end": travel.go,
    "forward": travel.go,
    "backward": travel.go,
    "to": travel.to,
    "continue": travel.run_on,
    "back": travel.run_on,
    "break": break_,
    "watch": watch,
    "inspect": inspect,
    "derivation": derive,
    "search": travel.search,
    "state": state,
    "help": help_,
    "quit": quit_,
    "predict": travel.predict,
    "ask": travel.ask,
    "answer": travel.answer,
    "hint": travel.hint,
    "reveal": travel.reveal,
    "edit": edit_and_train.edit,
    "undo": edit_and_train.undo_or_redo,
    "redo": edit_and_train.undo_or_redo,
    "train": edit_and_train.train,
    "iterate": edit_and_train.iterate,
    "check": check,
    "lens": lens,
    "copy": copy,
    "copy_latex": latex,
    "copy_dot": dot,
    "export": export,
}
