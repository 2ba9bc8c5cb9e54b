"""Typeset every label of a diagram with all that it will ever show, and reserve its room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from types import MappingProxyType
from typing import Any, NamedTuple

from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import Diagram, DiagramEdge, Shape, shape_of
from graphgrad.views.figure.content.heat import heat_scale
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Reserved, Size
from graphgrad.views.figure.typeset.density import ROOMY, density_of
from graphgrad.views.figure.typeset.label_rows import Label, LabelRow
from graphgrad.views.figure.typeset.labels import Labels
from graphgrad.views.figure.typeset.network_labels import NetworkLabels
from graphgrad.views.figure.typeset.typeset import typeset

__all__ = ["MARK_ROOM", "Measured", "grown_to", "measured", "with_output"]

_PADDING: dict[Shape, Size] = {
    "pill": Size(17.0, 8.0),
    "double": Size(13.0, 11.0),
    "square": Size(10.0, 7.0),
    "rounded": Size(12.0, 9.0),
    "thick": Size(13.0, 10.0),
    "stack": Size(16.0, 13.0),
    "circle": Size(14.0, 14.0),
    "bare": Size(3.0, 3.0),
    "solid": Size(8.0, 6.0),
}
_LEAST_PADDING: dict[Shape, float] = {"pill": 0.7, "stack": 0.55, "double": 0.52}
"""In parts of the usual: texts keep clear of round corners, the lower sheet and the inner line."""
_NARROWEST: dict[Shape, float] = {"circle": 46.0, "bare": 16.0}
_USUAL = 40.0
_UNIT_AIR, _BIAS_AIR, _CELL_AIR, _LEAST_UNIT = 8.0, 7.0, 2.0, 12.0
_WIRE_AIR = 12.0
OUTPUT = "out"
MARK_ROOM = 4.0
"""Round a box that differs from that of another diagram."""
_DIGITS = re.compile(r"\d+")


class Measured(NamedTuple):
    """The labels of a diagram, typeset.

    Attributes:
        boxes: by id of the box.
        edges: by id of the edge, where it has a label.
        shapes: by id of the box.
        reserved: the room of every part.
        notes: what stands below instead of on an edge, by id of the edge, in order.
        largest: the largest number that is told by colour; 0 for none.
    """

    boxes: Mapping[str, Label]
    edges: Mapping[str, Label]
    shapes: Mapping[str, Shape]
    reserved: Reserved
    notes: Mapping[str, LabelRow] = MappingProxyType({})
    largest: float = 0.0

    @property
    def most_in_a_cell(self) -> int:
        """Return how many entries a cell of colour stands for at most; 0 without cells."""
        labels = (*self.boxes.values(), *self.edges.values())
        grids = (row.grid for label in labels for row in label.rows)
        return max((grid.each for grid in grids if grid is not None), default=0)

    def listing(self, edges: Sequence[str]) -> Measured:
        """Return them with the labels of some edges in the notes below, before what is there."""
        found = {f"{e} {n}": row for e in edges for n, row in enumerate(self.edges[e].rows)}
        kept = {edge: label for edge, label in self.edges.items() if edge not in edges}
        return self._replace(edges=kept, notes=found | dict(self.notes)) if found else self

    @property
    def smallest(self) -> float:
        """Return the size of the smallest letters: in boxes, on edges, in notes, over frames."""
        labels = (*self.boxes.values(), *self.edges.values())
        rows = (*(row for label in labels for row in label.rows), *self.notes.values())
        sizes = [row.size for row in rows if row.ink.marks]
        sizes += [ROOMY.letters["group"]] if self.reserved.titles or not sizes else []
        return min(sizes)


def measured(diagram: Diagram, options: SceneOptions) -> Measured:
    """Typeset every label with all that it will ever show, and reserve its room."""
    largest = heat_scale(diagram, options.heat)
    labels = NetworkLabels(options, largest)
    terms = _terms(diagram)
    boxes = {box.id: labels.box(box, terms.get(box.id, ())) for box in diagram.boxes}
    edges = {edge.id: label for edge, label in _edge_labels(diagram, labels) if label.rows}
    shapes = {box.id: shape_of(box, options.style) for box in diagram.boxes}
    if options.compact and options.style == "operator":  # a circle round an array is mostly empty
        arrays = (box.id for box in diagram.boxes if getattr(box.value, "shape", ()))
        shapes |= {name: "rounded" for name in arrays if shapes[name] == "circle"}
    size = ROOMY.letters["group"]
    titles = {g.name: typeset(text_tex(g.title), size) for g in diagram.groups}
    rooms = {name: Size(label.width, label.height) for name, label in edges.items()}
    wires = {name: _wire_room(label) for name, label in edges.items()}
    padding = density_of(compact=options.compact, narrow=options.short_signs).padding
    sizes = {name: _outer(label, shapes[name], padding) for name, label in boxes.items()}
    for box in diagram.boxes:
        if box.mark:  # round it runs a line, at which arrows begin and end
            wide, high = sizes[box.id]
            sizes[box.id] = Size(wide + 2 * MARK_ROOM, high + 2 * MARK_ROOM)
    reserved = Reserved(
        sizes | _alike(diagram, boxes, padding),
        {} if options.style == "wire" else rooms,
        {name: Size(ink.width, size * 1.2) for name, ink in titles.items()},
        frozenset(name for name, shape in shapes.items() if shape == "circle"),
        wires if options.style == "wire" else {},
        {
            box.id: boxes[box.id].spare
            for box in diagram.boxes
            if shapes[box.id] == "solid" and not box.mark
        },
    )
    return Measured(boxes, edges, shapes, reserved, labels.notes, largest)


def grown_to(one: Measured, first: Diagram, second: Diagram, other: Measured) -> Measured:
    """Return labels with at least the room that those of the same name have in another diagram.

    Args:
        one: the labels.
        first: their diagram.
        second: what it is compared with.
        other: the labels of that.
    """
    boxes, labels = dict(one.reserved.boxes), dict(one.reserved.labels)
    there = {box.name: other.reserved.boxes[box.id] for box in second.boxes}
    for box in first.boxes:
        if box.name in there:
            boxes[box.id] = _larger(boxes[box.id], there[box.name])
    uses = {use: other.reserved.labels.get(edge) for use, edge in _uses(second)}
    for use, edge in _uses(first):
        size = uses.get(use)
        if size is not None:
            labels[edge] = _larger(labels.get(edge, size), size)
    return one._replace(reserved=one.reserved._replace(boxes=boxes, labels=labels))


def _larger(one: Size, other: Size) -> Size:
    return Size(max(one.width, other.width), max(one.height, other.height))


def _uses(diagram: Diagram) -> Iterator[tuple[tuple[str, str, int], str]]:
    """Yield what each edge leads from and to, by name, with its id."""
    names = {box.id: box.name for box in diagram.boxes}
    for edge in diagram.edges:
        yield (names[edge.source], names[edge.target], edge.slot), edge.id


def with_output(diagram: Diagram) -> Diagram:
    """Return a diagram with a wire that leaves the output, for the styles that write on wires."""
    last = max(diagram.boxes, key=lambda box: (box.role == "loss", box.node))
    if last.count:  # several lines in one box, which says its name and its numbers
        return diagram
    bare = last._replace(id=OUTPUT, role="constant", formula="", symbol="", trouble="", group="")
    name = bare._replace(value=None, adjoint=None, adjoint_sign="", adjoint_step=0, nodes=())
    wire = DiagramEdge(
        id=f"e{len(diagram.edges)}",
        source=last.id,
        target=OUTPUT,
        slot=0,
        sign="",
        partial="",
        number=None,
        contribution=None,
        words=last.words,
        numbers="",
        forward_step=last.value_step,
        backward_step=last.adjoint_step,
    )
    return diagram._replace(boxes=(*diagram.boxes, name), edges=(*diagram.edges, wire))


def _edge_labels(diagram: Diagram, labels: Labels) -> list[tuple[DiagramEdge, Label]]:
    boxes = {box.id: box for box in diagram.boxes}
    if labels.options.style != "wire":
        signs = {name: box.adjoint_sign for name, box in boxes.items()}
        edges = _first_of_kind(diagram) if labels.options.first_of_kind else diagram.edges
        return [(edge, labels.edge(edge, signs[edge.target])) for edge in edges]
    uses = Counter(edge.source for edge in diagram.edges)
    return [
        (edge, labels.wire(boxes[edge.source], edge, uses[edge.source])) for edge in diagram.edges
    ]


def _first_of_kind(diagram: Diagram) -> list[DiagramEdge]:
    """Return the edges whose formula is not that of an edge before, but for its numbers."""
    found: dict[str, DiagramEdge] = {}
    for edge in diagram.edges:
        found.setdefault(_DIGITS.sub("#", edge.partial), edge)
    return list(found.values())


def _terms(diagram: Diagram) -> dict[str, list[Any]]:
    """Return per box the contributions to its adjoint, in the order of the steps."""
    found: dict[str, list[tuple[int, Any]]] = {}
    for edge in diagram.edges:
        if edge.contribution is not None and edge.backward_step:
            entry = (edge.backward_step, edge.contribution)
            found.setdefault(edge.source, []).append(entry)
    return {
        box: [value for _, value in sorted(terms, key=lambda term: term[0])]
        for box, terms in found.items()
    }


def _outer(label: Label, shape: Shape, part: float) -> Size:
    part = max(part, _LEAST_PADDING.get(shape, 0.0))
    padding = Size(_PADDING[shape].width * part, _PADDING[shape].height * part)
    narrowest = _NARROWEST.get(shape, _USUAL) * (part if shape == "circle" else 1.0) ** 0.5
    if shape == "circle":
        across = hypot(label.width, label.height) + padding.width
        return Size(max(across, narrowest), max(across, narrowest))
    width = max(label.width + 2 * padding.width, narrowest)
    return Size(width, label.height + 2 * padding.height)


def _alike(diagram: Diagram, labels: Mapping[str, Label], part: float) -> dict[str, Size]:
    """Return the sizes of neurons, those of layers with a title as large as the largest of them.

    So are the others, and so are biases.
    """
    found: dict[str, Size] = {}
    alike: dict[tuple[str, bool], list[str]] = {}
    for box in diagram.boxes:
        if box.drawn in ("unit", "bias"):
            alike.setdefault((box.drawn, bool(box.group)), []).append(box.id)
    for (drawn, _), own in alike.items():
        sizes = [Size(labels[box].width, labels[box].height) for box in own]
        if drawn == "unit":
            wide = max(hypot(*size) for size in sizes)
            wide = wide + _UNIT_AIR * part if wide else _LEAST_UNIT
            found |= dict.fromkeys(own, Size(wide, wide))
        else:
            told = any(row.ink.marks for box in own for row in labels[box].rows)
            air = (_BIAS_AIR if told else _CELL_AIR) * part
            high = max(size.height for size in sizes) + air
            wide = max(size.width for size in sizes) + air
            found |= dict.fromkeys(own, Size(max(wide, high), high))
    return found


def _wire_room(label: Label) -> Size:
    """Return the room on both sides of a wire: as high as the higher row on each."""
    highest = max((row.ascent + row.descent for row in label.rows), default=0.0)
    return Size(label.width + _WIRE_AIR, 2 * highest + _WIRE_AIR)
