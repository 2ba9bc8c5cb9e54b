"""Tell where a command leads, from the stops of a trace; hold the names that are marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph
from graphgrad.views.text.stops import Stops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graphgrad.views.text.stops import Stop

__all__ = ["TRAVELS", "Journey", "Marks", "break_places", "matching_nodes", "position_like"]


class Journey(NamedTuple):
    """Where we are in the stops of a trace; every method tells where a command leads.

    Attributes:
        stops: the stops.
        position: the stop we are at; 0 is the start.
        node: the node that is looked at.
        breaks: the stops with a breakpoint, in order.
        times: the number typed before the command; None if there is none.
    """

    stops: Stops
    position: int
    node: int
    breaks: Sequence[int] = ()
    times: int | None = None

    def next(self) -> int:
        """Go on by one stop, or by the number typed."""
        return self.position + (1 if self.times is None else self.times)

    def previous(self) -> int:
        """Go back by one stop, or by the number typed."""
        return self.position - (1 if self.times is None else self.times)

    def start(self) -> int:
        """Go to the start."""
        return 0

    def end(self) -> int:
        """Go to the end, or to the stop of that number."""
        return len(self.stops) if self.times is None else self.times

    def forward(self) -> int:
        """Go to the first stop of the forward pass."""
        return min(1, self.stops.forward_count)

    def backward(self) -> int:
        """Go to the seed, where the backward pass starts."""
        return self.stops.seed if self.stops.has_seed else self.position

    def to(self) -> int:
        """Run to the value of the node; from there on, to its adjoint; then to its value."""
        places = [self.stops.value_position(self.node), self.stops.adjoint_position(self.node)]
        later = [place for place in places if place > self.position]
        return later[0] if later else places[0]

    def onward(self) -> int:
        """Continue to the next breakpoint, else to the end."""
        return next((place for place in self.breaks if place > self.position), len(self.stops))

    def back(self) -> int:
        """Go back to the last breakpoint, else to the start."""
        return next((place for place in reversed(self.breaks) if place < self.position), 0)

    def destination(self, command: str) -> int:
        """Return where a command of `TRAVELS` leads, within the stops."""
        return max(0, min(TRAVELS[command](self), len(self.stops)))


TRAVELS: dict[str, Callable[[Journey], int]] = {
    "next": Journey.next,
    "previous": Journey.previous,
    "start": Journey.start,
    "end": Journey.end,
    "forward": Journey.forward,
    "backward": Journey.backward,
    "to": Journey.to,
    "continue": Journey.onward,
    "back": Journey.back,
}
"""What leads elsewhere, by the name of its command."""


def break_places(stops: Stops, nodes: Iterable[int]) -> list[int]:
    """Return the stops at which some nodes get value or adjoint, in order."""
    found = {
        place
        for node in nodes
        for place in (stops.value_position(node), stops.adjoint_position(node))
        if place
    }
    return sorted(found)


def matching_nodes(graph: Graph, nodes: Sequence[int], words: str) -> list[int]:
    """Return the nodes whose name, operation or formula contains some words."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    found = []
    for node in nodes:
        line = graph.line(graph.line_of(node))
        told = (graph.name(node), graph.columns.row(node).name, line_formula(graph, line))
        if any(wanted in word.casefold() for word in told):
            found.append(node)
    return found


def position_like(stops: Stops, stop: Stop, graph: Graph) -> int:
    """Return the stop of the same pass at the node of the same name; else one as far along.

    Args:
        stops: of the trace that is entered.
        stop: where we were in another trace.
        graph: the graph of that trace.
    """
    node = _node_like(stops.trace.graph, graph.name(stop.node)) if stop.node >= 0 else None
    if stop.phase == "start" or node is None:
        return min(stop.position, len(stops))
    if stop.phase == "forward":
        return stops.value_position(node)
    return stops.adjoint_position(node) or min(stop.position, len(stops))


def _node_like(graph: Graph, name: str) -> int | None:
    """Return the node of a name; else the first entry of that array, or the array of that entry."""
    found = graph.find(name)
    if found is None and name.endswith("]"):
        found = graph.find(name.rpartition("[")[0])
    if found is None:
        entry = next((line for line in graph.line_names if line.startswith(f"{name}[")), "")
        found = graph.find(entry) if entry else None
    return found


class Marks(dict[str, int]):
    """Nodes by name, in the order in which they were marked."""

    def toggle(self, name: str, node: int) -> None:
        """Mark a name, or clear its mark."""
        if self.pop(name, None) is None:
            self[name] = node

    def move(self, graph: Graph) -> None:
        """Keep the marks whose names a graph has too, at its nodes."""
        found = {name: graph.find(name) for name in self}
        self.clear()
        self.update({name: node for name, node in found.items() if node is not None})
