"""Copy nodes of one graph into a builder: ancestors only, merged, or extended by a pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph, Line
from graphgrad.ops.shapes import entries, shape_text

__all__ = ["copy_line", "copy_node", "ending_at", "merge_common", "with_defaults", "with_values"]


def copy_node(graph: Graph, builder: GraphBuilder, node: int, renumbered: dict[int, int]) -> int:
    """Append a node of a graph to a builder, its parents renumbered, and return its id."""
    parents = [renumbered[parent] for parent in graph.columns.parents_of(node)]
    copied = builder.columns.copy_node(graph.columns, node, parents)
    if node in graph.defaults:
        builder.defaults[copied] = graph.defaults[node]
    renumbered[node] = copied
    return copied


def copy_line(graph: Graph, builder: GraphBuilder, line: Line, renumbered: dict[int, int]) -> None:
    """Append a whole line of a graph to a builder."""
    for node in line.nodes:
        copy_node(graph, builder, node, renumbered)
    builder.end_line(line.name, label=line.label, group=line.group)


def ending_at(graph: Graph, output: int) -> Graph:
    """Return the graph with another node as its output; everything else is shared."""
    return Graph(
        graph.columns,
        graph.line_ends,
        graph.line_names,
        graph.line_groups,
        graph.groups,
        graph.labels,
        graph.defaults,
        output=output,
        loss=False,
        heading=graph.heading,
    )


def with_values(graph: Graph, point: Mapping[str, Any]) -> Graph:
    """Return the graph with other values of some leaves, by name; everything else is shared.

    Raises:
        ShapeError: if a value has not its leaf's shape.
    """
    if not point:
        return graph
    defaults = dict(graph.defaults)
    for name, value in point.items():
        node = graph.line(graph.line_index[name]).root
        got, expected = tuple(getattr(value, "shape", ())), graph.columns.shape(node)
        if got != expected:
            raise ShapeError(
                "shape.leaf_value", name=name, got=shape_text(got), expected=shape_text(expected)
            )
        defaults[node] = value
    return with_defaults(graph, defaults)


def with_defaults(graph: Graph, defaults: dict[int, Any]) -> Graph:
    """Return the graph with other values of its leaves and constants, by node."""
    return Graph(
        graph.columns,
        graph.line_ends,
        graph.line_names,
        graph.line_groups,
        graph.groups,
        graph.labels,
        defaults,
        output=graph.output,
        loss=graph.has_loss,
        heading=graph.heading,
    )


def merge_common(graph: Graph) -> Graph:
    """Return the graph with equal operations on equal parents computed once.

    A line whose value another line already has disappears; the first name stays. Leaves other than
    constants are never merged: two inputs with equal values are still two inputs.
    """
    builder = GraphBuilder()
    renumbered: dict[int, int] = {}
    seen: dict[Any, int] = {}
    for line in graph.lines():
        before = len(builder.columns)
        for node in line.nodes:
            key = _content_key(graph, node, renumbered)
            if key in seen:
                renumbered[node] = seen[key]
            else:
                seen[key] = copy_node(graph, builder, node, renumbered)
        if renumbered[line.root] < before and renumbered[line.root] + 1 not in builder.line_ends:
            renumbered[line.root] = builder.apply("identity", (renumbered[line.root],))
        if renumbered[line.root] >= before:
            builder.end_line(line.name, label=line.label, group=line.group)
    return builder.freeze(renumbered[graph.output], loss=graph.has_loss, heading=graph.heading)


def _content_key(graph: Graph, node: int, renumbered: dict[int, int]) -> Any:
    columns = graph.columns
    if graph.is_constant(node):
        value = graph.defaults[node]
        content = tuple(entries(value))
        return ("const", type(value).__name__, content, columns.shape(node))
    if graph.is_leaf(node):
        return node
    parents = tuple(renumbered[parent] for parent in columns.parents_of(node))
    return (columns.codes[node], parents, tuple(columns.settings_of(node).items()))


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
    heading = replace(graph.heading, frozen=())  # what is named is varied, frozen or not
    return builder.freeze(output, loss=graph.has_loss, heading=heading)
