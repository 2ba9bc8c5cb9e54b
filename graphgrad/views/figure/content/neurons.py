"""Gather a diagram with a circle per neuron, an edge per weight and a small square per bias.

What is no layer of neurons, a loss above all, is drawn in boxes, a line of the file each. Of a
layer with very many units the first and the last ones are drawn, with dots that stand for the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from graphgrad.graph.graph import Edge, Graph
from graphgrad.graph.inputs import LineInput
from graphgrad.graph.zooms.entry_names import entry_label, entry_name
from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.names import name_latex
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import (
    Diagram,
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
    Weight,
)
from graphgrad.views.figure.content.diagram_of import Gatherer
from graphgrad.views.figure.content.known_at import uses_of
from graphgrad.views.figure.content.operator_signs import box_words, edge_numbers, edge_words
from graphgrad.views.figure.content.parts import Part, graph_parts
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.content.spellings import LatexSpelling
from graphgrad.views.figure.content.unit_layers import Term, UnitLayer, Units, unit_layers
from graphgrad.views.figure.content.unit_numbers import UnitNumbers

__all__ = ["MOST_ROOMY", "neurons_of"]

_MOST_UNITS, _ENDS = 32, 6
MOST_ROOMY = 8
"""So many neurons of a layer have room for their numbers."""
_MOST_TOLD = 16
"""So many weights have their numbers beside their lines."""


class _Circle(NamedTuple):
    """Some units of a node that are drawn as one circle: one of them, or those left out."""

    id: str
    units: Units
    places: tuple[int, ...]


def neurons_of(source: Trace | Graph, options: SceneOptions) -> Diagram:
    """Return the diagram of a trace with a circle per neuron; of a graph, without numbers."""
    return _Neurons(source, options).diagram()


class _Neurons(Gatherer):
    """Hold what circles, boxes and edges are made from."""

    def __init__(self, source: Trace | Graph, options: SceneOptions) -> None:
        super().__init__(source, replace(options, detail="op", wrt=()), LatexSpelling)
        graph = self.graph
        self.numbers = UnitNumbers(self.trace)
        self.layers = unit_layers(graph)
        self.circles: dict[int, list[_Circle]] = {}
        self.inside = {node for layer in self.layers for node in layer.nodes}
        for layer in self.layers:
            for units in (*(term.source for term in layer.terms), layer.units):
                if self._is_drawn(units.node):
                    self.circles.setdefault(units.node, list(_circles(units)))
        self.rest = list(self._rest())
        self.owner = {node: f"n{part.node}" for part in self.rest for node in part.nodes}
        self.owner.update((node, found[0].id) for node, found in self.circles.items())
        self.edges: list[DiagramEdge] = []

    def diagram(self) -> Diagram:
        """Return the diagram."""
        boxes = [box for node in self.circles for box in self._units(node)]
        boxes += [self.box(part) for part in self.rest]
        for layer in self.layers:
            for term in layer.terms:
                self.edges += self._term(layer, term)
            for edge in layer.biases:
                boxes += self._biases(layer, edge)
        for part in self.rest:
            for use in part.uses:
                self.edges += self._use(part, use)
        output = self.graph.name(self.graph.output)
        title = self.graph.heading.title_in(self.language)
        title = title or text("figure.title", self.language, output=output)
        edges = tuple(replace(e, id=f"e{k}") for k, e in enumerate(self._few_told(self.edges)))
        met = {end for edge in edges for end in (edge.source, edge.target)}
        boxes = [box for box in boxes if box.id in met or box.role != "constant"]
        boxes.sort(key=lambda box: (box.node, box.drawn == "bias"))
        boxes, groups = _titled(boxes)
        diagram = Diagram(title, output, self.language, tuple(boxes), edges, groups)
        if self.trace is not None:
            diagram = replace(diagram, acts=_acts(diagram, len(self.trace.steps)))
        return diagram

    def _is_drawn(self, node: int) -> bool:
        """Tell whether a node has circles: a result of a layer, or what is given to one."""
        return self.graph.is_leaf(node) or any(layer.units.node == node for layer in self.layers)

    # ---- what is no neuron ----

    def _rest(self) -> Iterator[Part]:
        """Yield what is drawn in boxes: whole lines where they hold no neuron, else operations."""
        used = self.inside | set(self.circles)
        used |= {term.weight for layer in self.layers for term in layer.terms if term.weight}
        used |= {edge.source for layer in self.layers for edge in layer.biases}
        read = {
            parent
            for node in range(len(self.graph))
            if node not in self.inside
            for parent in self.graph.columns.parents_of(node)
        }
        lines = {part.node: part for part in graph_parts(self.graph, "line")}
        for line in self.graph.lines():
            if not any(node in used for node in line.nodes):
                yield lines[line.root]
            elif line.root in used and self.graph.is_leaf(line.root):
                if line.root in read and line.root not in self.circles:
                    yield lines[line.root]
            else:
                yield from self._operations(line.nodes)

    def _operations(self, nodes: range) -> Iterator[Part]:
        for part in graph_parts(self.graph, "op"):
            if part.node in nodes and part.node not in self.inside and not part.literal:
                yield part

    def _use(self, part: Part, use: LineInput) -> Iterator[DiagramEdge]:
        """Yield the edges of one use by a box: from each unit, where what it uses has units."""
        if use.source not in self.owner:
            return
        back = self._back(part, use)
        edge = self.edge(part, use, None, len(self.edges))
        if use.source not in self.circles:
            yield replace(edge, contribution=back)
        for circle in self.circles.get(use.source, ()):
            told = self.numbers.at(back, circle.units, circle.places)
            names = self.graph.name(part.node), self._name(use.source, circle)[0]
            yield replace(
                edge,
                source=circle.id,
                contribution=told,
                words=edge_words(*names, self.language),
                numbers=edge_numbers(*names, None, told, self.language),
            )

    def _back(self, part: Part, use: LineInput) -> Any:
        if self.trace is None or not self.graph.variable[use.source]:
            return None
        return self.numbers.contribution(uses_of(self.trace, part, use))

    # ---- neurons ----

    def _units(self, node: int) -> Iterator[DiagramBox]:
        """Yield the circles of a node."""
        trace = self.trace
        layer = next((layer for layer in self.layers if layer.units.node == node), None)
        inner = (layer.root,) if layer is not None and layer.root != node else ()
        part = Part(node, range(node, node + 1), "", "", (), composite=False)
        whole = self.box(part)
        for circle in self.circles[node]:
            name, label = self._name(node, circle)
            box = replace(
                whole,
                id=circle.id,
                name=name,
                label=label,
                formula="",
                symbol="",
                value=self.numbers.at(whole.value, circle.units, circle.places),
                adjoint=self.numbers.at(whole.adjoint, circle.units, circle.places),
                drawn="dots" if len(circle.places) > 1 else "unit",
                nodes=layer.nodes if layer is not None else (node,),
                count=0,
            )
            held = [box]
            for inside in inner if trace is not None else ():
                told = self.box(part._replace(node=inside))
                held.insert(
                    0,
                    replace(
                        told,
                        name=self._name(inside, circle)[0],
                        value=self.numbers.at(told.value, circle.units, circle.places),
                        adjoint=self.numbers.at(told.adjoint, circle.units, circle.places),
                    ),
                )
            words = box_words(box, "", self.language)
            yield replace(box, words=words, inside=tuple(held) if len(held) > 1 else ())

    def _name(self, node: int, circle: _Circle) -> tuple[str, str]:
        """Return the name of a circle and how it is typeset; dots say how many they stand for."""
        graph, places = self.graph, circle.places
        if circle.units.axis is None or circle.units.size == 1:
            return graph.name(node), self.spelling.name(node)
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

    def _term(self, layer: UnitLayer, term: Term) -> Iterator[DiagramEdge]:
        """Yield the edges of a term: one per weight, and one per block of weights left out."""
        one_to_one = term.how in ("each", "plain")
        sources = self.circles.get(term.source.node)
        for target in self.circles[layer.units.node]:
            if sources is None:  # a box, whose units have no circles
                places = target.places if one_to_one else tuple(range(term.source.size))
                box = _Circle(self.owner[term.source.node], term.source, places)
                edge = self._weight(layer, term, box, target)
                back = self.numbers.spread(edge.contribution, term.source, places)
                yield replace(edge, contribution=back)
            for source in sources or ():
                if not one_to_one or source.places == target.places:
                    yield self._weight(layer, term, source, target)

    def _weight(
        self, layer: UnitLayer, term: Term, source: _Circle, target: _Circle
    ) -> DiagramEdge:
        told = self.numbers.weighed(layer, term, source.places, target.places)
        names = self._name(layer.units.node, target)[0], self._name(term.source.node, source)[0]
        name, tex = self._weight_name(term, source.places, target.places)
        trace = self.trace
        single = len(source.places) == len(target.places) == 1
        value = self.numbers.value_of(term, source.places, target.places)
        return DiagramEdge(
            id="",
            source=source.id,
            target=target.id,
            slot=term.edge.slot,
            sign="",
            partial=tex if single and term.weight is not None else "",
            number=value if single and term.weight is not None else None,
            contribution=told.contribution,
            words=edge_words(*names, self.language),
            numbers=edge_numbers(*names, value, told.contribution, self.language),
            forward_step=0 if trace is None else trace.steps.forward_index[term.edge.target],
            backward_step=0 if trace is None else trace.steps.pullback_index(term.edge),
            formula=name,
            weight=None if term.weight is None else Weight(name, value, told.gradient),
        )

    def _weight_name(
        self, term: Term, inward: Sequence[int], outward: Sequence[int]
    ) -> tuple[str, str]:
        """Return the name of a weight as in the file, and how it is typeset."""
        if term.weight is None:
            return "", ""
        shape = self.graph.columns.shape(term.weight)
        if not shape:
            return self.graph.name(term.weight), self.spelling.name(term.weight)
        if len(inward) > 1 or len(outward) > 1:
            return self.graph.name(term.weight), ""
        i, j = inward[0], outward[0]
        places = {"entries": (j, i), "transposed": (i, j), "row": (i,), "each": (j,)}
        return self._entry(term.weight, places[term.how])

    def _biases(self, layer: UnitLayer, edge: Edge) -> Iterator[DiagramBox]:
        """Yield the squares of a bias, one beside each neuron, and keep their edges."""
        own = self.graph.columns.shape(edge.source)
        part = Part(edge.source, range(edge.source, edge.source + 1), "", "", (), composite=False)
        whole = self.box(part)
        back = None if self.trace is None else self.numbers.contribution([edge])
        for target in self.circles[layer.units.node]:
            entry = bool(own) and max(own) > 1
            units = Units(edge.source, layer.units.size, len(own) - 1 if entry else None)
            places = target.places
            name, label = self._name(edge.source, target._replace(units=units))
            value = self.numbers.at(whole.value, units, places)
            box = replace(
                whole,
                id=f"b{edge.source}_{target.id}",
                name=name,
                label=label,
                value=value,
                adjoint=self.numbers.at(whole.adjoint, units, places),
                drawn="bias",
                beside=target.id,
                words=box_words(replace(whole, name=name), "", self.language),
            )
            told = self.numbers.bias(back, layer, edge, places, entry=entry)
            names = self._name(layer.units.node, target)[0], name
            steps = self.trace.steps if self.trace is not None else None
            self.edges.append(
                DiagramEdge(
                    id="",
                    source=box.id,
                    target=target.id,
                    slot=edge.slot,
                    sign="",
                    partial="",
                    number=None,
                    contribution=told,
                    words=edge_words(*names, self.language),
                    numbers=edge_numbers(*names, None, told, self.language),
                    forward_step=0 if steps is None else steps.forward_index[edge.target],
                    backward_step=0 if steps is None else steps.pullback_index(edge),
                    weight=Weight(name, value, told),
                )
            )
            yield box

    def _few_told(self, edges: Sequence[DiagramEdge]) -> list[DiagramEdge]:
        """Return edges whose labels are left off where there are too many weights to read."""
        told = sum(bool(edge.partial) for edge in edges)
        if told <= _MOST_TOLD:
            return list(edges)
        return [replace(edge, partial="", number=None) for edge in edges]


def _circles(units: Units) -> Iterator[_Circle]:
    """Yield the circles of some units: of very many, the ends and one for the rest."""
    count = units.size
    if units.axis is None:
        yield _Circle(f"n{units.node}", units, (0,))
        return
    shown = list(range(count))
    if count > _MOST_UNITS:
        shown = [*range(_ENDS), *range(count - _ENDS, count)]
    for place in shown:
        if count > _MOST_UNITS and place == count - _ENDS:
            between = tuple(range(_ENDS, count - _ENDS))
            yield _Circle(f"n{units.node}_{_ENDS}to{count - _ENDS - 1}", units, between)
        yield _Circle(f"n{units.node}_{place}", units, (place,))


def _titled(boxes: Sequence[DiagramBox]) -> tuple[list[DiagramBox], tuple[DiagramGroup, ...]]:
    """Return boxes in groups named as layers, where these have too many neurons to name each."""
    stems = {box.id: box.name.partition("[")[0] for box in boxes if box.drawn in ("unit", "dots")}
    counts = Counter(stems.values())
    if max(counts.values(), default=0) <= MOST_ROOMY:
        return [replace(box, group="") for box in boxes], ()
    found = [replace(b, group=stems.get(b.id, stems.get(b.beside, ""))) for b in boxes]
    return found, tuple(DiagramGroup(stem, stem, "") for stem in counts)


def _acts(diagram: Diagram, last: int) -> tuple[tuple[str, ...], ...]:
    """Return per step from 0 the ids of the circles, boxes and edges that it acts on."""
    acts: list[list[str]] = [[] for _ in range(last + 1)]
    for box in diagram.boxes:
        for step in {box.value_step, box.adjoint_step} - {0}:
            acts[step].append(box.id)
    for edge in diagram.edges:
        for step in {edge.forward_step, edge.backward_step} - {0}:
            acts[step].append(edge.id)
    return tuple(map(tuple, acts))
