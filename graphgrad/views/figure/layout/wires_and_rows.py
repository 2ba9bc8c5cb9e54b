"""Join the halves of wires round their texts, and break a long chain into rows, back and forth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.layout.dot_output import Layout

__all__ = ["broken_rows", "joined", "straightened", "turned_edges"]

FEWEST_IN_A_ROW = 2


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


def broken_rows(
    chain: Sequence[str], widths: Mapping[str, float], count: int
) -> tuple[tuple[str, ...], ...]:
    """Return a chain in so many rows of about equal width; nothing where they would be too short.

    >>> broken_rows("abcd", dict.fromkeys("abcd", 10.0), 2)
    (('a', 'b'), ('c', 'd'))
    """
    if not count or len(chain) < FEWEST_IN_A_ROW * count:
        return ()
    total, before = math.fsum(widths[box] for box in chain), 0.0
    rows: list[list[str]] = [[] for _ in range(count)]
    for box in chain:
        middle = before + widths[box] / 2
        rows[min(int(count * middle / total), count - 1)].append(box)
        before += widths[box]
    return tuple(map(tuple, rows)) if all(rows) else ()


def turned_edges(diagram: Diagram, rows: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the edges that run from right to left: those inside of every second row.

    An engine puts the tail of an edge inside of a rank to the left, so these are laid out reversed.
    """
    row = {box: number for number, boxes in enumerate(rows) for box in boxes}
    return frozenset(
        edge.id
        for edge in diagram.edges
        if row.get(edge.source) == row.get(edge.target, -1) and row[edge.source] % 2
    )


def straightened(layout: Layout, turned: frozenset[str]) -> Layout:
    """Return a layout in which reversed edges run from source to target again."""
    curves = {
        edge: curve[::-1] if edge in turned else curve for edge, curve in layout.curves.items()
    }
    return layout._replace(curves=curves)
