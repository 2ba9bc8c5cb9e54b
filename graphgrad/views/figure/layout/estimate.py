"""Estimate how large a diagram gets in each direction, or in rows, without an engine.

Boxes stand in ranks; what only one box reads stands right before it. The sum of what stands in a
rank and between two ranks is close enough to choose by: the engine is run for the choice alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.spine import Spine
from graphgrad.views.figure.geometry.places import Reserved, Size
from graphgrad.views.figure.layout.wires_and_rows import broken_rows
from graphgrad.views.figure.typeset.density import Density

__all__ = ["MOST_ROWS", "Way", "estimated"]

MOST_ROWS = 3
_ABOUT_RANKS, _ABOUT_BOXES = 0.4 * 72, 0.36 * 72
_MARGIN = 12.0
_LABEL_AIR = 8.0
_FRAME = 26.0
_BARE = {"LR": (1.0, 1.0), "TB": (1.05, 1.0), "1": (1.0, 1.1), "2": (1.02, 1.04), "3": (1.1, 1.0)}
_TOLD = {"LR": (1.0, 1.2), "TB": (1.1, 1.2), "1": (1.05, 1.3), "2": (1.1, 1.3), "3": (1.2, 1.2)}
"""How much larger than the sums of their parts figures of 25 networks came out, in the middle;
with labels on edges more."""


class Way(NamedTuple):
    """One way to lay a diagram out.

    Attributes:
        direction: from left to right or from top to bottom.
        rows: into how many rows the main chain is broken; 0 for none.
        size: about how large it gets.
        layout: the method: an engine's, or columns of our own, steps of one name in one row.
        returns: how many lines run back from a row to the next beside the one that leads on.
    """

    direction: Literal["LR", "TB"]
    rows: int
    size: Size
    layout: Literal["dot", "columns", "time"] = "dot"
    returns: int = 0

    def scale_on(self, page: Size) -> float:
        """Return how far it can grow on a page."""
        return min(page.width / self.size.width, page.height / self.size.height)


def estimated(
    diagram: Diagram, spine: Spine, reserved: Reserved, density: Density
) -> Iterator[Way]:
    """Yield the ways to lay a diagram out: across, down, and in rows where the chain is long."""
    measure = _Measure(diagram, spine, reserved, density)
    grown = _TOLD if reserved.labels else _BARE
    yield Way("LR", 0, _grown(measure.across(), *grown["LR"]))
    yield Way("TB", 0, _grown(measure.down(), *grown["TB"]))
    if reserved.wires:
        return
    widths = {box: size.width for box, size in reserved.boxes.items()}
    for count in range(1, MOST_ROWS + 1):
        rows = broken_rows(spine.chain, widths, count)
        if rows:
            yield Way("TB", count, _grown(measure.in_rows(rows), *grown[f"{count}"]))


def _grown(size: Size, across: float, down: float) -> Size:
    return Size(size.width * across, size.height * down)


class _Measure:
    """Hold the boxes of each rank and the labels between one and the next."""

    def __init__(
        self, diagram: Diagram, spine: Spine, reserved: Reserved, density: Density
    ) -> None:
        self.diagram, self.reserved = diagram, reserved
        arriving = Counter(edge.target for edge in diagram.edges)
        most = max(arriving.values(), default=0)
        self.between = (_ABOUT_RANKS + 11.5 * min(max(most - 2, 0), 4)) * density.room
        self.beside = _ABOUT_BOXES * density.room
        air = _LABEL_AIR * density.air
        rank = _late_ranks(diagram, spine)
        self.ranks: dict[int, list[Size]] = {}
        for box in diagram.boxes:
            self.ranks.setdefault(rank[box.id], []).append(reserved.boxes[box.id])
        self.gaps: dict[int, list[Size]] = {}
        for edge in diagram.edges:
            label = reserved.labels.get(edge.id) or reserved.wires.get(edge.id)
            if label is not None:
                room = Size(label.width + air, label.height + air / 2)
                self.gaps.setdefault(rank[edge.target], []).append(room)
        self.frames = len({len(group.name.split(".")) for group in diagram.groups}) * _FRAME

    def across(self) -> Size:
        """Return the size with ranks from left to right."""
        width = math.fsum(max(size.width for size in sizes) for sizes in self.ranks.values())
        width += math.fsum(max(size.width for size in sizes) for sizes in self.gaps.values())
        width += self.between * (len(self.ranks) - 1)
        stacks = [*self.ranks.values(), *self.gaps.values()]
        height = max((self._stacked(s.height for s in sizes) for sizes in stacks), default=0.0)
        return Size(width + self.frames + _MARGIN, height + self.frames + _MARGIN)

    def down(self) -> Size:
        """Return the size with ranks from top to bottom."""
        height = math.fsum(max(size.height for size in sizes) for sizes in self.ranks.values())
        height += math.fsum(max(size.height for size in sizes) for sizes in self.gaps.values())
        height += self.between * (len(self.ranks) - 1)
        stacks = [*self.ranks.values(), *self.gaps.values()]
        width = max((self._stacked(s.width for s in sizes) for sizes in stacks), default=0.0)
        return Size(width + self.frames + _MARGIN, height + self.frames + _MARGIN)

    def in_rows(self, rows: Sequence[Sequence[str]]) -> Size:
        """Return the size of a chain in rows; what a row reads besides stands above it."""
        boxes, labels = self.reserved.boxes, self.reserved.labels
        inside = {box: number for number, row in enumerate(rows) for box in row}
        row_of = dict(inside)
        for edge in reversed(self.diagram.edges):
            if edge.source not in inside and edge.target in row_of:
                row_of[edge.source] = min(row_of[edge.target], row_of.get(edge.source, len(rows)))
        width = height = 0.0
        for number, row in enumerate(rows):
            chain = [boxes[box] for box in row]
            side = [boxes[b] for b, at in row_of.items() if at == number and b not in inside]
            told = [
                labels[edge.id]
                for edge in self.diagram.edges
                if edge.id in labels and row_of.get(edge.target) == number
            ]
            along = [
                labels[edge.id].width
                for edge in self.diagram.edges
                if edge.id in labels and edge.source in row and edge.target in row
            ]
            wide = self._stacked(size.width for size in chain) + math.fsum(along)
            width = max(width, wide, self._stacked(size.width for size in side))
            height += max(size.height for size in chain) + self.between
            if side:
                height += max(size.height for size in side) + self.between
            height += max((size.height for size in told), default=0.0)
        return Size(width + _MARGIN, height + _MARGIN)

    def _stacked(self, extents: Iterator[float]) -> float:
        found = list(extents)
        return math.fsum(found) + self.beside * max(len(found) - 1, 0)


def _late_ranks(diagram: Diagram, spine: Spine) -> dict[str, int]:
    """Return the rank of each box; what is given stands right before what reads it first."""
    rank = dict(spine.rank)
    first: dict[str, int] = {}
    for edge in diagram.edges:
        first[edge.source] = min(first.get(edge.source, rank[edge.target]), rank[edge.target])
    arriving = {edge.target for edge in diagram.edges}
    for box in diagram.boxes:
        if box.id not in arriving and box.id in first:
            rank[box.id] = first[box.id] - 1
    return rank
