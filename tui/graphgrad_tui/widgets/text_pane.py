"""Show lines of text, wrapped to the pane and scrolled in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from graphgrad_tui.widgets.row_pane import RowPane
from graphgrad_tui.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

    from graphgrad.views.cells import Charset
    from graphgrad_tui.widgets.row_pane import Row

__all__ = ["TextPane", "thumb"]

_THUMB = {"unicode": "▐", "ascii": "#"}
_WHEEL = 2


class TextPane(RowPane):
    """Lines, each of one kind; where they are more than the rows of the pane, a mark shows where.

    Attributes:
        top: the number of wrapped rows above the pane.
    """

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self.top = 0
        self._lines: Sequence[tuple[str, str]] = ()

    def put_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show kinds and texts from the first one on."""
        self._lines = [(kind, self.spelled(text)) for kind, text in lines]
        self.top = 0
        self._arrange()

    def scroll_rows(self, count: int) -> None:
        """Move down by some rows, up if negative."""
        self.top += count
        self._arrange()

    @property
    def scrolls(self) -> bool:
        """Tell whether there are more rows than are seen."""
        return len(self._wrapped(self.size.width)) > self.size.height

    def scroll_to_line(self, number: int) -> None:
        """Move so that a line is seen, in the upper part of the pane."""
        width = max(1, self.size.width - 2)
        above = sum(len(wrapped(line, width)) for _, line in self._lines[:number])
        self.top = above - self.size.height // 3
        self._arrange()

    def on_resize(self) -> None:
        """Wrap for another width."""
        super().on_resize()
        self._arrange()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down."""
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up."""
        event.stop()
        self.scroll_rows(-_WHEEL)

    def _arrange(self) -> None:
        width, height = self.size
        rows = self._wrapped(width)
        if len(rows) <= height:
            self.top = 0
            self.put(rows)
            return
        rows = self._wrapped(width - 2)
        self.top = max(0, min(self.top, len(rows) - height))
        marked = thumb(height, len(rows), self.top)
        mark = _THUMB[self.charset]
        seen = enumerate(rows[self.top : self.top + height])
        self.put([_ended(row, width, mark if y in marked else " ") for y, row in seen])

    def _wrapped(self, width: int) -> list[Row]:
        width = max(1, width)
        return [((row, kind),) for kind, line in self._lines for row in wrapped(line, width)]


def thumb(size: int, total: int, start: int) -> range:
    """Return the cells of a bar that stand for the part in view.

    >>> thumb(10, 20, 0), thumb(10, 20, 10)
    (range(0, 5), range(5, 10))
    """
    length = max(1, size * size // total)
    at = round(start * (size - length) / max(1, total - size))
    return range(at, at + length)


def _ended(row: Row, width: int, mark: str) -> Row:
    """Return a row with a mark in its last cell."""
    (text, kind), *_ = row
    return ((text, kind), (" " * (width - cell_len(text) - 1), ""), (mark, ""))
