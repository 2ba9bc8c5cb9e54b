"""Say what is known about the nodes on the watch list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad.stepping.known_text import shown
from graphgrad.views.text.narrate import adjoint_name
from graphgrad_tui.texts.node_line import NodeLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphgrad.trace.trace import State

__all__ = ["watch_lines"]

_WIDTH = 24


def watch_lines(state: State, nodes: Iterable[int]) -> list[NodeLine]:
    """Return a heading and one line per watched node; nothing where none is watched."""
    lines = [NodeLine("value", _watched(state, node)) for node in nodes]
    return [NodeLine("heading", text("app.watch")), *lines] if lines else []


def _watched(state: State, node: int) -> str:
    graph = state.trace.graph
    told = f"{graph.name(node)} = {shown(state.value(node), _WIDTH)}"
    if state.trace.adjoints is None or not graph.variable[node]:
        return told
    return f"{told}   {adjoint_name(graph, node)} = {shown(state.adjoint(node), _WIDTH)}"
