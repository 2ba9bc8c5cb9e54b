"""Give labels more room without an engine: pull a layout apart, its boxes as large as before."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.layout.dot_output import Layout

__all__ = ["stretched"]


def stretched(layout: Layout, factor: float) -> Layout:
    """Return a layout whose places are farther apart by a factor; what crossed nothing still does.

    Args:
        layout: boxes, curves and frames.
        factor: how much farther, 1 for not at all.
    """
    boxes = {name: _apart(rect, factor) for name, rect in layout.boxes.items()}
    frames = {
        number: Rect(r.left * factor, r.top * factor, r.width * factor, r.height * factor)
        for number, r in layout.frames.items()
    }
    rects = list(zip(layout.boxes.values(), boxes.values(), strict=True))
    return layout._replace(
        width=layout.width * factor,
        height=layout.height * factor,
        boxes=boxes,
        curves={edge: _curve(curve, factor, rects) for edge, curve in layout.curves.items()},
        labels={edge: Point(p.x * factor, p.y * factor) for edge, p in layout.labels.items()},
        frames=frames,
    )


def _apart(rect: Rect, factor: float) -> Rect:
    middle = rect.centre
    x, y = middle.x * factor - rect.width / 2, middle.y * factor - rect.height / 2
    return Rect(x, y, rect.width, rect.height)


def _curve(
    curve: tuple[Point, ...], factor: float, rects: Sequence[tuple[Rect, Rect]]
) -> tuple[Point, ...]:
    """Return a spline stretched, its ends led on to the boxes that they ended at."""
    points = [Point(p.x * factor, p.y * factor) for p in curve]
    start, end = _end(curve[0], rects), _end(curve[-1], rects)
    before = _straight(start, points[0]) if start is not None else ()
    after = _straight(points[-1], end) if end is not None else ()
    return (*before[:-1], *points, *after[1:])


def _end(point: Point, rects: Sequence[tuple[Rect, Rect]]) -> Point | None:
    """Return where a point on the border of a box has gone with the box."""
    old, new = min(rects, key=lambda pair: _distance(point, pair[0]))
    if _distance(point, old) > 2.0:
        return None
    return Point(point.x - old.left + new.left, point.y - old.top + new.top)


def _distance(point: Point, rect: Rect) -> float:
    dx = max(rect.left - point.x, 0.0, point.x - rect.right)
    dy = max(rect.top - point.y, 0.0, point.y - rect.bottom)
    inside = min(
        point.x - rect.left, rect.right - point.x, point.y - rect.top, rect.bottom - point.y
    )
    return hypot(dx, dy) if dx or dy else max(inside, 0.0)


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    dx, dy = (end.x - start.x) / 3, (end.y - start.y) / 3
    return (
        start,
        Point(start.x + dx, start.y + dy),
        Point(start.x + 2 * dx, start.y + 2 * dy),
        end,
    )
