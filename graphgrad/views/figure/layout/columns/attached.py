"""Stand what one box alone reads beside it: parameters above, late inputs below, edges short.

All is told as in a drawing from left to right; another direction exchanges the axes afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from graphgrad.views.figure.content.diagram import DiagramEdge
from graphgrad.views.figure.geometry.places import Point, Rect, Reserved, Size
from graphgrad.views.figure.layout.columns.curves import bent

__all__ = ["Unit", "unit_of"]

_BESIDE, _BETWEEN, _LINES = 4.0, 14.0, 12.0
_LABEL_AIR = 8.0
_STRAIGHT, _BENT = 20.0, 30.0
_ARROW = 12.0
_CORNER = 10.0


class _Line(NamedTuple):
    """An edge of what stands beside: where it leaves, and the room of its label."""

    edge: str
    x: float
    label: Size | None


class _Slot(NamedTuple):
    """What stands beside a box: its size, how far it and its labels reach, its lines."""

    box: str
    size: Size
    left: float
    right: float
    lines: tuple[_Line, ...]


class _Side(NamedTuple):
    """All that stands above a box, or below it: how far from it, and how large it is."""

    slots: tuple[_Slot, ...]
    width: float
    labels: float
    bend: float
    height: float

    @property
    def reach(self) -> float:
        """Return how far it reaches from the side of the box."""
        return self.bend + self.labels + self.height if self.slots else 0.0


class Unit:
    """A box with what stands beside it; places count from the middle of the box.

    Attributes:
        box: its id.
        size: of the box alone.
        wide: how far all of it reaches to each side from the middle.
        up: how far all of it reaches above the middle.
        down: the same below.
    """

    def __init__(
        self,
        box: str,
        size: Size,
        above: _Side,
        below: _Side,
        *,
        circle: bool,
        spare: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self.box, self.size, self.circle = box, size, circle
        self.above, self.below = above, below
        self.wide = max(size.width, above.width, below.width) / 2
        self.up = size.height / 2 + above.reach - spare[0]
        self.down = size.height / 2 + below.reach - spare[1]

    def side(self, dy: float) -> float:
        """Return how far the outline is from the middle at a height, to each side."""
        if not self.circle:
            return self.size.width / 2
        return sqrt(max((self.size.width / 2) ** 2 - dy * dy, 0.0))

    def rects(self, middle: Point) -> Iterator[tuple[str, Rect]]:
        """Yield where the box and what stands beside it go, by id."""
        yield self.box, _round(middle, self.size)
        for side, sign in ((self.above, -1), (self.below, 1)):
            far = self.size.height / 2 + side.reach - side.height / 2
            for slot, x in _along(side):
                # all of a side stand on one line next to the box
                y = middle.y + sign * (far - (side.height - slot.size.height) / 2)
                yield slot.box, _round(Point(middle.x + x, y), slot.size)

    def curves(self, middle: Point) -> Iterator[tuple[str, tuple[Point, ...]]]:
        """Yield the edges of what stands beside, by id."""
        for side, sign in ((self.above, -1), (self.below, 1)):
            lines = [(line, x + line.x) for slot, x in _along(side) for line in slot.lines]
            for (line, x), port in zip(lines, self._ports([x for _, x in lines]), strict=True):
                edge = self.size.height / 2 + side.reach - side.height
                near = self.size.height / 2
                if self.circle:
                    near = sqrt(max(near * near - port * port, 0.0))
                start = Point(middle.x + x, middle.y + sign * edge)
                turn = Point(start.x, start.y - sign * side.labels)
                end = Point(middle.x + port, middle.y + sign * near)
                yield line.edge, bent([start, turn, end], upright=True)

    def labels(self, middle: Point) -> Iterator[tuple[str, Point]]:
        """Yield the middle of the label of each edge that has one, by id."""
        for side, sign in ((self.above, -1), (self.below, 1)):
            far = self.size.height / 2 + side.bend + side.labels / 2
            for slot, x in _along(side):
                for line in slot.lines:
                    if line.label is not None:
                        left = middle.x + x + line.x + _BESIDE
                        yield line.edge, Point(left + line.label.width / 2, middle.y + sign * far)

    def _ports(self, wanted: Sequence[float]) -> list[float]:
        """Return where lines meet the box: right below where they begin, if that is on its side."""
        half = self.size.width / 2
        room = half * 0.6 if self.circle else half - min(_CORNER, half / 2)
        if all(-room <= x <= room for x in wanted):
            return list(wanted)
        return [room * (2 * (i + 1) / (len(wanted) + 1) - 1) for i in range(len(wanted))]


def unit_of(
    box: str,
    above: Sequence[str],
    below: Sequence[str],
    edges: Mapping[str, Sequence[DiagramEdge]],
    reserved: Reserved,
    room: float,
) -> Unit:
    """Return a box with what stands beside it.

    Args:
        box: its id.
        above: ids of what stands above it.
        below: ids of what stands below it.
        edges: by id of what stands beside, its edges.
        reserved: the room of every part.
        room: how far parts stand apart, 1 for usual.
    """
    size, circle = reserved.boxes[box], box in reserved.circles
    sides = [_side(held, edges, reserved, size.width, room) for held in (above, below)]
    spare = reserved.spare.get(box, (0.0, 0.0))
    return Unit(box, size, *sides, circle=circle, spare=spare)


def _side(
    held: Sequence[str],
    edges: Mapping[str, Sequence[DiagramEdge]],
    reserved: Reserved,
    width: float,
    room: float,
) -> _Side:
    slots = tuple(_slot(box, edges[box], reserved) for box in held)
    if not slots:
        return _Side((), 0.0, 0.0, 0.0, 0.0)
    whole = math.fsum(slot.left + slot.right for slot in slots) + _BETWEEN * (len(slots) - 1)
    labels = [line.label.height for slot in slots for line in slot.lines if line.label]
    outside = len(slots) > 1 and whole > width
    bend = max((_BENT if outside else _STRAIGHT) * room, _ARROW)
    high = max(slot.size.height for slot in slots)
    return _Side(slots, whole, max(labels) + _LABEL_AIR if labels else 0.0, bend, high)


def _slot(box: str, edges: Sequence[DiagramEdge], reserved: Reserved) -> _Slot:
    size = reserved.boxes[box]
    labels = [reserved.labels.get(edge.id) for edge in edges]
    steps = [label.width + 2 * _BESIDE if label else _LINES for label in labels]
    told = any(labels)
    whole = math.fsum(steps) if told else math.fsum(steps[1:])
    start = max(-whole / 2, -size.width / 2 + _BESIDE)
    lines = tuple(
        _Line(edge.id, start + math.fsum(steps[:index]), label)
        for index, (edge, label) in enumerate(zip(edges, labels, strict=True))
    )
    return _Slot(box, size, size.width / 2, max(size.width / 2, start + whole), lines)


def _along(side: _Side) -> Iterator[tuple[_Slot, float]]:
    """Yield what stands on a side with where its middle is, from left to right."""
    place = -side.width / 2
    for slot in side.slots:
        yield slot, place + slot.left
        place += slot.left + slot.right + _BETWEEN


def _round(middle: Point, size: Size) -> Rect:
    return Rect(middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)
