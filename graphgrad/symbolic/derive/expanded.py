"""Write a value or a gradient out down to the leaves, within a budget that is checked first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.derive.gradient import derivative_name, named_node
from graphgrad.symbolic.derive.small_graph import (
    WRITTEN_OUT,
    formula_size,
    partial_size,
    read_order,
)
from graphgrad.symbolic.own import OWN
from graphgrad.symbolic.terms import GaveUpError
from graphgrad.symbolic.write.order_of_terms import Book, Ordering, Shown, ShownMath, TooLongError
from graphgrad.symbolic.write.spelling_styles import LATEX, TEXT
from graphgrad.symbolic.write.term_text import write_terms

__all__ = ["BUDGET", "Expanded", "expanded_gradient", "expanded_value"]

BUDGET = 2_000
_SATURATED = 10**1000


@dataclass(frozen=True, slots=True)
class Expanded:
    """A formula over the leaves only.

    Attributes:
        name: what it is the formula of.
        size: symbols and operations of its tree, counted before it was built.
        text: it in the expression language.
        latex: it in LaTeX.
        in_sympy: returns it in sympy, every function of the registry unevaluated.
    """

    name: str
    size: int
    text: str
    latex: str
    in_sympy: Callable[[], Any] = field(repr=False, compare=False)

    @property
    def expression(self) -> Any:
        """Return it in sympy's own functions, for further work with sympy."""
        from graphgrad.symbolic.sympy_rows.on_sympy import NAMED
        from graphgrad.symbolic.sympy_rows.replay import replay

        applied = self.in_sympy()
        return replay(applied, NAMED, {s: s for s in applied.free_symbols})


def expanded_value(graph: Graph, name: str | None = None, budget: int = BUDGET) -> Expanded:
    """Return the formula of the output, or of a named node, over the leaves.

    Raises:
        LimitError: if its tree is larger than the budget.
        UsageError: if it involves arrays.
    """
    node = graph.output if name is None else named_node(graph, name)
    work = _Expansion(graph, node, budget)
    work.refuse(graph.name(node), work.sizes[node])
    return work.finished(graph.name(node), work.sizes[node], lambda one: one.value(node))


def expanded_gradient(graph: Graph, wrt: str, budget: int = BUDGET) -> Expanded:
    """Return the gradient of the output by one leaf or line, over the leaves.

    Raises:
        LimitError: if its tree is larger than the budget.
        UsageError: if the name is unknown, or arrays are involved.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> x = builder.leaf_line("x", "param", 1.0)
    >>> s = builder.apply("powi", (x,), n=2); builder.end_line("s")
    >>> y = builder.apply("sin", (s,)); builder.end_line("y")
    >>> expanded_gradient(builder.freeze(y), "x").text
    '2*x*cos(x^2)'
    """
    source = named_node(graph, wrt)
    work = _Expansion(graph, graph.output, budget)
    size, name = work.gradient_size(source), derivative_name(graph, source)
    work.refuse(name, size)
    return work.finished(name, size, lambda one: one.gradient(source))


