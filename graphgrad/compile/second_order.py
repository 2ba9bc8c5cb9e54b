"""Compute Hessians from a compiled program: all directions are one more axis of arrays.

The gradient is a graph; forward mode over it pushes the columns of the identity through at once.
Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., sections 3.1 (vector mode) and 5.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

import numpy as np

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.hessian import hessian as hessian_by_columns
from graphgrad.autodiff.hessian import hessian_vector_product as product_by_passes
from graphgrad.autodiff.jacobian import LARGEST_JACOBIAN, chosen_leaves
from graphgrad.autodiff.record import leaf_values, shaped
from graphgrad.compile.compiled import MOST_NODES, Compiled
from graphgrad.compile.recording.batched import Pushed
from graphgrad.compile.recording.lowering import DIRECTION, Lowering
from graphgrad.compile.recording.program import Operand, Program
from graphgrad.compile.rules.layouts import put_together
from graphgrad.compile.sparsity import Colours, colours, possible
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import read_only

__all__ = ["HessianProduct", "SecondOrder", "hessian", "hessian_vector_product"]

_PAYS_AT_ONCE = 1_000
"""Entries times nodes from which compiling is faster than a single Hessian column by column."""
_PAYS_AFTER = 3
"""Calls after which compiling pays for any graph."""
_FEWEST_COLUMNS = 8
"""Columns from which it is looked for those that can be told together."""
_LARGEST_BATCH = 20_000_000
"""Entries that the arrays of all tangents of a line may have."""


def hessian(
    graph: Graph,
    point: Mapping[str, Any] | None = None,
    wrt: Iterable[str] | None = None,
    *,
    gradients: Graph | None = None,
) -> dict[tuple[str, str], Any]:
    """Return every block of the Hessian.

    A large one, or one that is asked for again, is computed by a program in which all columns are
    one array; where a number is not finite, and else, column by column.

    Args:
        graph: a graph whose output is one number.
        point: values of leaves instead of the graph's own.
        wrt: names of inputs and parameters; all of them if None.
        gradients: its gradient graph, where it is known already.

    Returns:
        Per pair of names an array of the first leaf's shape followed by the second's.

    Raises:
        LimitError: if the result would have more than a million entries.
    """
    names = None if wrt is None else tuple(wrt)
    plan = _plan(graph, names)
    leaves = None if plan is None else plan.arguments(leaf_values(graph, point))
    found = None if plan is None or leaves is None else plan.at(leaves)
    return hessian_by_columns(graph, point, names, gradients=gradients) if found is None else found


def _plan(graph: Graph, names: tuple[str, ...] | None) -> SecondOrder | None:
    """Return the program of a graph's Hessian, None where it does not pay (yet)."""
    kept: dict[Any, Any] = vars(graph).setdefault("_second_order", {})
    known = kept.get(names, 0)
    if isinstance(known, SecondOrder):
        return known
    kept[names] = known + 1
    wrt = chosen_leaves(graph, names)
    count = sum(prod(graph.columns.shape(node)) for node in wrt.values())
    widest = max(prod(graph.columns.shape(node)) for node in range(len(graph)))
    fits = 0 < count**2 <= LARGEST_JACOBIAN and count * widest <= _LARGEST_BATCH
    pays = known + 1 >= _PAYS_AFTER or count * len(graph) >= _PAYS_AT_ONCE
    if not fits or not pays or not graph.variable[graph.output]:
        return None
    if graph.columns.shape(graph.output) or len(graph) > MOST_NODES:
        return None
    found = kept[names] = SecondOrder(graph, wrt)
    return found


