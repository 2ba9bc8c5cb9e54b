"""Wrap columns into rows as lines of a text: what runs on goes back between one row and the next.

The edges that a break cuts run back beside one another: the uppermost leaves outermost and so
arrives uppermost again, without a crossing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graphgrad.views.figure.geometry.places import Point, Size
from graphgrad.views.figure.layout.columns.spacing import LANES, Grid

__all__ = ["Wrapped", "breaks_of"]

_MARGIN, _TURN, _BETWEEN = 10.0, 4.0, 16.0
_ARRIVING = 14.0
"""Room for a corner and the head of an arrow before a row."""
_FRAME = 7.0
"""How far the frame of a group reaches beyond its boxes."""
_CUT, _GROUP = 0.015, 0.04
"""How much worse than a row shorter by such a part it is to cut a lane, or a group."""


class _Row(NamedTuple):
    """A row of columns.

    Attributes:
        ranks: the numbers of its columns.
        dx: how far its columns move.
        dy: how far their stops move.
        left: its left side, without what runs back beside it.
        right: its right side.
        bottom: its lower side.
    """

    ranks: range
    dx: float
    dy: float
    left: float
    right: float
    bottom: float


def breaks_of(grid: Grid, count: int) -> tuple[int, ...]:
    """Return the columns that begin a row, but the first, for rows of about equal width.

    Args:
        grid: the columns.
        count: how many rows there are to be.
    """
    step = grid.lanes.step
    total = grid.right[-1] if grid.right else 0.0
    found: list[int] = []
    for number in range(1, count):
        wanted = total * number / count
        open_ones = range((found[-1] if found else 0) + step, len(grid.ranks) - step, step)
        if open_ones:
            found.append(min(open_ones, key=lambda rank: _cost(grid, rank, wanted / total, total)))
    return tuple(rank + 1 for rank in found)


def _cost(grid: Grid, rank: int, wanted: float, total: float) -> float:
    """Return how bad it is to end a row with a column."""
    stops = grid.lanes.stops
    cut = [stop for stop in grid.ranks[rank] if grid.lanes.ahead[stop]]
    after = {stops[o].group for stop in cut for o in grid.lanes.ahead[stop]} - {""}
    within = any(stops[stop].group in after for stop in cut)
    return abs(grid.right[rank] / total - wanted) + _CUT * len(cut) + _GROUP * within


class Wrapped:
    """Columns in rows.

    Attributes:
        size: of all of it.
    """

    def __init__(self, grid: Grid, breaks: Sequence[int]) -> None:
        self.grid = grid
        self.starts = (0, *breaks)
        self.between = _BETWEEN * (1 + grid.room) / 2
        self.groups: dict[str, set[int]] = {}
        for stop in grid.lanes.stops:
            if stop.group:
                self.groups.setdefault(stop.group, set()).add(stop.rank)
        self.tracks = [self._tracks(start) for start in self.starts]
        self.rows = list(self._rows())
        self.row_of = [n for n, row in enumerate(self.rows) for _ in row.ranks]
        after = [*self.tracks[1:], {}]
        right = max(
            (row.right + _beside(t) for row, t in zip(self.rows, after, strict=True)), default=0.0
        )
        self.size = Size(right, self.rows[-1].bottom if self.rows else 0.0)

    def _tracks(self, start: int) -> dict[int, int]:
        """Return, of what a break before a column cuts, which way back each takes, by stop."""
        if not start:
            return {}
        cut = (stop for stop in self.grid.ranks[start - 1] if self.grid.lanes.ahead[stop])
        return {stop: index for index, stop in enumerate(cut)}

    def _rows(self) -> Iterator[_Row]:
        grid, bottom = self.grid, 0.0
        for number, start in enumerate(self.starts):
            end = self.starts[number + 1] if number + 1 < len(self.starts) else len(grid.ranks)
            ranks = range(start, end)
            stops = [stop for rank in ranks for stop in grid.ranks[rank]]
            top = min((grid.y[s] - grid.extents[s].up for s in stops), default=0.0)
            low = max((grid.y[s] + grid.extents[s].down for s in stops), default=0.0)
            framed = self._is_framed(ranks)
            left = _before(self.tracks[number]) + _FRAME * (number > 0) * framed
            room = 2 * self.between + LANES * (len(self.tracks[number]) - 1) if number else 0.0
            dx, dy = left - grid.left[start], bottom + room - top + _FRAME * framed
            wide, high = grid.framed if framed and end < len(grid.ranks) else (0.0, 0.0)
            bottom = low + dy + high
            yield _Row(ranks, dx, dy, left, grid.right[end - 1] + dx + wide, bottom)

    def _is_framed(self, ranks: range) -> bool:
        """Tell whether some group stands in a row as a whole: ways back keep clear of its frame."""
        return len(self.starts) > 1 and any(held <= {*ranks} for held in self.groups.values())

    def at(self, rank: int, x: float, y: float) -> Point:
        """Return where a place in a column has gone."""
        row = self.rows[self.row_of[rank]]
        return Point(x + row.dx, y + row.dy)

    def ends_row(self, rank: int) -> bool:
        """Tell whether another row begins after a column."""
        return rank + 1 in self.starts

    def back(self, stop: int, rank: int, start: Point, end: Point) -> list[Point]:
        """Return the corners of the way from the end of a row to the start of the next.

        Args:
            stop: what the way leaves.
            rank: the last column of the row.
            start: where it leaves that column.
            end: where it arrives at the next.
        """
        number = self.row_of[rank]
        tracks = self.tracks[number + 1]
        track, most = tracks[stop], len(tracks) - 1
        row, after = self.rows[number], self.rows[number + 1]
        right = row.right + _MARGIN + LANES * (most - track)
        level = row.bottom + self.between + LANES * (most - track)
        framed = _FRAME * self._is_framed(after.ranks)
        left = after.left - framed - _ARRIVING - LANES * track
        return [
            start,
            Point(right, start.y),
            Point(right, level),
            Point(left, level),
            Point(left, end.y),
            end,
        ]


def _before(tracks: dict[int, int]) -> float:
    """Return the room that ways back take before the row at which they arrive."""
    return _beside(tracks) + _ARRIVING - _MARGIN if tracks else 0.0


def _beside(tracks: dict[int, int]) -> float:
    """Return the room that ways back take beside a row."""
    return _MARGIN + LANES * (len(tracks) - 1) + _TURN if tracks else 0.0
