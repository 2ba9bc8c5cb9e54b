"""Compute Hessians from a compiled program: all directions are one more axis of arrays.

The gradient is a graph; forward mode over it pushes the columns of the identity through at once.
Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., sections 3.1 (vector mode) and 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from graphgrad.autodiff.gradient_graph import adjoint_name, gradient_graph
from graphgrad.compile.batched import Batch, Batched
from graphgrad.compile.compiled import Compiled
from graphgrad.compile.lowering import Lowering
from graphgrad.compile.rules.layouts import put_together
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import arrays, to_float
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape

__all__ = ["SecondOrder"]


class Pushed:
    """Forward mode over a graph that is being lowered, on many tangents at once.

    Args:
        lowering: the graph, with its values.
        tangents: a batch of tangents per leaf.
        count: how many tangents a batch has.
    """

    def __init__(self, lowering: Lowering, tangents: Mapping[int, Any], count: int) -> None:
        self.lowering = lowering
        self.m = Batched(lowering.m, count)
        self.tangents: dict[int, Any] = {n: Batch(self.m, var) for n, var in tangents.items()}
        columns = lowering.columns
        for node in range(len(columns)):
            parents = columns.parents_of(node)
            terms = [
                self._term(node, slot, self.tangents[parent])
                for slot, parent in enumerate(parents)
                if parent in self.tangents
            ]
            kept = [term for term in terms if term is not None]
            if kept:
                self.tangents[node] = sum(kept[1:], kept[0])

    def _term(self, node: int, slot: int, tangent: Batch) -> Any:
        lowering, m = self.lowering, self.m
        row, settings = lowering.columns.row(node), lowering.settings_of(node)
        out = lowering.value(node)
        args = tuple(lowering.value(parent) for parent in lowering.columns.parents_of(node))
        if isinstance(row, Elementwise):
            partial = row.computed_partials[slot](lowering.m, out, *args, **settings)
            if not hasattr(partial, "at") and partial == 0:
                return None
            product = partial * tangent if hasattr(partial, "at") else tangent * partial
            shape = lowering.columns.shape(node)
            return product if m.shape(product) == shape else m.broadcast(product, shape=shape)
        assert isinstance(row, Structural)
        if row.pushforward is not None:
            return row.pushforward(m, tangent, out, args, slot, **settings)
        moved = (*args[:slot], tangent, *args[slot + 1 :])
        return row.evaluate(m, *moved, **settings)


class SecondOrder:
    """The Hessian of a graph as a program.

    Args:
        graph: a graph whose output is one number.
        wrt: the leaves.
        kinds: the kind of each leaf that is given.
    """

    def __init__(self, graph: Graph, wrt: Mapping[str, int], kinds: Mapping[int, str]) -> None:
        self.shapes = {name: graph.columns.shape(node) for name, node in wrt.items()}
        gradients = gradient_graph(graph)
        lowering = Lowering(gradients, kinds)
        sizes = {name: prod(shape) for name, shape in self.shapes.items()}
        self.spans = _spans(sizes)
        self.count = sum(sizes.values())
        m = lowering.m
        start = {
            node: m.constant(_basis(self.count, self.spans[name], self.shapes[name]), node)
            for name, node in wrt.items()
        }
        pushed = Pushed(lowering, start, self.count).tangents
        pieces, keys = [], []
        for name in wrt:
            adjoint = gradients.find(adjoint_name(graph, name))
            column = None if adjoint is None else pushed.get(adjoint)
            if column is not None:
                pieces.append(
                    m.cast(m.plain(m.reshape(column.var, shape=(self.count, sizes[name]))), "d")
                )
                keys.append(((0, self.count), self.spans[name]))
        matrix = put_together(m, pieces, keys, (self.count, self.count))
        self.compiled = Compiled(gradients, lowering.program, [m.operand(matrix)])

    def at(self, leaves: list[Any]) -> dict[tuple[str, str], Any] | None:
        """Return the blocks, None where the interpreter has to look."""
        found = self.compiled.run(leaves)
        if found is None:
            return None
        matrix = found[0].T
        blocks = {}
        for a, rows in self.spans.items():
            for b, columns in self.spans.items():
                block = matrix[slice(*rows), slice(*columns)]
                blocks[a, b] = to_float(block.reshape((*self.shapes[a], *self.shapes[b])))
        return Named(blocks)


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
