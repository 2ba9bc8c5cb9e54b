"""Count the nodes of an unfolded graph before it is built."""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_math import EntryEmitter, EntryMath
from graphgrad.ops.entries import as_array
from graphgrad.ops.evaluate import arrays
from graphgrad.ops.row import Elementwise
from graphgrad.ops.shapes import Shape

__all__ = ["MOST_ENTRIES", "check_size", "entry_count"]

MOST_ENTRIES = 100_000
"""So many nodes an unfolded graph may have."""
_MOST_COUNTED = 1_000_000


class _TooMany(Exception):  # noqa: N818  # a signal: counting further would take too long
    """Signal that there are more nodes than are counted."""


class _Counter:
    """What nodes are emitted into to be counted."""

    def __init__(self) -> None:
        self.columns: Any = self
        self.count = 0

    def apply(self, _code: int, _parents: Any, _settings: Any) -> int:
        """Count an op."""
        self.count += 1
        if self.count > _MOST_COUNTED:
            raise _TooMany
        return 0

    def constant(self, _value: Any, _shape: Shape = (), _symbol: str = "") -> int:
        """Count a number."""
        return self.apply(0, (), None)


def check_size(graph: Graph) -> None:
    """Refuse a graph that is too large to be looked at entry by entry.

    Raises:
        LimitError: with the count, or that it is more than a million.
    """
    count = entry_count(graph)
    if count is None:
        raise LimitError("entries.too_many_to_count", got=_MOST_COUNTED, limit=MOST_ENTRIES)
    if count > MOST_ENTRIES:
        raise LimitError("entries.too_many", got=count, limit=MOST_ENTRIES)


def entry_count(graph: Graph) -> int | None:
    """Return how many nodes a graph has entry by entry; None if more than a million.

    Each op is run once per shape of its arguments, on entries that are counted and not kept.
    """
    columns = graph.columns
    total, known = 0, dict[Any, int]()
    for node in range(len(graph)):
        shape = columns.shape(node)
        total += prod(shape)
        if not graph.is_leaf(node) and not isinstance(columns.row(node), Elementwise):
            shapes = tuple(columns.shape(parent) for parent in columns.parents_of(node))
            key = (columns.codes[node], columns.settings[node], shapes)
            if max(map(prod, (*shapes, shape))) > _MOST_COUNTED:
                return None
            if key not in known:
                try:
                    known[key] = _counted(graph, node, shapes)
                except _TooMany:
                    return None
            total += known[key] - prod(shape)
        if total > _MOST_COUNTED:
            return None
    return total


def _counted(graph: Graph, node: int, shapes: tuple[Shape, ...]) -> int:
    if graph.columns.row(node).name == "matmul":  # a key waits: not by running it
        return prod(graph.columns.shape(node)) * (2 * shapes[0][-1] - 1)
    counter = _Counter()
    emitter = EntryEmitter(counter)
    m = EntryMath(emitter)
    args = tuple(
        as_array(arrays().np.full(shape, emitter.ref(0), dtype=object)) for shape in shapes
    )
    m.value(graph.columns.row(node), args, graph.columns.settings_of(node))
    return counter.count
