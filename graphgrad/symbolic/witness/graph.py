"""Differentiate a graph with sympy alone: the witness that shares nothing with the rows' rules.

Neither partials, nor pullbacks, nor stable evaluations of rows are used, only formulas, the
structural definitions, ``sympy.diff`` and numbers of 40 digits. A graph of many operations is
differentiated op by op, and the numbers are multiplied along it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import sympy

from graphgrad.autodiff.record import leaf_values
from graphgrad.errors import LimitError, NonFiniteError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.sympy_rows.entrywise import as_array, row_value, symbol_array
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, number
from graphgrad.symbolic.sympy_rows.precise import PRECISE, NotRealError, precise
from graphgrad.symbolic.sympy_rows.replay import NotReplayableError, replay
from graphgrad.symbolic.witness.one_op import as_entries, terms, work_of

__all__ = ["WORK", "accumulated", "beyond_work", "symbolic_gradient_arrays", "witness_gradient"]


WORK = 30_000
"""Steps of sympy for a whole graph, as `work_of` counts them: some seconds."""
_WHOLE = 60
"""Symbols and operations up to which the output is differentiated as one expression."""


def witness_gradient(
    graph: Graph,
    point: Mapping[str, Any] | None = None,
    seed: Any = None,
    beyond: Collection[int] = (),
) -> dict[str, Any]:
    """Return the gradient by every input and parameter, from formulas and ``sympy.diff`` only.

    Small graphs are one expression; in larger ones every op is differentiated by itself and the
    results are multiplied along the graph.

    Args:
        graph: the graph.
        point: values of leaves by name, instead of the graph's own.
        seed: adjoint of the output, of its shape; 1 for a scalar output.
        beyond: nodes, of `beyond_work`, at which the rows' own rules stand in for sympy.

    Returns:
        Floats and float arrays by name.

    Raises:
        NonFiniteError: if a value or derivative is no real number.
    """
    values = {node: as_entries(value) for node, value in leaf_values(graph, point).items()}
    weights = _weights(graph, seed)
    roots = _gradient_roots(graph)
    try:
        if _is_one_expression(graph):
            whole = _whole(graph, values, weights)
            return {name: _plain(whole[name]) for name in roots}
        adjoints = accumulated(graph, values, weights, beyond)
    except (NotRealError, NotReplayableError, ZeroDivisionError):
        raise NonFiniteError("symbolic.not_real", name=graph.name(graph.output)) from None
    shapes = graph.columns.shape
    zeros = {node: as_array(np.zeros(shapes(node))) for node in roots.values()}
    return {name: _plain(adjoints.get(node, zeros[node])) for name, node in roots.items()}


def symbolic_gradient_arrays(graph: Graph, seed: Any = None, budget: int = 3_000) -> dict[str, Any]:
    """Return the gradient by every input and parameter as arrays of sympy expressions.

    Entries of a leaf W are the symbols W_1_1, W_1_2, ...; a scalar leaf is its name.

    Raises:
        LimitError: if the output has more symbols and operations than the budget.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> x = builder.leaf_line("x", "param", None, (2,))
    >>> y = builder.apply("dot", (x, x)); builder.end_line("y")
    >>> symbolic_gradient_arrays(builder.freeze(y))["x"].tolist()
    [2*x_1, 2*x_2]
    """
    size = _entry_count(graph)
    if size > budget:
        name = graph.name(graph.output)
        raise LimitError("symbolic.too_large", name=name, size=size, limit=budget)
    leaves = _leaf_symbols(graph)
    weights = np.frompyfunc(number, 1, 1)(_weights(graph, seed))
    total = np.sum(_expressions(graph, leaves)[graph.output] * weights)
    roots = _gradient_roots(graph)
    derivative = np.frompyfunc(lambda symbol: sympy.diff(total, symbol), 1, 1)
    return {name: as_array(derivative(leaves[node])) for name, node in roots.items()}


def _gradient_roots(graph: Graph) -> dict[str, int]:
    lines = (line for line in graph.lines() if graph.is_leaf(line.root))
    return {line.name: line.root for line in lines if graph.variable[line.root]}


def beyond_work(graph: Graph, budget: int = WORK) -> list[int]:
    """Return the nodes that sympy is not given: the largest, until the others fit into the budget.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> x = builder.leaf_line("x", "param", None, (60,))
    >>> y = builder.apply("max", (x,)); builder.end_line("y")
    >>> beyond_work(builder.freeze(y)), beyond_work(builder.freeze(y), 10**7)
    ([1], [])
    """
    if _is_one_expression(graph):
        return []
    columns = graph.columns
    work: dict[int, int] = {}
    for node in range(graph.output + 1):
        if graph.variable[node] and not graph.is_leaf(node):
            shapes = tuple(columns.shape(parent) for parent in columns.parents_of(node))
            work[node] = work_of(columns.row(node), columns.settings_of(node), shapes)
    total, found = sum(work.values()), []
    for node in sorted(work, key=lambda node: (-work[node], node)):
        if total <= budget:
            break
        total -= work[node]
        found.append(node)
    return sorted(found)


def _weights(graph: Graph, seed: Any) -> Any:
    shape = graph.columns.shape(graph.output)
    if seed is None and shape:
        raise UsageError("explain.no_backward", output=graph.name(graph.output))
    return as_array(1 if seed is None else np.broadcast_to(as_array(seed), shape))


def _plain(array: Any) -> Any:
    numbers = [float(entry) for entry in array.flat]
    return np.array(numbers).reshape(array.shape) if array.shape else numbers[0]


def _is_one_expression(graph: Graph) -> bool:
    """Tell whether the output may be differentiated whole: small, and without nested cases."""
    rows = (graph.columns.row(node) for node in range(len(graph)))
    cases = sum(isinstance(row, Elementwise | Structural) and bool(row.kinks) for row in rows)
    return cases <= 1 and _entry_count(graph) <= _WHOLE


def _entry_count(graph: Graph) -> int:
    """Return about how many symbols and operations the output has, entry by entry."""
    columns = graph.columns
    sizes: list[int] = []
    for node in range(graph.output + 1):
        row, parents = columns.row(node), columns.parents_of(node)
        size = 1 + sum(sizes[parent] for parent in parents)
        if parents and not isinstance(row, Elementwise):
            ratio = max(_count(columns.shape(p)) for p in parents) / _count(columns.shape(node))
            size *= max(1, int(ratio))
        sizes.append(min(size, 10**9))
    return sizes[graph.output] * _count(columns.shape(graph.output))


def _count(shape: Shape) -> int:
    return int(np.prod(shape)) if shape else 1


def _leaf_symbols(graph: Graph) -> dict[int, Any]:
    columns = graph.columns
    return {
        node: as_array(symbol_array(graph.name(node), columns.shape(node)))
        for node in range(graph.output + 1)
        if graph.is_leaf(node) and not graph.is_constant(node)
    }


def _expressions(graph: Graph, leaves: Mapping[int, Any]) -> dict[int, Any]:
    """Return every node's entries as sympy expressions."""
    columns = graph.columns
    entries: dict[int, Any] = {}
    for node in range(graph.output + 1):
        if graph.is_constant(node):
            entries[node] = as_array(np.frompyfunc(number, 1, 1)(as_array(graph.defaults[node])))
        elif node in leaves:
            entries[node] = leaves[node]
        else:
            args = tuple(entries[parent] for parent in columns.parents_of(node))
            entries[node] = row_value(columns.row(node), EXPANDED, args, columns.settings_of(node))
    return entries


