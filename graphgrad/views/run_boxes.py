"""Turn a run into boxes for the character drawing: one per line, or per node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graphgrad.graph.depth import ClosedGroup, own_leaves
from graphgrad.graph.graph import Graph
from graphgrad.graph.inputs import read_from_outside
from graphgrad.trace.trace import State, Trace
from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.groups import collapse
from graphgrad.views.figure.content.parts import Part, graph_parts
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.group_words import group_summary
from graphgrad.views.text.numbers import inline

__all__ = ["cell_boxes", "closed_boxes"]

LONGEST_FORMULA = 24
LONGEST_VALUE = 22
_MOST_OUTPUTS = 4


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


def closed_boxes(
    trace: Trace, boxes: Sequence[CellBox], closed: Sequence[ClosedGroup]
) -> list[CellBox]:
    """Return boxes with each closed group as one: what it is, the value and adjoint of its output.

    A group that is left and entered again stays several boxes, as `collapse` numbers them.

    Args:
        trace: the run.
        boxes: a box per line.
        closed: the groups.
    """
    graph, state = trace.graph, trace.state(len(trace.steps))
    owner = {index: group.name for group in closed for index in group.lines}
    own = {graph.line(at).root: name for at, name in own_leaves(graph, owner).items()}
    moved = [replace(box, group=own.get(box.key, box.group)) for box in boxes]
    found = collapse(moved, {group.name for group in closed})
    told: dict[int, tuple[str, tuple[str, ...]]] = {}
    for group in closed:
        keys = {found.shown_by[graph.line(index).root] for index in group.lines}
        if len(keys) == 1:
            rows = [group_summary(graph, group)]
            for node in group.outputs[:_MOST_OUTPUTS]:
                several = f"{graph.name(node)} " if len(group.outputs) > 1 else ""
                rows += [f"{several}{row}" for row in _rows(state, node)]
            name = graph.name(group.outputs[0])
            alone = len(group.outputs) > 1 or name == group.name
            title = group.name if alone else f"{name} = {group.name}"
            told[keys.pop()] = title, tuple(row for row in rows if row)
    return [
        replace(box, title=told[box.key][0], rows=told[box.key][1]) if box.key in told else box
        for box in found.boxes
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
