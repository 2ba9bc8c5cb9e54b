"""List what a line reads: the slots at line level."""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.graph.graph import Graph, Line
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Leaf

__all__ = ["LineInput", "computations", "line_inputs", "line_reads", "read_from_outside"]


_LEAVES = frozenset(code for code, row in enumerate(ROWS) if isinstance(row, Leaf))


class LineInput(NamedTuple):
    """One slot of a line; ``source`` is the last node of the line it reads."""

    slot: int
    source: int


def computations(graph: Graph, line: Line) -> list[int]:
    """Return the operations of a line, without the numbers of its formula."""
    codes = graph.columns.codes
    return [node for node in line.nodes if codes[node] not in _LEAVES]


def line_reads(graph: Graph, line: Line) -> list[LineInput]:
    """Return the slots of a line, constants included, so that a partial's slot is its position.

    A line of one operation has that operation's slots, repeated where an input fills several (x*x
    has two), the numbers of its formula among them. A line of several operations has one slot per
    distinct input, in order of first use; constants, which have no partial, come last.
    """
    operations = computations(graph, line)
    if len(operations) == 1:
        return list(map(LineInput._make, enumerate(graph.columns.parents_of(operations[0]))))
    read = _read_by(graph, line, operations)
    ordered = sorted(read, key=lambda source: not graph.variable[source])
    return list(map(LineInput._make, enumerate(ordered)))


def line_inputs(graph: Graph, line: Line) -> list[LineInput]:
    """Return the slots of a line that have a partial: `line_reads` without constants."""
    return [read for read in line_reads(graph, line) if graph.variable[read.source]]


def read_from_outside(graph: Graph, line: Line) -> list[int]:
    """Return the nodes of other lines that a line reads, each once, in order of first use."""
    return _read_by(graph, line, computations(graph, line))


def _read_by(graph: Graph, line: Line, operations: list[int]) -> list[int]:
    columns, start = graph.columns, line.nodes.start
    parents = [p for node in operations for p in columns.parents_of(node) if p < start]
    return list(dict.fromkeys(parents))
