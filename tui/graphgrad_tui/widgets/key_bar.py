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


class KeyBar(RowPane):
    """One row: keys and words; those that lead nowhere from here are pale.

    Textual's footer has a widget per key, which is a large part of the start of a small app, and
    makes all of them anew when one of them turns pale.
    """

    STYLES = "keys"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--words", "keys--off"}

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self._commands: list[Command] = []

    def show(self, commands: Sequence[Command], off: str) -> None:
        """Show the commands that belong into the bar; the one named `off` is pale."""
        self._commands = [command for command in commands if command.footer]
        row: list[tuple[str, str]] = []
        for command in self._commands:
            pale = command.name == off
            key, words = self._parts(command)
            row += [(key, "off" if pale else "key"), (words, "off" if pale else "words")]
        self.put([tuple(row)])

    def _parts(self, command: Command) -> tuple[str, str]:
        key, *_ = command.shown.split()
        return f" {self.spelled(key)}", self.spelled(f" {text(f'app.key.{command.name}')} ")

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        place = 0
        for command in self._commands:
            place += sum(map(cell_len, self._parts(command)))
            if event.x < place:
                self.post_message(CommandClicked(action_of(command.name)))
                return
