"""Give a large graph of numbers the form of arrays, in which a program of it is short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, Final, NamedTuple

import numpy as np

from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.stacked import stacked
from graphgrad.ops.given import Single

__all__ = ["ArrayForm", "Part", "array_form"]

_MOST_NODES: Final = 500_000
_MOST_FILLINGS: Final = 16
"""Sets of names of which it is remembered where their numbers go."""
_NODES_A_LEVEL: Final = 16
"""With fewer side by side on average, arrays are too short to be faster than numbers."""


class Part(NamedTuple):
    """Numbers of an array leaf: their names in its order, and their places if not all."""

    leaf: str
    names: tuple[str, ...]
    places: list[int] | None


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
        ends, index = graph.line_ends, graph.line_index
        self.base = {
            of: np.array([defaults.get(name, np.nan) for name in all_]).reshape(
                graph.columns.shape(ends[index[of]] - 1)
            )
            for of, all_ in names.items()
        }

        self._sought: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._found: Any = tuple
        self._fillings: dict[tuple[str, ...], list[tuple[str, Any, list[int] | None]]] = {}

    def holding(self, names: Iterable[str]) -> list[str]:
        """Return the array leaves in which some numbers stand."""
        return list(dict.fromkeys(self.place[name][0] for name in names))

    def parts(self, names: Iterable[str]) -> list[Part]:
        """Return where numbers stand that are put together as a vector, array leaf by array leaf.

        >>> from graphgrad.graph.builder import GraphBuilder
        >>> builder = GraphBuilder()
        >>> a = builder.leaf_line("s0", "param", None, (3,))
        >>> form = ArrayForm(builder.freeze(a), {"s0": ("x", "y", "z")}, {"y": 2.0})
        >>> form.parts(["z", "x"])
        [Part(leaf='s0', names=('x', 'z'), places=[0, 2])]
        """
        wanted = dict.fromkeys(names)
        found = []
        for of in self.holding(wanted):
            every = self.names[of]
            at = [place for place, name in enumerate(every) if name in wanted]
            whole = len(at) == len(every)
            found.append(Part(of, tuple(every[place] for place in at), None if whole else at))
        return found

    def point(self, values: Mapping[str, float]) -> dict[str, Any]:
        """Return values of all array leaves; numbers that are not named keep theirs."""
        found = {}
        for of, pick, places in self._filling(tuple(values)):
            if pick is None:
                found[of] = self.base[of]
                continue
            entries = np.array(pick(values), dtype=float)
            if places is not None:
                entries, picked = self.base[of].ravel().copy(), entries
                entries[places] = picked
            found[of] = entries.reshape(self.base[of].shape)
        return found

    def by_name(self, arrays: Mapping[str, Any], names: Iterable[str]) -> dict[str, float]:
        """Return some numbers of array leaves by their names."""
        wanted = tuple(names)
        if self._sought != (wanted, tuple(arrays)):
            every = [name for of in arrays for name in self.names[of]]
            at = {name: place for place, name in enumerate(every)}
            self._sought = (wanted, tuple(arrays))
            self._found = _picks(tuple(at[name] for name in wanted)) if wanted else tuple
        numbers = [number for array in arrays.values() for number in np.ravel(array).tolist()]
        return dict(zip(wanted, self._found(numbers), strict=True))

    def _filling(self, names: tuple[str, ...]) -> list[tuple[str, Any, list[int] | None]]:
        """Return per array leaf what picks its numbers from a point, and their places."""
        known = self._fillings.get(names)
        if known is None:
            if len(self._fillings) >= _MOST_FILLINGS:
                self._fillings.clear()
            parts = {part.leaf: part for part in self.parts(names)}
            known = self._fillings[names] = [
                (of, _picks(parts[of].names), parts[of].places) if of in parts else (of, None, None)
                for of in self.names
            ]
        return known


def _picks(keys: tuple[Any, ...]) -> Any:
    """Return what picks the values of some keys as a sequence."""
    return itemgetter(*keys) if len(keys) > 1 else lambda values: [values[keys[0]]]


def array_form(graph: Graph) -> ArrayForm | None:
    """Return a graph of numbers in the form of arrays; None where that would not be shorter.

    There is none of numbers of float32, which round after every operation.
    """
    if Single in set(map(type, graph.defaults.values())):
        return None
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
