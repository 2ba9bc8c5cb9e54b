"""Give a large graph of numbers the form of arrays, in which a program of it is short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.stacked import stacked

__all__ = ["ArrayForm", "array_form"]

_MOST_NODES: Final = 500_000
_NODES_A_LEVEL: Final = 16
"""With fewer side by side on average, arrays are too short to be faster than numbers."""


class ArrayForm:
    """A graph of numbers as a graph of arrays, with values by the names of the numbers.

    Sums of products are added in another order: numbers agree to rounding.

    Args:
        graph: the graph of arrays.
        names: of each array leaf, the names of its numbers.
        defaults: the numbers of the leaves, by name.
    """

    def __init__(
        self, graph: Graph, names: Mapping[str, tuple[str, ...]], defaults: Mapping[str, float]
    ) -> None:
        self.graph = graph
        self.names = names
        self.place = {n: (of, at) for of, all_ in names.items() for at, n in enumerate(all_)}
        self.base = {
            of: np.array([defaults.get(name, np.nan) for name in all_])
            for of, all_ in names.items()
        }

    def holding(self, names: Iterable[str]) -> list[str]:
        """Return the array leaves in which some numbers stand."""
        return list(dict.fromkeys(self.place[name][0] for name in names))

    def point(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values of all array leaves; numbers that are not named keep theirs."""
        arrays = {of: base.copy() for of, base in self.base.items()}
        for name, value in values.items():
            of, at = self.place[name]
            arrays[of][at] = value
        columns, index = self.graph.columns, self.graph.line_index
        ends = self.graph.line_ends
        return {
            of: array.reshape(columns.shape(ends[index[of]] - 1)) for of, array in arrays.items()
        }

    def by_name(self, arrays: Mapping[str, Any], names: Iterable[str]) -> dict[str, float]:
        """Return some numbers of array leaves by their names."""
        lists = {of: np.ravel(array).tolist() for of, array in arrays.items()}
        places = ((name, self.place[name]) for name in names)
        return {name: lists[of][at] for name, (of, at) in places}


def array_form(graph: Graph) -> ArrayForm | None:
    """Return a graph of numbers in the form of arrays; None where that would not be shorter."""
    if len(graph) > _MOST_NODES or _height(graph) * _NODES_A_LEVEL > len(graph):
        return None
    found = stacked(graph)
    if found is None:
        return None
    names = {graph.name(node): float(value) for node, value in graph.defaults.items()}
    return ArrayForm(found.graph, found.names, names)


def _height(graph: Graph) -> int:
    """Return how many operations stand one above another at the most, sums counted once."""
    columns = graph.columns
    heights = [0] * len(graph)
    for node in range(len(graph)):
        parents = columns.parents_of(node)
        if parents:
            chain = columns.codes[node] == columns.codes[parents[0]]
            below = max(heights[parent] for parent in parents[1:]) if parents[1:] else -1
            heights[node] = max(heights[parents[0]] + (not chain), below + 1)
    return max(heights, default=0)
