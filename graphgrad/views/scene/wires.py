"""Join the two halves of wires, with the room for their texts in the middle."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.views.scene.layout import Layout
from graphgrad.views.scene.places import Point, Rect

__all__ = ["joined"]


def joined(layout: Layout, wires: Iterable[str]) -> tuple[Layout, dict[str, Rect]]:
    """Return a layout in which each wire is one curve, and the rooms in the wires' middles."""
    boxes, curves = dict(layout.boxes), dict(layout.curves)
    rooms: dict[str, Rect] = {}
    for wire in wires:
        room = rooms[wire] = boxes.pop(f"w{wire}")
        before, after = curves.pop(f"{wire}a"), curves.pop(f"{wire}b")
        curves[wire] = (*before, *_straight(before[-1], after[0])[1:], *after[1:])
        rooms[wire] = room
    return layout._replace(boxes=boxes, curves=curves), rooms


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    """Return a straight line as a Bézier piece."""
    dx, dy = (end.x - start.x) / 3, (end.y - start.y) / 3
    return (
        start,
        Point(start.x + dx, start.y + dy),
        Point(start.x + 2 * dx, start.y + 2 * dy),
        end,
    )
