"""Take an update apart: what each sample adds, their sum, what the optimizer makes of it.

This is the lectures' algorithm BACKPROP step by step: forward and backward for a sample, its
increment added up, one change of the weights after the last sample of the batch.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.state import Iterate, State, look_ahead, move

__all__ = ["Sample", "Update", "update_at", "updates_of"]


class Sample(NamedTuple):
    """What one row adds.

    Attributes:
        row: the row, counted from 1.
        loss: its loss.
        gradient: its gradient, as one vector.
        total: the sum of the gradients up to and with it.
    """

    row: int
    loss: float
    gradient: Any
    total: Any


class Update(NamedTuple):
    """One update.

    Attributes:
        iterate: the point before it.
        samples: what each row of the batch adds.
        divisor: what the sum is divided by.
        after: the parameters after it, as one vector.
        slots: what the optimizer kept before it.
    """

    iterate: Iterate
    samples: list[Sample]
    divisor: int
    after: Any
    slots: dict[str, Any]

    @property
    def total(self) -> Any:
        """Return the sum of the gradients."""
        return self.samples[-1].total

    @property
    def change(self) -> Any:
        """Return what is added to the parameters."""
        return self.after - self.iterate.vector


def updates_of(training: Training, count: int) -> list[Update]:
    """Return the first updates of a training from where it is."""
    found: list[Iterate] = []
    for iterate in training.run():
        found.append(iterate)
        if len(found) > count or iterate.trouble is not None:
            break
    return [
        Update(
            one, _samples(training, one, one.slots), _divisor(training, one), two.vector, one.slots
        )
        for one, two in pairwise(found)
        if one.trouble is None
    ]


def update_at(training: Training, iterate: Iterate) -> Update | None:
    """Return the update that is made from a point, None where it has no gradient.

    Args:
        training: a fresh one of the same plan.
        iterate: the point.
    """
    if iterate.used is None:
        return None
    state = training.state
    state.number, state.vector, state.slots = iterate.number, iterate.vector, dict(iterate.slots)
    samples = _samples(training, iterate, iterate.slots)
    move(training.plan, state, iterate.used, iterate.rate)
    return Update(iterate, samples, _divisor(training, iterate), state.vector, iterate.slots)


def _samples(training: Training, iterate: Iterate, slots: dict[str, Any]) -> list[Sample]:
    state = State(iterate.number, iterate.vector, slots, {}, [])
    point = look_ahead(training.plan, state, iterate.rate)
    samples: list[Sample] = []
    total: Any = 0.0
    for row in iterate.rows:
        found = training.objective.one(point, row)
        total = total + found.gradient
        samples.append(Sample(row, found.loss, found.gradient, total))
    return samples


def _divisor(training: Training, iterate: Iterate) -> int:
    counts = {"batch": len(iterate.rows), "data": len(training.parts.train), "none": 1}
    return counts[training.plan.divide]
