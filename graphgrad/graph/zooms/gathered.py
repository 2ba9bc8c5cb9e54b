"""Gather the entries of a scalar graph into arrays again: ``W[1,1]``, ``W[1,2]`` become W."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import Any, NamedTuple

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_node
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import read_from_outside
from graphgrad.graph.zooms.entry_names import entry_name, places_of
from graphgrad.ops.evaluate import arrays
from graphgrad.ops.shapes import Shape

__all__ = ["gathered", "gathered_point"]

_ENTRY = re.compile(r"(.+)\[(\d+(?:,\d+)*)\]")


class Family(NamedTuple):
    """Lines that are all entries of one array.

    Attributes:
        name: of the array.
        shape: its lengths.
        lines: the positions of the lines, by place.
    """

    name: str
    shape: Shape
    lines: dict[Shape, int]


def gathered(graph: Graph) -> Graph:
    """Return a graph in which lines that are all entries of an array are one line.

    Entries that are needed before the last of them is known stay as they are, as in a recurrence.
    The graph is the same if there are no others.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> a, b = builder.leaf_line("w[1]", "param", 2.0), builder.leaf_line("w[2]", "param", 3.0)
    >>> y = builder.apply("mul", (a, b))
    >>> builder.end_line("y")
    >>> gathered(builder.freeze(output=y)).line_names
    ['w', 'y']
    """
    families = [family for family in _families(graph).values() if _fits(graph, family)]
    return _Gathering(graph, families).graph() if families else graph


def gathered_point(graph: Graph, point: Mapping[str, Any]) -> dict[str, Any]:
    """Return a point of a scalar graph by the names of its gathered graph."""
    found = dict(point)
    for family in _families(graph).values():
        names = {place: entry_name(family.name, place) for place in family.lines}
        if not any(name in point for name in names.values()) or not _fits(graph, family):
            continue
        values = {
            place: found.pop(name, graph.defaults.get(graph.line(family.lines[place]).root))
            for place, name in names.items()
        }
        found[family.name] = _array(family.shape, values)
    return found


def _families(graph: Graph) -> dict[str, Family]:
    found: dict[str, dict[Shape, int]] = {}
    for index, name in enumerate(graph.line_names):
        match = _ENTRY.fullmatch(name)
        if match is not None:
            place = tuple(int(number) - 1 for number in match[2].split(","))
            found.setdefault(match[1], {})[place] = index
    return {
        name: Family(name, tuple(n + 1 for n in max(lines)), lines)
        for name, lines in found.items()
        if len({len(place) for place in lines}) == 1
    }


def _fits(graph: Graph, family: Family) -> bool:
    """Tell whether lines are a whole array that nothing needs before it is complete."""
    if len(family.lines) != prod(family.shape) or min(map(min, family.lines)) < 0:
        return False
    if any(place not in family.lines for place in places_of(family.shape)):
        return False
    whole = graph.line_index.get(family.name)
    if whole is not None and not _puts_together(graph, family, graph.line(whole)):
        return False
    roots = {graph.line(index).root for index in family.lines.values()}
    if any(graph.columns.shape(root) for root in roots):
        return False
    codes = {graph.columns.codes[root] for root in roots if graph.is_leaf(root)}
    if codes:
        return len(codes) == 1 and all(map(graph.is_leaf, roots))
    between = range(min(family.lines.values()), max(family.lines.values()) + 1)
    return not any(roots & set(read_from_outside(graph, graph.line(index))) for index in between)


def _puts_together(graph: Graph, family: Family, line: Line) -> bool:
    """Tell whether a line is nothing but the array of the entries."""
    names = [graph.columns.row(node).name for node in line.nodes]
    parents = list(graph.columns.parents_of(line.nodes.start))
    roots = [graph.line(family.lines[place]).root for place in places_of(family.shape)]
    return names in (["stack"], ["stack", "reshape"]) and parents == roots


class _Gathering:
    """Build the graph of arrays line by line."""

    def __init__(self, graph: Graph, families: list[Family]) -> None:
        self.whole = graph
        self.builder = GraphBuilder()
        self.renumbered: dict[int, int] = {}
        self.entry: dict[int, tuple[int, Shape]] = {}
        self.family = {index: family for family in families for index in family.lines.values()}
        self.names = {family.name: family for family in families}

    def graph(self) -> Graph:
        """Return the graph of all lines."""
        whole = self.whole
        for line in whole.lines():
            if line.name in self.names:
                first = whole.line(next(iter(self.names[line.name].lines.values()))).root
                self.renumbered[line.root] = self.entry[first][0]
            elif line.index not in self.family:
                self._line(line)
                self.builder.end_line(line.name, label=line.label, group=line.group)
            elif line.index == max(self.family[line.index].lines.values()):
                self._array(self.family[line.index], line.group)
        heading = replace(whole.heading, places=type(whole.heading.places)("I"), blocks=())
        output = self._node_of(whole.output, {})
        if whole.output in self.entry:
            self.builder.end_line(whole.name(whole.output))
        return self.builder.freeze(output, loss=whole.has_loss, heading=heading)

    def _line(self, line: Line) -> int:
        picked: dict[int, int] = {}
        columns = self.whole.columns
        for node in line.nodes:
            parents = [self._node_of(parent, picked) for parent in columns.parents_of(node)]
            local = dict(zip(columns.parents_of(node), parents, strict=True))
            self.renumbered[node] = copy_node(self.whole, self.builder, node, local)
        return self.renumbered[line.root]

    def _node_of(self, node: int, picked: dict[int, int]) -> int:
        """Return a node; an entry of an array is picked once per line."""
        if node not in self.entry:
            return self.renumbered[node]
        if node not in picked:
            whole, place = self.entry[node]
            picked[node] = self.builder.apply("index", (whole,), key=place)
        return picked[node]

    def _array(self, family: Family, group: str) -> None:
        whole, builder = self.whole, self.builder
        lines = [whole.line(family.lines[place]) for place in places_of(family.shape)]
        if whole.is_leaf(lines[0].root):
            given = {p: whole.defaults.get(whole.line(at).root) for p, at in family.lines.items()}
            code = whole.columns.codes[lines[0].root]
            node = builder.columns.leaf(code, family.shape)
            value = _array(family.shape, given)
            if value is not None:
                builder.defaults[node] = value
        else:
            node = builder.apply("stack", [self._line(line) for line in lines], axis=0)
            if len(family.shape) > 1:
                node = builder.apply("reshape", (node,), shape=family.shape)
        builder.end_line(family.name, group=group)
        for place, index in family.lines.items():
            self.entry[whole.line(index).root] = node, place


def _array(shape: Shape, values: Mapping[Shape, Any]) -> Any:
    """Return the array of values by place; None if one is missing."""
    if any(value is None for value in values.values()):
        return None
    result = arrays().np.empty(shape, dtype=object)
    for place, value in values.items():
        result[place] = value
    exact = all(not isinstance(value, float) for value in values.values())
    return result if exact else result.astype(float)
