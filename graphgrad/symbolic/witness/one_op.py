"""Differentiate one op with sympy alone, and count the work before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np
import sympy

from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.sympy_rows.entrywise import as_array, row_value, symbol_array
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, number
from graphgrad.symbolic.sympy_rows.precise import PRECISE, NotRealError, precise
from graphgrad.symbolic.sympy_rows.replay import replay

__all__ = ["as_entries", "terms", "work_of"]


def as_entries(value: Any) -> Any:
    """Return a value as an array of precise numbers."""
    return as_array(np.frompyfunc(precise, 1, 1)(as_array(value)))


class _Local(NamedTuple):
    """The derivative of one op, weighted by its output's adjoint, by the entries of its arguments.

    Attributes:
        args: symbols of the arguments' entries.
        weights: symbols of the adjoint's entries.
        gradients: per argument, expressions over both.
        total: the summands of what they are the derivatives of.
    """

    args: tuple[Any, ...]
    weights: Any
    gradients: tuple[Any, ...]
    total: tuple[Any, ...]


@lru_cache(maxsize=4096)
def _local(code: int, _rule: Any, settings: tuple[Any, ...], shapes: tuple[Shape, ...]) -> _Local:
    row = ROWS[code]
    args = tuple(as_array(symbol_array(f"x{i}", shape)) for i, shape in enumerate(shapes))
    out = row_value(row, EXPANDED, args, dict(settings))
    weights = as_array(symbol_array("g", out.shape))
    parts = [
        weight * summand
        for weight, entry in zip(weights.flat, out.flat, strict=True)
        for summand in sympy.Add.make_args(number(entry))
    ]
    read: dict[Any, list[Any]] = {}  # an input is in few summands of few outputs
    for part in parts:
        for symbol in part.free_symbols:
            read.setdefault(symbol, []).append(part)

    def slope(symbol: Any) -> Any:
        return sympy.Add(*[sympy.diff(part, symbol) for part in read.get(symbol, ())])

    gradients = tuple(as_array(np.frompyfunc(slope, 1, 1)(arg)) for arg in args)
    return _Local(args, weights, gradients, tuple(parts))


def terms(graph: Graph, node: int, args: Sequence[Any], adjoint: Any) -> list[tuple[int, Any]]:
    """Return what a node contributes to the adjoints of its parents."""
    columns = graph.columns
    row, parents = columns.row(node), list(columns.parents_of(node))
    if isinstance(row, Elementwise):
        return _entrywise_terms(graph, node, args, adjoint)
    settings = tuple(columns.settings_of(node).items())
    assert isinstance(row, Structural)
    axes = _along(row, columns.settings_of(node), args[0].shape)
    if axes is not None:
        return [(parents[0], _along_terms(columns.codes[node], settings, axes, args[0], adjoint))]
    local = _local(columns.codes[node], row.evaluate, settings, tuple(a.shape for a in args))
    variable = [graph.variable[parent] for parent in parents]
    found = _at(local, args, adjoint, variable)
    pairs = zip(parents, found, strict=True)
    return [(parent, gradient) for parent, gradient in pairs if gradient is not None]


def _at(local: _Local, args: Sequence[Any], adjoint: Any, variable: Sequence[Any]) -> list[Any]:
    """Return the gradients of an op by its arguments as numbers; None by one that is constant."""
    point = dict(zip(local.weights.flat, as_array(adjoint).flat, strict=True))
    for symbols, arg in zip(local.args, args, strict=True):
        point |= dict(zip(symbols.flat, arg.flat, strict=True))
    numeric = np.frompyfunc(lambda e: precise(replay(number(e), PRECISE, point)), 1, 1)
    pairs = zip(local.gradients, variable, strict=True)
    return [as_array(numeric(gradient)) if counts else None for gradient, counts in pairs]


def _along(row: Structural, settings: Mapping[str, Any], shape: Shape) -> tuple[int, ...] | None:
    """Return the axes along which an op computes, each line of the others by itself, if it does."""
    known = [s for s in row.settings if s.name == "axis" and s.kind in ("axis", "axes")]
    if not known or len(row.arguments) != 1 or row.variadic or not shape:
        return None
    axis = settings["axis"]
    axes = range(len(shape)) if axis is None else [axis] if isinstance(axis, int) else axis
    return tuple(at % len(shape) for at in axes)


def _along_terms(code: int, settings: Any, axes: tuple[int, ...], x: Any, adjoint: Any) -> Any:
    """Return what an op along axes contributes: one line is differentiated, for all of them."""
    row: Any = ROWS[code]
    core = tuple(n if at in axes else 1 for at, n in enumerate(x.shape))
    local = _local(code, row.evaluate, settings, (core,))
    result = as_array(np.empty(x.shape, dtype=object))
    for place in np.ndindex(*(1 if at in axes else n for at, n in enumerate(x.shape))):
        line = tuple(slice(None) if at in axes else slice(p, p + 1) for at, p in enumerate(place))
        kept = line
        if adjoint.ndim < x.ndim:
            kept = tuple(part for at, part in enumerate(line) if at not in axes)
        [result[line]] = _at(local, [x[line]], adjoint[kept], [True])
    return result


def _entrywise_terms(
    graph: Graph, node: int, args: Sequence[Any], adjoint: Any
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
def _with_numbers(total: tuple[Any, ...], symbol: Any, numbers: tuple[tuple[Any, int], ...]) -> Any:
    """Return a derivative where arguments are whole numbers: x^1 at 0 has one, y x^y/x has not."""
    return number(sympy.diff(sympy.Add(*total).subs(dict(numbers)), symbol))


def _summed(array: Any, shape: Shape) -> Any:
    """Sum an array over the axes along which a shape was repeated."""
    while array.ndim > len(shape):
        array = as_array(array.sum(axis=0))
    for axis, length in enumerate(shape):
        if length == 1 and array.shape[axis] != 1:
            array = array.sum(axis=axis, keepdims=True)
    return array


# ---- work ----

_OF_AN_ENTRY = 5
_MOST_COUNTED = 50_000
"""Entries of arguments beyond which an op is too much, whatever it does."""


def work_of(row: Row, settings: Mapping[str, Any], shapes: tuple[Shape, ...]) -> int:
    """Return about how many steps sympy takes for the derivative of an op: a product takes six.

    An expression is differentiated by each symbol in it, summand by summand; so the work is the
    size of each summand times its symbols. The op is run on sizes in place of numbers.

    >>> from graphgrad.ops.registry import row
    >>> work_of(row("matmul"), {}, ((2, 3), (3, 4))), work_of(row("tanh"), {}, ((4,),))
    (152, 20)
    """
    entries = sum(map(prod, shapes))
    if isinstance(row, Elementwise) or entries > _MOST_COUNTED:
        return entries * _OF_AN_ENTRY * (entries if not isinstance(row, Elementwise) else 1)
    assert isinstance(row, Structural)
    axes, lines = _along(row, settings, shapes[0]), 1
    if axes is not None:
        core = tuple(n if at in axes else 1 for at, n in enumerate(shapes[0]))
        shapes, lines = (core,), prod(shapes[0]) // max(1, prod(core))
    symbols = sum(map(prod, shapes))
    leaf = np.frompyfunc(lambda _entry: _Size(1, 1, symbols), 1, 1)
    args = tuple(as_array(leaf(np.zeros(shape))) for shape in shapes)
    out = row_value(row, _SIZES, args, dict(settings))
    return sum(_size(entry).work + 1 for entry in out.flat) * (1 + lines // 8)


class _Size:
    """The size of an expression: its nodes, its symbols, the work of its summands, its cases.

    Args:
        nodes: how many nodes it has.
        symbols: how many symbols are in it, of ``most`` that there are.
        most: how many there are.
        summed: the work of its summands, where it is a sum.
        cases: into how many cases it falls apart.
    """

    __slots__ = ("cases", "most", "nodes", "summed", "symbols")

    def __init__(
        self, nodes: int, symbols: int, most: int, summed: int = 0, cases: int = 1
    ) -> None:
        self.nodes, self.summed, self.most = nodes, summed, most
        self.symbols, self.cases = min(symbols, most), min(cases, 10**9)

    @property
    def work(self) -> int:
        """Return the work of differentiating it by each of its symbols."""
        return self.summed or self.nodes * self.symbols

    def _with(self, other: Any) -> _Size:
        other = _size(other)
        most = max(self.most, other.most)
        return _Size(self.nodes + other.nodes + 1, self.symbols + other.symbols, most)

    def __add__(self, other: Any) -> _Size:
        found, other = self._with(other), _size(other)
        found.summed, found.cases = self.work + other.work, self.cases * other.cases
        return found

    __radd__ = __sub__ = __rsub__ = __add__
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _with

    def __neg__(self) -> _Size:
        return self


def _size(value: Any) -> _Size:
    """Return the size of an expression or of a number."""
    return value if isinstance(value, _Size) else _Size(1, 0, 0)


class _Sizes:
    """Namespace whose functions return the size of what sympy would build."""

    pi = 3

    def equal(self, a: Any, b: Any) -> _Size:
        """Return an indicator; sums of cases are multiplied out for it."""
        both = _size(a)._with(b)
        cases = _size(a).cases * _size(b).cases
        return _Size(both.nodes * cases, both.symbols, both.most, 0, 2)

    def __getattr__(self, name: str) -> Any:
        def applied(*args: Any, **_settings: Any) -> _Size:
            found = _Size(1, 0, 0, 0, 2 if name in ("greater", "less") else 1)
            for arg in map(_size, args):
                found.most = max(found.most, arg.most)
                found.nodes += arg.nodes
                found.symbols = min(found.symbols + arg.symbols, found.most)
            return found

        return applied


_SIZES = _Sizes()
