"""Train the parameters of a graph: one step per pass, over all rows of its data.

Where no rate is given, one is chosen with which the output goes down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.optimizers import Optimizer
from graphgrad.ops.evaluate import to_float
from graphgrad.trace.trace import Trace

__all__ = ["Iterate", "starting_rate", "training"]

RATES: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4)
_USUAL = 0.1
_STEPS = 5
_FLAT = 1e-9


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


# ---- the rate ----


def starting_rate(
    graph: Graph, optimizer: Optimizer, point: Mapping[str, Any] | None = None
) -> float:
    """Return a rate with which the output goes down from the start.

    It is the one below the largest of `RATES` with which the first steps all lower the output:
    near the largest, plain descent jumps from one side of a valley to the other. Where even 1
    does, it is 1; where the start is flat, 0.1.

    Args:
        graph: the graph; its output is made small.
        optimizer: how a step is made.
        point: values of leaves instead of the graph's own.

    Raises:
        UsageError: if there are no parameters, or the output is no number.
    """
    start = next(training(graph, optimizer, steps=0, rate=_USUAL, point=point))
    if start.trouble is not None or not _steepness(start):
        return _USUAL
    for place, rate in enumerate(RATES):
        if _goes_down(list(training(graph, optimizer, steps=_STEPS, rate=rate, point=point))):
            return rate if place == 0 else RATES[min(place + 1, len(RATES) - 1)]
    return RATES[-1]


def _goes_down(run: list[Iterate]) -> bool:
    """Tell whether every step lowers the output, until it is at the bottom."""
    if run[-1].trouble is not None:
        return False
    flat = _FLAT * _steepness(run[0])
    return all(b.loss < a.loss or _steepness(a) <= flat for a, b in pairwise(run))


def _steepness(iterate: Iterate) -> float:
    """Return the largest entry of the gradients, without its sign."""
    import numpy as np

    return max((float(np.max(np.abs(g))) for g in iterate.gradients.values()), default=0.0)
