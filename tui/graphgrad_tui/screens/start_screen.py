"""Greet who starts without a file: three examples at one key each, files, all samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen

from graphgrad.messages.catalogue import text
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

__all__ = ["EXAMPLES", "StartScreen"]

EXAMPLES = ("linear_regression", "xor_sigmoid", "shared_weights")


class StartScreen(ModalScreen[str]):
    """What can be opened; the answer is a sample's name, ``open`` or ``samples``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(number), f"dismiss('{name}')", "") for number, name in enumerate(EXAMPLES, 1)),
        ("ctrl+o,o", "dismiss('open')", ""),
        ("S,s", "dismiss('samples')", ""),
        ("question_mark,f1", "keys", ""),
        ("q,escape", "leave", ""),
    ]

    def compose(self) -> ComposeResult:
        """Hold the choices in a frame."""
        with Vertical(id="start-frame") as frame:
            frame.border_title = "graphgrad"
            yield Words(self._choices(), id="start-text")

    async def action_keys(self) -> None:
        """Show every key."""
        await self.app.run_action("help")

    def action_leave(self) -> None:
        """Leave the app."""
        self.app.exit()

    def _choices(self) -> Text:
        shown = Text(f"{text('start.greeting')}\n\n")
        for number, name in enumerate(EXAMPLES, 1):
            shown.append(f"  {number}       ", "bold")
            shown.append(f"{text(f'start.example.{name}')}\n")
        for key, words in (("S", "samples"), ("ctrl+o", "open"), ("?", "help"), ("q", "quit")):
            shown.append(f"\n  {key:<8}", "bold")
            shown.append(text(f"start.{words}"))
        return shown
