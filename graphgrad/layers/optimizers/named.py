"""State what every row of a training says of itself, and how other libraries call it."""

from __future__ import annotations

from dataclasses import dataclass

from graphgrad.layers.doors.door import Door
from graphgrad.ops.row import Setting

__all__ = ["CalledThere", "Named", "OpenedThere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What optimizers, schedules, clips, stops and averages have in common.

    Attributes:
        name: the word in files and on a command line.
        settings: keyword arguments.
        rule: what it does, as it stands on a board.
        aliases: other names, Spanish ones first.
        spanish: the noun for sentences in Spanish.
        doc: one line in English that says what it does.
        source: author, title and section of the formula.
    """

    name: str
    settings: tuple[Setting, ...] = ()
    rule: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    spanish: str = ""
    doc: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledThere(Named):
    """A row that other libraries have under a name, which is told and not called.

    Attributes:
        torch: its name in PyTorch, empty if it has none.
        keras: its name in Keras, empty if it has none.
    """

    torch: str = ""
    keras: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedThere(Named):
    """A row that is made as other libraries make it, with their arguments.

    Attributes:
        door: how PyTorch calls it: its class with its arguments; None where another row has it.
        also: its name in PyTorch where another row has the door, or where it is no row there.
        keras: how Keras calls it, with the arguments that are settings here.
    """

    door: Door | None = None
    also: str = ""
    keras: Door | None = None

    @property
    def torch(self) -> str:
        """Return its name in PyTorch, empty if it has none."""
        return self.door.name if self.door else self.also
