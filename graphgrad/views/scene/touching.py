"""Lengthen edges to where rounded outlines begin; engines end them at the rectangle."""

from __future__ import annotations

from math import hypot

from graphgrad.views.scene.places import Point, Rect

__all__ = ["touching"]

_STEP = 0.25
_FARTHEST = 12.0


def touching(curve: tuple[Point, ...], rect: Rect, radius: float) -> tuple[Point, ...]:
    """Return a spline whose start is moved into a rounded corner, if it hangs before one.

    Args:
        curve: it starts on the border of the rectangle.
        rect: the outline.
        radius: of its corners.
    """
    start, ahead = curve[0], next((p for p in curve[1:] if p != curve[0]), curve[-1])
    length = hypot(ahead.x - start.x, ahead.y - start.y)
    if not radius or not length or _inside(start, rect, radius):
        return curve
    dx, dy = (start.x - ahead.x) / length, (start.y - ahead.y) / length
    gone = 0.0
    while gone < _FARTHEST:
        gone += _STEP
        point = Point(start.x + dx * gone, start.y + dy * gone)
        if _inside(point, rect, radius):
            third = Point(start.x + dx * gone / 2, start.y + dy * gone / 2)
            return (point, third, third, *curve)
    return curve


def _inside(point: Point, rect: Rect, radius: float) -> bool:
    """Tell whether a point lies in a rectangle with round corners, or on its straight sides."""
    slack = 0.3
    x = min(point.x - rect.left, rect.right - point.x)
    y = min(point.y - rect.top, rect.bottom - point.y)
    if x < -slack or y < -slack:
        return False
    if x >= radius or y >= radius:
        return True
    return hypot(radius - x, radius - y) <= radius + slack
