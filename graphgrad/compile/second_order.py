"""Compute Hessians from a compiled program: all directions are one more axis of arrays.

The gradient is a graph; forward mode over it pushes the columns of the identity through at once.
Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., sections 3.1 (vector mode) and 5.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

from graphgrad.autodiff.gradient_graph import adjoint_name, gradient_graph
from graphgrad.autodiff.hessian import hessian as hessian_by_columns
from graphgrad.autodiff.jacobian import LARGEST_JACOBIAN, chosen_leaves
from graphgrad.autodiff.record import leaf_values
from graphgrad.compile.compiled import MOST_NODES, Compiled
from graphgrad.compile.recording.batched import Pushed
from graphgrad.compile.recording.lowering import Lowering
from graphgrad.compile.rules.layouts import put_together
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import arrays, to_float
from graphgrad.ops.given import read_only
from graphgrad.ops.shapes import Shape

__all__ = ["SecondOrder", "hessian"]

_PAYS_AT_ONCE = 1_000
"""Entries times nodes from which compiling is faster than a single Hessian column by column."""
_PAYS_AFTER = 3
"""Calls after which compiling pays for any graph."""
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

    def arguments(self, leaves: Mapping[int, Any]) -> list[Any] | None:
        """Return the values of inputs and parameters; None where a constant has another value."""
        defaults = self.graph.defaults
        constants = (n for n in leaves if n not in self.given.values())
        if any(leaves[node] is not defaults.get(node) for node in constants):
            return None
        return [to_float(leaves[node]) for node in self.given.values()]

    def at(self, leaves: list[Any]) -> dict[tuple[str, str], Any] | None:
        """Return the blocks, None where the interpreter has to look."""
        kinds = "".join("s" if isinstance(v, float) else v.dtype.char for v in leaves)
        compiled = self.compiled.get(kinds)
        if compiled is None:
            compiled = self.compiled[kinds] = self._compile(kinds)
        found = compiled.run(leaves)
        if found is None:
            return None
        matrix, blocks = found[0].T, {}
        for a, rows in self.spans.items():
            for b, columns in self.spans.items():
                block = matrix[slice(*rows), slice(*columns)]
                blocks[a, b] = read_only(
                    to_float(block.reshape((*self.shapes[a], *self.shapes[b])))
                )
        return Named(blocks)

    def _compile(self, kinds: str) -> Compiled:
        gradients = gradient_graph(self.graph)
        lowering = Lowering(gradients, dict(zip(self.given.values(), kinds, strict=True)))
        m = lowering.m
        start = {
            node: m.constant(_basis(self.count, self.spans[name], self.shapes[name]), node)
            for name, node in self.wrt.items()
        }
        pushed = Pushed(lowering, start, self.count).tangents
        pieces, keys = [], []
        for name, (start_at, end) in self.spans.items():
            adjoint = gradients.find(adjoint_name(self.graph, name))
            column = None if adjoint is None else pushed.get(adjoint)
            if column is not None:
                flat = m.plain(m.reshape(column.var, shape=(self.count, end - start_at)))
                pieces.append(m.cast(flat, "d"))
                keys.append(((0, self.count), (start_at, end)))
        matrix = put_together(m, pieces, keys, (self.count, self.count))
        return Compiled(gradients, lowering.program, [m.operand(matrix)])


def _spans(sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    spans, start = {}, 0
    for name, size in sizes.items():
        spans[name] = (start, start + size)
        start += size
    return spans


def _basis(count: int, span: tuple[int, int], shape: Shape) -> Any:
    """Return the part of the columns of the identity that belongs to one leaf."""
    np = arrays().np
    return np.eye(count)[:, slice(*span)].reshape((count, *shape))
