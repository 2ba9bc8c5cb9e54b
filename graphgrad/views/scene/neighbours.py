"""Find what lies near a place: points of edges and rectangles, kept in the cells of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, hypot, inf

from graphgrad.views.scene.places import Point, Rect

__all__ = ["Neighbours"]

_CELL = 96.0
Cell = tuple[int, int]


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
