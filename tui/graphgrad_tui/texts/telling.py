"""Word the stops and nodes of a trace, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.views.text.narrate_stops import stop_text
from graphgrad_tui.texts.node_text import Routes, node_lines

if TYPE_CHECKING:
    from graphgrad.trace.trace import State
    from graphgrad.views.text.narrate import StepText
    from graphgrad.views.text.stops import Stops
    from graphgrad_tui.texts.node_line import NodeLine

__all__ = ["Telling"]


class Telling:
    """What is said at each moment; whoever comes back there finds the words ready."""

    def __init__(self, stops: Stops) -> None:
        self._stops = stops
        self._routes = Routes(stops.trace, stops.fold)
        self._steps: dict[int, StepText] = {}
        self._nodes: dict[tuple[object, ...], list[NodeLine]] = {}
        self._paths: dict[tuple[int, int], list[NodeLine]] = {}

    def step(self, position: int) -> StepText:
        """Return what is said about a stop."""
        if position not in self._steps:
            stop = self._stops.stop(position)
            self._steps[position] = stop_text(self._stops.trace, stop, self._stops.fold)
        return self._steps[position]

    def node(self, state: State, node: int, hidden: frozenset[tuple[int, int]]) -> list[NodeLine]:
        """Return what is known about a node at a moment, as `node_lines` does."""
        known = state.value(node) is not None, state.adjoint(node) is not None
        key = (node, *known, hidden)
        if key not in self._nodes:
            self._nodes[key] = node_lines(state, node, self._stops.fold, hidden)
        return self._nodes[key]

    def paths(self, state: State, node: int, width: int) -> list[NodeLine]:
        """Return the paths of a node, once its adjoint is known."""
        if state.adjoint(node) is None:
            return []
        if (node, width) not in self._paths:
            self._paths[node, width] = self._routes.lines(node, width)
        return self._paths[node, width]
