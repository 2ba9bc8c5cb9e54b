"""Lay a diagram out in columns: heights, widths, curves in lanes, labels above their lanes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from graphgrad.views.figure.content.collapse import Spine
from graphgrad.views.figure.content.diagram import Diagram, DiagramEdge
from graphgrad.views.figure.geometry.places import Point, Rect, Reserved
from graphgrad.views.figure.layout.columns.axes import exchanged, turned
from graphgrad.views.figure.layout.columns.beside import unit_of
from graphgrad.views.figure.layout.columns.coordinates import heights
from graphgrad.views.figure.layout.columns.crossings import ordered
from graphgrad.views.figure.layout.columns.curves import bent
from graphgrad.views.figure.layout.columns.lanes import Stop, lanes_of
from graphgrad.views.figure.layout.columns.pulls import pulls_of
from graphgrad.views.figure.layout.columns.standing import Columns
from graphgrad.views.figure.layout.dot_output import Layout
from graphgrad.views.figure.typeset.density import ROOMY, Density

__all__ = ["ENGINE", "in_columns"]

ENGINE = "graphgrad"
"""The name of this way of laying out beside those of engines."""
_BOXES, _LANES, _LANE_AND_BOX, _LABELS = 26.0, 9.0, 15.0, 9.0
_LEAST = 14.0
_GAP, _LABEL_GAP, _LEAST_GAP, _STEEP, _MOST_STEEP = 34.0, 20.0, 20.0, 0.14, 46.0
_FRAME = 15.0
_ABOVE_LINE = 2.5
_PORTS, _PART = 12.0, 0.6


class _Way(NamedTuple):
    """What a layout goes by: direction, density, whether steps of one name stand in one row."""

    direction: Literal["LR", "TB"]
    density: Density
    in_rows: bool


def in_columns(
    diagram: Diagram,
    columns: Columns,
    spine: Spine,
    reserved: Reserved,
    direction: Literal["LR", "TB"] = "LR",
    density: Density = ROOMY,
    *,
    in_rows: bool = False,
) -> Layout:
    """Return where everything goes, without frames.

    Args:
        diagram: the boxes and edges.
        columns: who stands in which column.
        spine: its longest chain, drawn straight.
        reserved: the room of every part.
        direction: which way columns follow one another.
        density: how close parts stand.
        in_rows: whether boxes of one name and another step stand at one height.
    """
    down = direction == "TB"
    told = turned(reserved) if down else reserved
    found = _Laid(diagram, columns, spine, told, _Way(direction, density, in_rows)).layout()
    return exchanged(found) if down else found


class _Laid:
    """Hold what stands where."""

    def __init__(
        self, diagram: Diagram, columns: Columns, spine: Spine, reserved: Reserved, way: _Way
    ) -> None:
        self.diagram, self.columns, self.spine = diagram, columns, spine
        self.reserved, self.way = reserved, way
        self.lanes = lanes_of(diagram, columns, reserved)
        self.stops = self.lanes.stops
        beside: dict[str, list[DiagramEdge]] = {}
        for edge in diagram.edges:
            beside.setdefault(edge.source, []).append(edge)
        room = way.density.room
        self.units = {
            box: unit_of(
                box, columns.above.get(box, ()), columns.below.get(box, ()), beside, reserved, room
            )
            for boxes in columns.columns
            for box in boxes
        }
        self.ranks = ordered(self.lanes.ranks, self.lanes.behind, self.lanes.ahead)
        self.titles = max((size.height for size in reserved.titles.values()), default=0.0)
        self.up, self.down, self.wide = self._extents()
        self.y = heights(self.ranks, pulls_of(self.lanes, spine, in_rows=way.in_rows), self._apart)
        self.left, self.right = self._across()

    def layout(self) -> Layout:
        """Return where everything goes, from the top left of the drawing."""
        boxes, curves, labels = dict(self._boxes()), dict(self._curves()), dict(self._labels())
        for box, unit in self.units.items():
            middle = self._middle(box)
            curves.update(unit.curves(middle))
            labels.update(unit.labels(middle))
        xs = [*(r.left for r in boxes.values()), *(p.x for c in curves.values() for p in c)]
        ys = [*(r.top for r in boxes.values()), *(p.y for c in curves.values() for p in c)]
        dx, dy = -min(xs, default=0.0), -min(ys, default=0.0)
        right = max((r.right for r in boxes.values()), default=0.0)
        bottom = max([*(r.bottom for r in boxes.values()), *ys], default=0.0)
        return Layout(
            right + dx,
            bottom + dy,
            {box: rect.moved(dx, dy) for box, rect in boxes.items()},
            {edge: tuple(Point(p.x + dx, p.y + dy) for p in c) for edge, c in curves.items()},
            {edge: Point(p.x + dx, p.y + dy) for edge, p in labels.items()},
            {},
            ENGINE,
        )

    def _extents(self) -> tuple[list[float], list[float], list[float]]:
        """Return how far each stop reaches above its line, below it, and to each side."""
        up, down, wide = [], [], []
        for stop in self.stops:
            above, below, side = self._extent(stop)
            up.append(above)
            down.append(below)
            wide.append(side)
        return up, down, wide

    def _extent(self, stop: Stop) -> tuple[float, float, float]:
        if stop.kind == "unit":
            unit = self.units[stop.name]
            return unit.up, unit.down, unit.wide
        if stop.kind == "label":
            size = self.reserved.labels[stop.name]
            return size.height + _ABOVE_LINE, 0.0, size.width / 2 + _ABOVE_LINE
        if stop.kind == "room":
            size = self.reserved.wires[stop.name]
            return size.height / 2, size.height / 2, size.width / 2
        return 0.0, 0.0, 0.0

    def _apart(self, one: int, other: int) -> float:
        """Return the least distance of the lines of two neighbours of a column."""
        first, second = self.stops[one], self.stops[other]
        kinds = {first.kind, second.kind}
        room = self.way.density.room
        if kinds == {"unit"}:
            gap = max(_BOXES * room, _LEAST)
            gap += (_FRAME + self.titles) * (first.group != second.group)
        elif "unit" in kinds:
            gap = max(_LANE_AND_BOX * room, _LEAST)
        else:
            gap = _LANES if kinds == {"lane"} else max(_LABELS * room, _LANES)
        return self.down[one] + gap + self.up[other]

    def _across(self) -> tuple[list[float], list[float]]:
        """Return the left and right side of each column."""
        lefts, rights = [], []
        place = 0.0
        for number, rank in enumerate(self.ranks):
            width = 2 * max((self.wide[stop] for stop in rank), default=0.0)
            lefts.append(place)
            rights.append(place + width)
            place += width + self._gap(number)
        return lefts, rights

    def _gap(self, number: int) -> float:
        """Return the room after a column: more where links are steep or a frame ends."""
        room = self.way.density.room
        steep = crossed = 0.0
        for stop in self.ranks[number]:
            for other in self.lanes.ahead[stop]:
                steep = max(steep, abs(self.y[stop] - self.y[other]))
                crossed = max(crossed, self.stops[stop].group != self.stops[other].group)
        gap = max((_LABEL_GAP if self.lanes.told else _GAP) * room, _LEAST_GAP * min(room + 0.3, 1))
        return gap + min(_STEEP * steep, _MOST_STEEP) * room + _FRAME * crossed * room

    def _middle(self, box: str) -> Point:
        number = self.lanes.unit[box]
        rank = self.stops[number].rank
        return Point((self.left[rank] + self.right[rank]) / 2, self.y[number])

    def _boxes(self) -> Iterator[tuple[str, Rect]]:
        for box, unit in self.units.items():
            yield from unit.rects(self._middle(box))
        for number, stop in enumerate(self.stops):
            if stop.kind == "room":
                yield f"w{stop.name}", self._room(number)

    def _room(self, number: int) -> Rect:
        size = self.reserved.wires[self.stops[number].name]
        rank = self.stops[number].rank
        middle = (self.left[rank] + self.right[rank]) / 2
        return Rect(middle - size.width / 2, self.y[number] - size.height / 2, *size)

    def _labels(self) -> Iterator[tuple[str, Point]]:
        for number, stop in enumerate(self.stops):
            if stop.kind == "label":
                height = self.reserved.labels[stop.name].height
                middle = (self.left[stop.rank] + self.right[stop.rank]) / 2
                yield stop.name, Point(middle, self.y[number] - _ABOVE_LINE - height / 2)

    def _curves(self) -> Iterator[tuple[str, tuple[Point, ...]]]:
        ports = self._ports()
        for edge, path in self.lanes.paths.items():
            points = [*self._leaving(path[0])]
            for number in path[1:-1]:
                rank, y = self.stops[number].rank, self.y[number]
                if self.stops[number].kind == "room":
                    rect = self._room(number)
                    yield (
                        f"{edge}a",
                        bent([*points, Point(self.left[rank], y), Point(rect.left, y)]),
                    )
                    points = [Point(rect.right, y), Point(self.right[rank], y)]
                else:
                    points += [Point(self.left[rank], y), Point(self.right[rank], y)]
            points += self._arriving(path[-1], ports[edge])
            room = len(path) > 2 and self.stops[path[-2]].kind == "room"
            yield f"{edge}b" if room else edge, bent(points)

    def _leaving(self, number: int) -> Iterator[Point]:
        unit, rank = self.units[self.stops[number].name], self.stops[number].rank
        middle = self._middle(unit.box)
        yield Point(middle.x + unit.side(0.0), middle.y)
        yield Point(self.right[rank], middle.y)

    def _arriving(self, number: int, dy: float) -> Iterator[Point]:
        unit, rank = self.units[self.stops[number].name], self.stops[number].rank
        middle = self._middle(unit.box)
        yield Point(self.left[rank], middle.y + dy)
        yield Point(middle.x - unit.side(dy), middle.y + dy)

    def _ports(self) -> dict[str, float]:
        """Return how far from the middle of its target's side each edge arrives."""
        arriving: dict[int, list[tuple[float, int, str]]] = {}
        for index, (edge, path) in enumerate(self.lanes.paths.items()):
            arriving.setdefault(path[-1], []).append((self.y[path[-2]], index, edge))
        found: dict[str, float] = {}
        for number, edges in arriving.items():
            height = self.units[self.stops[number].name].size.height
            step = min(_PORTS, _PART * height / max(len(edges) - 1, 1))
            for place, (_, _, edge) in enumerate(sorted(edges)):
                found[edge] = (place - (len(edges) - 1) / 2) * step
        return found
