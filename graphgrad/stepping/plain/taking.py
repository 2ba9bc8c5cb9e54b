"""Write what can be taken along: the step's text, LaTeX, DOT, a figure, a gradient check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError

if TYPE_CHECKING:
    from graphgrad.stepping.plain.commands import Request
    from graphgrad.stepping.plain.stepper import PlainStepper

__all__ = ["check", "copy", "dot", "export", "latex"]


def copy(stepper: PlainStepper, _request: Request) -> None:
    """Write this step's text alone."""
    told = stepper.told()
    stepper.say([told.title, *told.formula.splitlines(), *told.numbers.splitlines()])
    stepper.say([told.caption])


def latex(stepper: PlainStepper, request: Request) -> None:
    """Write derivatives and chain rule of a node in LaTeX."""
    from graphgrad.stepping.copies import copied_latex

    if stepper.refuses():
        return
    here = max(stepper.stop.node, 0)
    node = stepper.named(request.argument) if request.argument else here
    if node is not None:
        stepper.say(copied_latex(stepper.trace, node, stepper.fold).splitlines())


def dot(stepper: PlainStepper, _request: Request) -> None:
    """Write the graph at this step as DOT source."""
    from graphgrad.stepping.copies import copied_dot

    if not stepper.refuses():
        stepper.say(copied_dot(stepper.trace, stepper.stop.last, stepper.fold).splitlines())


def export(stepper: PlainStepper, request: Request) -> None:
    """Write this step as a figure; the ending of the file names the format."""
    from graphgrad.stepping.figures import write_step

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


def check(stepper: PlainStepper, _request: Request) -> None:
    """Compare four derivatives of every leaf."""
    from graphgrad.stepping.checking import check_report

    if not stepper.refuses():
        stepper.say(check_report(stepper.work, stepper.width).splitlines())
