"""Show an adjoint as the sum over all paths to the output, once it is known."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from graphgrad.errors import GraphgradError
from graphgrad.messages import text
from graphgrad_tui.node_line import NodeLine

if TYPE_CHECKING:
    from graphgrad.trace import Trace
    from graphgrad.views.stops import Fold

__all__ = ["Routes"]

MOST_NODES = 2_000
"""In a larger graph the paths of a node are not looked for while stepping."""
MOST_LISTED = 6
"""More paths than these are counted; `graphgrad explain` lists them."""


class Routes:
    """The paths of every node of a trace; counted once, listed when a node is looked at."""

    def __init__(self, trace: Trace, fold: Fold) -> None:
        self.trace = trace
        self.detail: Literal["line", "op"] = "line" if fold == "line" else "op"

    @cached_property
    def counts(self) -> dict[int, int]:
        """Return how many paths lead from each node to the output."""
        from graphgrad.symbolic.paths import path_counts
        from graphgrad.symbolic.uses import Uses

        return path_counts(Uses(self.trace, self.detail))

    def lines(self, node: int, width: int) -> list[NodeLine]:
        """Return the paths of a node with their products and sum; nothing if it is only one."""
        graph = self.trace.graph
        if node == graph.output or len(graph) > MOST_NODES:
            return []
        count = self.counts.get(node, 0)
        if count < 2:
            return []
        told = self._listed(node, width) if count <= MOST_LISTED else self._counted(node, count)
        heading = [NodeLine("heading", text("app.paths"))] if told else []
        return heading + [NodeLine("adjoint", line) for line in told]

    def _counted(self, node: int, count: int) -> list[str]:
        from graphgrad.views.derivation_paths import shown_count

        graph = self.trace.graph
        names = {"source": graph.name(node), "output": graph.name(graph.output)}
        return [text("explain.paths", count=shown_count(count), **names)]

    def _listed(self, node: int, width: int) -> list[str]:
        from graphgrad.symbolic.explain import derivation
        from graphgrad.views.derivation_paths import path_lines

        try:
            found = derivation(self.trace, self.trace.graph.name(node), self.detail)
        except GraphgradError:
            return []
        return [line for line in path_lines(self.trace, node, found, width) if line.strip()]
