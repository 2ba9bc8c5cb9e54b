"""Count the arithmetic of a node: multiplications and other operations, forward and backward.

Forward, an entry of an element-wise op is one operation, a matrix product m*k*n multiply-adds.
Backward, an entry of an element-wise op costs one multiplication per argument that a gradient goes
to (the partial times the adjoint), a matrix product once more m*k*n for each.
Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.3 (cheap gradients: the
ratio of all operations is bounded by a constant, whatever the number of parameters).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from graphgrad.graph.graph import Graph

__all__ = ["Cost", "backward_cost", "forward_cost", "tangent_cost"]

_FREE = {"transpose", "reshape", "broadcast", "index", "concat", "stack", "identity"}


class Cost(NamedTuple):
    """Counts that add up.

    Attributes:
        products: multiplications, of which a multiply-add has one.
        others: any other operation on one number.
    """

    products: int
    others: int

    def plus(self, other: Cost) -> Cost:
        """Return the sum of two counts."""
        return Cost(self.products + other.products, self.others + other.others)

    @property
    def total(self) -> int:
        """Return all operations."""
        return self.products + self.others


def forward_cost(graph: Graph, node: int) -> Cost:
    """Return the cost of a node's value; leaves and moves of entries are free."""
    columns = graph.columns
    name, parents = columns.row(node).name, columns.parents_of(node)
    size = math.prod(columns.shape(node))
    if not len(parents) or name in _FREE:
        return Cost(0, 0)
    if name in ("matmul", "dot", "outer"):
        return Cost(_multiply_adds(graph, node), 0)
    if name in ("sum", "mean", "max", "min", "logsumexp", "argmax_mask"):
        return Cost(0, sum(math.prod(columns.shape(parent)) for parent in parents))
    if name in ("mul", "div"):
        return Cost(size, 0)
    return Cost(0, size)


def backward_cost(graph: Graph, node: int) -> Cost:
    """Return the cost of what a node adds to the adjoints of its arguments."""
    columns = graph.columns
    name = columns.row(node).name
    cost = Cost(0, 0)
    for parent in columns.parents_of(node):
        if not graph.variable[parent]:
            continue
        if name in ("matmul", "dot", "outer"):
            cost = cost.plus(Cost(_multiply_adds(graph, node), 0))
        elif name in ("add", "sub", "neg", "sum", "mean", *_FREE):
            cost = cost.plus(Cost(0, math.prod(columns.shape(parent))))
        else:
            cost = cost.plus(Cost(math.prod(columns.shape(node)), 0))
    return cost


def tangent_cost(graph: Graph, node: int) -> Cost:
    """Return the cost of pushing one tangent through a node: the same products as backward."""
    return backward_cost(graph, node)


def _multiply_adds(graph: Graph, node: int) -> int:
    """Return m*k*n of a product: the entries of the result times the length that is summed over."""
    columns = graph.columns
    size = math.prod(columns.shape(node))
    if columns.row(node).name == "outer":
        return size
    shape = columns.shape(columns.parents_of(node)[0])
    return size * (shape[-1] if shape else 1)