def hessian_vector_product(
    graph: Graph, direction: Mapping[str, Any], point: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    r"""Return the Hessian times a direction, one array per input and parameter.

    What is asked for again is computed by a program of the gradient graph, the direction being
    one more input of it; where a number is not finite, and at first, by the interpreter.

    Args:
        graph: a graph whose output is one number.
        direction: one tangent per leaf, of its shape; the others are 0.
        point: values of leaves instead of the graph's own.

    Source: Pearlmutter, Fast Exact Multiplication by the Hessian, Neural Computation 6, 1994.

    >>> from graphgrad.source.gg import read_gg
    >>> dict(hessian_vector_product(read_gg("param a = 2\nparam b = 3\nloss L = a^2*b"), {"a": 1}))
    {'a': 6.0, 'b': 4.0}
    """
    kept: dict[Any, Any] = vars(graph).setdefault("_hessian_products", {})
    names = tuple(direction)
    known = kept.get(names, 0)
    if isinstance(known, int):
        kept[names] = known = known + 1
        fits = len(graph) <= MOST_NODES and graph.variable[graph.output]
        if known >= _PAYS_AFTER and fits and not graph.columns.shape(graph.output):
            known = kept[names] = HessianProduct(graph, chosen_leaves(graph, direction))
    found = None
    if isinstance(known, HessianProduct):
        found = known.at(direction, leaf_values(graph, point))
    return product_by_passes(graph, direction, point) if found is None else found


class HessianProduct:
    """The products of the Hessian of a graph and directions, as a program.

    Args:
        graph: a graph whose output is one number.
        along: the leaves in which directions are other than 0.
    """

    def __init__(self, graph: Graph, along: Mapping[str, int]) -> None:
        self.graph = graph
        self.along = along
        self.given = chosen_leaves(graph, None)
        self.compiled: dict[str, Compiled] = {}

    def at(self, direction: Mapping[str, Any], leaves: Mapping[int, Any]) -> dict[str, Any] | None:
        """Return the product per leaf, None where the interpreter has to look."""
        values = _arguments(self.graph, self.given, leaves)
        if values is None:
            return None
        shapes = {name: self.graph.columns.shape(node) for name, node in self.along.items()}
        for name, shape in shapes.items():
            tangent = np.asarray(to_float(shaped(name, direction[name], shape)))
            values.append(tangent.reshape((1, *shape)))
        kinds = "".join("s" if isinstance(v, float) else v.dtype.char for v in values)
        compiled = self.compiled.get(kinds)
        if compiled is None:
            compiled = self.compiled[kinds] = self._compile(kinds)
        found = compiled.run(values)
        return None if found is None else Named(zip(self.given, found[1:], strict=True))

    def _compile(self, kinds: str) -> Compiled:
        gradients = gradient_graph(self.graph)
        lowering = Lowering(gradients, dict(zip(self.given.values(), kinds, strict=False)))
        m = lowering.m
        start = {}
        for place, node in enumerate(self.along.values()):
            kind = kinds[len(self.given) + place]
            start[node] = m.leaf(DIRECTION - place, (1, *self.graph.columns.shape(node)), kind)
        pushed = Pushed(lowering, start, 1).tangents
        results = []
        for name, node in self.given.items():
            adjoint = gradients.find(self.graph.adjoint_name(name))
            column = None if adjoint is None else pushed.get(adjoint)
            shape = self.graph.columns.shape(node)
            found = 0.0 if column is None else m.plain(m.reshape(column.var, shape=shape))
            like = lowering.value(node)
            results.append(m.operand(lowering.like(m.broadcast(found, shape=shape), like)))
        return Compiled(gradients, lowering.program, [0.0, *results])


class SecondOrder:
    """The Hessian of a graph as a program.

    Args:
        graph: a graph whose output is one number.
        wrt: the leaves.
    """

    def __init__(self, graph: Graph, wrt: Mapping[str, int]) -> None:
        self.graph = graph
        self.wrt = wrt
        self.shapes = {name: graph.columns.shape(node) for name, node in wrt.items()}
        sizes = {name: prod(shape) for name, shape in self.shapes.items()}
        self.spans = _spans(sizes)
        self.count = sum(sizes.values())
        self.given = chosen_leaves(graph, None)
        self.compiled: dict[str, Compiled] = {}
        self.colours: Colours | None = None

    def arguments(self, leaves: Mapping[int, Any]) -> list[Any] | None:
        """Return the values of inputs and parameters; None where a constant has another value."""
        return _arguments(self.graph, self.given, leaves)

    def at(self, leaves: list[Any]) -> dict[tuple[str, str], Any] | None:
        """Return the blocks, None where the interpreter has to look."""
        kinds = "".join("s" if isinstance(v, float) else v.dtype.char for v in leaves)
        compiled = self.compiled.get(kinds)
        if compiled is None:
            compiled = self.compiled[kinds] = self._compile(kinds)
        found = compiled.run(leaves)
        if found is None:
            return None
        matrix = found[0].T if self.colours is None else self.colours.matrix(found[0])
        blocks = {}
        for a, rows in self.spans.items():
            for b, columns in self.spans.items():
                block = matrix[slice(*rows), slice(*columns)]
                blocks[a, b] = read_only(
                    to_float(block.reshape((*self.shapes[a], *self.shapes[b])))
                )
        return Named(blocks)

    def _compile(self, kinds: str) -> Compiled:
        if self.colours is None and self.count >= _FEWEST_COLUMNS:
            graph, program, result, basis = self._lowered(kinds, np.eye(self.count))
            found = colours(possible(graph, program, basis, result))
            if len(found.seeds) * 2 <= self.count:
                self.colours = found
        seeds = np.eye(self.count) if self.colours is None else self.colours.seeds
        graph, program, result, _ = self._lowered(kinds, seeds)
        return Compiled(graph, program, [result])

    def _lowered(self, kinds: str, seeds: Any) -> tuple[Graph, Program, Operand, list[int]]:
        """Return the program of the products of the matrix and some columns, a row per product.

        Args:
            kinds: the kind of each leaf.
            seeds: the columns, a row each.
        """
        gradients = gradient_graph(self.graph)
        lowering = Lowering(gradients, dict(zip(self.given.values(), kinds, strict=True)))
        m, count = lowering.m, len(seeds)
        start = {
            node: m.constant(
                seeds[:, slice(*self.spans[name])].reshape((count, *self.shapes[name])), node
            )
            for name, node in self.wrt.items()
        }
        pushed = Pushed(lowering, start, count).tangents
        pieces, keys = [], []
        for name, (start_at, end) in self.spans.items():
            adjoint = gradients.find(self.graph.adjoint_name(name))
            column = None if adjoint is None else pushed.get(adjoint)
            if column is not None:
                flat = m.plain(m.reshape(column.var, shape=(count, end - start_at)))
                pieces.append(m.cast(flat, "d"))
                keys.append(((0, count), (start_at, end)))
        matrix = put_together(m, pieces, keys, (count, self.count))
        basis = [var.at for var in start.values()]
        return gradients, lowering.program, m.operand(matrix), basis


def _arguments(
    graph: Graph, given: Mapping[str, int], leaves: Mapping[int, Any]
) -> list[Any] | None:
    """Return the values of inputs and parameters; None where a constant has another value."""
    constants = (n for n in leaves if n not in given.values())
    if any(leaves[node] is not graph.defaults.get(node) for node in constants):
        return None
    return [to_float(leaves[node]) for node in given.values()]


def _spans(sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    spans, start = {}, 0
    for name, size in sizes.items():
        spans[name] = (start, start + size)
        start += size
    return spans
