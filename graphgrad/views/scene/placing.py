"""Check that each edge label is free and nearest to its own edge, and shift those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import hypot
from typing import Any

import numpy as np

from graphgrad.views.scene.curves import sampled
from graphgrad.views.scene.layout import Layout
from graphgrad.views.scene.layout_source import Size
from graphgrad.views.scene.scene import Point, Rect

__all__ = ["place_labels"]

_AIR = 3.0
_BESIDE = 4.0
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_FARTHER = (1.0, 2.5)
_CLEARER = 4.0
_OVER_BOX, _OVER_LABEL, _ON_EDGE, _NEARER_OTHER, _FAR = 100.0, 60.0, 40.0, 20.0, 0.02


def place_labels(layout: Layout, sizes: Mapping[str, Size]) -> tuple[dict[str, Rect], list[str]]:
    """Return where each label goes, and the ids of edges whose label found no free place."""
    return _Placer(layout).placed(sizes)


class _Placer:
    """Hold boxes, curves and labels as arrays."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.points = {edge: sampled(curve, 24) for edge, curve in layout.curves.items()}
        self.owners = list(self.points)
        flat = [(p.x, p.y) for points in self.points.values() for p in points]
        self.xy = np.array(flat, dtype=float).reshape(-1, 2)
        counts = [len(points) for points in self.points.values()]
        self.index = np.repeat(np.arange(len(counts)), counts)
        self.boxes = _array(list(layout.boxes.values()))
        self.labels: dict[str, Rect] = {}

    def placed(self, sizes: Mapping[str, Size]) -> tuple[dict[str, Rect], list[str]]:
        """Return the labels' rectangles and the edges whose label is not quite free."""
        for edge, size in sizes.items():
            self.labels[edge] = _around(self._start(edge), size)
        crowded: list[str] = []
        for edge, size in sizes.items():
            best, cost = self.labels[edge], self._cost(edge, self.labels[edge])
            if cost >= 1.0:
                for rect in self._candidates(edge, size):
                    tried = self._cost(edge, rect)
                    if tried < cost:
                        best, cost = rect, tried
                    if cost < 1.0:
                        break
                self.labels[edge] = best
            if cost >= 1.0:
                crowded.append(edge)
        return self.labels, crowded

    def _start(self, edge: str) -> Point:
        points = self.points[edge]
        return self.layout.labels.get(edge, points[len(points) // 2])

    def _candidates(self, edge: str, size: Size) -> Iterator[Rect]:
        """Yield places on both sides of the edge, from its middle outwards."""
        points = self.points[edge]
        for farther in _FARTHER:
            for place in _PLACES:
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
                    yield _around(Point(x, y), size)

    def _cost(self, edge: str, rect: Rect) -> float:
        """Return how bad a place is; under 1 it is free and nearest to its own edge."""
        others = [other for name, other in self.labels.items() if name != edge]
        grown = rect.grown(_AIR)
        cost = _OVER_BOX * _overlaps(self.boxes, grown) + _OVER_LABEL * _overlaps(
            _array(others), rect.grown(1.0)
        )
        away = self._distances(rect)
        own = self.index == self.owners.index(edge)
        near = float(away[own].min()) if own.any() else 0.0
        foreign = away[~own]
        if foreign.size:
            nearest = float(foreign.min())
            cost += _ON_EDGE * (nearest < 1.0) + _NEARER_OTHER * (nearest < near + _CLEARER)
        return cost + _ON_EDGE * (near < 0.5) + _FAR * min(near, 40.0)

    def _distances(self, rect: Rect) -> Any:
        x, y = self.xy[:, 0], self.xy[:, 1]
        across = np.maximum(np.maximum(rect.left - x, x - rect.right), 0.0)
        down = np.maximum(np.maximum(rect.top - y, y - rect.bottom), 0.0)
        return np.hypot(across, down)


def _array(rects: list[Rect]) -> Any:
    return np.array([(r.left, r.top, r.right, r.bottom) for r in rects]).reshape(-1, 4)


def _overlaps(rects: Any, rect: Rect) -> int:
    hit = (
        (rects[:, 0] < rect.right)
        & (rects[:, 2] > rect.left)
        & (rects[:, 1] < rect.bottom)
        & (rects[:, 3] > rect.top)
    )
    return int(hit.sum())


def _around(middle: Point, size: Size) -> Rect:
    return Rect(middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)
