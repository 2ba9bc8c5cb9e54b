"""See a part of a picture through a pane: where it starts, and what stands in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from graphgrad.views.cells.box_faces import cut_marks
from graphgrad.views.cells.margins import View, viewport_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphgrad.views.cells.boxes import CellLayout, PlacedBox, Size
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.ink import CellPicture
    from graphgrad.views.cells.margins import EdgeTag

__all__ = ["Room", "Window"]

_HOPS = 2

_BESIDE, _ABOVE = 4, 1
"""Columns and rows that are kept in view around a box."""


class Room(NamedTuple):
    """What a plan has to fit.

    Attributes:
        width: columns of the pane.
        height: rows of the pane.
        charset: the characters to draw with.
        big: whether boxes keep their full size, for a projector.
        hops: how far a neighbourhood reaches.
        focused: whether to draw a neighbourhood even of a graph that is small enough.
        zoom: the size of the boxes, where it was chosen by hand.
        whole: whether all of it was asked for: names or marks rather than to be scrolled.
    """

    width: int
    height: int
    charset: Charset = "unicode"
    big: bool = False
    hops: int = _HOPS
    focused: bool = False
    zoom: Size | None = None
    whole: bool = False


class Window(NamedTuple):
    """A pane over a picture.

    Attributes:
        width: columns of the pane.
        height: rows of the pane.
        x: the column of the picture at the left edge.
        y: the row of the picture at the upper edge.
        margin: the free columns and rows before a smaller picture; None puts it in the middle.
    """

    width: int
    height: int
    x: int = 0
    y: int = 0
    margin: tuple[int, int] | None = None

    def fits(self, layout: CellLayout) -> bool:
        """Tell whether the whole picture is seen at once."""
        return layout.width <= self.width and layout.height <= self.height

    def indent(self, layout: CellLayout) -> tuple[int, int]:
        """Return the free columns and rows before a picture that is smaller than the pane."""
        free = max(0, self.width - layout.width), max(0, self.height - layout.height)
        if self.margin is not None:
            return min(self.margin[0], free[0]), min(self.margin[1], free[1])
        return free[0] // 2, free[1] // 2

    def at(self, layout: CellLayout, x: int, y: int) -> Window:
        """Return the window moved to a cell, but not beyond the picture."""
        right, bottom = max(0, layout.width - self.width), max(0, layout.height - self.height)
        return self._replace(x=max(0, min(x, right)), y=max(0, min(y, bottom)))

    def showing(self, layout: CellLayout, placed: PlacedBox) -> Window:
        """Return the window moved just so far that a box is in view, not at the very edge."""
        x = _moved(self.x, self.width, placed.x - _BESIDE, placed.width + 2 * _BESIDE)
        y = _moved(self.y, self.height, placed.y - _ABOVE, placed.height + 2 * _ABOVE)
        return self.at(layout, x, y)

    def showing_all(self, layout: CellLayout, keys: Iterable[int]) -> Window | None:
        """Return the window moved until all of some boxes are in view; None if they are apart.

        There may be no room around them: they are whole all the same.
        """
        boxes = [layout.placed[key] for key in keys]
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        wide = max(box.x + box.width for box in boxes) - left
        high = max(box.y + box.height for box in boxes) - top
        if wide > self.width or high > self.height:
            return None
        x = _moved(self.x, self.width, *_around(left, wide, _BESIDE, self.width))
        y = _moved(self.y, self.height, *_around(top, high, _ABOVE, self.height))
        return self.at(layout, x, y)

    def view(self) -> View:
        """Return the part of the picture that is seen."""
        return View(self.x, self.y, self.width, self.height)

    def tags(self, layout: CellLayout) -> tuple[EdgeTag, ...]:
        """Return where the wires lead that leave the window, from left to right."""
        if self.fits(layout):
            return ()
        return tuple(sorted(viewport_tags(layout, self.view()), key=lambda tag: tag.x))

    def row(
        self, picture: CellPicture, tags: Sequence[EdgeTag], y: int
    ) -> tuple[tuple[str, str], ...]:
        """Return texts and style tags of one row of the pane."""
        left, above = self.indent(picture.layout)
        row = y + self.y - above
        if not 0 <= row < picture.height:
            return ()
        indent = ((" " * left, ""),) if left else ()
        return (*indent, *self._pieces(picture, tags, row))

    def _pieces(
        self, picture: CellPicture, tags: Sequence[EdgeTag], row: int
    ) -> Iterator[tuple[str, str]]:
        """Yield the picture between the edges; wires that leave the pane end in a word."""
        place, stop = self.x, min(self.x + self.width, picture.width)
        over = [(tag.x, tag.text, "net.off") for tag in tags if tag.y == row]
        over += cut_marks(picture.layout, self.view(), row, picture.charset)
        for x, text, tag in sorted(over):
            yield from ((r.text, r.tag) for r in picture.runs(row, place, x))
            yield text, tag
            place = x + cell_len(text)
        yield from ((r.text, r.tag) for r in picture.runs(row, place, stop))


def _around(start: int, extent: int, margin: int, size: int) -> tuple[int, int]:
    """Return where a stretch with a margin on both sides starts, and how long it is, if it fits."""
    margin = min(margin, (size - extent) // 2)
    return start - margin, extent + 2 * margin


def _moved(start: int, size: int, wanted: int, extent: int) -> int:
    """Return where a window must start to show a stretch; its middle if that is too long."""
    if extent > size:
        return wanted + (extent - size) // 2
    return max(min(start, wanted), wanted + extent - size)
