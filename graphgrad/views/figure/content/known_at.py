"""Find the step after which each value, adjoint and edge is known, and what each step acts on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphgrad.graph.graph import Edge
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import DiagramEdge
from graphgrad.views.figure.content.parts import Part, Use

__all__ = ["acts_of", "pulled_back_at", "uses_of"]


def uses_of(trace: Trace, part: Part, use: Use) -> list[Edge]:
    """Return the edges of the graph that one edge of the diagram stands for."""
    columns = trace.graph.columns
    return [
        Edge(use.source, node, slot)
        for node in part.nodes
        for slot, parent in enumerate(columns.parents_of(node))
        if parent == use.source and (part.composite or slot == use.slot)
    ]


def pulled_back_at(trace: Trace, part: Part, use: Use) -> int:
    """Return the step after which the adjoint was pulled back along an edge; 0 if it never is."""
    if trace.adjoints is None:
        return 0
    return max((trace.steps.pullback_index(edge) for edge in uses_of(trace, part, use)), default=0)


def acts_of(
    trace: Trace, owner: Mapping[int, str], edges: Sequence[DiagramEdge]
) -> tuple[tuple[str, ...], ...]:
    """Return per step, from 0, the ids of the boxes and edges that it acts on."""
    arriving: dict[str, list[DiagramEdge]] = {}
    leaving: dict[str, list[DiagramEdge]] = {}
    for edge in edges:
        arriving.setdefault(edge.target, []).append(edge)
        leaving.setdefault(edge.source, []).append(edge)
    columns = trace.graph.columns
    acts: list[tuple[str, ...]] = [()]
    for step in trace.steps:
        box = owner.get(step.node, "")
        if step.phase == "forward":
            sources = {owner.get(parent) for parent in columns.parents_of(step.node)}
            read = [e.id for e in arriving.get(box, ()) if e.source in sources]
            acts.append(_named(box, read))
        elif step.phase == "pullback" and step.slot is not None:
            source = owner.get(columns.parents_of(step.node)[step.slot], "")
            pulled = _pulled(arriving.get(box, ()), source, step.index)
            acts.append(_named("" if pulled else box, pulled))
        else:
            summed = [e.id for e in leaving.get(box, ()) if e.backward_step]
            acts.append(_named(box, summed if step.phase == "accumulate" else []))
    return tuple(acts)


def _pulled(edges: Iterable[DiagramEdge], source: str, step: int) -> list[str]:
    """Return the edge that a pullback runs along: of several, the one it completes."""
    found = [edge for edge in edges if edge.source == source]
    exact = [edge.id for edge in found if edge.backward_step == step]
    return exact or [edge.id for edge in found if edge.backward_step >= step]


def _named(box: str, edges: list[str]) -> tuple[str, ...]:
    return (box, *edges) if box else tuple(edges)
