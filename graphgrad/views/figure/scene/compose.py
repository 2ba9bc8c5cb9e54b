"""Compose the scene of a trace or a graph: labels measured, laid out once, placed on a page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.autodiff.record import settled
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.collapse import collapsed, fullest
from graphgrad.views.figure.content.depth_folds import exceptions_in, stops_of
from graphgrad.views.figure.content.diagram import Diagram, told, with_titles
from graphgrad.views.figure.content.diagram_of import untold_diagram_of
from graphgrad.views.figure.content.heat import edge_heat
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.layout.arranged import Arranging
from graphgrad.views.figure.scene.legend import (
    notes_height,
    scales_height,
    with_heat,
    with_legend,
    with_notes,
)
from graphgrad.views.figure.scene.names_on_page import (
    relabelled,
    with_printable_names,
    with_short_labels,
)
from graphgrad.views.figure.scene.notation import errors_in, in_notation
from graphgrad.views.figure.scene.on_page import on_page, with_clear_titles
from graphgrad.views.figure.scene.per_stop import per_stop
from graphgrad.views.figure.scene.place_texts import placed_scene
from graphgrad.views.figure.scene.progress import progress
from graphgrad.views.figure.scene.proposed_style import proposed, warned
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.typeset.measured import Measured, grown_to, measured, with_output
from graphgrad.views.layout_engines.engine import choose_engine
from graphgrad.views.text.numbers import significant

if TYPE_CHECKING:
    from graphgrad.views.figure.scene.rungs import Sketch  # only a page asks

__all__ = ["CLOSE_MARGIN", "Drawing", "Prepared", "prepared", "scene_of"]

CLOSE_MARGIN = 5.0
"""Round a figure that fills a page, which has a margin of its own."""


def scene_of(source: Trace | Graph, options: SceneOptions | None = None) -> Scene:
    """Return the scene of a trace; of a graph, the scene without numbers.

    Args:
        source: what is drawn.
        options: what is shown and how it is laid out.

    Raises:
        UsageError: if an option names what is not there, a label is not LaTeX, or there is no
            layout engine.
        LimitError: if there are too many lines.
    """
    found = prepared(source, options or SceneOptions())
    options, drawing = found.options, found.drawing()
    with progress(len(found.diagram.boxes)):
        scene = _on_its_page(drawing, options)
    return found.stepped(proposed(scene, _graph_of(source), options))


def _on_its_page(drawing: Drawing, options: SceneOptions) -> Scene:
    """Return a drawing composed; what only a page needs is loaded for it."""
    if not options.fit:
        return warned(drawing.composed(options), options)
    from graphgrad.views.figure.scene.fit import fitted

    return fitted(options, drawing)


class Prepared(NamedTuple):
    """What is drawn, gathered and named; its drawing is typeset and laid out when asked for.

    Attributes:
        source: with the names that stand on the page.
        options: with what a style says of them.
        diagram: all boxes and edges.
    """

    source: Trace | Graph
    options: SceneOptions
    diagram: Diagram

    def drawing(self) -> Drawing:
        """Return what can be composed in several ways."""
        return Drawing(self.diagram, _graph_of(self.source), self.options.engine)

    def stepped(self, scene: Scene) -> Scene:
        """Return a scene of it with the steps of its pass, where it has one."""
        if not isinstance(self.source, Trace):
            return scene
        with significant(self.options.digits):
            return per_stop(scene, self.source, stops_of(self.source, self.options))


def prepared(source: Trace | Graph, options: SceneOptions) -> Prepared:
    """Return what is drawn, gathered and named.

    Args:
        source: a pass, or a graph.
        options: what is shown and how it is laid out.
    """
    if options.style in ("operator", "wire") and options.detail is None:
        options = options._replace(detail="op")
    if options.style == "layers" and options.detail is None:
        options = options._replace(detail="layer")
    if options.style == "neurons" and options.collapse == "auto":
        options = options._replace(collapse="@open")
    if _graph_of(source).heading.comma:
        options = options._replace(decimal_comma=True)  # a picture is written as its file
    zeros: tuple[str, ...] = ()
    if isinstance(source, Trace):
        source, zeros = settled(source)
    source, notes = _named(source, options.notation)
    if zeros:
        notes += (text("run.rounded", options.language, names=", ".join(zeros)),)
    diagram = _gathered(source, options)._replace(notes=notes)
    if options.notation:
        diagram = _with_errors(diagram, errors_in(_graph_of(source), options.notation))
    return Prepared(source, options, diagram)


def _gathered(source: Trace | Graph, options: SceneOptions) -> Diagram:
    """Return the diagram of a style; what only one style needs is loaded for it."""
    if options.style == "neurons":
        from graphgrad.views.figure.content.neurons.diagram_of_neurons import neurons_of

        return neurons_of(source, options)
    diagram = untold_diagram_of(source, options)
    if options.style == "layers":
        from graphgrad.views.figure.content.layer_blocks import with_tensors

        return with_tensors(diagram, _graph_of(source), options)
    return diagram


def _named(source: Trace | Graph, notation: str) -> tuple[Trace | Graph, tuple[str, ...]]:
    """Return a source with the names that stand on the page, and notes on those that do not."""
    graph, notes = with_short_labels(_graph_of(source))
    if notation:
        graph, kept = in_notation(graph, notation)
        notes += kept
    graph = with_printable_names(graph)
    return (source if graph is _graph_of(source) else relabelled(source, graph.labels)), notes


def _graph_of(source: Trace | Graph) -> Graph:
    return source.graph if isinstance(source, Trace) else source


def _with_errors(diagram: Diagram, symbols: Mapping[int, str]) -> Diagram:
    """Return a diagram whose boxes show the error of a unit as a quantity of its own."""
    boxes = (box._replace(error_tex=symbols.get(box.node, "")) for box in diagram.boxes)
    return diagram._replace(boxes=tuple(boxes))


class Drawing:
    """A diagram that may be drawn in several ways; what two of them share is worked out once.

    Attributes:
        beside: what it is compared with, whose boxes and its own are of one size; None for none.
    """

    about_values = False
    beside: Drawing | None = None

    def __init__(self, diagram: Diagram, graph: Graph, engine: str | None) -> None:
        self.diagram, self.graph = diagram, graph
        self.engine = cache(partial(choose_engine, engine, "svg"))
        self._folded: dict[str, Diagram] = {}
        self._told: dict[str, Diagram] = {}
        self._prepared: dict[SceneOptions, Arranging] = {}

    def _arranging(self, options: SceneOptions) -> Arranging:
        """Return the diagram folded, and its labels typeset; the same in every way to lay out."""
        options = options._replace(direction="auto", rows=0, layout="auto")
        if options not in self._prepared:
            diagram, labels = self.measured(options)
            if self.beside is not None:
                labels = grown_to(labels, diagram, *self.beside.measured(options))
            self._prepared[options] = Arranging(diagram, labels, options)
        return self._prepared[options]

    def measured(self, options: SceneOptions) -> tuple[Diagram, Measured]:
        """Return the diagram folded, with its labels typeset."""
        diagram = self._shown(options)
        if options.short_units:  # which only neurons have
            from graphgrad.views.figure.content.neurons.neuron_parts import by_layer

            diagram = by_layer(diagram)
        return diagram, measured(diagram, options)

    def _shown(self, options: SceneOptions) -> Diagram:
        """Return the diagram folded and told; how it is folded alone differs in one drawing."""
        how = f"{options.collapse} {options.shared}"
        if how not in self._told:
            diagram = told(self._fold(options))
            if options.shared == "ghosts":
                from graphgrad.views.figure.content.ghosts import with_ghosts

                diagram = with_ghosts(diagram, self.graph)
            self._told[how] = with_output(diagram) if options.style == "wire" else diagram
        return self._told[how]

    def _fold(self, options: SceneOptions) -> Diagram:
        """Return the diagram folded; only what is left of it is told."""
        return self.diagram if exceptions_in(options) else self._collapsed(options.collapse)

    def _collapsed(self, how: str) -> Diagram:
        """Return the diagram folded in a way, or in several one after the other."""
        if how not in self._folded:
            before, _, last = how.rpartition("+")
            diagram = self._collapsed(before) if before else self.diagram
            again = before and diagram is self.diagram  # it has folded nothing
            self._folded[how] = (
                self._collapsed(last) if again else collapsed(diagram, self.graph, last)
            )
        return self._folded[how]

    def boxes(self, options: SceneOptions) -> int:
        """Return how many boxes are left after folding."""
        return len(self._fold(options).boxes)

    def largest(self, options: SceneOptions) -> float:
        """Return the share of all computed lines that the fullest folded box holds."""
        return fullest(self._fold(options).boxes)

    def ghosts(self, options: SceneOptions) -> int:
        """Return how many boxes more there are with shared parameters beside each use."""
        from graphgrad.views.figure.content.ghosts import repeatable

        return repeatable(self._fold(options))

    def room(self, options: SceneOptions) -> tuple[float, float]:
        """Return the size of the smallest letters and the area of all boxes, no edge told."""
        labels = measured(with_titles(self._fold(options)), options)
        return labels.smallest, math.fsum(w * h for w, h in labels.reserved.boxes.values())

    def sketched(self, options: SceneOptions) -> Sketch:
        """Return about how large it gets in every way that is open."""
        from graphgrad.views.figure.scene.rungs import Sketch

        arranging = self._arranging(options)
        labels, ways = arranging.labels, arranging.ways(options)
        below = notes_height(labels.notes, max(way.size.width for way in ways))
        below += scales_height(labels, edge_heat(arranging.diagram, options))
        return Sketch(labels.smallest, below, ways)

    def composed(self, options: SceneOptions) -> Scene:
        """Return the scene at its natural size."""
        arranging = self._arranging(options)
        diagram, labels = arranging.diagram, arranging.labels
        options = options._replace(direction="LR") if options.style == "wire" else options
        placed = arranging.arranged(options, self.engine)
        labels = labels.listing(placed.listed)
        scene = with_clear_titles(placed_scene(diagram, labels, placed, options))
        if options.path:
            from graphgrad.views.figure.scene.path import highlighted, route_of

            scene = highlighted(scene, route_of(diagram, options.path))
        scene = with_heat(scene, labels, edge_heat(diagram, options), options)
        scene = with_legend(scene) if options.legend else scene
        scene = with_notes(scene, labels.notes) if labels.notes else scene
        return on_page(scene, CLOSE_MARGIN) if options.compact else on_page(scene)
