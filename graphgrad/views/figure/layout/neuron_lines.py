"""Draw the lines between columns of neurons: straight where nothing stands in the way, else bent.

A line meets a circle at a side, never above or below it: the steeper it is, the nearer to the
middle of the side, so that it keeps clear of the neighbours in the column and of what stands above
the circle. What a straight line would cross it passes level: through each column along a lane.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import atan2, cos, hypot, pi, sin

from graphgrad.views.figure.content.diagram import DiagramEdge
from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.layout.columns.curves import bent
from graphgrad.views.figure.layout.columns.lanes import Lanes

__all__ = ["NeuronLines", "straight"]

_CLEAR, _PART = 2.5, 0.12
"""How far a line keeps from what it passes, in points; at most such a part of its size."""
_AHEAD, _BACK = 1, -1


class NeuronLines:
    """Hold what stands in the way of lines.

    Args:
        lanes: what stands in each column, with the way of each line from column to column.
        boxes: where boxes, circles and biases stand.
        circles: which of them are circles.
        sides: the left and the right side of each column.
        heights: of the middle of each stop of the lanes.
        titles: rectangles that no line may cross, with nothing else in them.
    """

    def __init__(
        self,
        lanes: Lanes,
        boxes: Mapping[str, Rect],
        circles: Collection[str],
        sides: tuple[Sequence[float], Sequence[float]],
        heights: Sequence[float],
        titles: Iterable[Rect],
    ) -> None:
        self.lanes, self.boxes, self.circles, self.y = lanes, boxes, circles, heights
        self.left, self.right = sides
        self.standing: list[list[tuple[str, Rect]]] = [[] for _ in self.left]
        for name, rect in (*boxes.items(), *(("", title) for title in titles)):
            for rank, (left, right) in enumerate(zip(self.left, self.right, strict=True)):
                if left <= rect.centre.x <= right:
                    self.standing[rank].append((name, rect))

    def curve(self, edge: DiagramEdge) -> tuple[Point, ...]:
        """Return the line of an edge between two boxes of the columns."""
        path, stops = self.lanes.paths[edge.id], self.lanes.stops
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        first, last = stops[path[0]].rank, stops[path[-1]].rank
        if first == last:  # one below the other in a stack
            low, top = Point(source.centre.x, source.bottom), Point(target.centre.x, target.top)
            return straight(low, top)
        start = self._port(edge.source, target.centre, _AHEAD)
        end = self._port(edge.target, source.centre, _BACK)
        if self._is_clear(start, end, (edge.source, edge.target), range(first, last + 1)):
            return straight(start, end)
        lanes = [
            Point(sides[stops[stop].rank], self.y[stop])
            for stop in path[1:-1]
            for sides in (self.left, self.right)
        ]
        if lanes:
            start = self._port(edge.source, lanes[0], _AHEAD)
            end = self._port(edge.target, lanes[-1], _BACK)
        leaving, arriving = Point(self.right[first], start.y), Point(self.left[last], end.y)
        return bent([start, leaving, *lanes, arriving, end])

    def _port(self, box: str, towards: Point, side: int) -> Point:
        """Return where a line meets a box: the middle of a side, of a circle near to it."""
        rect = self.boxes[box]
        middle, radius = rect.centre, rect.width / 2
        if box not in self.circles:
            return Point(middle.x + side * radius, middle.y)
        steep = atan2(abs(towards.y - middle.y), abs(towards.x - middle.x))
        turn = min(steep, pi / 2 - steep)
        down = 1 if towards.y > middle.y else -1
        return Point(middle.x + side * radius * cos(turn), middle.y + down * radius * sin(turn))

    def _is_clear(self, start: Point, end: Point, own: Collection[str], ranks: range) -> bool:
        """Tell whether a straight line meets nothing but its ends in the columns that it passes."""
        return not any(
            _meets_circle(start, end, rect) if name in self.circles else _crosses(start, end, rect)
            for rank in ranks
            for name, rect in self.standing[rank]
            if name not in own and _is_near(start, end, rect)
        )


def straight(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    """Return a straight line as a Bézier piece."""
    third = (end.x - start.x) / 3, (end.y - start.y) / 3
    near = Point(start.x + third[0], start.y + third[1])
    return start, near, Point(end.x - third[0], end.y - third[1]), end


def _is_near(a: Point, b: Point, rect: Rect) -> bool:
    """Tell whether a rectangle reaches into that between two points."""
    return (
        min(a.x, b.x) < rect.right + _CLEAR
        and max(a.x, b.x) > rect.left - _CLEAR
        and min(a.y, b.y) < rect.bottom + _CLEAR
        and max(a.y, b.y) > rect.top - _CLEAR
    )


def _meets_circle(a: Point, b: Point, circle: Rect) -> bool:
    """Tell whether a straight line comes near a circle."""
    middle = circle.centre
    length = hypot(b.x - a.x, b.y - a.y) or 1.0
    along = ((middle.x - a.x) * (b.x - a.x) + (middle.y - a.y) * (b.y - a.y)) / length
    along = min(max(along, 0.0), length) / length
    nearest = Point(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along)
    away = hypot(nearest.x - middle.x, nearest.y - middle.y)
    return away < circle.width / 2 + min(_CLEAR, circle.width * _PART) / 2


def _crosses(a: Point, b: Point, rect: Rect) -> bool:
    """Tell whether a straight line that runs ahead comes near a rectangle."""
    room = rect.grown(min(_CLEAR, rect.height * _PART))
    if a.x == b.x:
        return True
    slope = (b.y - a.y) / (b.x - a.x)
    left, right = max(min(a.x, b.x), room.left), min(max(a.x, b.x), room.right)
    ends = a.y + (left - a.x) * slope, a.y + (right - a.x) * slope
    return max(ends) >= room.top and min(ends) <= room.bottom
