"""Derive terms with one mistake in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphgrad.exercises.applying import as_terms, shape_of
from graphgrad.exercises.derivation import Derivation
from graphgrad.exercises.term_math import TermMath
from graphgrad.exercises.terms import Pool
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise

__all__ = ["BackwardMistake", "EdgeView", "ForwardMistake", "NodeView"]


class NodeView(NamedTuple):
    """What a mistake in a value may use: the operation, its right value, its arguments."""

    math: TermMath
    out: Any
    args: tuple[Any, ...]


class EdgeView(NamedTuple):
    """What a mistake in a derivative may use.

    Attributes:
        math: operations on terms.
        adjoint: what comes from upstream.
        partial: the local derivative; None of a structural operation.
        right: the right contribution.
        out: the operation's value.
        args: its arguments.
        slot: which argument it is.
    """

    math: TermMath
    adjoint: Any
    partial: Any
    right: Any
    out: Any
    args: tuple[Any, ...]
    slot: int


class ForwardMistake(Derivation):
    """A derivation in which one operation gives another value.

    Args:
        graph: the graph.
        pool: receives the terms.
        values: the values of all other lines.
        node: the operation.
        change: what it gives instead.
    """

    def __init__(
        self,
        graph: Graph,
        pool: Pool,
        values: Mapping[int, Any],
        node: int,
        change: Callable[[NodeView], Any],
    ) -> None:
        super().__init__(graph, pool, values=values)
        self.node = node
        self.change = change

    def _node(self, node: int, fresh: Mapping[int, Any]) -> Any:
        right = super()._node(node, fresh)
        if node != self.node:
            return right
        parents = self.graph.columns.parents_of(node)
        args = tuple(self._argument(parent, fresh) for parent in parents)
        return as_terms(self.pool, self.change(NodeView(self.math, right, args)))


class BackwardMistake(Derivation):
    """A derivation in which one edge of the backward pass carries something else.

    Args:
        graph: the graph.
        pool: receives the terms.
        totals: derivatives that are given, by (of, with respect to).
        node: the operation.
        slot: which of its arguments.
        change: what is carried instead; None for nothing.
    """

    def __init__(
        self,
        graph: Graph,
        pool: Pool,
        totals: Mapping[tuple[int, int], Any],
        node: int,
        slot: int,
        change: Callable[[EdgeView], Any],
    ) -> None:
        super().__init__(graph, pool, totals=totals)
        self.node = node
        self.slot = slot
        self.change = change

    def _pull_node(self, node: int, adjoints: dict[int, Any], skip: Mapping[int, Any]) -> None:
        if node != self.node:
            super()._pull_node(node, adjoints, skip)
            return
        parents = self.graph.columns.parents_of(node)
        target = parents[self.slot]
        scratch = {node: adjoints[node]}
        super()._pull_node(node, scratch, skip)
        for parent in dict.fromkeys(parents):
            if parent not in scratch:
                continue
            found = scratch[parent]
            if parent == target:
                found = self._changed(node, adjoints[node], found)
            if found is not None:
                self._add(adjoints, parent, found)

    def _changed(self, node: int, adjoint: Any, right: Any) -> Any:
        columns = self.graph.columns
        row, settings = columns.row(node), columns.settings_of(node)
        args = tuple(self.at(parent) for parent in columns.parents_of(node))
        out = self.at(node)
        partial = None
        if isinstance(row, Elementwise):
            partial = row.partials[self.slot](self.math, out, *args, **settings)
        view = EdgeView(self.math, adjoint, partial, right, out, args, self.slot)
        found = self.change(view)
        if found is None:
            return None
        found = as_terms(self.pool, found)
        return found if shape_of(found) == shape_of(right) else right
