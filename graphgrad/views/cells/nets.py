"""The nets between boxes: straight runs, grown channel by channel, and the cells they cover."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from graphgrad.views.cells.characters import EAST, NORTH, SOUTH, WEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphgrad.views.cells.channels import Wire
    from graphgrad.views.cells.layers import Lattice

__all__ = ["Net", "Owner", "Port", "Run", "Sheet", "WireRow", "Wiring", "grow_net", "path_arms"]


class Port(NamedTuple):
    """Where one operand arrives: the cell left of its box, and the run that ends there."""

    key: int
    slot: int
    x: int
    y: int
    run: int


class Run(NamedTuple):
    """A straight run from the cell where it leaves its parent run to its far end, inclusive.

    `parent` is the index of that run in the net, -1 for the run that leaves the box.
    """

    x0: int
    y0: int
    x1: int
    y1: int
    parent: int


@dataclass(frozen=True, slots=True)
class Net:
    """All edges of one source: a trunk with branches, as runs that form a tree."""

    source: int
    runs: tuple[Run, ...]
    ports: tuple[Port, ...]

    def path(self, port: Port) -> tuple[tuple[int, int], ...]:
        """Return the corner points from the source to a port, both ends included.

        >>> net = Net(0, (Run(5, 1, 6, 1, -1), Run(6, 1, 6, 3, 0), Run(6, 3, 7, 3, 1)), ())
        >>> net.path(Port(1, 0, 7, 3, run=2))
        ((5, 1), (6, 1), (6, 3), (7, 3))
        """
        points = [(port.x, port.y)]
        index = port.run
        while index >= 0:
            run = self.runs[index]
            points.append((run.x0, run.y0))
            index = run.parent
        return tuple(reversed(points))

    def port(self, key: int, slot: int) -> Port | None:
        """Return where the net reaches one slot of a box, if it does."""
        return next((port for port in self.ports if port[:2] == (key, slot)), None)

    def bounds(self) -> tuple[int, int, int, int]:
        """Return the leftmost column, the highest row, the rightmost column, the lowest row."""
        xs = [x for run in self.runs for x in (run.x0, run.x1)]
        ys = [y for run in self.runs for y in (run.y0, run.y1)]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where everything lies before it is drawn.

    Args:
        lattice: items and their wiring.
        line: per item, the row of its exit, which is also the row of its first port.
        wires: per item, its upright wires in the channel that follows its layer.
        left: per layer, the column at which each of its boxes with operands begins.
        right: per layer, the first column after its boxes: the start of the channel.
        keys: per box, its key.
    """

    lattice: Lattice
    line: Sequence[int]
    wires: Mapping[int, tuple[Wire, ...]]
    left: Sequence[int]
    right: Sequence[int]
    keys: Sequence[int]


def grow_net(source: int, sheet: Sheet) -> Net:
    """Return the net of one box, channel by channel along its chain of waypoints."""
    trunk = _Trunk(sheet)
    item, run = source, -1
    while item >= 0:
        item, run = trunk.cross(item, run)
    runs = tuple(Run(*corners) for corners in trunk.runs)
    return Net(sheet.keys[source], runs, tuple(trunk.ports))


