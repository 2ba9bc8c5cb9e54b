"""Compute Jacobians: one backward pass per entry of the output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphgrad.autodiff.passes import run_backward
from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.given import read_only

__all__ = ["LARGEST_JACOBIAN", "chosen_leaves", "jacobian"]

LARGEST_JACOBIAN = 1_000_000


def jacobian(
    graph: Graph, point: Mapping[str, Any] | None = None, wrt: Iterable[str] | None = None
) -> dict[str, Any]:
    """Return d output / d leaf for each leaf.

    Args:
        graph: the graph; its output may have any shape.
        point: values of leaves instead of the graph's own.
        wrt: names of inputs and parameters; all of them if None.

    Returns:
        Per name an array of the output's shape followed by the leaf's shape.

    Raises:
        UsageError: if a name is no input or parameter.
        LimitError: if the result would have more than a million entries.
    """
    import numpy as np

    leaves = chosen_leaves(graph, wrt)
    columns = graph.columns
    shape = columns.shape(graph.output)
    size = int(np.prod(shape, dtype=int))
    entries = size * sum(int(np.prod(columns.shape(n), dtype=int)) for n in leaves.values())
    if entries > LARGEST_JACOBIAN:
        raise LimitError("jacobian.too_large", got=entries, limit=LARGEST_JACOBIAN)
    values = record(graph, point, backward=False).values
    result = {name: np.zeros((size, *columns.shape(n))) for name, n in leaves.items()}
    for entry in range(size):
        seed: Any = 1.0
        if shape:
            seed = np.zeros(size)
            seed[entry] = 1.0
            seed = seed.reshape(shape)
        adjoints = run_backward(columns, values, graph.output, seed, graph.variable, arithmetic())
        for name, node in leaves.items():
            if adjoints[node] is not None:
                result[name][entry] = adjoints[node]
    shaped = (
        (name, array.reshape((*shape, *columns.shape(leaves[name]))))
        for name, array in result.items()
    )
    return Named((name, read_only(array)) for name, array in shaped)


def chosen_leaves(graph: Graph, wrt: Iterable[str] | None) -> dict[str, int]:
    """Return the nodes of the named inputs and parameters, of all if None.

    Raises:
        UsageError: if a name is neither.
    """
    known = {
        line.name: line.root
        for line in graph.lines()
        if graph.role(line.root) in ("input", "parameter")
    }
    if wrt is None:
        return known
    chosen = {}
    for name in wrt:
        if name not in known:
            raise UsageError("leaf.unknown", name=name, known=", ".join(known))
        chosen[name] = known[name]
    return chosen
