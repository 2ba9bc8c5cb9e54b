"""Tell what a closed group is: ``dense 2→16, W 16×2, b 16``."""

from __future__ import annotations

import re

from graphgrad.graph.depth import ClosedGroup
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts
from graphgrad.ops.shapes import Shape

__all__ = ["group_summary"]

_ENTRY = re.compile(r"(.+)\[(\d+(?:,\d+)*)\]")
_MOST = 6


def group_summary(graph: Graph, group: ClosedGroup) -> str:
    r"""Return the kind of a group, what enters and leaves, and its parameters with their shapes.

    >>> from graphgrad.graph.depth import closed_groups
    >>> from graphgrad.source.gg import read_gg
    >>> text = "input x: 2\nparam W: 16x2\nparam b: 16\n[h]\nz = W@x + b\na = tanh(z)"
    >>> graph = read_gg(text)
    >>> group_summary(graph, closed_groups(graph, ["h"])[0])
    '2→16, W 16×2, b 16'
    """
    kind = group.block.kind if group.block is not None else ""
    passed = ""
    if group.reads and group.outputs:
        ends = (_size(graph, _first_input(graph, group)), _size(graph, group.outputs))
        passed = "→".join(end or "1" for end in ends) if ends != ("", "") else ""
    first = " ".join(word for word in (kind, passed) if word)
    shapes = _shapes(graph, group)
    told = [f"{name} {_written(shape)}".rstrip() for name, shape in shapes[:_MOST]]
    if len(shapes) > _MOST:
        told.append("…")
    return ", ".join([*([first] if first else []), *told])


def _first_input(graph: Graph, group: ClosedGroup) -> tuple[int, ...]:
    """Return the node that a call is applied to first, or all entries of that array."""
    names = group.block.inputs if group.block is not None else ()
    first = names[0] if names else graph.name(group.reads[0])
    entry = _ENTRY.fullmatch(first)
    node = graph.find(first)
    if entry is None or node is None or graph.columns.shape(node):
        return group.reads if node is None else (node,)
    reads = names or [graph.name(read) for read in group.reads]
    alike = [name for name in reads if name.startswith(f"{entry[1]}[")]
    return tuple(n for n in map(graph.find, alike) if n is not None) or group.reads


def _size(graph: Graph, nodes: tuple[int, ...]) -> str:
    """Return the shape of the first of some nodes; of several numbers, how many there are."""
    shape = graph.columns.shape(nodes[0])
    return _written(shape) if shape or len(nodes) == 1 else str(len(nodes))


def _written(shape: Shape) -> str:
    return "×".join(map(str, shape))


def _shapes(graph: Graph, group: ClosedGroup) -> list[tuple[str, Shape]]:
    """Return the parameters by their last name; the entries of an array count as the array."""
    found: dict[str, Shape] = {}
    for node in group.parameters:
        name, shape = graph.name(node), graph.columns.shape(node)
        entry = _ENTRY.fullmatch(name)
        if entry is not None and not shape:
            name = entry[1]
            place = tuple(map(int, entry[2].split(",")))
            before = found.get(name, place)
            shape = tuple(map(max, place, before)) if len(place) == len(before) else place
        found[name] = shape
    return [(group_parts(name)[-1], shape) for name, shape in found.items()]
