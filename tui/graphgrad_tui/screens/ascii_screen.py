"""Spell what is shown on a terminal that has ASCII characters only."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from graphgrad.views.cells.ascii_spelling import ascii_text

if TYPE_CHECKING:
    from textual.color import Color

__all__ = ["AsciiFilter", "ascii_cells", "spelled_lines"]

_BARS = "_.:-=+*#"
"""Bars of a plot, by eighths of a row."""


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


def spelled_lines(text: str) -> str:
    r"""Return lines in ASCII, each by itself: at the end of a line a dot is no product.

    >>> spelled_lines("∇ ·\nx²")
    'g .\nx^2'
    """
    return "\n".join(map(ascii_text, text.split("\n")))
