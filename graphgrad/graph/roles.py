"""Give leaves another role: the same graph with inputs trained, or parameters that are not."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_line
from graphgrad.graph.graph import Graph

__all__ = ["with_parameters"]


def with_parameters(graph: Graph, names: Iterable[str]) -> Graph:
    r"""Return the graph in which the named inputs and parameters, and no others, are parameters.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = with_parameters(read_gg("input x = 1\nparam w = 2\ny = w*x"), ["x"])
    >>> [graph.role(line.root) for line in graph.lines()]
    ['parameter', 'input', 'computation']
    """
    wanted = set(names)
    builder = GraphBuilder()
    numbers: dict[int, int] = {}
    for line in graph.lines():
        role = graph.role(line.root)
        if role in ("input", "parameter"):
            kind = "param" if line.name in wanted else "input"
            shape = graph.columns.shape(line.root)
            numbers[line.root] = builder.leaf(kind, graph.defaults.get(line.root), shape)
            builder.end_line(line.name, label=line.label, group=line.group)
        else:
            copy_line(graph, builder, line, numbers)
    output = numbers[graph.output]
    return builder.freeze(output, loss=graph.has_loss, heading=graph.heading)
