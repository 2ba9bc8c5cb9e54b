"""Show every key and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from graphgrad.stepping.commands import Command

__all__ = ["HelpScreen"]


class HelpScreen(ModalScreen[None]):
    """A table of keys over the app; any of esc, q and ? closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,question_mark,f1", "dismiss", ""),
    ]

    def __init__(self, commands: Sequence[Command], spelled: Callable[[str], str] = str) -> None:
        super().__init__()
        self.commands = commands
        self._spelled = spelled

    def compose(self) -> ComposeResult:
        """Hold the table in a frame that scrolls."""
        with VerticalScroll(id="help-frame") as frame:
            frame.border_title = text("app.help.title")
            frame.border_subtitle = text("app.help.close")
            yield Static(help_table(self.commands, self._spelled), id="help-text")


def help_table(commands: Sequence[Command], spelled: Callable[[str], str] = str) -> Table:
    """Return the keys and what they do, in the characters of the terminal."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for command in commands:
        table.add_row(spelled(command.shown), spelled(text(f"app.help.{command.name}")))
    table.add_row("12n", spelled(text("app.help.count")))
    return table
