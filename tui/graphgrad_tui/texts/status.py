"""Tell which edges of the picture a stop acts on.

Word the title bar, and choose the signs before the titles of boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad_tui.graph_view.boxes import short

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import State
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.text.stops import Stop, Stops
    from graphgrad_tui.graph_view.boxes import Boxes

__all__ = ["SELECTED", "active_edges", "marks_of", "status_line"]


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


SELECTED, BROKEN, BOTH = 0, 1, 2
_SIGNS: dict[Charset, str] = {"unicode": "▸◆◈", "ascii": ">*@"}


def status_line(
    stops: Stops, stop: Stop, state: State, typed: str, before: Change | None = None
) -> str:
    """Return the pass, the step and the output, after digits that wait for a command.

    Args:
        stops: all the stops.
        stop: the one at the cursor.
        state: what is known there.
        typed: the digits.
        before: what the output was before an edit.
    """
    passes = {"start": "start", "forward": "forward"}
    words = text(f"app.pass.{passes.get(stop.phase, 'backward')}")
    graph = state.trace.graph
    value = state.value(graph.output)
    shown = "?" if value is None else short(value)
    if value is not None and before is not None and before.value is not None:
        shown = f"{short(before.value)} → {shown}"
    step = text("app.step", position=stop.position, count=len(stops))
    waiting = f"{typed}…  " if typed else ""
    return f"{waiting}{words}  {step}  {graph.name(graph.output)} = {shown}"


def marks_of(
    selected: int | None, breakpoints: Collection[int], charset: Charset
) -> dict[int, str]:
    """Return the sign before the title of every box that has one."""
    signs = _SIGNS[charset]
    marks = dict.fromkeys(breakpoints, signs[BROKEN])
    if selected is not None:
        marks[selected] = signs[BOTH] if selected in breakpoints else signs[SELECTED]
    return marks
