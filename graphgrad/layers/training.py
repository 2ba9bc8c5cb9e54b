"""Train the parameters of a graph: one step per pass, over all rows of its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.optimizers import Optimizer
from graphgrad.ops.evaluate import to_float
from graphgrad.trace.trace import Trace

__all__ = ["Iterate", "training"]


class Iterate(NamedTuple):
    """One point on the way.

    Attributes:
        number: steps done before it.
        values: the parameters, by name.
        gradients: the mean gradients there.
        loss: the mean loss there.
        trouble: the run in which a value first left the finite numbers; None if none did.
        row: the row of that run.
    """

    number: int
    values: dict[str, Any]
    gradients: dict[str, Any]
    loss: float
    trouble: Trace | None = None
    row: int | None = None


def training(
    graph: Graph,
    optimizer: Optimizer,
    *,
    steps: int,
    rate: float,
    point: Mapping[str, Any] | None = None,
) -> Iterator[Iterate]:
    """Yield the start and the point after every step; stop at the first non-finite number.

    Over the rows of a table the mean loss is trained.

    Args:
        graph: the graph; its output is made small.
        optimizer: how a step is made.
        steps: how many steps to make.
        rate: the step size.
        point: values of leaves instead of the graph's own.

    Raises:
        UsageError: if there are no parameters, or the output is no number.
    """
    names = [line.name for line in graph.lines() if graph.role(line.root) == "parameter"]
    if not names:
        raise UsageError("train.no_parameters")
    if graph.columns.shape(graph.output):
        raise UsageError("train.not_scalar", output=graph.name(graph.output))
    given = dict(point or {})
    start = record(graph, given, backward=False)
    values = {name: to_float(start.value(name)) for name in names}
    states: dict[str, Any] = {}
    for number in range(steps + 1):
        iterate = _at(graph, number, values, given)
        yield iterate
        if iterate.trouble is not None:
            return
        fresh = {}
        for name in names:
            gradient = iterate.gradients[name]
            moved = optimizer.update(values[name], gradient, states.get(name), rate)
            fresh[name], states[name] = moved
        values = fresh


def _at(graph: Graph, number: int, values: dict[str, Any], given: Mapping[str, Any]) -> Iterate:
    """Return loss and gradients at a point, as means over the rows."""
    losses: list[float] = []
    sums: dict[str, Any] = {}
    for row, point in _points(graph, given):
        trace = record(graph, point | values)
        losses.append(float(to_float(trace.values[graph.output])))
        if trace.trouble is not None:
            return Iterate(number, values, {}, losses[-1], trace, row)
        for name in values:
            gradient = to_float(trace.adjoint(name))
            sums[name] = gradient if name not in sums else sums[name] + gradient
    gradients = {name: total / len(losses) for name, total in sums.items()}
    return Iterate(number, values, gradients, sum(losses) / len(losses))


def _points(graph: Graph, given: Mapping[str, Any]) -> Iterator[tuple[int | None, dict[str, Any]]]:
    table = graph.heading.table
    if table is None:
        yield None, dict(given)
        return
    for row in range(1, len(table.rows) + 1):
        yield row, table.point(row) | dict(given)
