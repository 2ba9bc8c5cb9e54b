"""Go back and forth in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages import text
from graphgrad.stepping.plain.asking import asked_instead

if TYPE_CHECKING:
    from graphgrad.stepping.plain.commands import Request
    from graphgrad.stepping.plain.stepper import PlainStepper

__all__ = [
    "back",
    "backward",
    "continue_",
    "end",
    "forward",
    "goto",
    "next_",
    "previous",
    "start",
    "to",
]


def _move(stepper: PlainStepper, position: int) -> None:
    wanted = max(0, min(position, len(stepper.stops)))
    if wanted == stepper.position:
        stepper.say([text("stepper.at_end" if position > wanted else "stepper.at_start")])
    else:
        stepper.jump(wanted)


def next_(stepper: PlainStepper, request: Request) -> None:
    """Go on; or, in a round of questions, ask first."""
    if request.times != 1 or not asked_instead(stepper):
        _move(stepper, stepper.position + request.times)


def previous(stepper: PlainStepper, request: Request) -> None:
    """Go back."""
    _move(stepper, stepper.position - request.times)


def goto(stepper: PlainStepper, request: Request) -> None:
    """Go to a step by its number."""
    got, count = request.argument, len(stepper.stops)
    if not got.isdecimal() or int(got) > count:
        stepper.say([text("stepper.no_step", got=got, count=count)])
        return
    stepper.jump(int(got))


def start(stepper: PlainStepper, _request: Request) -> None:
    """Go to the start."""
    stepper.jump(0)


def end(stepper: PlainStepper, _request: Request) -> None:
    """Go to the end."""
    stepper.jump(len(stepper.stops))


def forward(stepper: PlainStepper, _request: Request) -> None:
    """Go to the first step of the forward pass."""
    stepper.jump(min(1, stepper.stops.forward_count))


def backward(stepper: PlainStepper, _request: Request) -> None:
    """Go to the seed."""
    if not stepper.stops.has_seed:
        stepper.say([text("stepper.no_backward")])
        return
    stepper.jump(stepper.stops.seed)


def to(stepper: PlainStepper, request: Request) -> None:
    """Run to a node's value; from there, or later, to its adjoint; from there to its value."""
    node = stepper.named(request.argument)
    if node is None:
        return
    places = [stepper.stops.value_position(node), stepper.stops.adjoint_position(node)]
    later = [place for place in places if place > stepper.position]
    stepper.jump(later[0] if later else places[0])


def continue_(stepper: PlainStepper, _request: Request) -> None:
    """Go on to the next breakpoint."""
    places = stepper.breakpoints.places(stepper.stops)
    later = [place for place in places if place > stepper.position]
    if not later:
        stepper.say([text("stepper.no_break")])
    stepper.jump(min(later, default=len(stepper.stops)))


def back(stepper: PlainStepper, _request: Request) -> None:
    """Go back to the last breakpoint."""
    places = stepper.breakpoints.places(stepper.stops)
    earlier = [place for place in places if place < stepper.position]
    if not earlier:
        stepper.say([text("stepper.no_break")])
    stepper.jump(max(earlier, default=0))
