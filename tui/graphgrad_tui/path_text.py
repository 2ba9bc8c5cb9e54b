"""Show an adjoint as the sum over all paths to the output, once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages import text
from graphgrad_tui.node_line import NodeLine

if TYPE_CHECKING:
    from graphgrad.trace import State
    from graphgrad.views.stops import Fold

__all__ = ["route_lines"]

MOST_NODES = 2_000
"""In a larger graph the paths of a node are not looked for while stepping."""


def route_lines(state: State, node: int, fold: Fold, width: int) -> list[NodeLine]:
    """Return the paths of a node with their products and sum; nothing before it is known."""
    trace = state.trace
    if state.adjoint(node) is None or node == trace.graph.output or len(trace.graph) > MOST_NODES:
        return []
    from graphgrad.symbolic.explain import derivation
    from graphgrad.views.derivation_paths import path_lines

    try:
        found = derivation(trace, trace.graph.name(node), "line" if fold == "line" else "op")
    except GraphgradError:
        return []
    if found.path_count < 2:
        return []
    lines = [line for line in path_lines(trace, node, found, width) if line.strip()]
    return [
        NodeLine("heading", text("app.paths")),
        *(NodeLine("adjoint", line) for line in lines),
    ]
