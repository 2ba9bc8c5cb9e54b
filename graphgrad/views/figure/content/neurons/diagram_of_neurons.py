"""Gather a diagram with a circle per neuron, an edge per weight and a small square per bias.

What is no layer of neurons is drawn in boxes, a loss or a pool as one, else a line each. Of a
layer with very many units the first and the last ones are drawn, with dots that stand for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Edge, Graph
from graphgrad.graph.inputs import LineInput
from graphgrad.messages.catalogue import text
from graphgrad.ops.shapes import only_entry
from graphgrad.symbolic.write.names import name_latex
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.depth_folds import folds_at
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox, DiagramEdge, Role, Weight
from graphgrad.views.figure.content.diagram_of import Gatherer
from graphgrad.views.figure.content.fold_boxes import folded
from graphgrad.views.figure.content.known_at import uses_of
from graphgrad.views.figure.content.neurons.circles import (
    Circle,
    CircleNames,
    circles_of,
    count_drawn,
    stacked_units,
    taken_entries,
)
from graphgrad.views.figure.content.neurons.neuron_parts import acts_in, between, few_told, titled
from graphgrad.views.figure.content.neurons.unit_layers import Term, UnitLayer, Units, unit_layers
from graphgrad.views.figure.content.neurons.unit_numbers import UnitNumbers
from graphgrad.views.figure.content.operator_signs import box_words, edge_numbers, edge_words
from graphgrad.views.figure.content.parts import Part, graph_parts
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.content.spellings import LatexSpelling

__all__ = ["neurons_of"]

_MOST_DRAWN = 2_500


def neurons_of(source: Trace | Graph, options: SceneOptions) -> Diagram:
    """Return the diagram of a trace with a circle per neuron; of a graph, without numbers."""
    return _Neurons(source, options).diagram()


class _Neurons(Gatherer):
    """Hold what circles, boxes and edges are made from."""

    def __init__(self, source: Trace | Graph, options: SceneOptions) -> None:
        super().__init__(source, options._replace(detail="op", wrt=()), LatexSpelling)
        graph, self.wrt = self.graph, options.wrt
        self.numbers = UnitNumbers(self.trace)
        self.layers = unit_layers(graph)
        sources = [term.source for layer in self.layers for term in layer.terms]
        self.taken = taken_entries(graph, sources)
        self.stacked = stacked_units(graph, self.layers, self.taken)
        self.names = CircleNames(graph, self.spelling.name, self.taken, self.stacked)
        self.circles: dict[int, list[Circle]] = {}
        self.inside = {node for layer in self.layers for node in layer.nodes} | set(self.stacked)
        self.inside.update(node for taken in self.taken.values() for node in taken.nodes)
        for layer in self.layers:
            for units in (*(term.source for term in layer.terms), layer.units):
                self._stand(units)
        self._check_size()
        self.rest = list(self._rest())
        self.owner = {node: f"n{part.node}" for part in self.rest for node in part.nodes}
        self.owner.update((node, found[0].id) for node, found in self.circles.items())
        self.edges: list[DiagramEdge] = []

    def diagram(self) -> Diagram:
        """Return the diagram."""
        drawn = [node for node in self.circles if node not in self.stacked]
        boxes = [box for node in drawn for box in self._units(node)]
        boxes += [self.aloud(self.box(part)) for part in self.rest]
        for layer in self.layers:
            for term in layer.terms:
                self.edges += self._term(layer, term)
            for edge in layer.biases:
                boxes += self._biases(layer, edge)
        for part in self.rest:
            for use in part.uses:
                self.edges += self._use(part, use)
        output, title = (
            self.graph.name(self.graph.output),
            self.graph.heading.title_in(self.language),
        )
        title = title or text("figure.title", self.language, output=output)
        edges = tuple(e._replace(id=f"e{k}") for k, e in enumerate(few_told(self.edges)))
        met = {end for edge in edges for end in (edge.source, edge.target)}
        boxes = [box for box in boxes if box.id in met or box.role != "constant"]
        boxes.sort(key=lambda box: (box.node, box.drawn == "bias"))
        diagram = titled(Diagram(title, output, self.language, tuple(boxes), edges, ()))
        if self.trace is not None:
            diagram = diagram._replace(acts=acts_in(diagram, len(self.trace.steps)))
        return self._closed(between(diagram, self.wrt) if self.wrt else diagram)

    def _closed(self, diagram: Diagram) -> Diagram:
        """Return a diagram in which a layer without neurons is one box: a loss, a pool."""
        drawn = {box.id for box in diagram.boxes if box.drawn}
        folds = folds_at(diagram, self.graph, "layer")
        closed = folded(
            diagram, [fold for fold in folds if fold.formula and drawn.isdisjoint(fold.members)]
        )
        return closed._replace(groups=diagram.groups, notes=diagram.notes)

    def _check_size(self) -> None:
        """Refuse a picture in which no line could be told from another."""
        count = count_drawn(self.layers, self.circles)
        if count > _MOST_DRAWN:
            raise LimitError("figure.too_many_neurons", got=count, limit=_MOST_DRAWN)

    def _stand(self, units: Units) -> None:
        """Keep the circles of some units; those of a stack are the numbers that are stacked."""
        parts = self.stacked.get(units.node, ())
        for part in parts:
            self._stand(Units(part, 1, None))
        if parts:
            own = [Circle(f"n{part}", units, (place,)) for place, part in enumerate(parts)]
            self.circles[units.node] = own
        elif self._is_drawn(units.node):
            self.circles.setdefault(units.node, list(circles_of(units)))

    def _is_drawn(self, node: int) -> bool:
        """Tell whether a node has circles: a result of a layer, or what is given to one."""
        is_made = any(layer.units.node == node for layer in self.layers)
        return is_made or self.graph.is_leaf(node) or node in self.taken

    # ---- what is no neuron ----

    def _rest(self) -> Iterator[Part]:
        """Yield what is drawn in boxes: whole lines where they hold no neuron, else operations."""
        used = self.inside | set(self.circles)
        used |= {term.weight for layer in self.layers for term in layer.terms if term.weight}
        used |= {edge.source for layer in self.layers for edge in layer.biases}
        used |= {taken.leaf for taken in self.taken.values()}
        read = {
            parent
            for node in range(len(self.graph))
            if node not in self.inside
            for parent in self.graph.columns.parents_of(node)
        }
        lines = {part.node: part for part in graph_parts(self.graph, "line")}
        operations = {part.node: part for part in graph_parts(self.graph, "op")}
        for line in self.graph.lines():
            if not any(node in used for node in line.nodes):
                yield lines[line.root]
            elif line.root in used and self.graph.is_leaf(line.root):
                if line.root in read and line.root not in self.circles:
                    yield lines[line.root]
            else:
                yield from (
                    operations[node]
                    for node in line.nodes
                    if node not in self.inside and not operations[node].literal
                )

    def _use(self, part: Part, use: LineInput) -> Iterator[DiagramEdge]:
        """Yield the edges of one use by a box: from each unit, where what it uses has units."""
        if use.source not in self.owner:
            return
        back = self._back(part, use)
        edge = self.with_texts(self.edge(part, use, None, len(self.edges)), part, use, None)
        if use.source not in self.circles:
            yield edge._replace(contribution=back)
        for circle in self.circles.get(use.source, ()):
            told = self.numbers.at(back, circle.units, circle.places)
            names = self.graph.name(part.node), self.names.told(use.source, circle)[0]
            yield edge._replace(
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
        if node in self.taken:  # whose step only takes it out of what is given
            whole = whole._replace(role=cast("Role", self.graph.role(self.taken[node].leaf)))
        for circle in self.circles[node]:
            name, label = self.names.told(node, circle)
            box = whole._replace(
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
                sums = told._replace(
                    name=self.names.told(inside, circle)[0],
                    value=self.numbers.at(told.value, circle.units, circle.places),
                    adjoint=self.numbers.at(told.adjoint, circle.units, circle.places),
                )
                held.insert(0, sums)
            words = box_words(box, "", self.language)
            yield box._replace(words=words, inside=tuple(held) if len(held) > 1 else ())

    def _term(self, layer: UnitLayer, term: Term) -> Iterator[DiagramEdge]:
        """Yield the edges of a term: one per weight, and one per block of weights left out."""
        one_to_one = term.how in ("each", "plain")
        sources = self.circles.get(term.source.node)
        for target in self.circles[layer.units.node]:
            if sources is None:  # a box, whose units have no circles
                places = target.places if one_to_one else tuple(range(term.source.size))
                box = Circle(self.owner[term.source.node], term.source, places)
                edge = self._weight(layer, term, box, target)
                back = self.numbers.spread(edge.contribution, term.source, places)
                yield edge._replace(contribution=back)
            for source in sources or ():
                if not one_to_one or source.places == target.places:
                    yield self._weight(layer, term, source, target)

    def _weight(self, layer: UnitLayer, term: Term, source: Circle, target: Circle) -> DiagramEdge:
        told = self.numbers.weighed(layer, term, source.places, target.places)
        towards = self.names.told(layer.units.node, target)[0]
        names = towards, self.names.told(term.source.node, source)[0]
        name, tex = self.names.weight(term, source.places, target.places)
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

    def _biases(self, layer: UnitLayer, edge: Edge) -> Iterator[DiagramBox]:
        """Yield the squares of a bias, one beside each neuron, and keep their edges."""
        own = self.graph.columns.shape(edge.source)
        part = Part(edge.source, range(edge.source, edge.source + 1), "", "", (), composite=False)
        whole = self.box(part)
        back = None if self.trace is None else self.numbers.contribution([edge])
        for target in self.circles[layer.units.node]:
            entry = bool(own) and max(own) > 1
            axis = own.index(max(own)) if entry else None
            units = Units(edge.source, layer.units.size, axis)
            places = target.places
            name, label = self.names.told(edge.source, target._replace(units=units))
            value, adjoint = (
                only_entry(self.numbers.at(number, units, places))
                for number in (whole.value, whole.adjoint)
            )
            box = whole._replace(
                id=f"b{edge.source}_{target.id}",
                name=name,
                label=name_latex(name.rpartition(".")[2]) if "." in name else label,
                value=value,
                adjoint=adjoint,
                drawn="bias",
                beside=target.id,
                words=box_words(whole._replace(name=name), "", self.language),
            )
            told = self.numbers.bias(back, layer, edge, places, entry=entry)
            names = self.names.told(layer.units.node, target)[0], name
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
                    weight=Weight(name, value, told, bias=label),
                )
            )
            yield box
