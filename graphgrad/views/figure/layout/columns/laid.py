"""Lay a diagram out in columns: boxes in their places, edges in their lanes, labels above them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal

from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.spine import Spine
from graphgrad.views.figure.geometry.places import Point, Rect, Reserved, Size
from graphgrad.views.figure.layout.columns.axes import exchanged, turned
from graphgrad.views.figure.layout.columns.curves import bent, rounded
from graphgrad.views.figure.layout.columns.spacing import ABOVE_LINE, Grid
from graphgrad.views.figure.layout.columns.standing import Columns
from graphgrad.views.figure.layout.columns.wrapped import Wrapped, breaks_of
from graphgrad.views.figure.layout.dot_output import Layout
from graphgrad.views.figure.typeset.density import ROOMY, Density

__all__ = ["ENGINE", "InColumns"]

ENGINE = "graphgrad"
"""The name of this way of laying out beside those of engines."""
_PORTS, _PART = 12.0, 0.6


class InColumns:
    """A diagram in columns, that may be wrapped into rows."""

    def __init__(
        self,
        diagram: Diagram,
        columns: Columns,
        spine: Spine,
        reserved: Reserved,
        direction: Literal["LR", "TB"] = "LR",
        density: Density = ROOMY,
        *,
        in_rows: bool = False,
    ) -> None:
        """Find where everything goes in one row.

        Args:
            diagram: the boxes and edges.
            columns: who stands in which column.
            spine: its longest chain, drawn straight.
            reserved: the room of every part.
            direction: which way columns follow one another.
            density: how close parts stand.
            in_rows: whether boxes of one name and another step stand at one height.
        """
        self.down = direction == "TB"
        reserved = turned(reserved) if self.down else reserved
        self.grid = Grid(
            diagram, columns, spine, reserved, density, in_rows=in_rows, down=self.down
        )
        self.wrapped = cache(self._wrapped)

    def most_rows(self) -> int:
        """Return into how many rows it can be wrapped."""
        return max(len(self.grid.ranks) // (2 * self.grid.lanes.step), 1)

    def size(self, rows: int = 1) -> Size:
        """Return its size when wrapped into so many rows."""
        size = self.wrapped(rows).size
        return Size(size.height, size.width) if self.down else size

    def returns(self, rows: int = 1) -> int:
        """Return how many lines run back to the next row beside the one that leads on."""
        return sum(max(len(tracks) - 1, 0) for tracks in self.wrapped(rows).tracks)

    def layout(self, rows: int = 1) -> Layout:
        """Return where everything goes, wrapped into so many rows, without frames."""
        found = _Drawing(self.grid, self.wrapped(rows)).layout()
        return exchanged(found) if self.down else found

    def _wrapped(self, rows: int) -> Wrapped:
        return Wrapped(self.grid, breaks_of(self.grid, rows))


class _Drawing:
    """Draw what stands in rows of columns."""

    def __init__(self, grid: Grid, wrapped: Wrapped) -> None:
        self.grid, self.wrapped = grid, wrapped
        self.stops = grid.lanes.stops

    def layout(self) -> Layout:
        """Return where everything goes, from the top left of the drawing."""
        boxes, curves, labels = dict(self._boxes()), dict(self._curves()), dict(self._labels())
        for box, unit in self.grid.units.items():
            middle = self._middle(box)
            curves.update(unit.curves(middle))
            labels.update(unit.labels(middle))
        rects = boxes.values()
        xs = [*(r.left for r in rects), *(p.x for c in curves.values() for p in c)]
        ys = [*(r.top for r in rects), *(p.y for c in curves.values() for p in c)]
        dx, dy = -min(xs, default=0.0), -min(ys, default=0.0)
        right = max([*(r.right for r in rects), *xs], default=0.0)
        bottom = max([*(r.bottom for r in rects), *ys], default=0.0)
        return Layout(
            right + dx,
            bottom + dy,
            {box: rect.moved(dx, dy) for box, rect in boxes.items()},
            {edge: tuple(Point(p.x + dx, p.y + dy) for p in c) for edge, c in curves.items()},
            {edge: Point(p.x + dx, p.y + dy) for edge, p in labels.items()},
            {},
            ENGINE,
        )

    def _ends(self, number: int) -> tuple[Point, Point]:
        """Return where the line of a stop enters its column and leaves it."""
        rank, y = self.stops[number].rank, self.grid.y[number]
        left, right = self.grid.left[rank], self.grid.right[rank]
        return self.wrapped.at(rank, left, y), self.wrapped.at(rank, right, y)

    def _centre(self, number: int) -> Point:
        left, right = self._ends(number)
        return Point((left.x + right.x) / 2, left.y)

    def _middle(self, box: str) -> Point:
        return self._centre(self.grid.lanes.unit[box])

    def _boxes(self) -> Iterator[tuple[str, Rect]]:
        for box, unit in self.grid.units.items():
            yield from unit.rects(self._middle(box))
        for number, stop in enumerate(self.stops):
            if stop.kind == "room":
                yield f"w{stop.name}", self._room(number)

    def _room(self, number: int) -> Rect:
        size = self.grid.reserved.wires[self.stops[number].name]
        x, y = self._centre(number)
        return Rect(x - size.width / 2, y - size.height / 2, *size)

    def _labels(self) -> Iterator[tuple[str, Point]]:
        for number, stop in enumerate(self.stops):
            if stop.kind == "label":
                x, y = self._centre(number)
                height = self.grid.reserved.labels[stop.name].height
                yield stop.name, Point(x, y - ABOVE_LINE - height / 2)

    def _curves(self) -> Iterator[tuple[str, tuple[Point, ...]]]:
        ports = self._ports()
        for edge, path in self.grid.lanes.paths.items():
            name = edge
            line = _Line(self._leaving(path[0]))
            for before, number in pairwise(path[:-1]):
                left, right = self._ends(number)
                self._go(line, before, left)
                if self.stops[number].kind == "room":
                    rect = self._room(number)
                    line.to(Point(rect.left, left.y))
                    yield f"{edge}a", line.curve()
                    name, line = f"{edge}b", _Line([Point(rect.right, left.y)])
                line.to(right)
            start, end = self._arriving(path[-1], ports[edge])
            self._go(line, path[-2], start)
            line.to(end)
            yield name, line.curve()

    def _go(self, line: _Line, before: int, end: Point) -> None:
        """Lead a line on to the next column, round the end of a row where there is one between."""
        rank = self.stops[before].rank
        if self.wrapped.ends_row(rank):
            line.back(self.wrapped.back(before, rank, line.end, end))
        else:
            line.to(end)

    def _leaving(self, number: int) -> list[Point]:
        unit = self.grid.units[self.stops[number].name]
        middle = self._centre(number)
        return [Point(middle.x + unit.side(0.0), middle.y), self._ends(number)[1]]

    def _arriving(self, number: int, dy: float) -> tuple[Point, Point]:
        unit = self.grid.units[self.stops[number].name]
        middle, left = self._centre(number), self._ends(number)[0]
        return (
            Point(left.x, middle.y + dy),
            Point(middle.x - unit.side(dy), middle.y + dy),
        )

    def _ports(self) -> dict[str, float]:
        """Return how far from the middle of its target's side each edge arrives."""
        arriving: dict[int, list[tuple[float, int, str]]] = {}
        for index, (edge, path) in enumerate(self.grid.lanes.paths.items()):
            arriving.setdefault(path[-1], []).append((self.grid.y[path[-2]], index, edge))
        found: dict[str, float] = {}
        for number, edges in arriving.items():
            height = self.grid.units[self.stops[number].name].size.height
            step = min(_PORTS, _PART * height / max(len(edges) - 1, 1))
            for place, (_, _, edge) in enumerate(sorted(edges)):
                found[edge] = (place - (len(edges) - 1) / 2) * step
        return found


class _Line:
    """A line that grows: bent from column to column, round corners from row to row."""

    def __init__(self, points: list[Point]) -> None:
        self.done: tuple[Point, ...] = ()
        self.points = points

    @property
    def end(self) -> Point:
        """Return where it ends so far."""
        return self.points[-1]

    def to(self, point: Point) -> None:
        """Lead it on to a point."""
        self.points.append(point)

    def back(self, corners: list[Point]) -> None:
        """Lead it on along straight lines."""
        self._add(bent(self.points) if len(self.points) > 1 else ())
        self._add(rounded(corners))
        self.points = [corners[-1]]

    def curve(self) -> tuple[Point, ...]:
        """Return it as a spline."""
        self._add(bent(self.points) if len(self.points) > 1 else ())
        return self.done

    def _add(self, spline: tuple[Point, ...]) -> None:
        self.done = (*self.done, *spline[1:]) if self.done else spline
