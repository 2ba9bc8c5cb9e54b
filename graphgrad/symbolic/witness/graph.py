"""Differentiate a graph with sympy alone: the witness that shares nothing with the rows' rules.

Neither partials, nor pullbacks, nor stable evaluations of rows are used, only formulas, the
structural definitions, ``sympy.diff`` and numbers of 40 digits. A graph of many operations is
differentiated op by op, and the numbers are multiplied along it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import sympy

from graphgrad.autodiff.record import leaf_values
from graphgrad.errors import LimitError, NonFiniteError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.sympy_rows.entrywise import as_array, row_value, symbol_array
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, number
from graphgrad.symbolic.sympy_rows.precise import PRECISE, NotRealError, precise
from graphgrad.symbolic.sympy_rows.replay import NotReplayableError, replay

__all__ = ["accumulated", "symbolic_gradient_arrays", "witness_gradient"]


_WHOLE = 60
"""Symbols and operations up to which the output is differentiated as one expression."""


def witness_gradient(
    graph: Graph, point: Mapping[str, Any] | None = None, seed: Any = None
) -> dict[str, Any]:
    """Return the gradient by every input and parameter, from formulas and ``sympy.diff`` only.

    Small graphs are one expression; in larger ones every op is differentiated by itself and the
    results are multiplied along the graph.

    Args:
        graph: the graph.
        point: values of leaves by name, instead of the graph's own.
        seed: adjoint of the output, of its shape; 1 for a scalar output.

    Returns:
        Floats and float arrays by name.

    Raises:
        NonFiniteError: if a value or derivative is no real number.
    """
    values = {node: _entries(value) for node, value in leaf_values(graph, point).items()}
    weights = _weights(graph, seed)
    roots = _gradient_roots(graph)
    try:
        if _is_one_expression(graph):
            whole = _whole(graph, values, weights)
            return {name: _plain(whole[name]) for name in roots}
        adjoints = accumulated(graph, values, weights)
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


def _entries(value: Any) -> Any:
    return as_array(np.frompyfunc(precise, 1, 1)(as_array(value)))


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


class _Local(NamedTuple):
    """The derivative of one op, weighted by its output's adjoint, by the entries of its arguments.

    Attributes:
        args: symbols of the arguments' entries.
        weights: symbols of the adjoint's entries.
        gradients: per argument, expressions over both.
        total: what they are the derivatives of.
    """

    args: tuple[Any, ...]
    weights: Any
    gradients: tuple[Any, ...]
    total: Any


@lru_cache(maxsize=4096)
def _local(code: int, _rule: Any, settings: tuple[Any, ...], shapes: tuple[Shape, ...]) -> _Local:
    row = ROWS[code]
    args = tuple(as_array(symbol_array(f"x{i}", shape)) for i, shape in enumerate(shapes))
    out = row_value(row, EXPANDED, args, dict(settings))
    weights = as_array(symbol_array("g", out.shape))
    parts = [w * number(e) for w, e in zip(weights.flat, out.flat, strict=True)]
    read = [(part, part.free_symbols) for part in parts]  # an input is in few of many outputs

    def slope(symbol: Any) -> Any:
        return sympy.Add(*[sympy.diff(part, symbol) for part, names in read if symbol in names])

    gradients = tuple(as_array(np.frompyfunc(slope, 1, 1)(arg)) for arg in args)
    return _Local(args, weights, gradients, sympy.Add(*parts))


def accumulated(graph: Graph, leaves: Mapping[int, Any], weights: Any) -> dict[int, Any]:
    """Return adjoints by reverse accumulation over local derivatives."""
    columns = graph.columns
    values: dict[int, Any] = {}
    for node in range(graph.output + 1):
        row, parents = columns.row(node), columns.parents_of(node)
        args = tuple(values[parent] for parent in parents)
        values[node] = (
            row_value(row, PRECISE, args, columns.settings_of(node)) if parents else leaves[node]
        )
    adjoints = {graph.output: weights}
    for node in range(graph.output, -1, -1):
        if node in adjoints and not graph.is_leaf(node):
            for parent, term in _terms(graph, node, values, adjoints[node]):
                known = adjoints.get(parent)
                adjoints[parent] = term if known is None else as_array(known + term)
    return adjoints


def _terms(
    graph: Graph, node: int, values: Mapping[int, Any], adjoint: Any
) -> list[tuple[int, Any]]:
    """Return what a node contributes to the adjoints of its parents."""
    columns = graph.columns
    row, parents = columns.row(node), list(columns.parents_of(node))
    args = [values[parent] for parent in parents]
    if isinstance(row, Elementwise):
        return _entrywise_terms(graph, node, args, adjoint)
    settings = tuple(columns.settings_of(node).items())
    assert isinstance(row, Structural)
    shapes = tuple(arg.shape for arg in args)
    local = _local(columns.codes[node], row.evaluate, settings, shapes)
    point = dict(zip(local.weights.flat, as_array(adjoint).flat, strict=True))
    for symbols, arg in zip(local.args, args, strict=True):
        point |= dict(zip(symbols.flat, arg.flat, strict=True))
    numeric = np.frompyfunc(lambda e: precise(replay(number(e), PRECISE, point)), 1, 1)
    return [
        (parent, as_array(numeric(gradient)))
        for parent, gradient in zip(parents, local.gradients, strict=True)
        if graph.variable[parent]
    ]


def _entrywise_terms(
    graph: Graph, node: int, args: list[Any], adjoint: Any
) -> list[tuple[int, Any]]:
    """Return what an element-wise node contributes, each entry by itself, then summed."""
    columns = graph.columns
    row, parents = columns.row(node), list(columns.parents_of(node))
    assert isinstance(row, Elementwise)
    settings = tuple(columns.settings_of(node).items())
    local = _local(columns.codes[node], row.formula, settings, ((),) * len(args))
    symbols = [array.item() for array in (*local.args, local.weights)]
    fixed = [s for s, p in zip(symbols, parents, strict=False) if not graph.variable[p]]
    terms = []
    for parent, gradient, symbol, arg in zip(parents, local.gradients, symbols, args, strict=False):
        if not graph.variable[parent]:
            continue  # by the 2 of (-3)^2 there is no real derivative, and none is asked for
        expression = number(gradient.item())

        def at(*entries: Any, e: Any = expression, symbol: Any = symbol) -> Any:
            point = dict(zip(symbols, entries, strict=True))
            try:
                return precise(replay(e, PRECISE, point))
            except (NotRealError, ZeroDivisionError):
                if not fixed:
                    raise
                whole = tuple((s, int(point[s])) for s in fixed if point[s] == int(point[s]))
                return precise(replay(_with_numbers(local.total, symbol, whole), PRECISE, point))

        each = np.frompyfunc(at, len(symbols), 1)
        terms.append((parent, _summed(as_array(each(*args, adjoint)), arg.shape)))
    return terms


@lru_cache(maxsize=4096)
def _with_numbers(total: Any, symbol: Any, numbers: tuple[tuple[Any, int], ...]) -> Any:
    """Return a derivative where arguments are whole numbers: x^1 at 0 has one, y x^y/x has not."""
    return number(sympy.diff(total.subs(dict(numbers)), symbol))


def _summed(array: Any, shape: Shape) -> Any:
    """Sum an array over the axes along which a shape was repeated."""
    while array.ndim > len(shape):
        array = as_array(array.sum(axis=0))
    for axis, length in enumerate(shape):
        if length == 1 and array.shape[axis] != 1:
            array = array.sum(axis=axis, keepdims=True)
    return array
