"""The face of a box, one row at a time: border, title and text, and marks where a pane cuts it.

Nobody is to take half a number for the whole of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad.views.cells.characters import BORDERS, BRACKETS, CUT, DOTS
from graphgrad.views.cells.columns import TEXT_LIMIT, squeezed
from graphgrad.views.cells.placing import INSET
from graphgrad.views.text.cell_width import clipped, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.views.cells.boxes import CellLayout, PlacedBox, Size
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.margins import View

__all__ = ["Piece", "cut_marks", "face_row"]

# The cells of a stretch of one row and the part of the box that they show.
Piece = tuple[tuple[str, ...], str]

Mark = tuple[int, str, str]
"""A column, what is written from there on, and its style tag."""

_TAG = "title.off"
_PARTS = ("value", "adjoint")
_SIGNS = {"v": "value", "∇": "adjoint"}


def face_row(
    placed: PlacedBox, row: int, size: Size, charset: Charset, *, current: bool
) -> Iterator[Piece]:
    """Yield the pieces of one row of a box, together as wide as the box.

    >>> from graphgrad.views.cells.boxes import CellBox, PlacedBox
    >>> box = PlacedBox(CellBox(0, "w", ("v 2",), ()), 0, 0, 7, 3, (), 1, 2)
    >>> for row in range(3):
    ...     print("".join("".join(p[0]) for p in face_row(box, row, "full", "ascii", current=0)))
    + w --+
    | v 2 |
    +-----+
    """
    if size == "mini":
        return iter([((DOTS[charset][current],), "box")])
    if size in ("compact", "dense"):
        return _compact(placed, row, size, charset, current=current)
    return _full(placed, row, INSET[size], charset, current=current)


def _full(
    placed: PlacedBox, row: int, inset: int, charset: Charset, *, current: bool
) -> Iterator[Piece]:
    border = BORDERS[charset][current]
    inside = placed.width - 2
    if row == 0 and placed.box.title:
        title = _title(placed, inside, charset, beside=1)
        yield (border.top_left,), "box"
        yield title, "title"
        yield (*border.level * (inside - len(title)), border.top_right), "box"
    elif row == 0:
        yield (border.top_left, *border.level * inside, border.top_right), "box"
    elif row == placed.height - 1:
        yield (border.bottom_left, *border.level * inside, border.bottom_right), "box"
    else:
        beside = placed.indent - 1
        yield (border.upright, *" " * beside), "box"
        yield _text(placed, row - inset, inside - 2 * beside, charset)
        yield (*" " * beside, border.upright), "box"


def _compact(
    placed: PlacedBox, row: int, size: Size, charset: Charset, *, current: bool
) -> Iterator[Piece]:
    brackets = BRACKETS[charset][current]
    inside = placed.width - 2
    yield (brackets[0],), "box"
    if placed.indent > 1:
        title = () if row else _title(placed, placed.indent - 2, charset)
        yield _padded(title, placed.indent - 1), "title"
        yield from _beside_title(placed, row, size, inside - placed.indent + 1, charset)
    elif placed.box.title and not row:
        yield _padded(_title(placed, inside, charset), inside), "title"
    else:
        yield _text(placed, row, inside, charset)
    yield (brackets[1],), "box"


def _title(placed: PlacedBox, room: int, charset: Charset, *, beside: int = 0) -> tuple[str, ...]:
    """Return the cells of the title with blanks beside it; with little room blanks are spared."""
    blanks = (" ",) * beside
    title = placed.box.title
    for text in (title, squeezed(title)):
        cells = _cells(text, TEXT_LIMIT, charset)
        if len(cells) + 2 * beside <= room:
            return (*blanks, *cells, *blanks)
    return _cells(squeezed(title), room, charset)


def _text(placed: PlacedBox, index: int, room: int, charset: Charset) -> Piece:
    """Return one row of text, blank below the last."""
    rows = placed.box.rows
    if not 0 <= index < len(rows):
        return (" ",) * room, "box"
    return _padded(_cells(rows[index], room, charset), room), _part(placed, index)


def _beside_title(
    placed: PlacedBox, row: int, size: Size, room: int, charset: Charset
) -> Iterator[Piece]:
    """Yield what stands in one row behind the title; texts that share it have a blank between."""
    lines = placed.box.lines(size)
    if row >= len(lines):
        yield (" ",) * room, "box"
        return
    if len(lines[row]) == 1:
        yield _text(placed, row, room, charset)
        return
    for index, text in enumerate(lines[row]):
        cells = _cells(text, min(room, TEXT_LIMIT), charset)
        is_last = index == len(lines[row]) - 1
        cells = _padded(cells, room if is_last else min(room, len(cells) + 1))
        room -= len(cells)
        yield cells, _part(placed, index)


def _part(placed: PlacedBox, index: int) -> str:
    """Return what a row tells: by convention, or in a closed group by the sign before a number."""
    if placed.box.state == "group":
        signs = placed.box.rows[index].split(" ")[:2]
        return next((part for sign, part in _SIGNS.items() if sign in signs), "row")
    return _PARTS[index] if index < len(_PARTS) else "row"


def _cells(text: str, room: int, charset: Charset) -> tuple[str, ...]:
    """Return the cells of a text, cut to the room there is."""
    return clipped(ascii_text(text) if charset == "ascii" else text, room, CUT[charset])


def _padded(cells: tuple[str, ...], room: int) -> tuple[str, ...]:
    return cells + (" ",) * (room - len(cells))


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
