"""Check a graph against the invariants every pass relies on.

1. Parents have smaller ids than their node: the order of nodes is topological.
2. Leaves have no parents, ops have as many as their row has arguments.
3. Shapes are those the rows compute from the parents' shapes.
4. Lines cover all nodes, in order, without gaps; their names differ; an input or a parameter is a
   line of its own.
5. Constants have a value; every given value has its node's shape.
6. The output is the last node of a line.
7. Inside a line every node but the last is read by a later one of the line.
"""

from __future__ import annotations

from typing import Any

from graphgrad.errors import SourceError
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise, Leaf, Structural
from graphgrad.ops.shapes import broadcast_shapes

__all__ = ["check_graph"]


def check_graph(graph: Graph) -> None:
    """Check the invariants listed in this module.

    Raises:
        SourceError: naming the first invariant that does not hold and the node.
    """
    for node in range(len(graph)):
        _check_node(graph, node)
    ends = list(graph.line_ends)
    if ends != sorted(set(ends)) or not ends or ends[-1] != len(graph) or ends[0] < 1:
        raise SourceError("graph.invariant", rule=4, node=len(graph))
    starts = {0, *ends}
    for node in range(len(graph)):
        alone = node in starts and node + 1 in starts
        if graph.is_leaf(node) and not graph.is_constant(node) and not alone:
            raise SourceError("graph.invariant", rule=4, node=node)
    for line in graph.lines():
        _check_line(graph, line.nodes)
    if len(set(graph.line_names)) != len(ends):
        raise SourceError("graph.invariant", rule=4, node=len(graph))
    for node, value in graph.defaults.items():
        if tuple(getattr(value, "shape", ())) != graph.columns.shape(node):
            raise SourceError("graph.invariant", rule=5, node=node)
    if graph.output + 1 not in ends:
        raise SourceError("graph.invariant", rule=6, node=graph.output)


def _check_line(graph: Graph, nodes: range) -> None:
    if len(nodes) > 1:
        read = {parent for node in nodes for parent in graph.columns.parents_of(node)}
        left = next((node for node in nodes[:-1] if node not in read), None)
        if left is not None:
            raise SourceError("graph.invariant", rule=7, node=left)


def _check_node(graph: Graph, node: int) -> None:
    columns = graph.columns
    parents = columns.parents_of(node)
    row = columns.row(node)
    if any(parent >= node for parent in parents):
        raise SourceError("graph.invariant", rule=1, node=node)
    wanted = len(parents) if row.variadic and parents else len(row.arguments)
    if len(parents) != wanted:
        raise SourceError("graph.invariant", rule=2, node=node)
    if isinstance(row, Leaf):
        if graph.is_constant(node) and node not in graph.defaults:
            raise SourceError("graph.invariant", rule=5, node=node)
        return
    shapes = tuple(columns.shape(parent) for parent in parents)
    settings: dict[str, Any] = columns.settings_of(node)
    if isinstance(row, Elementwise):
        expected = broadcast_shapes(row.name, shapes)
    else:
        assert isinstance(row, Structural)
        expected = row.shape(*shapes, **settings)
    if expected != columns.shape(node):
        raise SourceError("graph.invariant", rule=3, node=node)
