"""Say how wide the columns of a picture are, and where they stay when it is drawn anew."""

from __future__ import annotations

from statistics import multimode
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from graphgrad.views.text.cell_width import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphgrad.views.cells.boxes import CellBox, Size
    from graphgrad.views.cells.layers import Lattice

__all__ = ["TEXT_LIMIT", "Column", "Pair", "Place", "Saving", "column_of", "narrowed"]
__all__ += ["rights_of", "spread", "squeezed"]

TEXT_LIMIT: Final = 32
_BESIDE: Final[dict[Size, int]] = {"large": 4, "full": 1}

# How far to go to save columns.
Saving = Literal[0, 1, 2]


class Column(NamedTuple):
    """The width that all boxes of a layer share, and where their rows of text begin."""

    width: int
    indent: int


Pair = tuple[Column, Column]
"""The column of the leaves of a layer, and that of its other boxes, which is as wide or wider."""


class Place(NamedTuple):
    """Where a box stood in an older picture.

    Attributes:
        line: the row of its exit.
        right: the column behind it; None where only the order of the rows counts.
    """

    line: int
    right: int | None = None


def rights_of(stood: Mapping[int, Place], lattice: Lattice) -> dict[int, int]:
    """Return per layer where most of the boxes in it ended before."""
    ends: dict[int, list[int]] = {}
    for at, place in stood.items():
        if place.right is not None:
            ends.setdefault(lattice.layer[at], []).append(place.right)
    return {layer: multimode(found)[-1] for layer, found in ends.items()}


def narrowed(
    columns: list[Pair],
    squeezed_ones: Sequence[Sequence[Pair]],
    channels: Sequence[int],
    rights: Mapping[int, int],
) -> list[Pair]:
    """Return columns of which those are squeezed that would else end further right than before."""
    found, end = [], 0
    for layer, wide in enumerate(columns):
        most = rights.get(layer, end + wide[1].width)
        choices = (wide, *(narrow[layer] for narrow in squeezed_ones))
        chosen = next((pair for pair in choices if end + pair[1].width <= most), choices[-1])
        found.append(chosen)
        end = max(end + chosen[1].width, most) + channels[layer]
    return found


def spread(
    channels: Sequence[int], columns: Sequence[Pair], rights: Mapping[int, int]
) -> tuple[list[int], int]:
    """Return channels so wide that no column ends before where it did, and the first start."""
    widths, start, end = list(channels), 0, 0
    for layer, (_, column) in enumerate(columns):
        gap = max(0, rights.get(layer, 0) - end - column.width)
        if layer:
            widths[layer - 1] += gap
        else:
            start = gap
        end += gap + column.width + channels[layer]
    return widths, start


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

    >>> from graphgrad.views.cells.boxes import CellBox
    >>> box = CellBox(0, "z = w·x", ("v 6",), ())
    >>> [column_of([box], "full", saving).width for saving in (0, 1, 2)]
    [11, 9, 7]
    >>> column_of([box], "compact")
    Column(width=14, indent=10)
    """
    title = _widest(squeezed(box.title) if saving else box.title for box in boxes)
    row = max((_across(line) for box in boxes for line in box.lines(size)), default=0)
    if size == "mini" or not boxes:
        return Column(min(len(boxes), 1), 0)
    if size in ("compact", "dense"):
        indent = title + (2 if saving == 2 else 3) if title and row else 1
        return Column((indent + row if row else title + 1) + 1, indent)
    beside = 1 if saving else _BESIDE[size]
    return Column(max(title + (2 if saving == 2 else 4), row + 2 + 2 * beside), 1 + beside)


def _across(line: Sequence[str]) -> int:
    """Return the cells of the texts that share a row, with a blank between them."""
    return sum(_widest([text]) + 1 for text in line) - 1


def _widest(texts: Iterable[str]) -> int:
    """Return the cells of the longest text, at most the limit."""
    return min(max(map(width, texts), default=0), TEXT_LIMIT)
