"""Compose the scene of a trace or a graph: labels measured, laid out once, placed on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.messages import text
from graphgrad.trace.trace import Trace
from graphgrad.views.scene.contents import diagram_of
from graphgrad.views.scene.diagram import Diagram, DiagramBox
from graphgrad.views.scene.labels import SIZES, Label, Labels
from graphgrad.views.scene.layout import Layout, laid_out
from graphgrad.views.scene.layout_source import Reserved, Size, layout_source
from graphgrad.views.scene.options import SceneOptions
from graphgrad.views.scene.page import on_page
from graphgrad.views.scene.parts import scene_box, scene_edge, scene_group
from graphgrad.views.scene.placing import place_labels
from graphgrad.views.scene.scene import SHAPES, Rect, Scene, Shape
from graphgrad.views.scene.spine import Spine, spine_of
from graphgrad.views.scene.titles import with_clear_titles
from graphgrad.views.scene.typeset import typeset
from graphgrad.views.scene.wording import text_tex

__all__ = ["scene_of"]

_PADDING: dict[Shape, Size] = {
    "pill": Size(14.0, 8.0),
    "double": Size(13.0, 11.0),
    "square": Size(10.0, 7.0),
    "rounded": Size(12.0, 9.0),
    "thick": Size(13.0, 10.0),
    "stack": Size(16.0, 13.0),
    "circle": Size(10.0, 10.0),
    "bare": Size(3.0, 3.0),
}
_NARROWEST = 40.0
_MOST_RANKS_ACROSS = 6
_MOST_TRIED = 60
_WIDER = 1.4
_PAGE = Size(1920.0, 1080.0)
_PREFER_ACROSS = 1.08


class _Measured(NamedTuple):
    """The labels of a diagram, typeset."""

    boxes: Mapping[str, Label]
    edges: Mapping[str, Label]
    reserved: Reserved


class _Placed(NamedTuple):
    """A diagram laid out, with its labels in their places."""

    layout: Layout
    labels: Mapping[str, Rect]
    crowded: Sequence[str]
    direction: Literal["LR", "TB"]

    @property
    def scale(self) -> float:
        """Return how far it can grow on a slide; across is preferred a little."""
        width, height = self.layout.width, self.layout.height
        fit = min(_PAGE.width / max(width, 1.0), _PAGE.height / max(height, 1.0))
        return fit * (_PREFER_ACROSS if self.direction == "LR" else 1.0)


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
    options = options or SceneOptions()
    diagram = diagram_of(source, options)
    spine = spine_of(diagram)
    measured = _measured(diagram, options)
    placed = _best(diagram, spine, measured, options)
    return on_page(with_clear_titles(_drawn(diagram, measured, placed)))


def _measured(diagram: Diagram, options: SceneOptions) -> _Measured:
    """Typeset every label with all that it will ever show, and reserve its room."""
    labels = Labels(options)
    signs = {box.id: box.adjoint_tex for box in diagram.boxes}
    terms = _terms(diagram)
    boxes = {box.id: labels.box(box, terms.get(box.id, ())) for box in diagram.boxes}
    edges = {edge.id: labels.edge(edge, signs[edge.target]) for edge in diagram.edges}
    edges = {name: label for name, label in edges.items() if label.rows}
    size = SIZES["group"]
    titles = {g.name: typeset(text_tex(g.title), size) for g in diagram.groups}
    reserved = Reserved(
        {box.id: _outer(box, boxes[box.id]) for box in diagram.boxes},
        {name: Size(label.width, label.height) for name, label in edges.items()},
        {name: Size(ink.width, size * 1.2) for name, ink in titles.items()},
    )
    return _Measured(boxes, edges, reserved)


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


def _outer(box: DiagramBox, label: Label) -> Size:
    padding = _PADDING[SHAPES[box.role]]
    width = max(label.width + 2 * padding.width, _NARROWEST)
    return Size(width, label.height + 2 * padding.height)


def _best(diagram: Diagram, spine: Spine, measured: _Measured, options: SceneOptions) -> _Placed:
    """Return the layout in the direction asked for, or that fills a slide better."""
    if options.direction != "auto":
        return _placed(diagram, spine, measured, options.direction, options.engine)
    if spine.length <= _MOST_RANKS_ACROSS:
        return _placed(diagram, spine, measured, "LR", options.engine)
    if len(diagram.boxes) > _MOST_TRIED:
        return _placed(diagram, spine, measured, "TB", options.engine)
    across = _placed(diagram, spine, measured, "LR", options.engine)
    down = _placed(diagram, spine, measured, "TB", options.engine)
    return across if across.scale >= down.scale else down


def _placed(
    diagram: Diagram,
    spine: Spine,
    measured: _Measured,
    direction: Literal["LR", "TB"],
    engine: str | None,
) -> _Placed:
    """Lay a diagram out; with more room where labels did not find a free place."""
    best: _Placed | None = None
    for spread in (1.0, _WIDER, _WIDER**2):
        source = layout_source(diagram, spine, measured.reserved, direction, spread)
        layout = laid_out(source, engine)
        labels, crowded = place_labels(layout, measured.reserved.labels)
        placed = _Placed(layout, labels, crowded, direction)
        if best is None or len(crowded) < len(best.crowded):
            best = placed
        if not crowded or len(diagram.boxes) > _MOST_TRIED:
            break
    assert best is not None
    return best


def _drawn(diagram: Diagram, measured: _Measured, placed: _Placed) -> Scene:
    """Put texts into the places of a layout."""
    layout = placed.layout
    boxes = [scene_box(b, measured.boxes[b.id], layout.boxes[b.id]) for b in diagram.boxes]
    edges = [
        scene_edge(e, measured.edges.get(e.id), layout.curves[e.id], placed.labels.get(e.id))
        for e in diagram.edges
    ]
    groups = [
        scene_group(group, layout.frames[number])
        for number, group in enumerate(diagram.groups)
        if number in layout.frames
    ]
    blanks = [blank for _, found in (*boxes, *edges) for blank in found]
    size = text(
        f"figure.size.{placed.direction}",
        diagram.language,
        output=diagram.output,
        boxes=len(boxes),
        edges=len(edges),
    )
    return Scene(
        title=diagram.title,
        description=size,
        language=diagram.language,
        width=layout.width,
        height=layout.height,
        direction=placed.direction,
        boxes=tuple(box for box, _ in boxes),
        edges=tuple(edge for edge, _ in edges),
        groups=tuple(groups),
        blanks=tuple(replace(b, number=i + 1) for i, b in enumerate(blanks)),
        last_step=len(diagram.acts) - 1,
        acts=diagram.acts,
        captions=diagram.captions,
        engine=layout.engine,
        notes=diagram.notes,
    )
