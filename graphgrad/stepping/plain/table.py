"""List the deeds: the name of a command -> the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphgrad.stepping.plain import asking, changing, looking, moving, taking

if TYPE_CHECKING:
    from graphgrad.stepping.plain.commands import Request
    from graphgrad.stepping.plain.stepper import PlainStepper

__all__ = ["DEEDS"]

DEEDS: dict[str, Callable[[PlainStepper, Request], None]] = {
    "next": moving.next_,
    "previous": moving.previous,
    "goto": moving.goto,
    "start": moving.start,
    "end": moving.end,
    "forward": moving.forward,
    "backward": moving.backward,
    "to": moving.to,
    "continue": moving.continue_,
    "back": moving.back,
    "break": looking.break_,
    "watch": looking.watch,
    "inspect": looking.inspect,
    "derive": looking.derive,
    "search": looking.search,
    "state": looking.state,
    "help": looking.help_,
    "quit": looking.quit_,
    "predict": asking.predict,
    "ask": asking.ask,
    "answer": asking.answer,
    "hint": asking.hint,
    "reveal": asking.reveal,
    "edit": changing.edit,
    "undo": changing.undo,
    "redo": changing.redo,
    "train": changing.train,
    "iterate": changing.iterate,
    "check": taking.check,
    "copy": taking.copy,
    "latex": taking.latex,
    "dot": taking.dot,
    "export": taking.export,
}
