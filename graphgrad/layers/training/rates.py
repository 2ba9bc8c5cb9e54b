"""Say how large each step is: the schedule's rate, or one with which the output goes down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf, isfinite
from typing import Final

from graphgrad.errors import UsageError
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import Iterate

__all__ = ["RATES", "USUAL_RATE", "rate_at", "starting_rate"]

RATES: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4)
USUAL_RATE: Final = 0.1
_STEPS = 5
_FLAT = 1e-9


def rate_at(plan: Plan, number: int, epoch: int, memory: Mapping[str, float]) -> float:
    """Return the rate of the update after ``number`` others."""
    base = USUAL_RATE if plan.rate is None else plan.rate
    if plan.function is not None:
        rate = float(plan.function(number))
        if not isfinite(rate):
            raise UsageError("training.bad_rate", k=number, got=rate)
        return rate
    if plan.schedule is None:
        return base
    k = epoch if plan.schedule.settings.get("per") == "epoch" else number
    return plan.schedule.rate(base, k, memory)


def starting_rate(plan: Plan, run: Callable[[Plan], Iterator[Iterate]]) -> float:
    """Return a rate with which the output goes down from the start.

    It is the one below the largest of `RATES` with which the first steps all lower the output:
    near the largest, plain descent jumps from one side of a valley to the other. Where even 1
    does, it is 1; where the start is flat, 0.1.

    Args:
        plan: how a step is made; it is tried over all rows at once.
        run: the training of a plan.
    """
    tried = replace(
        plan, epochs=None, batch=None, order="file", schedule=None, function=None, stops=(),
        average=None, valid=None,
    )  # fmt: skip
    start = next(run(replace(tried, steps=0, rate=USUAL_RATE)))
    if start.trouble is not None or not _steepness(start):
        return USUAL_RATE
    for place, rate in enumerate(RATES):
        if _goes_down(run(replace(tried, steps=_STEPS, rate=rate))):
            return rate if place == 0 else RATES[min(place + 1, len(RATES) - 1)]
    return RATES[-1]


def _goes_down(run: Iterator[Iterate]) -> bool:
    """Tell whether every step lowers the output, until it is at the bottom.

    No point is kept: of a large network, all of them would fill the memory.
    """
    flat, loss, steepness = None, inf, 0.0
    for iterate in run:
        if iterate.trouble is not None:
            return False
        if flat is not None and not (iterate.loss < loss or steepness <= flat):
            return False
        loss, steepness = iterate.loss, _steepness(iterate)
        flat = _FLAT * steepness if flat is None else flat
    return True


def _steepness(iterate: Iterate) -> float:
    """Return the largest entry of the gradients, without its sign."""
    return 0.0 if iterate.gradient is None else float(abs(iterate.gradient).max(initial=0.0))
