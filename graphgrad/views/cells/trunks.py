"""Trunks: the straight runs of a net, from its box through every channel to its ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphgrad.views.cells.model import Net, Port, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphgrad.views.cells.channels import Wire
    from graphgrad.views.cells.layers import Lattice

__all__ = ["Sheet", "grow_net"]


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
