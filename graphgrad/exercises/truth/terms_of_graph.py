"""Derive the terms of a graph: values of lines and derivatives between them, node by node.

A derivation may be given some lines' values or derivatives, as a student wrote them; then it says
what follows from those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.autodiff.record import shaped
from graphgrad.exercises.algebra.building import applied, as_terms, shape_of
from graphgrad.exercises.algebra.functions import TermMath, arrays
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import entries, unbroadcast

__all__ = ["Derivation", "leaf_point", "leaf_terms", "row_count"]

Pairs = Mapping[tuple[int, int], Any]
"""Derivatives by (of, with respect to), both as lines."""


def leaf_terms(pool: Pool, name: str, shape: tuple[int, ...]) -> Any:
    """Return the variable of a leaf, or an array of variables ``W[1,2]``."""
    if not shape:
        return pool.name(name)
    np = arrays()
    result = np.empty(shape, dtype=object)
    for index in np.ndindex(*shape):
        result[index] = pool.name(f"{name}[{','.join(str(k + 1) for k in index)}]")
    return result


def leaf_point(
    graph: Graph, pool: Pool, given: Mapping[str, Any]
) -> tuple[dict[str, Fraction], dict[str, str]]:
    """Return the exact values of the leaves' entries, and the roles of all leaves.

    Raises:
        ShapeError: if a given value has not its leaf's shape.
    """
    point: dict[str, Fraction] = {}
    roles: dict[str, str] = {}
    for node in range(len(graph)):
        if not graph.is_leaf(node) or graph.is_constant(node):
            continue
        name, shape = graph.name(node), graph.columns.shape(node)
        terms = entries(leaf_terms(pool, name, shape))
        names = [pool.held[term.id] for term in terms]
        roles |= dict.fromkeys(names, graph.role(node))
        value = shaped(name, given[name], shape) if name in given else graph.defaults.get(node)
        if value is not None:
            finite = zip(names, entries(value), strict=True)
            point |= {key: Fraction(n) for key, n in finite if abs(n) != float("inf") and n == n}
    return point, roles


class Derivation:
    """Terms of one graph.

    Args:
        graph: the graph.
        pool: receives the terms.
        values: given terms of lines.
        totals: given derivatives of a line in a line, through every path.
        locals_: given derivatives of a line in a line it reads, the others held fixed.
        afresh: whether partials are taken from what a line's formula gives, not from its given
            value: σ(z)(1 - σ(z)) where a is given as well.
    """

    def __init__(
        self,
        graph: Graph,
        pool: Pool,
        *,
        values: Mapping[int, Any] | None = None,
        totals: Pairs | None = None,
        locals_: Pairs | None = None,
        afresh: bool = False,
    ) -> None:
        self.afresh = afresh
        self.graph = graph
        self.pool = pool
        self.math = TermMath(pool)
        self.given_values = values or {}
        self.given_totals = totals or {}
        self.given_locals = locals_ or {}
        self._nodes: dict[int, Any] = {}
        self._sweeps: dict[int, dict[int, Any]] = {}

    # ---- values ----

    def value(self, line: int) -> Any:
        """Return a line's value, as given or else derived."""
        if line in self.given_values:
            return self.given_values[line]
        return self.derived(line)

    def derived(self, line: int) -> Any:
        """Return what a line's formula gives, even if its value is given."""
        root = self.graph.line(line).root
        known = self._nodes
        if root in known:
            return known[root]
        order, queue = {root}, [root]
        while queue:
            for parent in self.graph.columns.parents_of(queue.pop()):
                if parent not in order and not self._is_given(parent):
                    order.add(parent)
                    queue.append(parent)
        fresh: dict[int, Any] = {}
        for node in sorted(order):
            if node in known:
                continue
            fresh[node] = self._node(node, fresh)
            if not self._is_given(node):
                known[node] = fresh[node]
        return fresh[root]

    def _is_given(self, node: int) -> bool:
        line = self.graph.line_of(node)
        return line in self.given_values and self.graph.line(line).root == node

    def at(self, node: int) -> Any:
        """Return the value of any node."""
        line = self.graph.line_of(node)
        if self.graph.line(line).root == node:
            return self.value(line)
        if node not in self._nodes:
            self.derived(line)
        return self._nodes[node]

    def _node(self, node: int, fresh: Mapping[int, Any]) -> Any:
        graph = self.graph
        if graph.is_leaf(node):
            return self._leaf(node)
        args = [self._argument(parent, fresh) for parent in graph.columns.parents_of(node)]
        return applied(self.math, graph.columns.row(node), args, graph.columns.settings_of(node))

    def _argument(self, parent: int, fresh: Mapping[int, Any]) -> Any:
        if self._is_given(parent):
            return self.value(self.graph.line_of(parent))
        return fresh[parent] if parent in fresh else self._nodes[parent]

    def _leaf(self, node: int) -> Any:
        graph = self.graph
        if not graph.is_constant(node):
            return leaf_terms(self.pool, graph.name(node), graph.columns.shape(node))
        symbol = graph.columns.settings_of(node).get("symbol")
        if symbol == "pi":
            return self.math.pi
        if symbol == "e":
            return self.math.exp(self.pool.number(1))
        return as_terms(self.pool, graph.defaults[node])

    # ---- derivatives ----

    def swept(self, of: int, wrt: int, seed: Any = None) -> Any:
        """Return the derivative through every path even if it is given: the backward pass.

        Args:
            of: a line; scalar unless there is a seed.
            wrt: an earlier line.
            seed: the adjoint of ``of``; 1 where there is none.
        """
        if seed is not None or self.given_totals:
            adjoints = self.sweep(of, wrt, self._replaced(of), seed)
        else:
            if of not in self._sweeps:
                self._sweeps[of] = self.sweep(of, -1)
            adjoints = self._sweeps[of]
        target = self.graph.line(wrt).root
        if target not in adjoints:
            shape = self.graph.columns.shape(target)
            return as_terms(self.pool, arrays().zeros(shape, dtype=int) if shape else 0)
        return adjoints[target]

    def sweep(
        self, of: int, wrt: int, replaced: Callable[[int, Any], Any] | None = None, seed: Any = None
    ) -> dict[int, Any]:
        """Return adjoint terms by node, after a backward pass from one line down to another.

        Args:
            of: the line whose derivatives are wanted.
            wrt: the line to stop before; -1 for all.
            replaced: given a line and its complete adjoint, what to go on with.
            seed: the adjoint of ``of``; 1 where there is none.
        """
        graph = self.graph
        adjoints: dict[int, Any] = {}
        adjoints[graph.line(of).root] = self.pool.number(1) if seed is None else seed
        for line in range(of, wrt, -1):
            root = graph.line(line).root
            if replaced is not None and line != of and root in adjoints:
                adjoints[root] = replaced(line, adjoints[root])
            self._pull_line(line, adjoints)
        return adjoints

    def _replaced(self, of: int) -> Callable[[int, Any], Any]:
        return lambda line, adjoint: self.given_totals.get((of, line), adjoint)

    def local(self, line: int, wrt: int, seed: Any = None) -> Any:
        """Return the derivative of a line in a line it reads, the other lines held fixed."""
        if seed is None and (line, wrt) in self.given_locals:
            return self.given_locals[line, wrt]
        root, target = self.graph.line(line).root, self.graph.line(wrt).root
        adjoints = {root: self.pool.number(1) if seed is None else seed}
        self._pull_line(line, adjoints, whole=True)
        return adjoints.get(target, self.pool.number(0))

    def _pull_line(self, line: int, adjoints: dict[int, Any], *, whole: bool = False) -> None:
        """Pull adjoints back through the operations of a line.

        Args:
            line: the line.
            adjoints: adjoint terms by node; extended in place.
            whole: whether given derivatives of this line are left aside.
        """
        given = {} if whole else self._given_of(line)
        root = self.graph.line(line).root
        if root in adjoints:
            for target, value in given.items():
                self._add(adjoints, target, adjoints[root] * value)
        for node in reversed(self.graph.line(line).nodes):
            if node in adjoints and not self.graph.is_leaf(node):
                self._pull_node(node, adjoints, skip=given)

    def _given_of(self, line: int) -> dict[int, Any]:
        return {
            self.graph.line(wrt).root: value
            for (of, wrt), value in self.given_locals.items()
            if of == line
        }

    def _pull_node(self, node: int, adjoints: dict[int, Any], skip: Mapping[int, Any]) -> None:
        columns = self.graph.columns
        parents = columns.parents_of(node)
        row, settings = columns.row(node), columns.settings_of(node)
        args = tuple(self.at(parent) for parent in parents)
        out = self.derived(self.graph.line_of(node)) if self._is_afresh(node) else self.at(node)
        for slot, parent in enumerate(parents):
            if parent in skip or not self.graph.variable[parent]:
                continue
            if isinstance(row, Elementwise):
                partial = row.partials[slot](self.math, out, *args, **settings)
                if self._is_zero(partial):
                    continue
                term = unbroadcast(self.math, adjoints[node] * partial, shape_of(args[slot]))
                if shape_of(term) != shape_of(args[slot]):
                    term = self.math.broadcast(term, shape=shape_of(args[slot]))
            else:
                assert isinstance(row, Structural)
                term = row.pullback(self.math, adjoints[node], out, args, slot, **settings)
                if term is None:
                    continue
            self._add(adjoints, parent, as_terms(self.pool, term))

    def _is_afresh(self, node: int) -> bool:
        return self.afresh and self._is_given(node)

    def _is_zero(self, partial: Any) -> bool:
        if shape_of(partial):
            return False
        return self.pool.value(self.pool.term(partial).id) == 0

    @staticmethod
    def _add(adjoints: dict[int, Any], node: int, term: Any) -> None:
        adjoints[node] = adjoints[node] + term if node in adjoints else term


def row_count(graph: Graph) -> int:
    """Return how many rows the input matrices have, else the input vectors; 0 if they differ."""
    inputs = [line.root for line in graph.lines() if graph.role(line.root) == "input"]
    shapes = [graph.columns.shape(root) for root in inputs]
    for rank in (2, 1):
        counts = {shape[0] for shape in shapes if len(shape) == rank}
        if counts:
            return counts.pop() if len(counts) == 1 else 0
    return 0
