"""Finish a diagram of neurons: what is named, what each step acts on, what concerns a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import near
from graphgrad.views.figure.content.diagram import (
    Diagram,
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
)
from graphgrad.views.figure.content.spine import ranks_of

__all__ = ["acts_in", "between", "by_layer", "few_told", "titled"]

_MOST_TOLD = 16
"""So many weights have their numbers beside their lines."""
_NUMBER = re.compile(r"(?:_|(?<!\d))\d++$")
_MOST_ROOMY = 8
"""So many neurons of a layer have room for their numbers."""


def few_told(edges: Sequence[DiagramEdge]) -> list[DiagramEdge]:
    """Return edges whose labels are left off where there are too many weights to read."""
    told = sum(bool(edge.partial) for edge in edges)
    if told <= _MOST_TOLD:
        return list(_marked(edges))
    return list(_silent(edges))


def _silent(edges: Sequence[DiagramEdge]) -> Iterator[DiagramEdge]:
    """Yield edges without labels; biases, where they are few, keep their numbers for the list."""
    biases = Counter(edge.weight.name for edge in edges if edge.weight and edge.weight.bias)
    few = len(biases) <= _MOST_TOLD
    for edge in edges:
        weight = edge.weight
        if weight is not None:
            kept = weight.bias if few else ""
            weight = weight._replace(bias=kept, alone=biases[weight.name] <= 1)
        yield edge._replace(partial="", number=None, weight=weight)


def _marked(edges: Sequence[DiagramEdge]) -> Iterator[DiagramEdge]:
    """Yield edges whose weights know whether other edges stand for them, or cross theirs."""
    weighed = [edge for edge in edges if edge.partial and edge.weight is not None]
    uses = Counter(edge.weight.name for edge in weighed if edge.weight is not None)
    biases = Counter(edge.weight.name for edge in edges if edge.weight and edge.weight.bias)
    leaving = Counter(edge.source for edge in weighed)
    arriving = Counter(edge.target for edge in weighed)
    for edge in edges:
        if edge.weight is None or not edge.partial:
            alone = edge.weight and edge.weight._replace(alone=biases[edge.weight.name] == 1)
            yield edge._replace(weight=alone)
            continue
        crossed = leaving[edge.source] > 1 and arriving[edge.target] > 1
        weight = edge.weight._replace(alone=uses[edge.weight.name] == 1, crossed=crossed)
        yield edge._replace(weight=weight)


def titled(diagram: Diagram) -> Diagram:
    """Return a diagram with groups named as layers, where these have many neurons to name."""
    layers = _layers(diagram)
    if max(Counter(layers.values()).values(), default=0) <= _MOST_ROOMY:
        return diagram._replace(boxes=tuple(box._replace(group="") for box in diagram.boxes))
    return _in_groups(diagram, layers)


def by_layer(diagram: Diagram) -> Diagram:
    """Return a diagram whose neurons are named by the layer they are in, as where they are many."""
    return diagram if diagram.groups else _in_groups(diagram, _layers(diagram))


def _in_groups(diagram: Diagram, layers: Mapping[str, _Layer]) -> Diagram:
    """Return a diagram whose layers of several neurons are groups."""
    counts = Counter(layers.values())
    names = {layer: f"{layer.name}@{layer.rank}" for layer, count in counts.items() if count > 1}
    own = {box: names[layer] for box, layer in layers.items() if layer in names}
    boxes = (b._replace(group=own.get(b.id, own.get(b.beside, ""))) for b in diagram.boxes)
    groups = (DiagramGroup(name, layer.name, "") for layer, name in names.items())
    return diagram._replace(boxes=tuple(boxes), groups=tuple(groups))


class _Layer(NamedTuple):
    """Neurons of one name that are equally far from the inputs."""

    name: str
    rank: int


def _layers(diagram: Diagram) -> dict[str, _Layer]:
    """Return the layer of each neuron; what is given stands just before what first reads it."""
    rank, read = ranks_of(diagram), dict[str, int]()
    for edge in diagram.edges:
        read[edge.source] = min(read.get(edge.source, rank[edge.target]), rank[edge.target])
    return {
        box.id: _Layer(_layer_of(box), rank[box.id] or read.get(box.id, 0) - 1)
        for box in diagram.boxes
        if box.drawn in ("unit", "dots")
    }


def _layer_of(box: DiagramBox) -> str:
    """Return what names the layer of a neuron: its array, its group, or its name without number."""
    if "_" in box.id:  # a unit of an array, which may be that of a step, as in h[2][1]
        array, _, inside = box.name.rpartition("[")
        before, several, _ = inside.rpartition(",")
        return f"{array}[{before}]" if several else array or box.name
    array, is_entry, _ = box.name.partition("[")
    return array if is_entry else box.group or _NUMBER.sub("", array) or array


def acts_in(diagram: Diagram, last: int) -> tuple[tuple[str, ...], ...]:
    """Return per step from 0 the ids of the circles, boxes and edges that it acts on."""
    acts: list[list[str]] = [[] for _ in range(last + 1)]
    for box in diagram.boxes:
        for step in {box.value_step, box.adjoint_step} - {0}:
            acts[step].append(box.id)
    for edge in diagram.edges:
        for step in {edge.forward_step, edge.backward_step} - {0}:
            acts[step].append(edge.id)
    return tuple(map(tuple, acts))


def between(diagram: Diagram, names: Iterable[str]) -> Diagram:
    """Return what lies between some neurons, layers or weights and the output.

    Args:
        diagram: of neurons.
        names: of neurons or lines; of a weight or a bias, the neurons that it leads to are meant.

    Raises:
        UsageError: if nothing has a name.
    """
    starts: set[str] = set()
    for name in names:
        found = {box.id for box in diagram.boxes if _is_called(box.name, name)}
        weighed = (edge for edge in diagram.edges if edge.weight is not None)
        found |= {e.target for e in weighed if e.weight and _is_called(e.weight.name, name)}
        if not found:
            known = list(dict.fromkeys(box.name.partition("[")[0] for box in diagram.boxes))
            raise UsageError(
                "name.unknown", name=name, near=near(name, known), known=", ".join(known)
            )
        starts |= found
    after = set(starts)
    waiting = list(starts)
    leading: dict[str, list[str]] = {}
    for edge in diagram.edges:
        leading.setdefault(edge.source, []).append(edge.target)
    while waiting:
        for target in leading.get(waiting.pop(), ()):
            if target not in after:
                after.add(target)
                waiting.append(target)
    kept = after | {edge.source for edge in diagram.edges if edge.target in after}
    boxes = tuple(box for box in diagram.boxes if box.id in kept)
    edges = tuple(e for e in diagram.edges if e.source in kept and e.target in after)
    used = {box.group for box in boxes}
    groups = tuple(group for group in diagram.groups if group.name in used)
    shown = kept | {edge.id for edge in edges}
    acts = tuple(tuple(part for part in act if part in shown) for act in diagram.acts)
    return diagram._replace(boxes=boxes, edges=edges, groups=groups, acts=acts)


def _is_called(name: str, wanted: str) -> bool:
    return name == wanted or name.partition("[")[0] == wanted
