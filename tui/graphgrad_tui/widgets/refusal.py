"""Say why what was typed cannot be used, with a caret below the place."""

from __future__ import annotations

from rich.text import Text

from graphgrad_tui.widgets.words import Words

__all__ = ["Refusal"]


class Refusal(Words, can_focus=False):
    """A few lines above the command line; not there while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def show(self, said: str) -> None:
        """Show an error, or nothing."""
        self.display = bool(said)
        self.update(Text(said, no_wrap="^" in said))
