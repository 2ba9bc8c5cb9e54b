"""Ask networkx about a graph: its only door.

networkx has no type annotations; what crosses this door is annotated here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx

from graphgrad.graph.graph import Edge, Graph

__all__ = ["line_edges", "node_link", "to_networkx"]


def to_networkx(graph: Graph, *, detail: str = "op") -> Any:
    """Return a ``networkx.MultiDiGraph`` whose edges are keyed by slot.

    Args:
        graph: the graph to convert.
        detail: ``op`` for one node per operation, ``line`` for one per line.

    Returns:
        Nodes named as in the graph with attributes ``op``, ``role``, ``shape`` and ``group``.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> x = builder.leaf_line("x", "input", 3.0)
    >>> y = builder.apply("mul", (x, x)); builder.end_line("y")
    >>> list(to_networkx(builder.freeze(y)).edges(keys=True))
    [('x', 'y', 0), ('x', 'y', 1)]
    """
    result = networkx.MultiDiGraph(title=graph.heading.title)
    roots = {line.root for line in graph.lines()}
    for node in range(len(graph)):
        if detail == "op" or node in roots:
            row = graph.columns.row(node)
            group = graph.line(graph.line_of(node)).group
            result.add_node(
                graph.name(node),
                op=row.name,
                role=graph.role(node),
                shape=graph.columns.shape(node),
                group=group,
            )
    edges = graph.edges() if detail == "op" else line_edges(graph)
    for source, target, slot in edges:
        result.add_edge(graph.name(source), graph.name(target), key=slot)
    return result


def node_link(graph: Graph) -> dict[str, Any]:
    """Return the graph of operations as the dictionary that networkx makes of it for JSON."""
    found: dict[str, Any] = networkx.node_link_data(to_networkx(graph), edges="edges")
    return found


def line_edges(graph: Graph) -> Iterator[Edge]:
    """Yield the edges between lines; slots count the distinct uses in order of appearance."""
    for line in graph.lines():
        slot = 0
        for node in line.nodes:
            for source in graph.columns.parents_of(node):
                if source < line.nodes.start:
                    yield Edge(source, line.root, slot)
                    slot += 1
