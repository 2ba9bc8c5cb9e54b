"""Sizes: how many cells a box needs for its text and its ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graphgrad.views.cells.measure import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphgrad.views.cells.model import CellBox, Size

__all__ = ["GAP", "INSET", "TEXT_LIMIT", "Column", "box_height", "column_of"]

TEXT_LIMIT: Final = 32

# Row of the first port and of the exit, and empty rows between two boxes.
INSET: Final[dict[Size, int]] = {"full": 1, "compact": 0, "mini": 0}
GAP: Final[dict[Size, int]] = {"full": 0, "compact": 1, "mini": 1}


class Column(NamedTuple):
    """The width that all boxes of a layer share, and where their rows of text begin."""

    width: int
    indent: int


def box_height(box: CellBox, size: Size) -> int:
    """Return the rows of a box: those of its text, more if it has more operands.

    >>> from graphgrad.views.cells.model import CellBox
    >>> box = CellBox(3, "z", ("v 6", "g -4"), (0, 1, 2))
    >>> box_height(box, "full"), box_height(box, "compact"), box_height(box, "mini")
    (5, 3, 3)
    """
    ports = max(len(box.sources), 1)
    if size == "mini":
        return ports
    return max(ports, len(box.rows)) + 2 * INSET[size]


def column_of(boxes: Sequence[CellBox], size: Size) -> Column:
    """Return the column of a layer.

    >>> from graphgrad.views.cells.model import CellBox
    >>> column_of([CellBox(0, "w", ("v 2", "g -12"), ())], "full")
    Column(width=9, indent=2)
    >>> column_of([CellBox(0, "w", ("v 2", "g -12"), ())], "compact")
    Column(width=10, indent=4)
    """
    title = _widest(box.title for box in boxes)
    row = _widest(text for box in boxes for text in box.rows)
    if size == "mini" or not boxes:
        return Column(min(len(boxes), 1), 0)
    if size == "compact":
        indent = title + 3 if title and row else 1
        return Column((indent + row if row else title + 1) + 1, indent)
    return Column(max(title, row) + 4, 2)


def _widest(texts: Iterable[str]) -> int:
    """Return the cells of the longest text, at most the limit."""
    return min(max(map(width, texts), default=0), TEXT_LIMIT)
