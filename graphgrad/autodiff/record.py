"""Record a pass over a graph as a trace."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphgrad.autodiff.passes import run_backward, run_forward
from graphgrad.errors import ShapeError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic, of_type, to_float
from graphgrad.ops.given import given, has_single, like_known
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import refuse_outside

__all__ = ["leaf_values", "record"]


def record(
    graph: Graph,
    point: Mapping[str, Any] | None = None,
    *,
    seed: Any = None,
    backward: bool = True,
    exact: bool = False,
    refuse: bool = True,
) -> Trace:
    """Run a graph forward and, from its output, backward.

    Args:
        graph: the graph to run.
        point: values of leaves by name, instead of the graph's own.
        seed: adjoint of the output, of its shape; 1 for a scalar output.
        backward: whether to run the backward pass.
        exact: whether to keep rationals exact.
        refuse: whether to refuse what a loss or a table does not take, where it came to a number;
            who shows the trouble of the pass takes it as it is.

    Returns:
        The trace; without a seed, an output of several elements has no backward pass.

    Raises:
        UsageError: if a leaf has no value or a name is unknown.
        ShapeError: if a value or the seed has the wrong shape, or a loss several elements.
        NonFiniteError: if a loss or a table is given a class, a target or a row that is not there.
    """
    numbers = arithmetic(exact=exact)
    leaves = leaf_values(graph, point)
    kinds, singles = None, frozenset[int]()
    if not exact and has_single(leaves.values()):
        from graphgrad.autodiff.precision import rounding_of

        kinds, _, singles = rounding_of(graph.columns, leaves)
    values = run_forward(graph.columns, leaves, numbers, kinds=kinds)
    shape = graph.columns.shape(graph.output)
    if graph.has_loss and shape:
        name = graph.name(graph.output)
        raise ShapeError("shape.loss", name=name, shape=shape_text(shape))
    adjoints = None
    if backward and (seed is not None or not shape):
        seed = numbers.one(shape) if seed is None else _seed(seed, shape, exact=exact)
        seed = of_type(seed, values[graph.output])
        adjoints = run_backward(graph.columns, values, graph.output, seed, graph.variable, numbers)
    trace = Trace(graph, values, adjoints, seed, exact=exact, singles=singles)
    if refuse:
        refuse_outside(trace)
    return trace


def leaf_values(graph: Graph, point: Mapping[str, Any] | None) -> dict[int, Any]:
    """Return the value of every leaf: the point's where it names one, else the graph's."""
    leaves = dict(graph.defaults)
    for name, value in (point or {}).items():
        node = graph.find(name) if isinstance(name, str) else None
        if node is None or not graph.is_leaf(node):
            known = ", ".join(line.name for line in graph.lines() if graph.is_leaf(line.root))
            raise UsageError("leaf.unknown", name=name, known=known)
        given_here = like_known(value, leaves.get(node))
        leaves[node] = shaped(name, given_here, graph.columns.shape(node))
    for line in graph.lines():
        if graph.is_leaf(line.root) and line.root not in leaves:
            raise UsageError("leaf.no_value", name=line.name)
    return leaves


def shaped(name: str, value: Any, shape: Shape) -> Any:
    """Return a given value, checked to have a leaf's shape."""
    value = given(value, name)
    got = tuple(getattr(value, "shape", ()))
    if got != shape:
        raise ShapeError(
            "shape.leaf_value", name=name, got=shape_text(got), expected=shape_text(shape)
        )
    return value


def _seed(seed: Any, shape: Shape, *, exact: bool) -> Any:
    value = shaped("seed", seed, shape)
    return value if exact and isinstance(value, Fraction) else to_float(value)
