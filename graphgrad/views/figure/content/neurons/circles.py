"""Hold the circles that stand for units, and name them and the weights between them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_names import entry_label, entry_name, places_of
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.write.names import name_latex
from graphgrad.views.figure.content.neurons.unit_layers import Term, UnitLayer, Units

__all__ = [
    "Circle",
    "CircleNames",
    "Taken",
    "circles_of",
    "count_drawn",
    "stacked_units",
    "taken_entries",
]

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


def count_drawn(layers: Iterable[UnitLayer], circles: Mapping[int, Sequence[Circle]]) -> int:
    """Return how many circles and lines of weights there are, circles by their node."""
    count = sum(map(len, circles.values()))
    for layer in layers:
        for term in layer.terms:
            across = 1 if term.how in ("each", "plain") else len(circles.get(term.source.node, "1"))
            count += across * len(circles[layer.units.node])
    return count


class Taken(NamedTuple):
    """Entries that are taken out of what is given, as x[t] out of x.

    Attributes:
        leaf: what is given.
        places: of the entries, one per unit.
        nodes: the operations that take them.
    """

    leaf: int
    places: tuple[Shape, ...]
    nodes: tuple[int, ...]


def taken_entries(graph: Graph, units: Iterable[Units]) -> dict[int, Taken]:
    r"""Return what units are entries of something given, all of which is taken for units, once.

    >>> from graphgrad.source.gg import read_gg
    >>> text = "input x: 2x2\nparam W: 3x2\na = W@x[1]\nb = W@x[2]\nloss L = sum(a + b)"
    >>> found = taken_entries(read_gg(text), [Units(2, 2, 0), Units(4, 2, 0)])
    >>> [taken.places for taken in found.values()]
    [((0, 0), (0, 1)), ((1, 0), (1, 1))]
    """
    found = {u.node: taken for u in units if (taken := _taken(graph, u.node)) is not None}
    inner = {node for taken in found.values() for node in taken.nodes}
    read: dict[int, set[int]] = {}
    for edge in graph.edges():
        read.setdefault(edge.source, set()).add(edge.target)
    kept: dict[int, Taken] = {}
    for leaf in {taken.leaf for taken in found.values()}:
        own = {node: taken for node, taken in found.items() if taken.leaf == leaf}
        places = [place for taken in own.values() for place in taken.places]
        sources = {leaf, *(n for taken in own.values() for n in taken.nodes)} - set(own)
        alone = all(read[node] <= inner for node in sources)
        if alone and sorted(places) == sorted(places_of(graph.columns.shape(leaf))):
            kept |= own
    return kept


def _taken(graph: Graph, node: int) -> Taken | None:
    """Return the entries of something given that a node is, if it is nothing else."""
    columns = graph.columns
    name, parents = columns.row(node).name, columns.parents_of(node)
    if name == "index":
        leaf, key = parents[0], columns.settings_of(node)["key"]
        given = graph.role(leaf) in ("input", "constant")
        if not given or not all(isinstance(part, int) for part in key):
            return None
        places = tuple((*key, *rest) for rest in places_of(columns.shape(node)))
        return Taken(leaf, places, (node,))
    if name != "stack" or len(columns.shape(node)) != 1:
        return None
    parts = [_taken(graph, parent) for parent in parents]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len({part.leaf for part in known}) > 1:
        return None
    places = tuple(place for part in known for place in part.places)
    return Taken(known[0].leaf, places, (node, *parents))


def stacked_units(
    graph: Graph, layers: Iterable[UnitLayer], taken: Collection[int] = ()
) -> dict[int, tuple[int, ...]]:
    r"""Return the numbers that are stacked for layers alone: they are the units, not their stack.

    Args:
        graph: what is drawn.
        layers: of neurons.
        taken: nodes whose units are entries of something given.

    >>> from graphgrad.source.gg import read_gg
    >>> from graphgrad.views.figure.content.neurons.unit_layers import unit_layers
    >>> graph = read_gg("input a = 1\ninput c = 2\nparam W: 3x2\nh = W @ [a, c]\nloss L = sum(h)")
    >>> found = stacked_units(graph, unit_layers(graph))
    >>> [graph.name(part) for parts in found.values() for part in parts]
    ['a', 'c']
    """
    columns, found = graph.columns, dict[int, tuple[int, ...]]()
    inside = {node for layer in layers for node in layer.nodes}
    weighed = {term.source.node for layer in layers for term in layer.terms if term.weight}
    elsewhere = {edge.source for edge in graph.edges() if edge.target not in inside}
    for node in sorted(weighed - elsewhere - {*taken}):
        parents = tuple(columns.parents_of(node))
        plain = any(columns.shape(p) or graph.role(p) == "constant" for p in parents)
        apart = len({*parents}) == len(parents) <= _MOST_UNITS
        if columns.row(node).name == "stack" and apart and not plain:
            found[node] = parents
    return found


class CircleNames:
    """Name circles and weights.

    Args:
        graph: what is drawn.
        name: spells a node in LaTeX.
        taken: by node, the entries of something given that its units are.
        stacked: by node, the numbers that its units are.
    """

    def __init__(
        self,
        graph: Graph,
        name: Callable[[int], str],
        taken: Mapping[int, Taken],
        stacked: Mapping[int, Sequence[int]],
    ) -> None:
        self.graph, self.name, self.taken, self.stacked = graph, name, taken, stacked

    def told(self, node: int, circle: Circle) -> tuple[str, str]:
        """Return the name of a circle and how it is typeset; dots say how many they stand for."""
        graph, places = self.graph, circle.places
        if node in self.stacked:
            own = self.stacked[node][places[0]]
            return graph.name(own), self.name(own)
        if node in self.taken and len(places) == 1:
            taken = self.taken[node]
            return self._entry(taken.leaf, taken.places[places[0]])
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
