"""Turn a run into boxes for the character drawing: one per line, or per node."""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.graph.inputs import read_from_outside
from graphgrad.trace.trace import State, Trace
from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.figure.content.parts import Part, graph_parts
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.numbers import inline

__all__ = ["cell_boxes"]

LONGEST_FORMULA = 24
LONGEST_VALUE = 22


def cell_boxes(trace: Trace, detail: Detail = "line", state: State | None = None) -> list[CellBox]:
    """Return a box per line or node: its name and formula, value and adjoint.

    Args:
        trace: the run.
        detail: a box per line, or per node; the numbers of a formula have no box of their own.
        state: what is known at a step; None knows everything.
    """
    graph = trace.graph
    state = state or trace.state(len(trace.steps))
    return [
        CellBox(
            part.node,
            _title(graph, part),
            _rows(state, part.node),
            _sources(graph, part),
            part.group,
            graph.role(part.node),
        )
        for part in graph_parts(graph, detail)
        if not _inner_number(graph, part.node)
    ]


def _sources(graph: Graph, part: Part) -> tuple[int, ...]:
    """Return what a box reads, in the order of its formula, where its numbers stand."""
    if part.composite:
        return tuple(read_from_outside(graph, graph.line(graph.line_of(part.node))))
    return tuple(use.source for use in part.uses if not _inner_number(graph, use.source))


def _inner_number(graph: Graph, node: int) -> bool:
    return graph.is_constant(node) and graph.line(graph.line_of(node)).root != node


def _title(graph: Graph, part: Part) -> str:
    name = graph.name(part.node)
    short = 0 < len(part.formula) <= LONGEST_FORMULA
    return f"{name} = {part.formula}" if short else name


def _rows(state: State, node: int) -> tuple[str, ...]:
    trace, value = state.trace, state.value(node)
    rows = ["v ?" if value is None else f"v {inline(value, LONGEST_VALUE)}"]
    if trace.adjoints is not None and trace.graph.variable[node]:
        known = state.adjoint(node)
        if known is None and trace.adjoints[node] is None:
            known = trace.adjoint(node)
        rows.append("∇ ?" if known is None else f"∇ {inline(known, LONGEST_VALUE)}")
    return tuple(rows)
