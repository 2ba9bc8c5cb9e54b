"""Hold names that the stepper stops at or watches."""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.views.stops import Stops

__all__ = ["Marks"]


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

    def places(self, stops: Stops) -> list[int]:
        """Return the positions at which a marked node gets its value or its adjoint."""
        found = [stops.value_position(node) for node in self.values()]
        found += [stops.adjoint_position(node) for node in self.values()]
        return [place for place in found if place]
