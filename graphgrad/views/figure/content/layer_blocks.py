"""Draw layers as papers do: the tensor each makes, with what made it, its shape and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import prod

from graphgrad.graph.depth import ClosedGroup, closed_at
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.views.figure.content.depth_folds import exceptions_in
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.text.box_content import activation_of
from graphgrad.views.text.name_ranges import shape_words

__all__ = ["with_tensors"]

_MOST_AXES = 3


def with_tensors(diagram: Diagram, graph: Graph, options: SceneOptions) -> Diagram:
    """Return a diagram whose layers, and the arrays given to them, are drawn as tensors.

    Args:
        diagram: with the groups of a depth closed.
        graph: what is drawn.
        options: with that depth.
    """
    depth = options.detail or "layer"
    closed = closed_at(graph, depth, exceptions_in(options))
    groups = {index: group for group in closed for index in group.lines}
    boxes = tuple(_drawn(box, graph, groups, diagram.language) for box in diagram.boxes)
    return replace(diagram, boxes=boxes, groups=diagram.groups)


def _drawn(
    box: DiagramBox, graph: Graph, groups: Mapping[int, ClosedGroup], language: str
) -> DiagramBox:
    shown = box.frontier[-1].node if box.frontier else box.node
    shape = graph.columns.shape(shown)
    if box.role == "input" and shape:
        return replace(box, drawn="tensor", solid=shape[-_MOST_AXES:], below=shape_words(shape))
    last = box.inside[-1] if box.inside else box
    group = groups.get(graph.line_of(last.node))
    if box.role != "folded" or group is None:
        return box
    count = sum(prod(graph.columns.shape(node)) for node in group.parameters)
    told = [shape_words(shape) or "1"]
    told += [text("figure.parameters", language, count=count)] if count else []
    return replace(
        box,
        drawn="tensor",
        solid=shape[-_MOST_AXES:],
        formula="",
        summary=_made_by(graph, group),
        below=", ".join(told),
    )


def _made_by(graph: Graph, group: ClosedGroup) -> str:
    """Return what made a tensor: the layer and its activation, or the definition called."""
    block = group.block
    kind = block.kind if block is not None else ""
    size = dict(block.settings).get("size") if block is not None else None
    if isinstance(size, int):
        kind = f"{kind} {size}×{size}" if kind.endswith("2d") else f"{kind} {size}"
    activation = activation_of(graph, group)
    return ", ".join(word for word in (kind, activation) if word)
