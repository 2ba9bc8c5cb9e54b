"""Advise on a loss: whether it fits the output it is given, and whether both are in their places.

Source: Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.graph.blocks import Block
from graphgrad.graph.graph import Graph
from graphgrad.layers.registry import find_layer
from graphgrad.messages.catalogue import Worded
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.starts import PASSED_ON

__all__ = ["loss_output", "swapped_loss"]

Found = Iterator[tuple[int, dict[str, Any]]]


def loss_output(graph: Graph, layers: list[Stage]) -> Found:
    """Find losses that do not go with what they are applied to."""
    told = set()
    for block in graph.heading.blocks:
        row = find_layer(block.kind)
        node = graph.find(block.inputs[0]) if block.inputs else None
        if row is None or row.kind != "loss" or not row.fits or node is None:
            continue
        if _swapped(graph, block):
            told.add(block.group)
            continue
        made = _made_by(graph, node)
        told.add(block.group)
        pair = {"identity": "linear"}
        probability = made in ("sigmoid", "softmax")
        if made not in row.fits and (probability or row.fits[0] in ("sigmoid", "softmax")):
            wanted = ", ".join(pair.get(name, name) for name in row.fits)
            output = graph.find(block.outputs[0]) or node
            fields = {"loss": row.name, "name": block.inputs[0], "wanted": wanted}
            yield output, fields | {"made": _told(made)}
    if not told:
        yield from _written_losses(graph, layers)


def _written_losses(graph: Graph, layers: list[Stage]) -> Found:
    """Find logarithms of an output that is no probability, in a loss that is typed out."""
    columns = graph.columns
    logs = [
        (node, columns.parents_of(node)[0])
        for stage in layers
        if stage.loss
        for node in stage.nodes
        if columns.row(node).name == "log"
    ]
    both = [arg for _, arg in logs if columns.row(arg).name == "sub"]
    for node, arg in logs:
        if columns.row(arg).name == "sub" or graph.role(arg) in ("input", "constant"):
            continue
        binary = any(arg in columns.parents_of(other) for other in both)
        made = _made_by(graph, arg)
        wanted = "sigmoid" if binary else "softmax"
        if made not in ("sigmoid", "softmax") or (binary and made != "sigmoid"):
            loss = "bce" if binary else "cross_entropy"
            fields: dict[str, Any] = {"loss": loss, "name": graph.name(arg), "wanted": wanted}
            yield node, fields | {"made": _told(made)}
            return


def swapped_loss(graph: Graph, _layers: list[Stage]) -> Found:
    """Find losses whose target depends on parameters and whose output on none."""
    for block in graph.heading.blocks:
        if _swapped(graph, block):
            target, name = block.inputs[:2]
            node = graph.find(block.outputs[0]) or graph.output
            yield node, {"loss": block.kind, "target": target, "name": name}


def _swapped(graph: Graph, block: Block) -> bool:
    row = find_layer(block.kind)
    if row is None or row.kind != "loss" or not row.target or len(block.inputs) < 2:
        return False
    places = [graph.find(name) for name in block.inputs[:2]]
    learned = [place is not None and _has_parameter(graph, place) for place in places]
    return learned == [False, True]


def _has_parameter(graph: Graph, node: int) -> bool:
    """Tell whether a parameter has an influence on a node."""
    ahead, seen = [node], {node}
    while ahead:
        one = ahead.pop()
        if graph.role(one) == "parameter":
            return True
        new = set(graph.columns.parents_of(one)) - seen
        seen |= new
        ahead += new
    return False


def _made_by(graph: Graph, node: int) -> str:
    """Return the op that makes a value, behind mere moves of entries; empty for a leaf or a sum."""
    columns = graph.columns
    while columns.row(node).name in PASSED_ON and len(columns.parents_of(node)):
        node = columns.parents_of(node)[0]
    name = columns.row(node).name
    if graph.is_leaf(node):
        return ""
    return "identity" if name in ("add", "sub", "matmul", "mul", "dot") else name


def _told(made: str) -> str | Worded:
    """Return what makes an output in words, where no op of a name does."""
    plain = {"": "lint.nothing", "identity": "lint.linear"}
    return Worded(plain[made]) if made in plain else made