def _whole(graph: Graph, values: Mapping[int, Any], weights: Any) -> dict[str, Any]:
    symbols = _leaf_symbols(graph)
    point = {
        symbol: value
        for node, array in symbols.items()
        for symbol, value in zip(array.flat, values[node].flat, strict=True)
    }
    gradient = symbolic_gradient_arrays(graph, weights, budget=_WHOLE)
    numeric = np.frompyfunc(lambda e: precise(replay(number(e), PRECISE, point)), 1, 1)
    numeric(_expressions(graph, symbols)[graph.output])
    return {name: as_array(numeric(array)) for name, array in gradient.items()}


def accumulated(
    graph: Graph, leaves: Mapping[int, Any], weights: Any, beyond: Collection[int] = ()
) -> dict[int, Any]:
    """Return adjoints by reverse accumulation over local derivatives.

    Args:
        graph: the graph.
        leaves: the values of the leaves.
        weights: the adjoint of the output.
        beyond: nodes that are more work than sympy is given: their rows' own rules stand in.
    """
    columns = graph.columns
    values: dict[int, Any] = {}
    for node in range(graph.output + 1):
        row, parents = columns.row(node), columns.parents_of(node)
        args = tuple(values[parent] for parent in parents)
        if node in beyond:
            values[node] = as_entries(_Floats(graph, node, args).value())
            continue
        values[node] = (
            row_value(row, PRECISE, args, columns.settings_of(node)) if parents else leaves[node]
        )
    adjoints = {graph.output: weights}
    for node in range(graph.output, -1, -1):
        if node in adjoints and not graph.is_leaf(node):
            args = tuple(values[parent] for parent in columns.parents_of(node))
            call = _Floats(graph, node, args) if node in beyond else None
            found = (
                terms(graph, node, args, adjoints[node])
                if call is None
                else call.terms(adjoints[node])
            )
            for parent, term in found:
                known = adjoints.get(parent)
                adjoints[parent] = term if known is None else as_array(known + term)
    return adjoints


class _Floats:
    """An op by its row's own rules, on floats."""

    def __init__(self, graph: Graph, node: int, args: Sequence[Any]) -> None:
        columns = graph.columns
        self.parents = columns.parents_of(node)
        self.variable = [graph.variable[parent] for parent in self.parents]
        self.row, self.numbers = columns.row(node), arithmetic()
        self.settings = self.numbers.settings(columns.settings_of(node))
        self.scalar = not columns.shape(node)
        self.args = tuple(map(_plain, args))

    def value(self) -> Any:
        """Return its value."""
        return self.numbers.value(self.row, self.args, self.settings, scalar=self.scalar)

    def terms(self, adjoint: Any) -> list[tuple[int, Any]]:
        """Return what it contributes to the adjoints of its parents."""
        out, pulled = self.value(), _plain(as_array(adjoint))
        slots = [slot for slot, counts in enumerate(self.variable) if counts]
        return [
            (
                self.parents[slot],
                as_entries(
                    self.numbers.contribution(self.row, slot, pulled, out, self.args, self.settings)
                ),
            )
            for slot in slots
        ]
