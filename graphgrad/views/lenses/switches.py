"""Switch a graph: another activation, no shortcuts, another draw of its parameters.

Each switch returns a new graph; the given one stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_node
from graphgrad.graph.graph import Graph
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import find_layer

__all__ = ["another_draw", "redrawn", "shortcuts", "with_activation", "without_shortcuts"]

_DRAW = re.compile(r"\b(draw\s*=\s*)(\d+)")
_APART = 1000

Change = Callable[[GraphBuilder, int, list[int]], int | None]


def with_activation(graph: Graph, old: str, new: str) -> Graph:
    r"""Return the graph with one function in place of another, wherever it stands.

    >>> from graphgrad.source.gg import read_gg
    >>> swapped = with_activation(read_gg("input x = 1\ny = sigmoid(x)"), "sigmoid", "tanh")
    >>> swapped.node(swapped.output).row.name
    'tanh'
    """
    if old == new:
        return graph

    def change(builder: GraphBuilder, node: int, parents: list[int]) -> int | None:
        return builder.apply(new, parents) if graph.columns.row(node).name == old else None

    return _changed(graph, change)


def shortcuts(graph: Graph) -> dict[int, int]:
    r"""Return the sums that add a value to something computed from it, with the slot to drop.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("input s = 1\nparam w = 2\ny = tanh(w*s) + s")
    >>> [graph.name(node) for node in shortcuts(graph)]
    ['y']
    """
    columns, found = graph.columns, {}
    for node in range(len(graph)):
        parents = columns.parents_of(node)
        if columns.row(node).name != "add" or len(set(parents)) != 2:
            continue
        for slot in range(2):
            early, late = parents[slot], parents[1 - slot]
            plain = graph.role(early) not in ("parameter", "constant")
            if plain and early < late and _depends(graph, late, early):
                found[node] = slot
    return found


def without_shortcuts(graph: Graph) -> Graph:
    """Return the graph with f(s) in place of every f(s) + s.

    Raises:
        UsageError: if it has no such sum.
    """
    dropped = shortcuts(graph)
    if not dropped:
        raise UsageError("sweep.no_shortcut")

    def change(builder: GraphBuilder, node: int, parents: list[int]) -> int | None:
        if node not in dropped:
            return None
        return builder.apply("identity", (parents[1 - dropped[node]],))

    return _changed(graph, change)


def another_draw(text: str, draw: int) -> str:
    """Return the text of a file with other draws: the same ones apart as before.

    >>> another_draw("param W: 2x2 = normal(draw=1)", 3)
    'param W: 2x2 = normal(draw=3)'
    >>> another_draw("normal(draw=1) normal(draw=2)", 3)
    'normal(draw=2001) normal(draw=2002)'
    """
    written = {int(number) for _, number in _DRAW.findall(text)}
    if len(written) <= 1:
        return _DRAW.sub(lambda found: f"{found[1]}{draw}", text)
    shift = _APART * (draw - 1)
    return _DRAW.sub(lambda found: f"{found[1]}{int(found[2]) + shift}", text)


def redrawn(graph: Graph, draw: int) -> dict[str, Any]:
    """Return other initial values of the parameters of layers whose calls say no draw."""
    point: dict[str, Any] = {}
    for block in graph.heading.blocks:
        row = find_layer(block.kind)
        settings = dict(block.settings)
        if row is None or settings.get("draw", 1) != 1 or not block.parameters:
            continue
        owner = block.parameters[0].rpartition(".")[0]
        shapes = tuple(_shape(graph, name) for name in block.inputs)
        for parameter in row.parameters(shapes, **settings):
            name = f"{owner}.{parameter.name}"
            if name in block.parameters:
                point[name] = drawn(parameter, owner, draw)
    return point


def _shape(graph: Graph, name: str) -> tuple[int, ...]:
    node = graph.find(name)
    return () if node is None else graph.columns.shape(node)


def _depends(graph: Graph, late: int, early: int) -> bool:
    """Tell whether a node is computed from an earlier one."""
    seen, waiting = set(), [late]
    while waiting:
        node = waiting.pop()
        if node == early:
            return True
        if node > early and node not in seen:
            seen.add(node)
            waiting.extend(graph.columns.parents_of(node))
    return False


def _changed(graph: Graph, change: Change) -> Graph:
    """Return a copy in which some nodes are others; a change of None copies the node."""
    builder, numbers = GraphBuilder(), dict[int, int]()
    for line in graph.lines():
        for node in line.nodes:
            parents = [numbers[parent] for parent in graph.columns.parents_of(node)]
            made = change(builder, node, parents) if parents else None
            if made is None:
                copy_node(graph, builder, node, numbers)
            else:
                numbers[node] = made
        builder.end_line(line.name, label=line.label, group=line.group)
    output = numbers[graph.output]
    return builder.freeze(output, loss=graph.has_loss, heading=graph.heading)
