"""Put the rows of an exercise's data into terms: one row, or the mean or sum over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from operator import add
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.exercises.reading.targets import row_of
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.terms_of_graph import leaf_terms
from graphgrad.ops.shapes import entries

__all__ = ["OverData"]


class OverData:
    """The data of one exercise, as values for the terms of its graph.

    Args:
        reference: the truth about the exercise.
    """

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.table = reference.graph.heading.table
        self._rows: dict[int, Reference] = {}

    def row(self, row: int) -> Reference:
        """Return the exercise at the numbers of a row, counted from 1.

        Raises:
            SourceError: if there is no such row.
        """
        if self.table is None or self.table.whole:
            raise SourceError("check.no_reference")
        if not 1 <= row <= len(self.table.rows):
            limit = len(self.table.rows)
            raise SourceError("answer.no_such_row", got=row, limit=limit)
        if row not in self._rows:
            self._rows[row] = self.reference.at(self.table.point(row))
        return self._rows[row]

    @property
    def rows(self) -> list[int]:
        """The rows that means and sums run over."""
        return [] if self.table is None or self.table.whole else self.table.training_rows()

    @cached_property
    def names(self) -> set[str]:
        """Return the variables that stand for the data."""
        graph, pool = self.reference.graph, self.reference.pool
        columns = () if self.table is None else self.table.names
        lines = [graph.line(graph.line_index[name]) for name in columns if name in graph.line_index]
        found = (leaf_terms(pool, ln.name, graph.columns.shape(ln.root)) for ln in lines)
        return {pool.held[term.id] for value in found for term in entries(value)}

    def uses(self, value: Any) -> bool:
        """Tell whether a value changes with the data."""
        return bool(self.names & set(self.reference.pool.names(t.id for t in entries(value))))

    def in_row(self, value: Any, row: int) -> Any:
        """Return a value with the data of a row put in."""
        point, number = self.row(row).point, self.reference.pool.number
        data = {name: number(point[name]) for name in self.names if name in point}
        return self.reference.replaced(value, data)

    def joined(self, values: Sequence[Any], scope: str) -> Any:
        """Return the mean, or sum, of one value per row."""
        total = reduce(add, values)
        return total / len(values) if scope == "mean" else total

    def of(self, value: Any, scope: str) -> Any:
        """Return what a value is about a scope: of one row, over all rows, or as it is."""
        if not scope:
            return value
        if row_of(scope):
            return self.in_row(value, row_of(scope))
        if not self.rows:
            raise SourceError("check.no_reference")
        return self.joined([self.in_row(value, row) for row in self.rows], scope)
