"""Check that each edge label is free and nearest to its own edge, and shift those that are not.

What lies near a place, points of edges and rectangles, is kept in the cells of a grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor, hypot, inf

from graphgrad.views.figure.geometry.places import Point, Rect, Size, sampled
from graphgrad.views.figure.layout.dot_output import Layout

__all__ = ["Neighbours", "around", "place_labels"]


_AIR = 3.0
_BESIDE = 4.0
_PLACES = (0.5, *(0.5 + side * step / 20 for step in range(1, 9) for side in (-1, 1)))
_FARTHER = (1.0, 2.5)
_ROUNDS = 3
_MANY = 250
"""So many labels are read nowhere: each is tried in fewer places."""
_CLEARER = 4.0
_REACH = 40.0
_OVER_BOX, _OVER_LABEL, _ON_EDGE, _NEARER_OTHER, _FAR = 100.0, 60.0, 40.0, 20.0, 0.005
_ON_FRAME, _SHIFTED, _FREE = 0.6, 0.5, 1.0
_LABEL = "label "
_CELL = 96.0
Cell = tuple[int, int]


def place_labels(
    layout: Layout, sizes: Mapping[str, Size], *, free: bool = False
) -> tuple[dict[str, Rect], list[str]]:
    """Return where each label goes, and the ids of edges whose label found no free place.

    Args:
        layout: boxes, curves, frames and where labels are to be.
        sizes: of the labels, by id of the edge.
        free: whether a label stays where it is to be if that is free, though it cuts a frame.
    """
    if not sizes:
        return {}, []
    return _Placer(layout, _FREE if free else _SHIFTED).placed(sizes)


class _Placer:
    """Hold boxes, curves and labels where they can be found by place."""

    def __init__(self, layout: Layout, shifted: float) -> None:
        self.layout, self.shifted = layout, shifted
        self.points = {edge: sampled(curve) for edge, curve in layout.curves.items()}
        self.near = Neighbours()
        for edge, points in self.points.items():
            self.near.add_points(edge, points)
        for box, rect in layout.boxes.items():
            self.near.add_rect(box, rect)
        self.labels: dict[str, Rect] = {}
        self.places: Sequence[float] = _PLACES
        self.farther: Sequence[float] = _FARTHER
        self.rounds = _ROUNDS

    def placed(self, sizes: Mapping[str, Size]) -> tuple[dict[str, Rect], list[str]]:
        """Return the labels' rectangles and the edges whose label is not quite free."""
        if len(sizes) > _MANY:
            self.places, self.farther, self.rounds = _PLACES[:5], _FARTHER[:1], 1
        for edge, size in sizes.items():
            self._put(edge, around(self._start(edge), size))
        crowded = list(sizes)
        for _ in range(self.rounds):  # a label that moved may have made room for one before it
            left = [edge for edge in crowded if self._settled(edge, sizes[edge]) >= 1.0]
            if left in ([], crowded):
                return self.labels, left
            crowded = left
        return self.labels, crowded

    def _settled(self, edge: str, size: Size) -> float:
        """Move a label to a better place, if there is one, and return how bad its place is."""
        best, cost = self.labels[edge], self._cost(edge, self.labels[edge])
        if cost >= self.shifted:
            best, cost = self._better(edge, size, best, cost)
            self._put(edge, best)
        return cost

    def _put(self, edge: str, rect: Rect) -> None:
        if edge in self.labels:
            self.near.remove_rect(_label(edge), self.labels[edge])
        self.labels[edge] = rect
        self.near.add_rect(_label(edge), rect)

    def _start(self, edge: str) -> Point:
        points = self.points[edge]
        return self.layout.labels.get(edge, points[len(points) // 2])

    def _better(self, edge: str, size: Size, best: Rect, cost: float) -> tuple[Rect, float]:
        for rect in self._candidates(edge, size):
            tried = self._cost(edge, rect)
            if tried < cost:
                best, cost = rect, tried
            if cost < _SHIFTED:
                break
        return best, cost

    def _candidates(self, edge: str, size: Size) -> Iterator[Rect]:
        """Yield places on both sides of the edge, from its middle outwards."""
        points = self.points[edge]
        for farther in self.farther:
            for place in self.places:
                index = round(place * (len(points) - 1))
                a, b = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
                length = hypot(b.x - a.x, b.y - a.y) or 1.0
                across = Point((b.y - a.y) / length, -(b.x - a.x) / length)
                reach = abs(across.x) * size.width / 2 + abs(across.y) * size.height / 2
                reach += _BESIDE * farther
                middle = points[index]
                for side in (1, -1):
                    x = middle.x + side * across.x * reach
                    y = middle.y + side * across.y * reach
                    yield around(Point(x, y), size)

    def _cost(self, edge: str, rect: Rect) -> float:
        """Return how bad a place is; under 1 it is free and nearest to its own edge."""
        grown, cost = rect.grown(_AIR), 0.0
        for name, other in self.near.rects(grown):
            label = name.startswith(_LABEL)
            if name != _label(edge) and other.overlaps(rect.grown(1.0) if label else grown):
                cost += _OVER_LABEL if label else _OVER_BOX
        cost += _ON_FRAME * sum(_cuts(frame, grown) for frame in self.layout.frames.values())
        own, foreign = self.near.distances(rect, _REACH, edge)
        cost += _ON_EDGE * (foreign < 1.0) + _NEARER_OTHER * (foreign < own + _CLEARER)
        return cost + _ON_EDGE * (own < 0.5) + _FAR * min(own, 40.0)


def _cuts(frame: Rect, rect: Rect) -> bool:
    """Tell whether a rectangle lies across the border of a frame."""
    inside = frame.left < rect.left and rect.right < frame.right
    inside = inside and frame.top < rect.top and rect.bottom < frame.bottom
    return frame.overlaps(rect) and not inside


def _label(edge: str) -> str:
    return f"{_LABEL}{edge}"


def around(middle: Point, size: Size) -> Rect:
    """Return the rectangle of a size round a place."""
    return Rect(middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)


class Neighbours:
    """Points and rectangles by name; a lookup costs what is near, not what there is."""

    def __init__(self) -> None:
        self.points: dict[Cell, list[tuple[str, Point]]] = {}
        self.rectangles: dict[Cell, dict[str, Rect]] = {}

    def add_points(self, name: str, points: Sequence[Point]) -> None:
        """Add the points of an edge."""
        for point in points:
            cell = floor(point.x / _CELL), floor(point.y / _CELL)
            self.points.setdefault(cell, []).append((name, point))

    def add_rect(self, name: str, rect: Rect) -> None:
        """Add a rectangle."""
        for cell in _cells(rect):
            self.rectangles.setdefault(cell, {})[name] = rect

    def remove_rect(self, name: str, rect: Rect) -> None:
        """Remove a rectangle that was added."""
        for cell in _cells(rect):
            self.rectangles[cell].pop(name, None)

    def rects(self, rect: Rect) -> Iterator[tuple[str, Rect]]:
        """Yield each rectangle that overlaps another, once."""
        found: dict[str, Rect] = {}
        for cell in _cells(rect):
            found.update(self.rectangles.get(cell, {}))
        yield from ((name, other) for name, other in found.items() if other.overlaps(rect))

    def distances(self, rect: Rect, reach: float, name: str) -> tuple[float, float]:
        """Return how far an edge of a name and any other are; infinity beyond a reach."""
        own = other = inf
        left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
        for cell in _cells(rect.grown(reach)):
            for owner, (x, y) in self.points.get(cell, ()):
                across = left - x if x < left else x - right if x > right else 0.0
                down = top - y if y < top else y - bottom if y > bottom else 0.0
                if across > reach or down > reach:
                    continue
                if owner == name:
                    own = min(own, hypot(across, down))
                else:
                    other = min(other, hypot(across, down))
        return own, other


def _cells(rect: Rect) -> Iterator[Cell]:
    for column in range(floor(rect.left / _CELL), floor(rect.right / _CELL) + 1):
        for row in range(floor(rect.top / _CELL), floor(rect.bottom / _CELL) + 1):
            yield column, row
