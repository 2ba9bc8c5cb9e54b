"""Stand the square of a bias beside its neuron where no line crosses it.

All of a column stand on the same side, the one that the fewest lines cross: at the upper left, if
that is as free, else above, and so on round the neuron. In a column of few, one that a line would
cross there stands where none does, if there is such a side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from graphgrad.views.figure.geometry.places import Point, Rect, Size

__all__ = ["FEW", "Bias", "bias_places", "stem"]

_SHARE, _AIR = 0.74, 4.0
"""How far from the middle of its neuron the corner of a bias lies, in parts of the radius; how far
above or below the neuron its side."""
_SIDES = ((-1, -1), (0, -1), (0, 1), (-1, 1), (1, -1), (1, 1))
_BLOCKED = 1000
FEW = 8
"""Neurons of a column that can be seen one by one."""
_CLEAR = 1.0
Line = tuple[Point, ...]


class Bias(NamedTuple):
    """A square that stands beside a neuron."""

    id: str
    neuron: str
    size: Size


def bias_places(
    columns: Iterable[Sequence[Bias]], boxes: Mapping[str, Rect], lines: Sequence[Line]
) -> dict[str, Rect]:
    """Return where the squares stand.

    Args:
        columns: the biases of each column of neurons.
        boxes: where everything else stands.
        lines: the lines between all else, as points.

    >>> circle, line = Rect(0, 0, 40, 40), (Point(-50, -40), Point(6, 6))
    >>> found = bias_places([[Bias("b", "n", Size(10, 8))]], {"n": circle}, [line])
    >>> found["b"].centre
    Point(x=20.0, y=-8.0)
    """
    found: dict[str, Rect] = {}
    for column in columns:
        neurons = {bias.neuron for bias in column}
        others = [rect for name, rect in boxes.items() if name not in neurons]
        others += [_inner(boxes[name]) for name in neurons]
        sides = [
            [_beside(boxes[bias.neuron], bias.size, side) for bias in column] for side in _SIDES
        ]
        costs = [[_cost(rect, others, lines) for rect in rects] for rects in sides]
        best = min(range(len(_SIDES)), key=lambda side: sum(costs[side]))
        for number, bias in enumerate(column):
            free = (
                rects[number] for rects, cost in zip(sides, costs, strict=True) if not cost[number]
            )
            rest = (
                rect for rect in free if not any(map(rect.grown(_CLEAR).overlaps, found.values()))
            )
            own = next(rest, None) if costs[best][number] and len(column) <= FEW else None
            found[bias.id] = own or sides[best][number]
    return found


def stem(square: Rect, circle: Rect) -> tuple[Point, Point]:
    """Return the ends of the short line from a square to its neuron."""
    start, end = square.centre, circle.centre
    dx, dy = end.x - start.x, end.y - start.y
    length = hypot(dx, dy) or 1.0
    out = min(
        square.width / 2 / abs(dx) if dx else 1.0, square.height / 2 / abs(dy) if dy else 1.0, 1.0
    )
    back = circle.width / 2 / length
    return Point(start.x + dx * out, start.y + dy * out), Point(
        end.x - dx * back, end.y - dy * back
    )


def _inner(circle: Rect) -> Rect:
    """Return the square inside of a circle: its corners are free."""
    return circle.grown(-circle.width / 2 * (1 - _SHARE) - 2 * _CLEAR)


def _beside(circle: Rect, size: Size, side: tuple[int, int]) -> Rect:
    across, down = side
    middle, radius = circle.centre, circle.width / 2
    if not across:
        top = circle.top - _AIR - size.height if down < 0 else circle.bottom + _AIR
        return Rect(middle.x - size.width / 2, top, *size)
    corner = radius * _SHARE
    left = middle.x - corner - size.width if across < 0 else middle.x + corner
    top = middle.y - corner - size.height if down < 0 else middle.y + corner
    return Rect(left, top, *size)


def _cost(square: Rect, others: Sequence[Rect], lines: Sequence[Line]) -> int:
    """Return how many lines cross a square; what stands on another box counts as many."""
    room = square.grown(_CLEAR)
    blocked = sum(room.overlaps(other) for other in others) * _BLOCKED
    return blocked + sum(_meets(line, room) for line in lines)


def _meets(line: Line, room: Rect) -> bool:
    return any(_crosses(a, b, room) for a, b in pairwise(line))


def _crosses(a: Point, b: Point, room: Rect) -> bool:
    """Tell whether a piece of a straight line has a point in a rectangle."""
    if max(a.x, b.x) < room.left or min(a.x, b.x) > room.right:
        return False
    if max(a.y, b.y) < room.top or min(a.y, b.y) > room.bottom:
        return False
    if a.x == b.x:
        return True
    slope = (b.y - a.y) / (b.x - a.x)
    left, right = max(min(a.x, b.x), room.left), min(max(a.x, b.x), room.right)
    ends = a.y + (left - a.x) * slope, a.y + (right - a.x) * slope
    return max(ends) >= room.top and min(ends) <= room.bottom
