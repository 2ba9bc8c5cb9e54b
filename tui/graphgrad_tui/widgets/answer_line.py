"""Type the answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from graphgrad_tui.events import AnswerGiven, DeedWanted
from graphgrad_tui.widgets.prompt_line import PromptLine

if TYPE_CHECKING:
    from textual import events

__all__ = ["AnswerLine"]

_DEEDS = {"r": "reveal", "H": "hint"}


class AnswerLine(PromptLine):
    """A line for an answer; before its first letter, r and H are commands if none starts so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.takes_letters = False

    def open(self, *, takes_letters: bool) -> None:
        """Wait for an answer."""
        self.takes_letters = takes_letters
        self.value = ""
        self.display = True
        self.screen.set_focus(self)

    def close(self) -> None:
        """Take no answer."""
        self.display = False
        if self.has_focus:
            self.screen.set_focus(None)

    def action_leave(self) -> None:
        """Let keys be commands again; the line stays."""
        self.screen.set_focus(None)

    def on_key(self, event: events.Key) -> None:
        """Take r and H as commands while nothing is typed, or a wrong answer waits as a whole."""
        deed = _DEEDS.get(event.character or "")
        untouched = self.selected_text == self.value
        if deed and untouched and not self.takes_letters:
            event.prevent_default()
            event.stop()
            self.post_message(DeedWanted(deed))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand on the answer."""
        event.stop()
        self.post_message(AnswerGiven(event.value))
