"""Turn a run into boxes for the character drawing: one per line, or per node."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.graph.formula import line_formula, node_formula
from graphgrad.graph.inputs import computations, read_from_outside
from graphgrad.trace.trace import State, Trace
from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.numbers import inline

__all__ = ["cell_boxes"]

LONGEST_FORMULA = 24
LONGEST_VALUE = 22


def cell_boxes(
    trace: Trace,
    detail: Detail = "line",
    state: State | None = None,
    wrt: Iterable[int] | None = None,
) -> list[CellBox]:
    """Return a box per line or node: its name and formula, value and adjoint.

    Args:
        trace: the run.
        detail: a box per line, or per node; the numbers of a formula have no box of their own.
        state: what is known at a step; None knows everything.
        wrt: the nodes to draw; None draws all of them.
    """
    graph = trace.graph
    state = state or trace.state(len(trace.steps))
    kept = None if wrt is None else set(wrt)
    boxes = []
    for line in graph.lines():
        nodes = [line.root] if detail == "line" else list(line.nodes)
        for node in nodes:
            inner_number = graph.is_constant(node) and node != line.root
            if inner_number or (kept is not None and node not in kept):
                continue
            sources = [s for s in _sources(trace, node, detail) if kept is None or s in kept]
            title = _title(trace, node, detail)
            rows = _rows(trace, state, node)
            boxes.append(CellBox(node, title, rows, tuple(sources), line.group, graph.role(node)))
    return boxes


def _sources(trace: Trace, node: int, detail: Detail) -> list[int]:
    """Return what a box reads, by slot; the numbers of a formula stand in its title."""
    graph = trace.graph
    line = graph.line(graph.line_of(node))
    operations = computations(graph, line) if detail == "line" else [node]
    if graph.is_leaf(node):
        return []
    if len(operations) > 1:
        return read_from_outside(graph, line)
    found = graph.columns.parents_of(operations[0])
    return [
        parent
        for parent in found
        if (detail == "op" or parent < line.nodes.start) and not _inner_number(trace, parent)
    ]


def _inner_number(trace: Trace, node: int) -> bool:
    graph = trace.graph
    return graph.is_constant(node) and graph.line(graph.line_of(node)).root != node


def _title(trace: Trace, node: int, detail: Detail) -> str:
    graph = trace.graph
    name = graph.name(node)
    line = graph.line(graph.line_of(node))
    formula = line_formula(graph, line) if detail == "line" else node_formula(graph, node)
    if not formula or len(formula) > LONGEST_FORMULA:
        return name
    return f"{name} = {formula}"


def _rows(trace: Trace, state: State, node: int) -> tuple[str, ...]:
    graph = trace.graph
    value = state.value(node)
    rows = ["v ?" if value is None else f"v {inline(value, LONGEST_VALUE)}"]
    if trace.adjoints is not None and graph.variable[node]:
        known = state.adjoint(node)
        if known is None and trace.adjoints[node] is None:
            known = trace.adjoint(node)
        rows.append("∇ ?" if known is None else f"∇ {inline(known, LONGEST_VALUE)}")
    return tuple(rows)
