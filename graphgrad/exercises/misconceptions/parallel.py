"""Tell which nodes of a graph stand at corresponding places: the neurons of one layer, say.

Nodes are coloured by operation, role and shape; then each colour is refined by the colours of what
a node is computed from and of what uses it, until nothing changes (Weisfeiler and Leman, 1968).
Nodes of one colour are parallel. Sums and products do not tell the order of their terms.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cached_property

from graphgrad.graph.graph import Graph

__all__ = ["Parallel"]

_UNORDERED = ("add", "mul", "maximum", "minimum")
_CHAINED = ("add", "mul")


class Parallel:
    """The parallel places of one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def places(self, line: str, op: str = "") -> frozenset[int]:
        """Return the colours of an operation in a line; of the line itself if none is named."""
        graph = self.graph
        index = graph.line_index.get(line)
        if index is None:
            return frozenset()
        own = graph.line(index)
        nodes = [n for n in own.nodes if graph.columns.row(n).name == op] if op else [own.root]
        return frozenset(self.colours[node] for node in nodes)

    @cached_property
    def colours(self) -> list[int]:
        """Return a number per node, the same for parallel nodes."""
        edges = self._edges()
        colours = _numbered(self._seen(node) for node in range(len(self.graph)))
        while True:
            around: list[list[Hashable]] = [[] for _ in colours]
            for source, target, slot in edges:
                around[target].append((0, slot, colours[source]))
                around[source].append((1, slot, colours[target]))
            refined = _numbered(
                (colour, tuple(sorted(near, key=repr)))
                for colour, near in zip(colours, around, strict=True)
            )
            if max(refined, default=0) == max(colours, default=0):
                return [refined[self._chain(node)] for node in range(len(refined))]
            colours = refined

    def _seen(self, node: int) -> Hashable:
        graph, columns = self.graph, self.graph.columns
        name = columns.row(node).name
        if graph.is_leaf(node):
            return name, graph.role(node), columns.shape(node)
        settings = sorted(columns.settings_of(node).items())
        return name, node == graph.output, columns.shape(node), repr(settings)

    def _edges(self) -> list[tuple[int, int, int]]:
        """Return the edges with a + b + c as one sum of three; unordered slots are all 0."""
        found = []
        for source, target, slot in self.graph.edges():
            if self._chain(source) != source:
                continue
            ordered = self.graph.columns.row(target).name not in _UNORDERED
            found.append((source, self._chain(target), slot if ordered else 0))
        return found

    def _chain(self, node: int) -> int:
        """Return the last node of the sum or product of several that a node is part of."""
        return self._last[node]

    @cached_property
    def _last(self) -> list[int]:
        graph, columns = self.graph, self.graph.columns
        users: list[list[int]] = [[] for _ in range(len(graph))]
        for edge in graph.edges():
            users[edge.source].append(edge.target)
        last = list(range(len(graph)))
        for node in reversed(range(len(graph))):
            name, over = columns.row(node).name, users[node]
            if name in _CHAINED and len(over) == 1 and columns.row(over[0]).name == name:
                last[node] = last[over[0]]
        return last


def _numbered(keys: Iterable[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
