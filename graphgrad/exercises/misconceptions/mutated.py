"""Derive terms with one mistake: in one place, or of a misunderstood chain or product rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.building import as_terms, shape_of
from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise, Structural

__all__ = [
    "BackwardMistake",
    "ChainMistake",
    "EdgeView",
    "ForwardMistake",
    "NodeView",
    "chain_mistakes",
    "extra_factors",
]


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
        again: the contribution from another adjoint, or from other arguments.
    """

    math: TermMath
    adjoint: Any
    partial: Any
    right: Any
    out: Any
    args: tuple[Any, ...]
    slot: int
    again: Callable[[Any, tuple[Any, ...]], Any]


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

        def again(other: Any, others: tuple[Any, ...]) -> Any:
            if not isinstance(row, Structural):
                return right
            return row.pullback(self.math, other, out, others, self.slot, **settings)

        view = EdgeView(self.math, adjoint, partial, right, out, args, self.slot, again)
        found = self.change(view)
        if found is None:
            return None
        found = as_terms(self.pool, found)
        return found if shape_of(found) == shape_of(right) else right


class ChainMistake(NamedTuple):
    """A mistake's label, the line where it is made, the operation, and what it gives."""

    label: str
    where: str
    op: str
    value: Any


def chain_mistakes(reference: Reference, of: int, wrt: int) -> Iterator[ChainMistake]:
    """Yield wrong derivatives of a scalar line in a scalar line.

    With y = f(u), u = g(x): f'(u) without g'(x); f'(g'(x)); the product of the derivatives for a
    product; and the function itself.
    """
    graph, truth = reference.graph, reference.truth
    if shape_of(truth.value(wrt)) or shape_of(truth.value(of)):
        return
    yield ChainMistake("function_for_derivative", graph.line_names[of], "", truth.value(of))
    for line in _between(reference, of, wrt):
        name, inner = graph.line_names[line], truth.swept(line, wrt)
        yield ChainMistake("inner_forgotten", name, "", truth.swept(of, line))
        outer = Derivation(graph, reference.pool, values={line: inner})
        yield ChainMistake("derivative_inside", name, "", outer.swept(of, line))
    for line in (of, *_between(reference, of, wrt)):
        factors = _factors(reference, line)
        if len(factors) > 1 and all(reference.depends(factor, wrt) for factor in factors):
            derivatives = [truth.swept(factor, wrt) for factor in factors]
            value = reduce(lambda a, b: a * b, derivatives) * truth.swept(of, line)
            yield ChainMistake("product_of_derivatives", graph.line_names[line], "", value)


def extra_factors(reference: Reference, of: int, wrt: int, right: Any) -> Iterator[ChainMistake]:
    """Yield a derivative times an input that does not belong there."""
    graph = reference.graph
    for line in graph.lines():
        scalar = graph.role(line.root) == "input" and not graph.columns.shape(line.root)
        if scalar and line.index < of and not shape_of(right):
            value = right * reference.truth.value(line.index)
            yield ChainMistake("extra_factor", graph.line_names[wrt], "", value)


def _between(reference: Reference, of: int, wrt: int) -> list[int]:
    """Return the scalar lines on the paths from one line to another, both left out."""
    return [
        line
        for line in range(wrt + 1, of)
        if not shape_of(reference.truth.value(line))
        and reference.depends(line, wrt)
        and reference.depends(of, line)
    ]


def _factors(reference: Reference, line: int) -> list[int]:
    """Return the lines a line is a plain product of; [] if it is none."""
    graph = reference.graph
    found, queue = [], [graph.line(line).root]
    while queue:
        node = queue.pop()
        own = graph.line_of(node)
        if node != graph.line(line).root and graph.line(own).root == node:
            found.append(own)
        elif not graph.is_leaf(node) and graph.columns.row(node).name == "mul":
            queue.extend(graph.columns.parents_of(node))
        else:
            return []
    return found
