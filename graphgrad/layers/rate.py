"""Choose a step size for a graph of which nothing else is known."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np

from graphgrad.graph.graph import Graph
from graphgrad.layers.optimizers import Optimizer
from graphgrad.layers.training import Iterate, training

__all__ = ["starting_rate"]

RATES: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4)
_USUAL = 0.1
_STEPS = 5
_FLAT = 1e-9


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
    return max((float(np.max(np.abs(g))) for g in iterate.gradients.values()), default=0.0)
