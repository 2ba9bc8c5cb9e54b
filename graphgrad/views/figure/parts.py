"""Cut a graph into what a figure draws: one part per line, or one per operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from graphgrad.graph.formula import line_formula, node_formula, written_value
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import computations
from graphgrad.views.entries import Detail

__all__ = ["Part", "Use", "graph_parts"]


class Use(NamedTuple):
    """One argument of a part: the slot, and the node whose value it reads."""

    slot: int
    source: int


class Part(NamedTuple):
    """What becomes one box.

    Attributes:
        node: the node that holds its value.
        nodes: all nodes it stands for.
        formula: its right-hand side; for a number of a formula, the number.
        group: the group it stands in.
        uses: what it reads from other parts, by slot.
        composite: whether it stands for several operations, so that a use may be several edges.
    """

    node: int
    nodes: range
    formula: str
    group: str
    uses: tuple[Use, ...]
    composite: bool


def graph_parts(graph: Graph, detail: Detail) -> Iterator[Part]:
    """Yield the parts of a graph in the order of the steps."""
    for line in graph.lines():
        if detail == "line":
            yield _line_part(graph, line)
        else:
            for node in line.nodes:
                yield _node_part(graph, line, node)


def _line_part(graph: Graph, line: Line) -> Part:
    operations = computations(graph, line)
    uses = tuple(_line_uses(graph, line, operations))
    formula = line_formula(graph, line)
    return Part(line.root, line.nodes, formula, line.group, uses, len(operations) > 1)


def _line_uses(graph: Graph, line: Line, operations: list[int]) -> Iterator[Use]:
    """Yield what a line reads from other lines, in the slots of `graphgrad.graph.inputs`."""
    if len(operations) == 1:
        for slot, parent in enumerate(graph.columns.parents_of(operations[0])):
            if parent < line.nodes.start:
                yield Use(slot, parent)
        return
    read = dict.fromkeys(
        parent
        for node in operations
        for parent in graph.columns.parents_of(node)
        if parent < line.nodes.start
    )
    variable = [parent for parent in read if graph.variable[parent]]
    constant = [parent for parent in read if not graph.variable[parent]]
    yield from (Use(slot, parent) for slot, parent in enumerate(variable + constant))


def _node_part(graph: Graph, line: Line, node: int) -> Part:
    uses = tuple(Use(slot, p) for slot, p in enumerate(graph.columns.parents_of(node)))
    inner_number = graph.is_constant(node) and node != line.root
    formula = written_value(graph, node).text if inner_number else node_formula(graph, node)
    return Part(node, range(node, node + 1), formula, line.group, uses, composite=False)
