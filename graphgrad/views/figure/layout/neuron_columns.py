"""Stand neurons in columns, layer after layer, with straight lines between all of two columns.

What is given to a loss, and parameters of boxes, stand one column before what uses them; a bias
stands beside its neuron where no line is. A line that would cross other circles goes round them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import hypot

from graphgrad.views.figure.content.collapse import ranks_of
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox, DiagramEdge
from graphgrad.views.figure.geometry.places import Point, Rect, Reserved, sampled
from graphgrad.views.figure.layout.bias_places import FEW, Bias, bias_places, stem
from graphgrad.views.figure.layout.dot_output import Layout

__all__ = ["in_neuron_columns"]

_BETWEEN, _UNDER, _BETWEEN_BOXES = 0.34, 0.8, 26.0
_ONE_PIECE = 4  # points of a straight line
_LEAST_GAP, _MOST_GAP, _WIDE = 84.0, 260.0, 1.5
_BESIDE = 9.0
"""More than the height of a bias between the neurons of columns of few: it may stand there."""
_ROUND, _CLEAR, _FRAME = 34.0, 3.0, 8.0
_LABELS = 1.35
"""How wide the room for labels is between two columns, in parts of the widest label."""
_FEWEST_STACKED, _MOST_STACKED = 3, 6
_SLIDE = 16 / 9
_MIDDLE = 0.5
_ALONG = 0.3
"""Where along a line its label stands: near its source, where lines are farther apart."""


def in_neuron_columns(
    diagram: Diagram, reserved: Reserved, wider: float = 1.0, room: float = 1.0
) -> Layout:
    """Return where everything goes.

    Args:
        diagram: circles of neurons, squares of biases, and boxes.
        reserved: the room of every part.
        wider: how much more than the usual room is left between columns.
        room: how much of the least of it, where a figure is set close.
    """
    columns = _columns(diagram)
    ways = [_Columns(diagram, reserved, (wider, room), stacked) for stacked in _stacks(columns)]
    return max((way.layout() for way in ways), key=_room_on_a_slide)


class _Columns:
    """Hold what stands where."""

    def __init__(
        self,
        diagram: Diagram,
        reserved: Reserved,
        room: tuple[float, float],
        columns: list[list[DiagramBox]],
    ) -> None:
        self.diagram, self.reserved = diagram, reserved
        self.wider, self.room = room
        self.columns = columns
        self.column = {box.id: k for k, column in enumerate(self.columns) for box in column}
        self.bias = max(
            (reserved.boxes[b.id].height for b in diagram.boxes if b.drawn == "bias"), default=0.0
        )
        self.few = max(map(len, self.columns)) <= FEW
        self.boxes: dict[str, Rect] = dict(self._stood())
        self.circles = {b.id for b in diagram.boxes if b.drawn == "unit"}
        self.beside = {box.id: box.beside for box in diagram.boxes if box.drawn == "bias"}
        self.curves = {e.id: self._curve(e) for e in diagram.edges if e.source not in self.beside}
        self.boxes |= self._biases()
        own = (edge for edge in diagram.edges if edge.source in self.beside)
        for edge in own:
            ends = stem(self.boxes[edge.source], self.boxes[edge.target])
            self.curves[edge.id] = _straight(*ends)

    def layout(self) -> Layout:
        """Return where everything goes, from the top left of the drawing."""
        curves = {edge.id: self.curves[edge.id] for edge in self.diagram.edges}
        xs = [x for r in self.boxes.values() for x in (r.left, r.right)]
        ys = [y for r in self.boxes.values() for y in (r.top, r.bottom)]
        ys += [p.y for curve in curves.values() for p in curve]
        frames = dict(self._frames())
        xs += [x for frame in frames.values() for x in (frame.left, frame.right)]
        ys += [y for frame in frames.values() for y in (frame.top, frame.bottom)]
        dx, dy = -min(xs, default=0.0), -min(ys, default=0.0)
        curves = {e: tuple(Point(p.x + dx, p.y + dy) for p in c) for e, c in curves.items()}
        return Layout(
            max(xs, default=0.0) + dx,
            max(ys, default=0.0) + dy,
            {box: rect.moved(dx, dy) for box, rect in self.boxes.items()},
            curves,
            {edge: _between(c[0], c[-1], _ALONG) for edge, c in curves.items()},
            {number: rect.moved(dx, dy) for number, rect in frames.items()},
            "graphgrad",
        )

    def _frames(self) -> Iterator[tuple[int, Rect]]:
        """Yield the frames round the layers of a figure that names these and not their neurons."""
        for number, group in enumerate(self.diagram.groups):
            own = {box.id for box in self.diagram.boxes if box.group == group.name}
            rects = [self.boxes[box] for box in own]
            title = self.reserved.titles[group.name]
            left, right = min(r.left for r in rects), max(r.right for r in rects)
            wide = max(right - left + 2 * _FRAME, title.width + 2 * _FRAME)
            left = (left + right - wide) / 2
            top = min(r.top for r in rects) - _FRAME - title.height
            frame = Rect(left, top, wide, max(r.bottom for r in rects) + _FRAME - top)
            others = (rect for box, rect in self.boxes.items() if box not in own)
            if not any(frame.overlaps(other) for other in others):
                yield number, frame

    def _stood(self) -> Iterator[tuple[str, Rect]]:
        """Yield every box but biases, its column in the middle."""
        heights = [self._height(column) for column in self.columns]
        gap = max(heights, default=0.0) * _WIDE / max(len(self.columns) - 1, 1)
        left = 0.0
        for column, height in zip(self.columns, heights, strict=True):
            width = max(self.reserved.boxes[box.id].width for box in column)
            y, side = -height / 2, self._side(column)
            units = (self.reserved.boxes[box.id].width for box in column if box.drawn)
            widest = width if side == _MIDDLE else max(units)
            for before, box in zip((None, *column), column, strict=False):
                size = self.reserved.boxes[box.id]
                y += self._apart(before, box)
                aside = (widest - size.width) / 2 if box.drawn else 0.0
                aside = aside if side < _MIDDLE else width - size.width - aside
                across = (width - size.width) / 2 if side == _MIDDLE else aside
                yield box.id, Rect(left + across, y, *size)
                y += size.height
            told = max((size.width for size in self.reserved.labels.values()), default=0.0)
            least = max(_LEAST_GAP * self.room, _LABELS * told)
            left += width + self.wider * min(max(gap - width, least), max(least, _MOST_GAP))

    def _side(self, column: Sequence[DiagramBox]) -> float:
        """Return at which side of a column all begins: boxes keep out of the way of lines.

        Lines that only arrive at its neurons end at their left, lines that only leave at their
        right; there boxes, which are wider, may not stand out.
        """
        own = {box.id for box in column if box.drawn}
        if not own or len(own) == len(column):
            return _MIDDLE
        drawn = {box.id for box in self.diagram.boxes if box.drawn == "unit"}
        ends = [(edge.source, edge.target) for edge in self.diagram.edges]
        arriving = any(source in drawn and target in own for source, target in ends)
        leaving = any(source in own and target in drawn for source, target in ends)
        return _MIDDLE if arriving == leaving else 0.0 if arriving else 1.0

    def _height(self, column: Sequence[DiagramBox]) -> float:
        heights = math.fsum(self.reserved.boxes[box.id].height for box in column)
        pairs = zip((None, *column), column, strict=False)
        return heights + math.fsum(self._apart(before, box) for before, box in pairs)

    def _apart(self, before: DiagramBox | None, box: DiagramBox) -> float:
        """Return the room between two neighbours of a column."""
        if before is None:
            return 0.0
        if not (before.drawn and box.drawn):
            return _BETWEEN_BOXES + self.bias
        under = self.bias + _BESIDE if self.few and self.bias else self.bias * _UNDER
        return max(_BETWEEN * self.reserved.boxes[box.id].height, under)

    def _biases(self) -> dict[str, Rect]:
        """Return the places of the biases."""
        columns: dict[int, list[Bias]] = {}
        for name, neuron in self.beside.items():
            bias = Bias(name, neuron, self.reserved.boxes[name])
            columns.setdefault(self.column[neuron], []).append(bias)
        curves = self.curves.values()
        lines = [c[::3] if len(c) == _ONE_PIECE else sampled(c) for c in curves]
        return bias_places(columns.values(), self.boxes, lines)

    def _curve(self, edge: DiagramEdge) -> tuple[Point, ...]:
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        start, end = source.centre, target.centre
        if start.y < end.y and self.column.get(edge.source) == self.column.get(edge.target):
            return _straight(Point(start.x, source.bottom), Point(end.x, target.top))
        around = self._in_the_way(edge, start, end)
        if around:
            return self._round(source, target, around)
        return _straight(
            self._border(edge.source, end, ahead=True),
            self._border(edge.target, start, ahead=False),
        )

    def _border(self, box: str, towards: Point, *, ahead: bool) -> Point:
        """Return where a line leaves a box: a circle towards its other end, others at a side."""
        rect = self.boxes[box]
        middle = rect.centre
        if box not in self.circles:
            across = (
                abs(towards.x - middle.x) * rect.height >= abs(towards.y - middle.y) * rect.width
            )
            if across or ahead:
                return Point(rect.right if ahead else rect.left, middle.y)
            return Point(rect.left, middle.y)
        length = hypot(towards.x - middle.x, towards.y - middle.y) or 1.0
        radius = rect.width / 2
        return Point(
            middle.x + (towards.x - middle.x) / length * radius,
            middle.y + (towards.y - middle.y) / length * radius,
        )

    def _in_the_way(self, edge: DiagramEdge, start: Point, end: Point) -> list[Rect]:
        """Return what stands in the columns between two boxes on the straight line between them."""
        found = []
        first, last = self.column.get(edge.source, 0), self.column.get(edge.target, 0)
        for column in self.columns[first + 1 : last] if edge.source in self.column else ():
            for box in column:
                rect = self.boxes[box.id]
                y = _between(start, end, (rect.centre.x - start.x) / (end.x - start.x)).y
                if rect.top - _CLEAR < y < rect.bottom + _CLEAR:
                    found.append(rect)
        return found

    def _round(self, source: Rect, target: Rect, around: Sequence[Rect]) -> tuple[Point, ...]:
        """Return a curve over, or under, all that stands between."""
        left, right = source.centre.x, target.centre.x
        between = [r for r in self.boxes.values() if left < r.centre.x < right]
        top, bottom = min(r.top for r in between), max(r.bottom for r in between)
        middle = (source.centre.y + target.centre.y) / 2
        above = middle - top <= bottom - middle
        y = top - _ROUND if above else bottom + _ROUND
        start = Point(source.centre.x, source.top if above else source.bottom)
        end = Point(target.centre.x, target.top if above else target.bottom)
        first, last = min(r.left for r in around), max(r.right for r in around)
        ahead, behind = Point(first, y), Point(last, y)
        return (
            *(start, Point(start.x, y), Point((start.x + first) / 2, y), ahead),
            *_straight(ahead, behind)[1:],
            *(Point((last + end.x) / 2, y), Point(end.x, y), end),
        )


def _columns(diagram: Diagram) -> list[list[DiagramBox]]:
    """Return the boxes of each column from top to bottom: neurons in order, then boxes."""
    plain = [box for box in diagram.boxes if box.drawn != "bias"]
    rank = dict(_late(diagram, ranks_of(diagram)))
    found: dict[int, list[DiagramBox]] = {}
    for box in sorted(plain, key=lambda box: not box.drawn):
        found.setdefault(rank[box.id], []).append(box)
    return [found[number] for number in sorted(found)]


def _stacks(columns: list[list[DiagramBox]]) -> Iterator[list[list[DiagramBox]]]:
    """Yield the columns, and with runs of single boxes, as those before the neurons, in stacks."""
    yield columns
    single = [len(column) == 1 and not column[0].drawn for column in columns]
    runs = [list(run) for alone, run in groupby(range(len(columns)), single.__getitem__) if alone]
    longest = max(map(len, runs), default=0)
    for most in range(2, min(longest, _MOST_STACKED) + 1) if longest >= _FEWEST_STACKED else ():
        found: list[list[DiagramBox]] = []
        for number, column in enumerate(columns):
            joins = number and single[number] and single[number - 1]
            if joins and len(found[-1]) < most:
                found[-1] = [*found[-1], *column]
            else:
                found.append(column)
        yield found


def _room_on_a_slide(layout: Layout) -> float:
    """Return how far a layout can grow on a slide."""
    return min(_SLIDE / layout.width, 1.0 / layout.height)


def _late(diagram: Diagram, rank: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield ranks: neurons as soon as they can stand, boxes just before what first uses them."""
    late = dict(rank)
    targets: dict[str, list[str]] = {}
    for edge in diagram.edges:
        targets.setdefault(edge.source, []).append(edge.target)
    for box in reversed(diagram.boxes):  # what uses a box comes behind it
        if not box.drawn and box.id in targets:
            late[box.id] = min(late[target] for target in targets[box.id]) - 1
        yield box.id, late[box.id]


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    """Return a straight line as a Bézier piece."""
    return start, _between(start, end, 1 / 3), _between(start, end, 2 / 3), end