class _Expansion:
    """Expand one node of a graph, in our own algebra or in sympy."""

    def __init__(self, graph: Graph, output: int, budget: int, algebra: Any = OWN) -> None:
        self.graph = graph
        self.output = output
        self.budget = budget
        self.algebra = algebra
        self.book = Book(algebra)
        self.m = ShownMath(self.book)
        self.nodes = _ancestors(graph, output)
        self.sizes: dict[int, int] = {}
        for node in self.nodes:
            self._require_scalar(node)
            args = [self.sizes[parent] for parent in graph.columns.parents_of(node)]
            self.sizes[node] = min(formula_size(args), _SATURATED)
        self.values: dict[int, Shown] = {}

    def _require_scalar(self, node: int) -> None:
        columns = self.graph.columns
        if columns.shape(node) or (
            not self.graph.is_leaf(node) and not isinstance(columns.row(node), Elementwise)
        ):
            raise UsageError("symbolic.needs_scalars", name=self.graph.name(node))

    def refuse(self, name: str, size: int) -> None:
        """Refuse what is larger than the budget."""
        if size > self.budget:
            shown = size if size < _SATURATED else "10^1000"
            raise LimitError("symbolic.too_large", name=name, size=shown, limit=self.budget)

    def _call(self, node: int) -> tuple[Elementwise, list[int], dict[str, Any]]:
        columns = self.graph.columns
        row = columns.row(node)
        assert isinstance(row, Elementwise)
        return row, list(columns.parents_of(node)), columns.settings_of(node)

    def _between(self, source: int) -> list[int]:
        """Return the operations between a source and the output, last first."""
        marked = {source}
        for node in self.nodes:
            if any(parent in marked for parent in self.graph.columns.parents_of(node)):
                marked.add(node)
        marked.discard(source)
        return sorted(marked, reverse=True)

    def gradient_size(self, source: int) -> int:
        """Return the size of d(output)/d(source) as a tree."""
        known = {self.output: 0}
        for node in self._between(source):
            row, parents, settings = self._call(node)
            sizes = [self.sizes[parent] for parent in parents]
            for slot, parent in enumerate(parents):
                factor = partial_size(row, slot, self.sizes[node], sizes, settings)
                if factor >= 0 and node in known:
                    term = known[node] + factor + (1 if known[node] and factor else 0)
                    total = known[parent] + term + 1 if parent in known else term
                    known[parent] = min(total, _SATURATED)
        return max(1, known.get(source, 1))

    def value(self, target: int) -> Shown:
        """Return the formula of a node over the leaves."""
        for node in self.nodes:
            if node <= target and node not in self.values and self.sizes[node] <= self.budget:
                self.values[node] = self._value(node)
        return self.values[target]

    def _value(self, node: int) -> Shown:
        graph = self.graph
        if graph.is_constant(node):
            symbol = graph.columns.settings_of(node).get("symbol")
            named = {"pi": self.m.pi, "e": self.m.euler}.get(symbol or "")
            return named if named is not None else self.m.shown(graph.defaults[node])
        if graph.is_leaf(node):
            return Shown(self.book, self.algebra.symbol(graph.name(node)))
        row, parents, settings = self._call(node)
        args = [self.values[parent] for parent in parents]
        if row.name in WRITTEN_OUT:
            return self.m.shown(row.formula(self.m, *args, **settings))
        return self.m.call(row, tuple(args), settings)

    def gradient(self, source: int) -> Shown:
        """Return d(output)/d(source) over the leaves, by reverse accumulation."""
        self._small_values()
        zero = self.m.shown(0)
        known: dict[int, Shown] = {self.output: self.m.shown(1)}
        between = self._between(source)
        allowed = {source, *between}
        for node in between:
            if node not in known:
                continue
            row, parents, settings = self._call(node)
            args = [self.values.get(parent, zero) for parent in parents]
            out = self.values.get(node, zero)
            for slot, parent in enumerate(parents):
                if parent in allowed:
                    partial = self.m.shown(row.partials[slot](self.m, out, *args, **settings))
                    term = partial * known[node]
                    known[parent] = term + known[parent] if parent in known else term
        return known.get(source, zero)

    def _small_values(self) -> None:
        for node in self.nodes:
            if self.sizes[node] <= self.budget and node not in self.values:
                self.values[node] = self._value(node)

    def finished(self, name: str, size: int, build: Callable[[_Expansion], Shown]) -> Expanded:
        """Build an expression that is within the budget, in all its spellings."""
        try:
            try:
                written = self._written(build, write_terms)
            except GaveUpError:
                from graphgrad.symbolic.write.sympy_text import write

                written = self._with_sympy()._written(build, write)
        except TooLongError:
            limit = self.budget
            raise LimitError("symbolic.too_large", name=name, size=size, limit=limit) from None
        return Expanded(name, size, *written, lambda: build(self._with_sympy()).expr)

    def _with_sympy(self) -> _Expansion:
        from graphgrad.symbolic.sympy_rows.on_sympy import SYMPY

        return _Expansion(self.graph, self.output, self.budget, SYMPY)

    def _written(self, build: Callable[[_Expansion], Shown], write: Any) -> tuple[str, str]:
        """Return what is built as text and LaTeX."""
        expression, graph = build(self).expr, self.graph
        order = read_order(self.output, graph.columns.parents_of)
        leaves = [graph.name(node) for node in order if graph.is_leaf(node)]
        ordering = Ordering(self.book, "", {name: rank for rank, name in enumerate(leaves)})
        text, latex = (write(expression, style, ordering).text for style in (TEXT, LATEX))
        return text, latex


def _ancestors(graph: Graph, output: int) -> list[int]:
    """Return the nodes that an output depends on, and itself, in order."""
    marks = bytearray(output + 1)
    marks[output] = 1
    for node in range(output, -1, -1):
        if marks[node]:
            for parent in graph.columns.parents_of(node):
                marks[parent] = 1
    return [node for node in range(output + 1) if marks[node]]
