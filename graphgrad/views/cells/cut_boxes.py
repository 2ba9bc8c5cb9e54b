"""Mark the boxes that the edge of a pane cuts: nobody takes half a number for the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad.views.cells.characters import CUT
from graphgrad.views.text.cell_width import clipped, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.views.cells.boxes import CellLayout, PlacedBox
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.margins import View

__all__ = ["cut_marks"]

Mark = tuple[int, str, str]
"""A column, what is written from there on, and its style tag."""

_TAG = "title.off"


def cut_marks(layout: CellLayout, view: View, y: int, charset: Charset) -> Iterator[Mark]:
    """Yield what is written over one row of a picture where the view cuts its boxes.

    A box that is cut at a side ends there in dots, row by row. Of one that is cut above or below
    the row at the edge is its name and dots, since a title or a number may be beyond it.

    >>> from graphgrad.views.cells.boxes import CellBox
    >>> from graphgrad.views.cells.margins import View
    >>> from graphgrad.views.cells.placing import layout
    >>> found = layout([CellBox(0, "weight", ("v 3.141", "g 2"), ())])
    >>> [list(cut_marks(found, View(0, 1, 6, 3), y, "unicode")) for y in (1, 2)]
    [[(1, '…wei…', 'title.off')], [(5, '…', 'title.off')]]
    """
    for index in layout.boxes_by_row[y]:
        placed = layout.boxes[index]
        start, stop = max(placed.x, view.x), min(placed.x + placed.width, view.x + view.width)
        if start >= stop or (placed.width == 1 and layout.size == "mini"):
            continue
        inner = max(start, placed.x + 1), min(stop, placed.x + placed.width - 1)
        if _is_edge(placed, view, y) and inner[0] < inner[1]:
            yield from _named(placed, inner, charset)
            continue
        dots = CUT[charset]
        if start > placed.x:
            yield start, dots, _TAG
        if stop < placed.x + placed.width and (start == placed.x or stop - 1 > start):
            yield stop - 1, dots, _TAG


def _is_edge(placed: PlacedBox, view: View, y: int) -> bool:
    """Tell whether a row is the last one in view of a box that goes on beyond the view."""
    above = placed.y < view.y == y
    below = placed.y + placed.height > view.y + view.height == y + 1
    return above or below


def _named(placed: PlacedBox, inner: tuple[int, int], charset: Charset) -> Iterator[Mark]:
    """Yield the name of a box after dots, in the columns of it that are seen."""
    start, stop = inner
    title = placed.box.title.strip()
    told = CUT[charset] + (ascii_text(title) if charset == "ascii" else title)
    text = "".join(clipped(told, stop - start, CUT[charset]))
    yield start, text + " " * (stop - start - width(text)), _TAG
