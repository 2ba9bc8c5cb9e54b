"""Show a text in the characters of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from graphgrad_tui.screens.ascii_screen import spelled_lines

if TYPE_CHECKING:
    from textual.visual import VisualType

__all__ = ["Words"]


class Words(Static):
    """A text without markup; on a terminal that has ASCII only, it is spelled in ASCII."""

    def __init__(self, content: str | Text = "", *, id: str | None = None) -> None:  # noqa: A002 -- Textual's word
        super().__init__(content, id=id, markup=False)

    def on_mount(self) -> None:
        """Spell what was there before the terminal was known."""
        self.update(self.content)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text."""
        if getattr(self.app, "charset", "unicode") == "ascii":
            content = _spelled(content)
        super().update(content, layout=layout)


def _spelled(content: VisualType) -> VisualType:
    """Return a text in ASCII; styles stay with their pieces."""
    if isinstance(content, str):
        return spelled_lines(content)
    if not isinstance(content, Text):
        return content
    cuts = sorted({end for span in content.spans for end in (span.start, span.end)})
    found = Text(style=content.style, no_wrap=content.no_wrap)
    for piece in content.divide(cuts):
        found.append(spelled_lines(piece.plain), piece.spans[0].style if piece.spans else None)
    return found
