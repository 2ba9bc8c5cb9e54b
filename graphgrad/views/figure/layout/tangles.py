"""Count what makes the lines of a drawn graph hard to follow: they cross, or their ends meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import floor, hypot
from typing import NamedTuple

from graphgrad.views.figure.geometry.places import Point, sampled

__all__ = ["Run", "tangles"]

_CELL, _NEAR, _SEEN = 24.0, 12.0, 6.0
_MEET = 6.0
"""So near to one another the head of an arrow and the start of the next are read as one line."""


class Run(NamedTuple):
    """An edge as it was drawn.

    Attributes:
        source: id of the box that it leaves.
        target: id of the box at which it arrives.
        curve: the spline from one to the other.
    """

    source: str
    target: str
    curve: tuple[Point, ...]


def tangles(runs: Sequence[Run]) -> int:
    """Return how often lines cross, and how often an arrow begins or ends on the head of another.

    Lines that leave one box together are one line until they part.

    >>> level = tuple(Point(x, 5.0) for x in (0.0, 3.0, 6.0, 9.0))
    >>> steep = tuple(Point(5.0, y) for y in (0.0, 3.0, 6.0, 9.0))
    >>> tangles([Run("a", "b", level), Run("c", "d", steep)])
    1

    Args:
        runs: the edges of a figure.
    """
    lines = [sampled(run.curve) for run in runs]
    crossed = len(set(_crossings(runs, lines)))
    return crossed + sum(_collide(a, b) for a, b in combinations(runs, 2))


def _crossings(
    runs: Sequence[Run], lines: Sequence[Sequence[Point]]
) -> Iterator[tuple[str, str, int, int]]:
    """Yield the places where two lines cross, by the boxes that they leave."""
    seen: set[tuple[int, int]] = set()
    for one, other, i, j in _near(lines):
        first, second = runs[one], runs[other]
        if first.source == second.source or (one, other) in seen:
            continue
        place = _meeting(*lines[one][i : i + 2], *lines[other][j : j + 2])
        if place is None:
            continue
        if first.target == second.target and _apart(place, lines[one][-1]) < _NEAR:
            continue
        seen.add((one, other))
        ends = sorted((first.source, second.source))
        yield ends[0], ends[1], round(place.x / _SEEN), round(place.y / _SEEN)


def _near(lines: Sequence[Sequence[Point]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield two pieces of two lines that lie in one cell of a grid, once each."""
    cells: dict[tuple[int, int], dict[tuple[int, int], None]] = {}
    for name, points in enumerate(lines):
        for index in range(len(points) - 1):
            for end in points[index : index + 2]:
                cell = floor(end.x / _CELL), floor(end.y / _CELL)
                cells.setdefault(cell, {})[name, index] = None
    for found in cells.values():
        for (one, i), (other, j) in combinations(sorted(found), 2):
            if one != other:
                yield one, other, i, j


def _collide(one: Run, other: Run) -> bool:
    """Tell whether the head of an arrow stands where another one begins or ends."""
    if one.target == other.target and one.source != other.source:
        return _apart(one.curve[-1], other.curve[-1]) < _MEET
    pairs = ((one, other), (other, one))
    return any(a.target == b.source and _apart(a.curve[-1], b.curve[0]) < _MEET for a, b in pairs)


def _apart(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def _meeting(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Return where the piece from a to b crosses that from c to d, if they do."""
    across = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x)
    if abs(across) < 1e-9:
        return None
    t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / across
    u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / across
    if not (0 < t < 1 and 0 < u < 1):
        return None
    return Point(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
