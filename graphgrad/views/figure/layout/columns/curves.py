"""Draw a line through some points as a spline that leaves and arrives along one axis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from graphgrad.views.figure.geometry.places import Point

__all__ = ["bent"]

_LEVEL = 0.3
"""Points so near to one another in height are on one straight line."""


def bent(points: Sequence[Point], *, upright: bool = False) -> tuple[Point, ...]:
    """Return a Bézier spline through points, level at each of them.

    Args:
        points: two at least.
        upright: whether it runs up and down at its points instead of across.

    >>> bent([Point(0, 0), Point(30, 0)])[1:3]
    (Point(x=10.0, y=0.0), Point(x=20.0, y=0.0))
    """
    kept = [points[0]]
    for point in points[1:]:
        if abs(point.x - kept[-1].x) + abs(point.y - kept[-1].y) > _LEVEL:
            kept.append(point)
    if len(kept) < 2:
        kept.append(points[-1])
    found = [kept[0]]
    for one, other in itertools.pairwise(kept):
        found += _piece(one, other, upright=upright)
    return tuple(found)


def _piece(one: Point, other: Point, *, upright: bool) -> tuple[Point, Point, Point]:
    dx, dy = other.x - one.x, other.y - one.y
    if abs(dx if upright else dy) <= _LEVEL:
        return (
            Point(one.x + dx / 3, one.y + dy / 3),
            Point(one.x + 2 * dx / 3, one.y + 2 * dy / 3),
            other,
        )
    if upright:
        return Point(one.x, one.y + dy / 2), Point(other.x, other.y - dy / 2), other
    return Point(one.x + dx / 2, one.y), Point(other.x - dx / 2, other.y), other
