"""Show texts in the characters of the terminal, where it has ASCII only."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.filter import LineFilter
from textual.widgets import Static

from graphgrad.views.cells.ascii_spelling import ascii_text

if TYPE_CHECKING:
    from textual.color import Color
    from textual.visual import VisualType

__all__ = ["AsciiFilter", "Words", "ascii_cells", "spelled_lines"]

_BARS = "_.:-=+*#"
"""Bars of a plot, by eighths of a row."""


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


def spelled_lines(text: str) -> str:
    r"""Return lines in ASCII, each by itself: at the end of a line a dot is no product.

    >>> spelled_lines("∇ ·\nx²")
    'g .\nx^2'
    """
    return "\n".join(map(ascii_text, text.split("\n")))


class AsciiFilter(LineFilter):
    """The last sieve before the terminal: frames, bars and marks that Textual itself draws.

    A cell stays a cell, so no row changes its width. Words and formulas are better spelled before
    they are laid out (`ascii_text`), where `²` may become the two characters `^2`.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with one ASCII character per cell."""
        return [
            segment
            if segment.text.isascii()
            else Segment(ascii_cells(segment.text), segment.style, segment.control)
            for segment in segments
        ]


@lru_cache(maxsize=4096)
def ascii_cells(text: str) -> str:
    """Return a text in ASCII that takes as many cells.

    >>> ascii_cells("╭─ año ─╮"), ascii_cells("▁▄█"), ascii_cells("層")
    ('+- ano -+', '_-#', '??')
    """
    return "".join(char if char.isascii() else _cells(char) for char in text)


def _cells(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith("BOX DRAWINGS"):
        sides = {"HORIZONTAL": "-", "VERTICAL": "|"}
        return sides.get(name.split(" ")[-1], "+") if " AND " not in name else "+"
    if name.startswith("LOWER ") or name == "FULL BLOCK":
        return _BARS["▁▂▃▄▅▆▇█".find(char)]
    if " BLOCK" in name or name.endswith("SHADE"):
        return "#"
    spelled = ascii_text(char)
    return (spelled[:1] or "?") * cell_len(char)
