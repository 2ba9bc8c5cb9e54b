"""Draw lines through points as splines: level at each point, or round its corners."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from graphgrad.views.figure.geometry.places import Point

__all__ = ["bent", "rounded"]

_LEVEL = 0.3
"""Points so near to one another in height are on one straight line."""
_RADIUS = 9.0
_HEAD = 10.0
"""So long is the head of an arrow: what ends a line is straight for as far, where it can be."""


def bent(points: Sequence[Point], *, upright: bool = False) -> tuple[Point, ...]:
    """Return a Bézier spline through points, level at each of them.

    Args:
        points: two at least.
        upright: whether it runs up and down at its points instead of across.

    >>> bent([Point(0, 0), Point(30, 0)])[1:3]
    (Point(x=10.0, y=0.0), Point(x=20.0, y=0.0))
    """
    kept = _apart(points)
    found = [kept[0]]
    for one, other in pairwise(kept):
        found += _piece(one, other, upright=upright)
    return tuple(found)


def rounded(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a Bézier spline along straight lines, with round corners.

    >>> len(rounded([Point(0, 0), Point(50, 0), Point(50, 50)]))
    10
    """
    kept = _apart(points)
    found, place = [kept[0]], kept[0]
    for corner, after in pairwise(kept[1:]):
        half = _distance(corner, after) / 2
        ahead = half if after != kept[-1] else max(2 * half - _HEAD, half / 3)
        reach = min(_RADIUS, _distance(place, corner) / 2, ahead)
        before, beyond = _towards(corner, place, reach), _towards(corner, after, reach)
        found += _straight(place, before)
        found += [_towards(before, corner, reach / 2), _towards(beyond, corner, reach / 2), beyond]
        place = beyond
    return (*found, *_straight(place, kept[-1]))


def _apart(points: Sequence[Point]) -> list[Point]:
    """Return points without those that are where the one before is."""
    kept = [points[0]]
    for point in points[1:]:
        if abs(point.x - kept[-1].x) + abs(point.y - kept[-1].y) > _LEVEL:
            kept.append(point)
    return kept if len(kept) > 1 else [kept[0], points[-1]]


def _piece(one: Point, other: Point, *, upright: bool) -> tuple[Point, Point, Point]:
    dx, dy = other.x - one.x, other.y - one.y
    if abs(dx if upright else dy) <= _LEVEL:
        return _straight(one, other)
    if upright:
        return Point(one.x, one.y + dy / 2), Point(other.x, other.y - dy / 2), other
    return Point(one.x + dx / 2, one.y), Point(other.x - dx / 2, other.y), other


def _straight(one: Point, other: Point) -> tuple[Point, Point, Point]:
    dx, dy = (other.x - one.x) / 3, (other.y - one.y) / 3
    return Point(one.x + dx, one.y + dy), Point(one.x + 2 * dx, one.y + 2 * dy), other


def _distance(one: Point, other: Point) -> float:
    return hypot(other.x - one.x, other.y - one.y)


def _towards(one: Point, other: Point, length: float) -> Point:
    """Return the place at a length from one point on the way to another."""
    whole = _distance(one, other)
    part = length / whole if whole else 0.0
    return Point(one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part)
