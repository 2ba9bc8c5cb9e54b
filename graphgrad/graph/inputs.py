"""List what a line reads: the slots at line level."""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.graph.graph import Graph, Line

__all__ = ["LineInput", "computations", "line_inputs"]


class LineInput(NamedTuple):
    """One slot of a line; ``source`` is the last node of the line it reads."""

    slot: int
    source: int


def computations(graph: Graph, line: Line) -> list[int]:
    """Return the operations of a line, without the numbers of its formula."""
    return [node for node in line.nodes if not graph.is_leaf(node)]


def line_inputs(graph: Graph, line: Line) -> list[LineInput]:
    """Return the slots of a line, without constants.

    A line of one operation has that operation's slots, repeated where an input fills several (x*x
    has two). A line of several operations has one slot per distinct input, in order of first use.
    """
    operations = computations(graph, line)
    if len(operations) == 1:
        parents = graph.columns.parents_of(operations[0])
        return [
            LineInput(slot, source) for slot, source in enumerate(parents) if graph.variable[source]
        ]
    used: dict[int, None] = {}
    for node in operations:
        for source in graph.columns.parents_of(node):
            if source < line.nodes.start and graph.variable[source]:
                used[source] = None
    return [LineInput(slot, source) for slot, source in enumerate(used)]
