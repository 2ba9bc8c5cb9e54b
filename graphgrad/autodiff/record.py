"""Record a pass over a graph as a trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from graphgrad.autodiff.passes import run_backward, run_forward
from graphgrad.errors import GraphgradError, ShapeError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic, of_type, to_float
from graphgrad.ops.given import given, has_single, like_known
from graphgrad.ops.shapes import Shape, entries, shape_text
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import refuse_outside

__all__ = ["leaf_values", "record", "settled"]

_NOISE, _MOST_SETTLED = 1e-12, 2_000


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


def settled(trace: Trace) -> tuple[Trace, tuple[str, ...]]:
    r"""Return a pass with 0 where only the rounding of floats is left, and what that is, by name.

    Rationals tell: 0.1 + 0.2 - 0.3 is 0. Where they take another branch or come to other numbers
    (1 divided by it), all stays as it was computed.

    >>> from graphgrad.source.gg import read_gg
    >>> found, names = settled(record(read_gg("param w = 1\nz = w*(0.1 + 0.2) - 0.3\ny = z^2")))
    >>> found.value("z"), found.gradients["w"], names
    (0.0, 0.0, ('z', 'y', 'dy/dw', 'dy/dz'))
    """
    noisy = any(0 < abs(part) < _NOISE for part in _small_parts(trace))
    exact = _in_rationals(trace) if noisy and not trace.exact else None
    if exact is None:
        return trace, ()
    values = list(map(_zeroed, trace.values, exact.values))
    adjoints = list(map(_zeroed, trace.adjoints or (), exact.adjoints or ()))
    lines, output = list(trace.graph.lines()), trace.graph.name(trace.graph.output)
    names = [line.name for line in lines if values[line.root] is not trace.values[line.root]]
    for line, old in zip(lines, _of_lines(trace), strict=True) if adjoints else ():
        names += [f"d{output}/d{line.name}"] if adjoints[line.root] is not old else []
    floats = (*trace.values, *(trace.adjoints or ()))
    if not all(map(_is_near, floats, (*exact.values, *(exact.adjoints or ())))):
        return trace, tuple(names)
    seed, singles = trace.seed, trace.singles
    return Trace(trace.graph, values, adjoints or None, seed, singles=singles), tuple(names)


def _of_lines(trace: Trace) -> Iterator[Any]:
    return ((trace.adjoints or [])[line.root] for line in trace.graph.lines())


def _small_parts(trace: Trace) -> Iterator[Any]:
    """Yield all numbers of a pass of few nodes, but for those of large arrays."""
    if len(trace.values) > _MOST_SETTLED:
        return
    for value in (*trace.values, *(trace.adjoints or ())):
        if value is not None and getattr(value, "size", 1) <= _MOST_SETTLED:
            yield from entries(value)


def _in_rationals(trace: Trace) -> Trace | None:
    """Return the pass in rationals; None where it is refused."""
    graph, point = trace.graph, dict[str, Any]()
    for line in graph.lines():
        value, known = trace.values[line.root], graph.defaults.get(line.root)
        if graph.is_leaf(line.root) and (known is None or not _is_near(value, known)):
            point[line.name] = _as_written(value)
    seed = None if trace.seed is None else _as_written(trace.seed)
    try:
        return record(graph, point, seed=seed, exact=True, refuse=False)
    except (GraphgradError, ArithmeticError):
        return None


def _as_written(value: Any) -> Any:
    """Return a number as the shortest decimal that is read as it, and arrays of them."""
    if getattr(value, "shape", ()):
        decimals = value.astype(object)
        decimals.flat = [_as_written(part) for part in entries(value)]
        return decimals
    return Fraction(repr(float(value))) if isfinite(value) else value


def _is_near(value: Any, rational: Any) -> bool:
    if value is None or rational is None:
        return value is rational
    pairs = zip(entries(to_float(value)), entries(to_float(rational)), strict=True)
    return all(abs(a - b) <= _NOISE * max(1.0, abs(b)) for a, b in pairs)


def _zeroed(value: Any, rational: Any) -> Any:
    """Return a value with 0 in place of what a rational says is 0; itself where nothing is."""
    if value is None or rational is None or getattr(value, "size", 1) > _MOST_SETTLED:
        return value
    pairs = enumerate(zip(entries(value), entries(rational), strict=True))
    zeros = [k for k, (a, b) in pairs if 0 < abs(a) < _NOISE and isinstance(b, Fraction) and b == 0]
    if not zeros:
        return value
    if not getattr(value, "shape", ()):
        return 0.0
    cleared = value.copy()
    cleared.flat[zeros] = 0
    return cleared
