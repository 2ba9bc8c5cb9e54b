"""Word the title bar, and choose the signs before the titles of boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad_tui.graph_view.box_text import short

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import State
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.text.stops import Stop, Stops

__all__ = ["SELECTED", "marks_of", "status_line"]


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
