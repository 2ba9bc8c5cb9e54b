"""Write a graph of one row of data out for several rows: copies that share their parameters."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph

__all__ = ["repeated", "row_name"]


def row_name(name: str, row: int) -> str:
    """Return the name of an input's copy, rows counted from 0; no file can hold such a name."""
    return f"{name}@{row}"


def repeated(graph: Graph, inputs: Iterable[str], count: int) -> Graph:
    """Return a graph whose output is the mean of the output over rows.

    Args:
        graph: the graph of one row; its output is a number.
        inputs: the leaves that each row has its own of.
        count: how many rows.

    >>> builder = GraphBuilder()
    >>> w, x = builder.leaf_line("w", "param", 2.0), builder.leaf_line("x", "input", None)
    >>> y = builder.apply("mul", (w, x))
    >>> builder.end_line("y")
    >>> repeated(builder.freeze(output=y), ["x"], 2).line_names
    ['w', 'x@0', 'x@1', 'mean']
    """
    own = {graph.find(name): name for name in inputs}
    builder = GraphBuilder()
    shared: dict[int, int] = {}
    rows: list[dict[int, int]] = [{} for _ in range(count)]
    for line in graph.lines():
        if not graph.is_leaf(line.root):
            continue
        value, role = graph.defaults.get(line.root), graph.columns.row(line.root).name
        if line.root not in own:
            shared[line.root] = builder.leaf_line(line.name, role, value)
            continue
        for number, row in enumerate(rows):
            row[line.root] = builder.leaf_line(row_name(line.name, number), role, value)
    moving = _depending(graph, own)
    for node in range(len(graph)):
        if node in shared or node in rows[0]:
            continue
        if graph.is_constant(node):
            shared[node] = builder.constant(graph.defaults[node])
        for found in rows if moving[node] else () if graph.is_constant(node) else (shared,):
            parents = [_at(parent, found, shared) for parent in graph.columns.parents_of(node)]
            found[node] = builder.columns.copy_node(graph.columns, node, parents)
    total = _at(graph.output, rows[0], shared)
    for row in rows[1:]:
        total = builder.apply("add", (total, _at(graph.output, row, shared)))
    mean = builder.apply("mul", (total, builder.constant(Fraction(1, count))))
    builder.end_line("mean")
    return builder.freeze(mean, loss=graph.has_loss)


def _at(node: int, row: dict[int, int], shared: dict[int, int]) -> int:
    return row[node] if node in row else shared[node]


def _depending(graph: Graph, nodes: Iterable[int | None]) -> bytearray:
    """Mark the nodes that are computed from some."""
    marks = bytearray(len(graph))
    for node in nodes:
        if node is not None:
            marks[node] = 1
    for node in range(len(graph)):
        if any(marks[parent] for parent in graph.columns.parents_of(node)):
            marks[node] = 1
    return marks
