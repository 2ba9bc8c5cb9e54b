"""Word the steps, nodes and paths of a trace, each once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.told_step import told_step
from graphgrad_tui.texts.node_text import NodeLine, grid_lines, node_lines

if TYPE_CHECKING:
    from graphgrad.ops.shapes import Shape
    from graphgrad.stepping.told_step import ToldStep
    from graphgrad.trace.trace import State, Trace
    from graphgrad.views.text.stops import Fold, Stops

__all__ = ["MomentTexts", "Routes"]

MOST_NODES = 2_000
"""In a larger graph the paths of a node are not looked for while stepping."""
MOST_LISTED = 6
"""More paths than these are counted; `graphgrad explain` lists them."""


class MomentTexts:
    """What is said at each moment; whoever comes back there finds the words ready."""

    def __init__(self, stops: Stops) -> None:
        self._stops = stops
        self._routes = Routes(stops.trace, stops.fold)
        self._steps: dict[int, ToldStep] = {}
        self._nodes: dict[tuple[object, ...], list[NodeLine]] = {}
        self._grids: dict[tuple[object, ...], list[NodeLine]] = {}
        self._paths: dict[tuple[int, int], list[NodeLine]] = {}

    def step(self, position: int) -> ToldStep:
        """Return what is said about a stop."""
        if position not in self._steps:
            stop = self._stops.stop(position)
            self._steps[position] = told_step(self._stops.trace, stop, self._stops.fold)
        return self._steps[position]

    def node(self, state: State, node: int, hidden: frozenset[tuple[int, int]]) -> list[NodeLine]:
        """Return what is known about a node at a moment, as `node_lines` does."""
        known = state.value(node) is not None, state.adjoint(node) is not None
        key = (node, *known, hidden)
        if key not in self._nodes:
            self._nodes[key] = node_lines(state, node, self._stops.fold, hidden)
        return self._nodes[key]

    def grids(self, state: State, node: int, place: Shape | None, width: int) -> list[NodeLine]:
        """Return value and adjoint of an array as grids of shades, as `grid_lines` does."""
        known = state.value(node) is not None, state.adjoint(node) is not None
        key = (node, *known, place, width)
        if key not in self._grids:
            self._grids[key] = grid_lines(state, node, place, width)
        return self._grids[key]

    def paths(self, state: State, node: int, width: int) -> list[NodeLine]:
        """Return the paths of a node, once its adjoint is known."""
        if state.adjoint(node) is None:
            return []
        if (node, width) not in self._paths:
            self._paths[node, width] = self._routes.lines(node, width)
        return self._paths[node, width]


class Routes:
    """The paths of every node of a trace; counted once, listed when a node is looked at."""

    def __init__(self, trace: Trace, fold: Fold) -> None:
        self.trace = trace
        self.detail: Literal["line", "op"] = "line" if fold == "line" else "op"

    @cached_property
    def counts(self) -> dict[int, int]:
        """Return how many paths lead from each node to the output."""
        from graphgrad.symbolic.derive.edge_use import Uses
        from graphgrad.symbolic.derive.paths import path_counts

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
        from graphgrad.views.text.derivation_paths import shown_count

        graph = self.trace.graph
        names = {"source": graph.name(node), "output": graph.name(graph.output)}
        return [text("explain.paths", count=shown_count(count), **names)]

    def _listed(self, node: int, width: int) -> list[str]:
        from graphgrad.symbolic.derive.chain_rule import derivation
        from graphgrad.views.text.derivation_paths import path_lines

        try:
            found = derivation(self.trace, self.trace.graph.name(node), self.detail)
        except GraphgradError:
            return []
        return [line for line in path_lines(self.trace, node, found, width) if line.strip()]
