"""Find the lines of a grid along which its values equal a level: marching squares.

Source: Lorensen and Cline, Marching Cubes, SIGGRAPH 1987, in two dimensions; where a square is
crossed on all four sides its middle decides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from graphgrad.views.plots.plot import Grid

__all__ = ["Patch", "Segment", "contour", "patches"]


class Segment(NamedTuple):
    """A straight piece of a line of equal value."""

    x1: float
    y1: float
    x2: float
    y2: float


class Patch(NamedTuple):
    """A piece of a grid on one side of a level.

    Attributes:
        corners: in order.
        value: the mean of the values known on it.
        above: whether the values on it are at least the level.
    """

    corners: tuple[tuple[float, float], ...]
    value: float
    above: bool


def patches(grid: Grid, level: float) -> Iterator[Patch]:
    """Yield the squares between the points of a grid, cut along the line of a level.

    >>> [len(one.corners) for one in patches(Grid((0, 1), (0, 1), ((0, 0), (0, 1))), 0.5)]
    [3, 5]
    """
    for row in range(len(grid.ys) - 1):
        for column in range(len(grid.xs) - 1):
            yield from _cut(_corners(grid, row, column), level)


def _cut(corners: list[tuple[float, float, float]], level: float) -> Iterator[Patch]:
    """Yield a square or its pieces; where both sides have two corners apart, the joined one last.

    A piece drawn over another may stand on its room: of that its own corners are left.
    """
    values = [value for _, _, value in corners]
    if not all(map(math.isfinite, values)):
        return
    middle = math.fsum(values) / 4 >= level
    for above in (not middle, middle):
        own = [value for value in values if (value >= level) == above]
        if not own:
            continue
        found = []
        for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
            if (one[2] >= level) == above:
                found.append((float(one[0]), float(one[1])))
            if (one[2] >= level) != (other[2] >= level):
                found.append(_between(one, other, level))
        yield Patch(tuple(found), math.fsum(own) / len(own), above)


def contour(grid: Grid, level: float) -> Iterator[Segment]:
    """Yield the pieces of the line along which a grid has a value.

    >>> list(contour(Grid((0, 1), (0, 1), ((0, 1), (0, 1))), 0.5))
    [Segment(x1=0.5, y1=0.0, x2=0.5, y2=1.0)]
    """
    for row in range(len(grid.ys) - 1):
        for column in range(len(grid.xs) - 1):
            yield from _crossed(grid, level, row, column)


def _crossed(grid: Grid, level: float, row: int, column: int) -> Iterator[Segment]:
    """Yield the one or two pieces inside one square."""
    corners = _corners(grid, row, column)
    if not all(math.isfinite(value) for _, _, value in corners):
        return
    found = [
        _between(corners[k], corners[(k + 1) % 4], level)
        for k in range(4)
        if (corners[k][2] >= level) != (corners[(k + 1) % 4][2] >= level)
    ]
    if len(found) == 4:  # sides: below, right, above, left
        joined = (math.fsum(value for _, _, value in corners) / 4 >= level) == (
            corners[0][2] >= level
        )
        pairs = ((0, 1), (2, 3)) if joined else ((3, 0), (1, 2))
        for first, second in pairs:
            yield Segment(*found[first], *found[second])
    elif found:
        yield Segment(*found[0], *found[1])


def _corners(grid: Grid, row: int, column: int) -> list[tuple[float, float, float]]:
    """Return the corners of a square with their values."""
    return [
        (grid.xs[c], grid.ys[r], grid.values[r][c])
        for r, c in ((row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column))
    ]


def _between(
    a: tuple[float, float, float], b: tuple[float, float, float], level: float
) -> tuple[float, float]:
    """Return where a side is crossed, by its two values."""
    share = (level - a[2]) / (b[2] - a[2])
    return float(a[0] + share * (b[0] - a[0])), float(a[1] + share * (b[1] - a[1]))
