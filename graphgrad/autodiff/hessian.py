"""Compute second derivatives: forward mode over the gradient graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.jacobian import LARGEST_JACOBIAN, chosen_leaves
from graphgrad.autodiff.jvp import is_moved, run_jvp
from graphgrad.autodiff.record import record, shaped
from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import arithmetic, of_type, to_float
from graphgrad.ops.given import read_only

__all__ = ["hessian", "hessian_vector_product"]


def hessian_vector_product(
    graph: Graph, direction: Mapping[str, Any], point: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the Hessian times a direction, one array per input and parameter.

    Args:
        graph: a graph whose output is one number.
        direction: one tangent per leaf, of its shape; the others are 0.
        point: values of leaves instead of the graph's own.

    Source: Pearlmutter, Fast Exact Multiplication by the Hessian, Neural Computation 6, 1994.
    """
    leaves = chosen_leaves(graph, None)
    if not graph.variable[graph.output]:
        zeros = ((name, arithmetic().zero(graph.columns.shape(n))) for name, n in leaves.items())
        return Named(zeros)
    gradients = gradient_graph(graph)
    values = record(gradients, point, backward=False).values
    along = {
        node: to_float(shaped(name, direction[name], graph.columns.shape(node)))
        for name, node in chosen_leaves(graph, direction).items()
    }
    start = {node: tangent for node, tangent in along.items() if is_moved(tangent)}
    found = _pushed(graph, gradients, values, start, leaves)
    return Named((name, of_type(found[name], values[node])) for name, node in leaves.items())


def hessian(
    graph: Graph,
    point: Mapping[str, Any] | None = None,
    wrt: Iterable[str] | None = None,
    *,
    gradients: Graph | None = None,
) -> dict[tuple[str, str], Any]:
    """Return every block of the Hessian.

    Args:
        graph: a graph whose output is one number.
        point: values of leaves instead of the graph's own.
        wrt: names of inputs and parameters; all of them if None.
        gradients: its gradient graph, where it is known already, as in a search.

    Returns:
        Per pair of names an array of the first leaf's shape followed by the second's.

    Raises:
        LimitError: if the result would have more than a million entries.
    """
    import numpy as np

    leaves = chosen_leaves(graph, wrt)
    shapes = {name: graph.columns.shape(node) for name, node in leaves.items()}
    sizes = {name: int(np.prod(shape, dtype=int)) for name, shape in shapes.items()}
    if sum(sizes.values()) ** 2 > LARGEST_JACOBIAN:
        got = sum(sizes.values()) ** 2
        raise LimitError("jacobian.too_large", got=got, limit=LARGEST_JACOBIAN)
    blocks = {(a, b): np.zeros((sizes[a], sizes[b])) for a in leaves for b in leaves}
    constant = not graph.variable[graph.output]
    if gradients is None:
        gradients = graph if constant else gradient_graph(graph)
    values = record(gradients, point, backward=False).values
    for name, node in leaves.items() if not constant else ():
        for entry in range(sizes[name]):
            basis = np.zeros(sizes[name])
            basis[entry] = 1.0
            start = {node: to_float(basis.reshape(shapes[name]))}
            for other, column in _pushed(graph, gradients, values, start, leaves).items():
                blocks[other, name][:, entry] = np.reshape(column, -1)
    return Named(
        ((a, b), read_only(to_float(block.reshape((*shapes[a], *shapes[b])))))
        for (a, b), block in blocks.items()
    )


def _pushed(
    graph: Graph,
    gradients: Graph,
    values: list[Any],
    start: Mapping[int, Any],
    leaves: Mapping[str, int],
) -> dict[str, Any]:
    """Return the tangents of the adjoints; leaves keep their ids in the gradient graph."""
    numbers = arithmetic()
    tangents = run_jvp(gradients.columns, values, start, numbers)
    result = Named()
    for name, node in leaves.items():
        adjoint = gradients.find(graph.adjoint_name(name))
        tangent = None if adjoint is None else tangents.get(adjoint)
        shape = graph.columns.shape(node)
        result[name] = numbers.zero(shape) if tangent is None else tangent
    return result