class _Trunk:
    """A net while it grows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.runs: list[tuple[int, int, int, int, int]] = []
        self.ports: list[Port] = []

    def cross(self, item: int, parent: int) -> tuple[int, int]:
        """Cross the channel after an item; return the waypoint reached and the run, or -1, -1."""
        sheet = self.sheet
        start, entry = sheet.right[sheet.lattice.layer[item]], sheet.line[item]
        exits = {sheet.line[at] + slot: (at, slot) for at, slot in sheet.lattice.taps[item]}
        wires = sheet.wires[item]
        ends: list[tuple[int, int]] = []
        if entry in exits:
            parent = self._level(start, self._end(exits[entry][0]), entry, parent)
            ends.append((entry, parent))
        else:
            parent = self._level(start, start + 1 + wires[0].track, entry, parent)
        for wire in wires:
            column = start + 1 + wire.track
            if wire.entry != entry:
                parent = self._level(self.runs[parent][2], column, wire.entry, parent)
            branches = self._upright(wire, column, parent)
            if wire.bent:
                parent = branches[wire.exits[0]]
            else:
                ends += [
                    (row, self._level(column, self._end(exits[row][0]), row, branches[row]))
                    for row in wire.exits
                ]
        return self._finish(ends, exits)

    def _finish(
        self, ends: list[tuple[int, int]], exits: dict[int, tuple[int, int]]
    ) -> tuple[int, int]:
        """Note the ports reached; return the waypoint and its run."""
        onward = (-1, -1)
        for row, run in ends:
            item, slot = exits[row]
            if item >= self.sheet.lattice.box_count:
                onward = (item, run)
            else:
                self.ports.append(Port(self.sheet.keys[item], slot, self._end(item), row, run))
        return onward

    def _end(self, item: int) -> int:
        """Return the column at which a run into an item ends: before a box, behind a waypoint."""
        layer = self.sheet.lattice.layer[item]
        if item >= self.sheet.lattice.box_count:
            return self.sheet.right[layer]
        return self.sheet.left[layer] - 1

    def _level(self, start: int, end: int, row: int, parent: int) -> int:
        """Add a level run, or prolong its parent where that ends at the start on the same row."""
        if parent >= 0 and self.runs[parent][1:4] == (row, start, row):
            x, y, _, _, before = self.runs[parent]
            self.runs[parent] = (x, y, end, row, before)
            return parent
        self.runs.append((start, row, end, row, parent))
        return len(self.runs) - 1

    def _upright(self, wire: Wire, column: int, parent: int) -> dict[int, int]:
        """Add the upright runs of a wire; return, per exit row, the run it leaves from."""
        branches: dict[int, int] = {}
        for far in (wire.low, wire.high):
            if far != wire.entry:
                self.runs.append((column, wire.entry, column, far, parent))
                span = range(min(far, wire.entry), max(far, wire.entry) + 1)
                branches |= {row: len(self.runs) - 1 for row in wire.exits if row in span}
        return branches


class Owner(NamedTuple):
    """Whom a cell belongs to: a box by its key, or a net by the key of its source."""

    kind: Literal["box", "net"]
    key: int


class WireRow(NamedTuple):
    """One row of net cells: per column a set of arms, and the owner of the cell."""

    arms: bytes
    owners: tuple[Owner | None, ...]


class Wiring:
    """All nets of a layout by row; a row is worked out when it is first asked for."""

    def __init__(self, nets: Sequence[Net], width: int, height: int) -> None:
        self._width = width
        self._level: list[list[tuple[Owner, int, int]]] = [[] for _ in range(height)]
        self._points: list[list[tuple[Owner, int, int]]] = [[] for _ in range(height)]
        self._rows: dict[int, WireRow] = {}
        for net in nets:
            self._add(net)

    def row(self, y: int) -> WireRow:
        """Return one row; where two nets cross, the cell belongs to the upright one."""
        if y not in self._rows:
            self._rows[y] = self._worked_out(y)
        return self._rows[y]

    def _add(self, net: Net) -> None:
        owner = Owner("net", net.source)
        for run in net.runs:
            if run.y0 == run.y1:
                start, end = sorted((run.x0, run.x1))  # a wrapped net runs back to the left
                self._level[run.y0].append((owner, start, end))
            else:
                for x, y, arms in _run_arms(run.x0, run.y0, run.x1, run.y1):
                    self._points[y].append((owner, x, arms))
        self._points[net.runs[0].y0].append((owner, net.runs[0].x0, WEST))
        for port in net.ports:
            self._points[port.y].append((owner, port.x, EAST))

    def _worked_out(self, y: int) -> WireRow:
        arms = bytearray(self._width)
        owners: list[Owner | None] = [None] * self._width
        for owner, start, end in self._level[y]:
            arms[start] |= EAST
            arms[start + 1 : end] = bytes([EAST | WEST]) * (end - start - 1)
            arms[end] |= WEST
            owners[start : end + 1] = [owner] * (end - start + 1)
        for owner, x, more in self._points[y]:
            arms[x] = arms[x] | more if owners[x] in {None, owner} else more
            owners[x] = owner
        return WireRow(bytes(arms), tuple(owners))


def path_arms(points: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield `(x, y, arms)` for the cells of a path from a box to a port, corners in parts.

    >>> list(path_arms([(5, 1), (6, 1), (6, 2)]))
    [(5, 1, 8), (5, 1, 2), (6, 1, 8), (6, 1, 4), (6, 2, 1), (6, 2, 2)]
    """
    yield (*points[0], WEST)
    for (x0, y0), (x1, y1) in pairwise(points):
        yield from _run_arms(x0, y0, x1, y1)
    yield (*points[-1], EAST)


def _run_arms(x0: int, y0: int, x1: int, y1: int) -> Iterator[tuple[int, int, int]]:
    """Yield the cells of a straight run: ends with one arm, the inside with two."""
    if (x0, y0) == (x1, y1):
        return
    if y0 == y1:
        ahead, back, step = (EAST, WEST, 1) if x1 > x0 else (WEST, EAST, -1)
        yield (x0, y0, ahead)
        yield from ((x, y0, EAST | WEST) for x in range(x0 + step, x1, step))
    else:
        ahead, back, step = (SOUTH, NORTH, 1) if y1 > y0 else (NORTH, SOUTH, -1)
        yield (x0, y0, ahead)
        yield from ((x0, y, NORTH | SOUTH) for y in range(y0 + step, y1, step))
    yield (x1, y1, back)
