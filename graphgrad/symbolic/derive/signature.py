"""Reduce a line to what its derivatives depend on: ops and wiring, without names.

Lines with equal signatures have equal derivatives up to names, so each is worked out once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.graph.formula import written_value
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import ATOM, Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.ops.text import Written
from graphgrad.symbolic.write.formula_latex import value_latex
from graphgrad.symbolic.write.names import derivative_latex, node_latex, raised

__all__ = ["Constant", "Operation", "Scope", "Signature", "scope_of"]

_LARGEST = 9_999


class Constant(NamedTuple):
    """A number of the formula: exact where it is short, else a gap to be filled in.

    Attributes:
        exact: the number, or None.
        symbol: ``pi`` or ``e``, or empty.
        minus: whether the number in the gap is negative.
    """

    exact: Fraction | None
    symbol: str
    minus: bool


class Operation(NamedTuple):
    """An op on sources (0, 1, ...) and on locals (-1, -2, ...).

    ``rules`` are the row's functions: a row registered anew under an old name is another row.
    """

    code: int
    rules: tuple[Any, ...]
    settings: tuple[tuple[str, Any], ...]
    args: tuple[int, ...]

    @property
    def row(self) -> Row:
        """Return the op's row."""
        return ROWS[self.code]


class Signature(NamedTuple):
    """What the derivatives of some operations depend on, apart from names.

    Attributes:
        locals: constants and operations in order; the last is the root.
        variable: per source, whether it takes part in derivatives.
        shapes: of sources, then of locals; None where all are scalars.
    """

    locals: tuple[Constant | Operation, ...]
    variable: tuple[bool, ...]
    shapes: tuple[Shape, ...] | None


class Scope:
    """Some operations of a graph, by signature, with the nodes that its numbers stand for."""

    __slots__ = ("_inner", "graph", "locals", "signature", "sources")

    def __init__(
        self, graph: Graph, signature: Signature, sources: list[int], locals_: list[int]
    ) -> None:
        self.graph = graph
        self.signature = signature
        self.sources = sources
        self.locals = locals_
        self._inner: dict[int, str] = {}

    def name(self, index: int) -> str:
        """Return the name of a marker's index: sources first, then locals."""
        count = len(self.sources)
        if index < count:
            return self.graph.name(self.sources[index])
        if index == count + len(self.locals) - 1:
            return self.graph.name(self.locals[-1])
        if not self._inner:
            self._inner = _inner_names(self.graph, self.locals)
        return self._inner[self.locals[index - count]]

    def node(self, index: int) -> int:
        """Return the node of a marker's index."""
        count = len(self.sources)
        return self.sources[index] if index < count else self.locals[index - count]

    def text(self, kind: str, index: int) -> str:
        """Return the text that fills a marker."""
        if kind in "cC":
            return _unsigned(written_value(self.graph, self.node(index)))
        name = self.name(index)
        return f"adj({name})" if kind in "aA" else name

    def latex(self, kind: str, index: int) -> str:
        """Return the LaTeX that fills a marker; a base with a superscript gets brackets."""
        if kind in "cC":
            return _unsigned(value_latex(self.graph, self.node(index)))
        name = node_latex(self.graph, self.node(index), self.name(index))
        if kind in "aA":
            if self.graph.columns.shape(self.graph.output):
                return rf"\nabla_{{{name}}}"
            adjoint = derivative_latex(node_latex(self.graph, self.graph.output), name)
            return rf"\left({adjoint}\right)" if kind == "A" else adjoint
        return rf"\left({name}\right)" if kind == "N" and raised(name).level < ATOM else name


def _inner_names(graph: Graph, nodes: list[int]) -> dict[int, str]:
    """Return the names of many operations of one line at once."""
    line = graph.line(graph.line_of(nodes[-1]))
    names, count = {line.root: line.name}, 0
    for node in range(line.nodes.start, line.root):
        if not graph.is_constant(node):
            count += 1
            names[node] = f"{line.name}.{count}"
    return names


def scope_of(graph: Graph, nodes: Iterable[int]) -> Scope:
    """Return the scope of operations given in the order of the graph, the root last."""
    columns = graph.columns
    numbers: dict[int, int] = {}
    sources: list[int] = []
    locals_: list[int] = []
    parts: list[Constant | Operation] = []
    for node in nodes:
        for parent in columns.parents_of(node):
            if parent in numbers:
                continue
            if _is_inline(graph, parent):
                locals_.append(parent)
                parts.append(constant_of(graph, parent))
                numbers[parent] = -len(locals_)
            else:
                numbers[parent] = len(sources)
                sources.append(parent)
        locals_.append(node)
        parts.append(_operation(graph, node, numbers))
        numbers[node] = -len(locals_)
    return Scope(graph, _signature(graph, sources, locals_, parts), sources, locals_)


def _operation(graph: Graph, node: int, numbers: dict[int, int]) -> Operation:
    columns = graph.columns
    code = columns.codes[node]
    settings = tuple(columns.settings_of(node).items()) if columns.settings[node] else ()
    args = tuple([numbers[parent] for parent in columns.parents_of(node)])
    return Operation(code, _rules(ROWS[code]), settings, args)


def _signature(
    graph: Graph, sources: list[int], locals_: list[int], parts: list[Constant | Operation]
) -> Signature:
    columns, variable = graph.columns, graph.variable
    everything = (*sources, *locals_)
    scalar = not any(columns.shapes[node] for node in everything)
    return Signature(
        tuple(parts),
        tuple([bool(variable[source]) for source in sources]),
        None if scalar else tuple(map(columns.shape, everything)),
    )


def _is_inline(graph: Graph, node: int) -> bool:
    """Tell whether a node is a number inside a formula, not a named line."""
    return graph.is_constant(node) and node + 1 != graph.line_ends[graph.line_of(node)]


def _rules(row: Row) -> tuple[Any, ...]:
    if isinstance(row, Elementwise):
        return (row.formula, row.partials)
    return (row.evaluate, row.pullback) if isinstance(row, Structural) else ()


def constant_of(graph: Graph, node: int) -> Constant:
    """Return what a constant contributes to a signature: short numbers take part in algebra."""
    symbol = graph.columns.settings_of(node).get("symbol", "")
    if symbol or graph.columns.shape(node):
        return Constant(None, symbol, minus=False)
    value = graph.defaults[node]
    if isinstance(value, float):
        if not math.isfinite(value):
            return Constant(None, "", minus=False)
        value = Fraction(repr(value))
    value = Fraction(value)
    short = abs(value.numerator) <= _LARGEST and value.denominator <= _LARGEST
    return Constant(value if short else None, "", minus=not short and value < 0)


def _unsigned(written: Written) -> str:
    """Return a number without its sign, bracketed unless it is one token."""
    if written.text.startswith("-"):
        written = Written(written.text[1:], ATOM if "/" not in written.text else written.level)
    return written.within(ATOM)
