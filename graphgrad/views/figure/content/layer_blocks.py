"""Draw layers as papers do: the tensor each makes, with what made it, its shape and parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import prod

from graphgrad.graph.blocks import Block
from graphgrad.graph.depth import ClosedGroup, closed_at
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.names import name_latex
from graphgrad.views.figure.content.depth_folds import exceptions_in
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox, titled
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.text.box_content import activation_word, activations_of, layer_noun
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
    calls = {name: block for block in graph.heading.blocks for name in block.outputs}
    named = (titled(diagram, box) for box in diagram.boxes)
    boxes = [_drawn(box, graph, groups, calls, diagram.language) for box in named]
    titles = Counter(box.name for box in boxes if box.drawn)
    drawn = (_by_its_call(box) if titles[box.name] == 1 else box for box in boxes)
    return diagram._replace(boxes=tuple(drawn))


def _by_its_call(box: DiagramBox) -> DiagramBox:
    """Return the tensor of a call inside a group titled by the call alone: the frame says it."""
    called = box.role == "folded" and box.drawn and box.group
    return box._replace(label=name_latex(box.name)) if called else box


def _drawn(
    box: DiagramBox,
    graph: Graph,
    groups: Mapping[int, ClosedGroup],
    calls: Mapping[str, Block],
    language: str,
) -> DiagramBox:
    """Return a box as a tensor, if it is what a layer makes or an array that is given."""
    shown = box.frontier[-1].node if box.frontier else box.node
    shape = graph.columns.shape(shown)
    last = box.inside[-1] if box.inside else box
    group = groups.get(graph.line_of(last.node)) if box.role == "folded" else None
    if group is not None and not any(map(graph.columns.shape, group.outputs)):
        units = len(group.outputs)  # a layer written number by number has one unit each
        shape = (units,) if units > 1 else ()
    told, count = [shape_words(shape) or "1"], 0
    if group is not None and group.lines == group.leaves:
        told = []  # weights that several calls share: no tensor comes out of them
    if group is not None:
        told_as = [activation_word(name, language) for name in activations_of(graph, group)]
        words = dict.fromkeys((_kind(group.block, language), *told_as))
        made_by = ", ".join(filter(None, words))
        count = sum(prod(graph.columns.shape(node)) for node in group.parameters)
        told += [text("figure.parameters", language, count=count)] if count else []
    elif box.role == "computation" and shape and box.name in calls:
        made_by = _kind(calls[box.name], language)  # the last line of a call inside of another one
    elif box.role == "input" and shape:
        made_by = ""
    else:
        return box
    solid, below = shape[-_MOST_AXES:], ", ".join(told)
    drawn = box._replace(drawn="tensor", solid=solid, below=below, parameters=count)
    return drawn._replace(formula="", summary=made_by)


def _kind(block: Block | None, language: str) -> str:
    """Return the layer that was called, of a convolution with the size of its kernel."""
    if block is None:
        return ""
    noun, size = layer_noun(block.kind, language), dict(block.settings).get("size")
    if not block.kind.startswith("conv") or size is None:
        return noun
    sides = size if isinstance(size, tuple) else (size,)
    wanted = 2 if block.kind.endswith("2d") else 1
    return f"{noun} {shape_words(sides if len(sides) == wanted else sides * wanted)}"
