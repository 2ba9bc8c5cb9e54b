"""Show a text that changes often without laying out the screen each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Static

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["SteadyText"]


class SteadyText(Static, can_focus=False):
    """A text; the screen is laid out anew only when it takes more or fewer rows."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, markup=False)
        self._rows: tuple[int, int] = (0, 0)

    def put(self, text: Text) -> None:
        """Show a text."""
        width = self.size.width
        rows = width, rows_of(text, width)
        self.update(text, layout=rows != self._rows)
        self._rows = rows


def rows_of(text: Text, width: int) -> int:
    """Return about how many rows a text takes, wrapped; more where words are long."""
    lines = text.plain.split("\n")
    if not width or text.no_wrap:
        return len(lines)
    return sum(_wrapped(line, width) for line in lines)


def _wrapped(line: str, width: int) -> int:
    """Return the rows of a line whose words are not broken.

    >>> _wrapped("dL/dw = 12 + 13", 10), _wrapped("", 10)
    (2, 1)
    """
    rows = 1
    used = 0
    for word in line.split(" "):
        size = cell_len(word)
        if used and used + size > width:
            rows, used = rows + 1, 0
        rows += max(0, size - 1) // width
        used += size + 1
    return rows
