"""Tell along which axis of a value the samples of a batch lie, by following it through the ops.

A matrix of inputs times weights has a sample per row; weights times a matrix has one per column.
"""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise

__all__ = ["sample_axes"]

_KEEPING = {"softmax", "log_softmax", "concat"}


def sample_axes(graph: Graph) -> dict[int, int]:
    r"""Return the axis of the samples for each node that holds several.

    >>> from graphgrad.source.gg import read_gg
    >>> text = "input X = [1, 2; 3, 4]\nparam w = [1, 1]\nz = X @ w\nh = relu(z)"
    >>> graph = read_gg(text)
    >>> sample_axes(graph)[graph.find("h")]
    0
    """
    axes: dict[int, int] = {}
    columns = graph.columns
    table = graph.heading.table
    whole = table.names if table is not None and table.whole else ()
    for node in range(len(graph)):
        shape = columns.shape(node)
        if graph.is_leaf(node):
            if graph.name(node) in whole:
                axes[node] = 0
            continue
        axis = _axis(graph, node, axes)
        if axis is not None and 0 <= axis < len(shape):
            axes[node] = axis
    return axes


def _axis(graph: Graph, node: int, axes: dict[int, int]) -> int | None:
    columns = graph.columns
    row, parents, shape = columns.row(node), columns.parents_of(node), columns.shape(node)
    if row.name == "matmul":
        return _of_product(graph, parents[0], parents[1], axes, len(shape))
    known = [parent for parent in parents if parent in axes]
    if not known:
        return None
    first = known[0]
    if isinstance(row, Elementwise):
        offset = len(shape) - len(columns.shape(first))
        return axes[first] + offset
    if row.name == "transpose" and len(shape) == 2:
        return 1 - axes[first]
    same = len(shape) > axes[first] and shape[axes[first]] == columns.shape(first)[axes[first]]
    keeps = row.name in _KEEPING or axes[first] == 0
    return axes[first] if same and keeps else None


def _of_product(
    graph: Graph, left: int, right: int, axes: dict[int, int], dimensions: int
) -> int | None:
    """Return the axis of a matrix product: rows of the left or columns of the right one."""
    if _is_data(graph, left, axes) and len(graph.columns.shape(left)) == 2:
        return 0 if axes.get(left, 0) == 0 else None
    if _is_data(graph, right, axes) and len(graph.columns.shape(right)) == 2:
        return dimensions - 1 if axes.get(right, 1) == 1 else None
    return None


def _is_data(graph: Graph, node: int, axes: dict[int, int]) -> bool:
    return node in axes or graph.role(node) == "input"
