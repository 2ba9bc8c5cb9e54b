"""Hold the circles that stand for units, and name them and the weights between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_names import entry_label, entry_name
from graphgrad.symbolic.write.names import name_latex
from graphgrad.views.figure.content.neurons.unit_layers import Term, Units

__all__ = ["Circle", "CircleNames", "circles_of"]

_MOST_UNITS, _ENDS = 32, 6


class Circle(NamedTuple):
    """Some units of a node that are drawn as one circle: one of them, or those left out."""

    id: str
    units: Units
    places: tuple[int, ...]


def circles_of(units: Units) -> Iterator[Circle]:
    """Yield the circles of some units: of very many, the ends and one for the rest."""
    count = units.size
    if units.axis is None:
        yield Circle(f"n{units.node}", units, (0,))
        return
    shown = list(range(count))
    if count > _MOST_UNITS:
        shown = [*range(_ENDS), *range(count - _ENDS, count)]
    for place in shown:
        if count > _MOST_UNITS and place == count - _ENDS:
            between = tuple(range(_ENDS, count - _ENDS))
            yield Circle(f"n{units.node}_{_ENDS}to{count - _ENDS - 1}", units, between)
        yield Circle(f"n{units.node}_{place}", units, (place,))


class CircleNames:
    """Name circles and weights.

    Args:
        graph: what is drawn.
        name: spells a node in LaTeX.
    """

    def __init__(self, graph: Graph, name: Callable[[int], str]) -> None:
        self.graph, self.name = graph, name

    def told(self, node: int, circle: Circle) -> tuple[str, str]:
        """Return the name of a circle and how it is typeset; dots say how many they stand for."""
        graph, places = self.graph, circle.places
        if circle.units.axis is None or circle.units.size == 1:
            return graph.name(node), self.name(node)
        if len(places) > 1:
            name = f"{graph.name(node)}[{places[0] + 1}…{places[-1] + 1}]"
            return name, rf"\vdots\;({len(places)})"
        return self._entry(node, (places[0],))

    def _entry(self, node: int, place: tuple[int, ...]) -> tuple[str, str]:
        graph = self.graph
        name = entry_name(graph.name(node), place)
        line = graph.line(graph.line_of(node))
        label = entry_label(graph, line, place) if node == line.root else ""
        return name, label or name_latex(name)

    def weight(self, term: Term, inward: Sequence[int], outward: Sequence[int]) -> tuple[str, str]:
        """Return the name of a weight as in the file, and how it is typeset."""
        if term.weight is None:
            return "", ""
        shape = self.graph.columns.shape(term.weight)
        if not shape:
            return self.graph.name(term.weight), self.name(term.weight)
        if len(inward) > 1 or len(outward) > 1:
            return self.graph.name(term.weight), ""
        i, j = inward[0], outward[0]
        places = {"entries": (j, i), "transposed": (i, j), "row": (i,), "each": (j,)}
        return self._entry(term.weight, places[term.how])
