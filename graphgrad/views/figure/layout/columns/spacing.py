"""Give every stop its height and every column its place, before anything is wrapped or drawn."""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.views.figure.content.diagram import Diagram, DiagramEdge
from graphgrad.views.figure.content.spine import Spine
from graphgrad.views.figure.geometry.places import Reserved
from graphgrad.views.figure.layout.columns.attached import unit_of
from graphgrad.views.figure.layout.columns.coordinates import heights, straightened
from graphgrad.views.figure.layout.columns.crossings import ordered
from graphgrad.views.figure.layout.columns.lanes import Stop, lanes_of
from graphgrad.views.figure.layout.columns.pulls import pulls_of
from graphgrad.views.figure.layout.columns.standing import Columns
from graphgrad.views.figure.typeset.density import Density

__all__ = ["ABOVE_LINE", "LANES", "Extent", "Grid"]

_BOXES, LANES, _LANE_AND_BOX, _LABELS = 26.0, 9.0, 15.0, 9.0
_LEAST = 14.0
_GAP, _LABEL_GAP, _LEAST_GAP, _STEEP, _MOST_STEEP = 34.0, 20.0, 20.0, 0.14, 46.0
_FRAME, _AROUND = 15.0, 7.0
ABOVE_LINE = 2.5
"""How far a label stands above its edge."""


class Extent(NamedTuple):
    """How far a stop reaches above its line, below it, and to each side."""

    up: float
    down: float
    wide: float


class Grid:
    """Where stops and columns are, in one row from left to right.

    Attributes:
        lanes: what stands in each column and what is linked.
        units: by id, each box with what stands beside it.
        ranks: per column the numbers of its stops, from top to bottom.
        extents: per stop.
        y: per stop, the height of its line.
        left: per column, its left side.
        right: per column, its right side.
        framed: how far the frame of a group reaches beyond its boxes, to the right and below.
    """

    def __init__(
        self,
        diagram: Diagram,
        columns: Columns,
        spine: Spine,
        reserved: Reserved,
        density: Density,
        *,
        in_rows: bool,
        down: bool = False,
    ) -> None:
        self.reserved, self.room = reserved, density.room
        self.lanes = lanes_of(diagram, columns, reserved)
        leaving: dict[str, list[DiagramEdge]] = {}
        for edge in diagram.edges:
            leaving.setdefault(edge.source, []).append(edge)
        self.units = {
            box: unit_of(
                box,
                columns.above.get(box, ()),
                columns.below.get(box, ()),
                leaving,
                reserved,
                self.room,
            )
            for boxes in columns.columns
            for box in boxes
        }
        self.ranks = ordered(self.lanes.ranks, self.lanes.behind, self.lanes.ahead)
        self.titles = max((size.height for size in reserved.titles.values()), default=0.0)
        air, below = _AROUND, _AROUND + self.titles  # the title stands at the bottom, on a page
        self.framed = (below, air) if down else (air, below)
        self.extents = [self._extent(stop) for stop in self.lanes.stops]
        pulls = pulls_of(self.lanes, spine.links, in_rows=in_rows)
        settled = heights(self.ranks, pulls, self._apart)
        self.y = straightened(settled, self.ranks, self.lanes.chains(), self._apart)
        self.left: list[float] = []
        self.right: list[float] = []
        self._place_columns()

    def _extent(self, stop: Stop) -> Extent:
        if stop.kind == "unit":
            unit = self.units[stop.name]
            return Extent(unit.up, unit.down, unit.wide)
        if stop.kind == "label":
            size = self.reserved.labels[stop.name]
            return Extent(size.height + ABOVE_LINE, 0.0, size.width / 2 + ABOVE_LINE)
        if stop.kind == "room":
            size = self.reserved.wires[stop.name]
            return Extent(size.height / 2, size.height / 2, size.width / 2)
        return Extent(0.0, 0.0, 0.0)

    def _apart(self, one: int, other: int) -> float:
        """Return the least distance of the lines of two neighbours of a column."""
        first, second = self.lanes.stops[one], self.lanes.stops[other]
        kinds = {first.kind, second.kind}
        if kinds == {"unit"}:
            gap = max(_BOXES * self.room, _LEAST)
            gap += (_FRAME + self.titles) * (first.group != second.group)
        elif "unit" in kinds:
            gap = max(_LANE_AND_BOX * self.room, _LEAST)
            if first.group:  # below it stands the title of a frame
                gap = max(gap, self.framed[1] + _AROUND)
        else:
            gap = LANES if kinds == {"lane"} else max(_LABELS * self.room, LANES)
        return self.extents[one].down + gap + self.extents[other].up

    def _place_columns(self) -> None:
        place = 0.0
        for number, rank in enumerate(self.ranks):
            width = 2 * max((self.extents[stop].wide for stop in rank), default=0.0)
            self.left.append(place)
            self.right.append(place + width)
            place += width + self._gap(number)

    def _gap(self, number: int) -> float:
        """Return the room after a column: more where links are steep or a frame ends."""
        stops = self.lanes.stops
        steep = crossed = 0.0
        for stop in self.ranks[number]:
            for other in self.lanes.ahead[stop]:
                steep = max(steep, abs(self.y[stop] - self.y[other]))
                crossed = max(crossed, stops[stop].group != stops[other].group)
        gap = (_LABEL_GAP if self.lanes.told else _GAP) * self.room
        gap = max(gap, _LEAST_GAP * min(self.room + 0.3, 1.0))
        return gap + min(_STEEP * steep, _MOST_STEEP) * self.room**2 + _FRAME * crossed * self.room
