"""Lines to type into, whose keys stay in order, and why what was typed cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Input

from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

__all__ = ["PromptLine", "Refusal"]


class PromptLine(Input):
    """A line whose editing keys act at once.

    Textual runs the binding of a key only after the key has bubbled up, so a letter that is typed
    fast behind a backspace would come before it.
    """

    def on_key(self, event: events.Key) -> None:
        """Delete and move right where the key is, in the order of typing."""
        acts: dict[str, Callable[[], None]] = {
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "left": self.action_cursor_left,
            "home": self.action_home,
            "end": self.action_end,
            "ctrl+u": self.action_delete_left_all,
        }
        act = acts.get(event.key)
        if act is not None:
            event.prevent_default()
            event.stop()
            act()


class Refusal(Words, can_focus=False):
    """A few lines above the command line; not there while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def show(self, said: str) -> None:
        """Show an error, or nothing."""
        self.display = bool(said)
        self.update(Text(said, no_wrap="^" in said))
