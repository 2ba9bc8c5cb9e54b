"""Tell which edges of the picture a stop acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphgrad.views.stops import Stop
    from graphgrad_tui.boxes import Boxes

__all__ = ["active_edges"]

CellEdge = tuple[int, int, int]


def active_edges(boxes: Boxes, stop: Stop) -> frozenset[CellEdge]:
    """Return (source, target, slot) of the edges that are read, pulled back or summed."""
    if stop.phase in ("start", "seed"):
        return frozenset()
    box = boxes.owner[stop.node]
    if stop.step is not None and stop.step.slot is not None:
        return _slot_edges(boxes, stop.step.node, stop.step.slot)
    into = boxes.edges_into[box]
    if stop.phase == "forward":
        return frozenset(into)
    reached = boxes.trace.adjoints or []
    out = [edge for edge in boxes.edges_out[box] if reached[edge[1]] is not None]
    if stop.phase == "accumulate":
        return frozenset(out)
    variable = boxes.graph.variable
    return frozenset([*out, *(edge for edge in into if variable[edge[0]])])


def _slot_edges(boxes: Boxes, node: int, slot: int) -> frozenset[CellEdge]:
    """Return the one edge of a pullback; none if it stays inside a box."""
    source = boxes.graph.columns.parents_of(node)[slot]
    box, giver = boxes.owner[node], boxes.owner[source]
    if box == giver:
        return frozenset()
    edges = [edge for edge in boxes.edges_into[box] if edge[0] == giver]
    exact = [edge for edge in edges if edge[2] == slot]
    return frozenset(exact or edges)
