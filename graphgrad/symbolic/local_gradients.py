"""Differentiate a graph op by op with sympy, and multiply along it in numbers of 40 digits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import sympy

from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.entries import as_array, row_value, symbol_array
from graphgrad.symbolic.namespace import EXPANDED, number
from graphgrad.symbolic.precise import PRECISE, precise
from graphgrad.symbolic.replay import replay

__all__ = ["accumulated"]


class _Local(NamedTuple):
    """The derivative of one op, weighted by its output's adjoint, by the entries of its arguments.

    Attributes:
        args: symbols of the arguments' entries.
        weights: symbols of the adjoint's entries.
        gradients: per argument, expressions over both.
    """

    args: tuple[Any, ...]
    weights: Any
    gradients: tuple[Any, ...]


@lru_cache(maxsize=4096)
def _local(code: int, _rule: Any, settings: tuple[Any, ...], shapes: tuple[Shape, ...]) -> _Local:
    row = ROWS[code]
    args = tuple(as_array(symbol_array(f"x{i}", shape)) for i, shape in enumerate(shapes))
    out = row_value(row, EXPANDED, args, dict(settings))
    weights = as_array(symbol_array("g", out.shape))
    total = sympy.Add(*[w * number(e) for w, e in zip(weights.flat, out.flat, strict=True)])
    derivative = np.frompyfunc(lambda symbol: sympy.diff(total, symbol), 1, 1)
    return _Local(args, weights, tuple(as_array(derivative(arg)) for arg in args))


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
    terms = []
    for parent, gradient, arg in zip(parents, local.gradients, args, strict=True):
        expression = number(gradient.item())
        each = np.frompyfunc(
            lambda *entries, e=expression: precise(
                replay(e, PRECISE, dict(zip(symbols, entries, strict=True)))
            ),
            len(symbols),
            1,
        )
        terms.append((parent, _summed(as_array(each(*args, adjoint)), arg.shape)))
    return terms


def _summed(array: Any, shape: Shape) -> Any:
    """Sum an array over the axes along which a shape was repeated."""
    while array.ndim > len(shape):
        array = as_array(array.sum(axis=0))
    for axis, length in enumerate(shape):
        if length == 1 and array.shape[axis] != 1:
            array = array.sum(axis=axis, keepdims=True)
    return array
