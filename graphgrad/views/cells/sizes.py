"""Sizes: how many cells a box needs for its text and its ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from graphgrad.views.cells.measure import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphgrad.views.cells.model import CellBox, Size

__all__ = ["GAP", "INSET", "TEXT_LIMIT", "Column", "Saving", "box_height", "column_of", "squeezed"]

TEXT_LIMIT: Final = 32

# Row of the first port and of the exit, and empty rows between two boxes.
INSET: Final[dict[Size, int]] = {"full": 1, "compact": 0, "mini": 0}
GAP: Final[dict[Size, int]] = {"full": 0, "compact": 1, "mini": 1}


# How far to go to save columns.
Saving = Literal[0, 1, 2]


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


def squeezed(title: str) -> str:
    """Return a title without its blanks, for where there is little room.

    >>> squeezed("t = z1 + z2")
    't=z1+z2'
    """
    return title.replace(" ", "")


def column_of(boxes: Sequence[CellBox], size: Size, saving: Saving = 0) -> Column:
    """Return the column of a layer.

    Args:
        boxes: those of the layer that share a width.
        size: how they are drawn.
        saving: 1 spares the blanks in titles, 2 those beside them too.

    >>> from graphgrad.views.cells.model import CellBox
    >>> box = CellBox(0, "z = w·x", ("v 6",), ())
    >>> [column_of([box], "full", saving).width for saving in (0, 1, 2)]
    [11, 9, 7]
    >>> column_of([box], "compact")
    Column(width=14, indent=10)
    """
    title = _widest(squeezed(box.title) if saving else box.title for box in boxes)
    row = _widest(text for box in boxes for text in box.rows)
    if size == "mini" or not boxes:
        return Column(min(len(boxes), 1), 0)
    if size == "compact":
        indent = title + (2 if saving == 2 else 3) if title and row else 1
        return Column((indent + row if row else title + 1) + 1, indent)
    return Column(max(title + (2 if saving == 2 else 4), row + 4), 2)


def _widest(texts: Iterable[str]) -> int:
    """Return the cells of the longest text, at most the limit."""
    return min(max(map(width, texts), default=0), TEXT_LIMIT)
