"""Compute the loss of a graph of numbers over rows with matrices: copies of it, stacked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from graphgrad.compile.sound_pass import SoundPass
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.repeated import repeated, row_name
from graphgrad.graph.zooms.stacked import stacked
from graphgrad.layers.training.objective import Found, Objective, guards_of

__all__ = ["StackedRows"]


class _Leaf(NamedTuple):
    """An array leaf: which of its entries come from the parameters, and which from the table.

    Attributes:
        node: the leaf.
        base: its value; entries named below are written over.
        entries: of the parameters, each with its place in the vector.
        places: those places.
        cells: entries of the table, each with its row and its column.
        rows: those rows, counted from 0 among the rows that are asked for.
        columns: those columns.
    """

    node: int
    base: Any
    entries: Any
    places: Any
    cells: Any
    rows: Any
    columns: Any

    def filled(self, vector: Any, data: Any) -> Any:
        """Return the leaf's value."""
        shape = self.base.shape
        if len(self.places) == self.base.size:
            return vector[self.places].reshape(shape)
        if len(self.rows) == self.base.size:
            return data[self.rows, self.columns].reshape(shape)
        value = self.base.ravel()
        value[self.entries] = vector[self.places]
        value[self.cells] = data[self.rows, self.columns]
        return value.reshape(shape)


class StackedRows:
    """Loss and gradient of a graph of numbers over so many rows of its table.

    Args:
        objective: the loss a row at a time.
        count: how many rows.
        numbers: the columns of the table that are inputs, as a matrix of rows.
        names: the names of those columns.
    """

    def __init__(
        self, objective: Objective, count: int, numbers: Any, names: Sequence[str]
    ) -> None:
        self.layout = objective.layout
        self.numbers = numbers
        found = stacked(repeated(objective.graph, names, count))
        assert found is not None  # the objective's graph has numbers only
        self.graph: Graph = found.graph
        known = _Known(objective, count, names)
        self.leaves = []
        for name, of in found.names.items():
            node = self.graph.line_ends[self.graph.line_index[name]] - 1
            self.leaves.append(_leaf(node, self.graph.columns.shape(node), of, known))
        filled = {leaf.node for leaf in self.leaves}
        fixed = {n: v for n, v in self.graph.defaults.items() if n not in filled}
        self.trained = [leaf for leaf in self.leaves if len(leaf.places)]
        given, wrt = tuple(filled), [leaf.node for leaf in self.trained]
        guards = guards_of(self.graph)
        self.passes = {
            True: SoundPass(self.graph, given, wrt, guards, fixed, exact=False),
            False: SoundPass(self.graph, given, (), guards, fixed, exact=False),
        }

    def at(self, vector: Any, rows: Sequence[int], *, gradient: bool) -> Found | None:
        """Return loss and gradient; None where a value is not finite or outside a domain."""
        data = self.numbers[np.array(rows) - 1]
        leaves = {leaf.node: leaf.filled(vector, data) for leaf in self.leaves}
        found = self.passes[gradient].run(leaves)
        if found is None:
            return None
        return Found(found[0], self._gradient(found[1]) if gradient else None)

    def _gradient(self, adjoints: Sequence[Any]) -> Any:
        total = np.zeros(self.layout.size)
        for leaf, adjoint in zip(self.trained, adjoints, strict=True):
            total[leaf.places] = np.ravel(adjoint)[leaf.entries]
        return total


def _leaf(node: int, shape: tuple[int, ...], of: Sequence[str], known: _Known) -> _Leaf:
    """Return how an array leaf is filled whose entries are leaves of such names."""
    base = np.array([known.value(name) for name in of], dtype=float).reshape(shape)
    entries = [at for at, name in enumerate(of) if name in known.places]
    cells = [at for at, name in enumerate(of) if name in known.cells]
    places = [known.places[of[at]] for at in entries]
    found = np.array([known.cells[of[at]] for at in cells], dtype=int).reshape(-1, 2)
    return _Leaf(node, base, _ints(entries), _ints(places), _ints(cells), found[:, 0], found[:, 1])


def _ints(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=int)


class _Known:
    """Tell of a leaf's name where its value comes from.

    Attributes:
        places: of a parameter, its place in the vector.
        cells: of a row's copy of an input, its row and column.
    """

    def __init__(self, objective: Objective, count: int, names: Sequence[str]) -> None:
        self.objective = objective
        self.places = {name: place for place, name in enumerate(objective.layout.names)}
        self.cells = {
            row_name(name, row): (row, column)
            for column, name in enumerate(names)
            for row in range(count)
        }

    def value(self, name: str) -> float:
        """Return the value of a leaf that is given once for all; 0 for what changes."""
        if name in self.places or name in self.cells:
            return 0.0
        node = self.objective.graph.find(name)
        return float(self.objective.leaves[node])  # type: ignore[index]  # names are of its leaves
