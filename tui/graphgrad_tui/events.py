"""Messages that widgets send to the app."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

__all__ = [
    "AnswerGiven",
    "CommandGiven",
    "DeedWanted",
    "NodeChosen",
    "PaneResized",
    "TimeChosen",
]


@dataclass
class NodeChosen(Message):
    """A box of the graph was clicked."""

    node: int


@dataclass
class PaneResized(Message):
    """The graph pane has another size."""


@dataclass
class TimeChosen(Message):
    """A place of the timeline was clicked."""

    position: int


@dataclass
class CommandGiven(Message):
    """A line was typed after ``:`` or ``/``."""

    prompt: str
    text: str


@dataclass
class AnswerGiven(Message):
    """A question was answered."""

    text: str


@dataclass
class DeedWanted(Message):
    """A deed was asked for by a key inside a line of text."""

    deed: str


@dataclass
class CommandClicked(Message):
    """A command was clicked in the bar of keys."""

    action: str
