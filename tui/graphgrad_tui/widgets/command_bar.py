"""Type a step, a name or words to search for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.widgets.input import Selection

from graphgrad.messages.catalogue import text
from graphgrad_tui.events import CommandGiven
from graphgrad_tui.widgets.key_bar import KeyBar
from graphgrad_tui.widgets.prompt_line import PromptLine, Refusal

if TYPE_CHECKING:
    from textual import events

__all__ = ["CommandBar"]

_KINDS = {":": "goto", "/": "search", "=": "edit", "E": "export", "E?": "replace"}


class CommandBar(PromptLine):
    """A line at the bottom that is there only while it is typed into."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.display = False
        self.prompt = ":"

    def open(self, prompt: str, placeholder: str) -> None:
        """Show the line and wait for text."""
        self.prompt = prompt
        self.placeholder = f"{prompt} {placeholder}"
        self.value = ""
        self._appear(True)
        self.screen.set_focus(self)  # at once: what is typed fast must not be lost

    def fill(self, value: str, *, replaced: bool = False) -> None:
        """Start from a text; one that is proposed as a whole is replaced by what is typed."""
        self.value = value
        self.cursor_position = len(value)
        if replaced:
            self.selection = Selection(0, len(value))

    def action_leave(self) -> None:
        """Hide the line, and why it was refused."""
        for refusal in self.screen.query(Refusal):
            refusal.show("")
        self._appear(False)
        self.screen.set_focus(None)

    def on_blur(self, _event: events.Blur) -> None:
        """Hide the line when something else is clicked, not when it was opened again."""
        if not self.has_focus:
            self._appear(False)

    def _appear(self, here: bool) -> None:
        """Stand in the place of the time axis, or give it back."""
        self.display = here
        self.screen.set_class(here, "-typing")
        self.screen.query_one(KeyBar).say(self._takes() if here else "")

    def _takes(self) -> str:
        """Return what is typed here, and how to leave."""
        keys = f"app.typing.{_KINDS[self.prompt]}"
        return f"{text('app.typing.keys')}  {text(keys)}"

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand on what was typed."""
        event.stop()
        self.action_leave()
        self.post_message(CommandGiven(self.prompt, event.value))
