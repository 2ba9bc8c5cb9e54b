"""Give every edge its lane through the columns that it passes, and every label a place in one.

Edges that leave one box share its lane until they turn off, as a bus does. Where edges are
labelled, the labels before a column stand in a column of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal, NamedTuple

from graphgrad.views.figure.content.diagram import Diagram, DiagramEdge
from graphgrad.views.figure.geometry.places import Reserved
from graphgrad.views.figure.layout.columns.standing import Columns
from graphgrad.views.figure.layout.columns.steps import steps_in

__all__ = ["Lanes", "Stop", "lanes_of"]

_CLASS = {"parameter": 0, "constant": 0, "input": 3}
_FEW = 16
_OVER, _UNITS = 1, 2
"""Skips run over the top of what they skip, but under the lanes of shared parameters; the inputs of
steps run below them."""


class Stop(NamedTuple):
    """What stands in a column: a box with what stands beside it, a lane, a label, a wire's room.

    Attributes:
        kind: what it is.
        name: id of the box; of a lane, of the box it leaves; else of the edge.
        rank: the number of its column.
        group: dotted name of the group of a box.
    """

    kind: Literal["unit", "lane", "label", "room"]
    name: str
    rank: int
    group: str = ""


class Lanes:
    """Hold what stands in each column and what is linked to what.

    Attributes:
        stops: by number.
        ranks: per column the numbers of its stops, from top to bottom.
        behind: per stop the stops of the column before that it is linked to.
        ahead: the same of the column after.
        paths: per edge from column to column its stops, first and last a unit.
        unit: the number of the stop of each box.
    """

    def __init__(self, diagram: Diagram, columns: Columns, reserved: Reserved) -> None:
        self.diagram, self.columns, self.reserved = diagram, columns, reserved
        self.stops: list[Stop] = []
        self.behind: list[list[int]] = []
        self.ahead: list[list[int]] = []
        self.paths: dict[str, list[int]] = {}
        self.beside = columns.holder()
        self.told = any(self._told(edge) for edge in self._running())
        self.step = 2 if self.told else 1
        group = {box.id: box.group for box in diagram.boxes}
        self.unit: dict[str, int] = {}
        for rank, boxes in enumerate(columns.columns):
            for box in boxes:
                self.unit[box] = self._stop(Stop("unit", box, rank * self.step, group[box]))
        self.alone = self._weights_alone()
        self._lane: dict[tuple[str, int], int] = {}
        for edge in self._running():
            self.paths[edge.id] = self._path(edge)
        self.ranks = self._in_ranks()

    def chains(self) -> Iterator[list[int]]:
        """Yield the lanes of each box that has any, from column to column."""
        found: dict[str, list[int]] = {}
        for (box, _), number in sorted(self._lane.items(), key=lambda item: item[0][1]):
            found.setdefault(box, []).append(number)
        yield from found.values()

    def _running(self) -> Iterator[DiagramEdge]:
        """Yield the edges that run from column to column."""
        return (e for e in self.diagram.edges if self.beside.get(e.source) != e.target)

    def _weights_alone(self) -> set[str]:
        """Return the weights whose lines share no lane, since each tells its own number."""
        rank = self.columns.rank
        far = {e.id for e in self._running() if e.weight and rank[e.target] - rank[e.source] > 1}
        return far if len(far) <= _FEW else set()

    def _told(self, edge: DiagramEdge) -> bool:
        return edge.id in self.reserved.labels or edge.id in self.reserved.wires

    def _stop(self, stop: Stop) -> int:
        self.stops.append(stop)
        self.behind.append([])
        self.ahead.append([])
        return len(self.stops) - 1

    def _path(self, edge: DiagramEdge) -> list[int]:
        start, end = self.unit[edge.source], self.unit[edge.target]
        path = [start]
        last = self.stops[end].rank
        for rank in range(self.stops[start].rank + 1, last):
            before_target = rank == last - 1
            if before_target and self._told(edge):
                kind: Literal["label", "room"] = (
                    "room" if edge.id in self.reserved.wires else "label"
                )
                path.append(self._stop(Stop(kind, edge.id, rank)))
                continue
            key = (edge.id if edge.id in self.alone else edge.source), rank
            if key not in self._lane:
                self._lane[key] = self._stop(Stop("lane", edge.source, rank))
            path.append(self._lane[key])
        path.append(end)
        for one, other in itertools.pairwise(path):
            if other not in self.ahead[one]:
                self.ahead[one].append(other)
                self.behind[other].append(one)
        return path

    def _in_ranks(self) -> list[list[int]]:
        """Return the stops of each column: shared parameters on top, skips, boxes, inputs."""
        role = {box.id: box.role for box in self.diagram.boxes}
        source = {edge.id: edge.source for edge in self.diagram.edges}
        steps = steps_in(self.diagram)
        ranks: list[list[int]] = [
            [] for _ in range(max((s.rank for s in self.stops), default=-1) + 1)
        ]

        def place(number: int) -> int:
            stop = self.stops[number]
            if stop.kind == "unit":
                return _CLASS.get(role[stop.name], _UNITS)
            origin = role[stop.name if stop.kind == "lane" else source[stop.name]]
            usual = _OVER if stop.kind == "lane" else _UNITS
            return usual if origin == "input" and not steps else _CLASS.get(origin, usual)

        for number in sorted(range(len(self.stops)), key=place):
            ranks[self.stops[number].rank].append(number)
        return ranks


def lanes_of(diagram: Diagram, columns: Columns, reserved: Reserved) -> Lanes:
    """Return what stands in each column, edges and labels included."""
    return Lanes(diagram, columns, reserved)
