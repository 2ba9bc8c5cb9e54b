"""Show the few keys that are needed most; a click does what the key does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from graphgrad.messages.catalogue import text
from graphgrad_tui.events import CommandClicked
from graphgrad_tui.keymap import action_of
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from graphgrad.stepping.commands import Command
    from graphgrad.views.cells.characters import Charset

__all__ = ["KeyBar"]

_ALWAYS = ("help", "quit")


class KeyBar(RowPane):
    """One row: keys and words; those that lead nowhere from here are pale.

    While a line is typed into, the row says which keys work there and what the line takes. Where
    there is little room, help and the way out stay.

    Textual's footer has a widget per key, which is a large part of the start of a small app, and
    makes all of them anew when one of them turns pale.
    """

    STYLES = "keys"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--words", "keys--off"}

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self._commands: list[Command] = []
        self._off = ""
        self._typing = ""

    def show(self, commands: Sequence[Command], off: str) -> None:
        """Show the commands that belong into the bar; the one named `off` is pale."""
        self._commands = [command for command in commands if command.footer and command.shown]
        self._off = off
        self._arrange()

    def say(self, typing: str) -> None:
        """Say what a line takes while it is typed into; nothing brings the commands back."""
        self._typing = self.spelled(typing)
        self._arrange()

    def on_resize(self) -> None:
        """Choose for another width."""
        super().on_resize()
        self._arrange()

    def _arrange(self) -> None:
        if self._typing:
            self.put([((f" {self._typing}", "words"),)])
            return
        row: list[tuple[str, str]] = []
        for command in self._fitting():
            pale = command.name == self._off
            key, words = self._parts(command)
            row += [(key, "off" if pale else "key"), (words, "off" if pale else "words")]
        self.put([tuple(row)])

    def _fitting(self) -> list[Command]:
        """Return the commands there is room for; those that must stay take theirs first."""
        room = self.size.width or 1_000
        room -= sum(self._width(c) for c in self._commands if c.name in _ALWAYS)
        found = []
        for command in self._commands:
            if command.name not in _ALWAYS:
                room -= self._width(command)
            if command.name in _ALWAYS or room >= 0:
                found.append(command)
        return found

    def _width(self, command: Command) -> int:
        return sum(map(cell_len, self._parts(command)))

    def _parts(self, command: Command) -> tuple[str, str]:
        key = command.shown.split()[0]
        return f" {self.spelled(key)}", self.spelled(f" {text(f'app.key.{command.name}')} ")

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        place = 0
        for command in [] if self._typing else self._fitting():
            place += self._width(command)
            if event.x < place:
                self.post_message(CommandClicked(action_of(command.name)))
                return
