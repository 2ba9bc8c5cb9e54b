"""Run forward mode: push tangents of the leaves to every node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.autodiff.record import record, shaped
from graphgrad.errors import UsageError
from graphgrad.graph.columns import Columns
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import FloatArithmetic, arithmetic, to_float
from graphgrad.ops.registry import ROWS

__all__ = ["is_moved", "jvp", "run_jvp"]


def jvp(
    graph: Graph, tangents: Mapping[str, Any], point: Mapping[str, Any] | None = None
) -> tuple[Any, Any]:
    """Return the output's value and its derivative along a direction.

    Args:
        graph: the graph.
        tangents: the direction, one tangent per leaf, of the leaf's shape; the others are 0.
        point: values of leaves instead of the graph's own.

    Raises:
        UsageError: if a name is no leaf; ShapeError: if a tangent has the wrong shape.

    Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.1.
    """
    trace = record(graph, point, backward=False)
    start: dict[int, Any] = {}
    for name, tangent in tangents.items():
        node = graph.find(name)
        if node is None or not graph.is_leaf(node):
            known = ", ".join(line.name for line in graph.lines() if graph.is_leaf(line.root))
            raise UsageError("leaf.unknown", name=name, known=known)
        moved = to_float(shaped(name, tangent, graph.columns.shape(node)))
        if is_moved(moved):
            start[node] = moved
    pushed = run_jvp(graph.columns, trace.values, start, arithmetic())
    tangent = pushed.get(graph.output)
    if tangent is None:
        tangent = arithmetic().zero(graph.columns.shape(graph.output))
    value = trace.values[graph.output]
    return trace.shown(graph.output, value), trace.shown(graph.output, tangent)


def is_moved(tangent: Any) -> bool:
    """Tell whether a leaf moves along a direction; 0 times an infinite partial would be NaN."""
    return bool(tangent) if type(tangent) is float else bool((tangent != 0).any())


def run_jvp(
    columns: Columns, values: list[Any], start: Mapping[int, Any], numbers: FloatArithmetic
) -> dict[int, Any]:
    """Return the tangent of every node that depends on a leaf with a tangent."""
    tangents = dict(start)
    settings = [numbers.settings(entry) for entry in columns.settings_table]
    for node in range(len(columns)):
        parents = columns.parents_of(node)
        if not any(parent in tangents for parent in parents):
            continue
        row = ROWS[columns.codes[node]]
        args = tuple([values[parent] for parent in parents])
        chosen = settings[columns.settings[node]]
        total = None
        for slot, parent in enumerate(parents):
            if parent in tangents:
                term = numbers.pushforward(row, slot, tangents[parent], values[node], args, chosen)
                total = term if total is None else numbers.add(total, term)
        tangents[node] = total
    return tangents
