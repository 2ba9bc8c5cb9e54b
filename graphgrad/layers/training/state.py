"""Hold what a training has come to: everything that the next update depends on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from graphgrad.layers.optimizers.optimizer import Hyper, Numbers
from graphgrad.layers.training.choices import Chosen
from graphgrad.layers.training.layout import Layout, length
from graphgrad.layers.training.recipe import Plan
from graphgrad.trace.trace import Trace

__all__ = ["Best", "Iterate", "State", "clipped", "fresh_state", "hyper_of", "look_ahead", "move"]

Memory = dict[str, float]


class Best(NamedTuple):
    """The point with the best loss so far."""

    loss: float
    number: int
    vector: Any


@dataclass(frozen=True, slots=True)
class Iterate:
    """One point on the way.

    Attributes:
        number: updates done before it.
        epoch: epochs completed before it.
        rows: the rows of the update that follows; all training rows at the end.
        loss: the mean loss over them.
        vector: the parameters, as one vector.
        gradient: the mean gradient over the rows, at the point where the optimizer asks for it.
        used: the gradient that the update takes, divided and clipped.
        clipped: whether clipping changed it.
        slots: what the optimizer kept before the update, each a vector.
        rate: the step size of the update that follows.
        full: the mean loss over all training rows, where an epoch starts or the run ends.
        valid: the mean loss over the validation rows, there.
        average: the average of points so far, as a vector.
        fired: the rule that ends the run here.
        restored: whether this is the best point, taken up again after the end.
        trouble: the run in which a value first left the finite numbers; None if none did.
        row: the row of that run.
        layout: where each parameter stands.
    """

    number: int
    epoch: int
    rows: tuple[int, ...]
    loss: float
    vector: Any
    gradient: Any
    used: Any
    rate: float
    layout: Layout = field(repr=False)
    full: float | None = None
    valid: float | None = None
    average: Any = None
    fired: Chosen | None = None
    restored: bool = False
    trouble: Trace | None = None
    row: int | None = None
    clipped: bool = False
    slots: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters by name."""
        return self.layout.by_name(self.vector)

    @property
    def gradients(self) -> dict[str, Any]:
        """Return the mean gradients by name; empty where there are none."""
        return {} if self.gradient is None else self.layout.by_name(self.gradient)

    @property
    def norm(self) -> float:
        """Return the length of the whole gradient."""
        return 0.0 if self.gradient is None else length(self.gradient)

    @property
    def norms(self) -> dict[str, float]:
        """Return the length of the gradient of each layer."""
        return {} if self.gradient is None else self.layout.norms(self.gradient)


@dataclass(slots=True)
class State:
    """What the next update depends on.

    Attributes:
        number: updates done.
        vector: the parameters.
        slots: what the optimizer keeps, each a vector.
        schedule: what the schedule keeps.
        stops: what each rule keeps.
        average: the mean of the points taken, and how many they are.
        best: the best point, where a rule may go back to it.
        ended: whether a rule has ended the run.
        running: running statistics, by the names of the leaves that judging takes them as.
    """

    number: int
    vector: Any
    slots: dict[str, Any]
    schedule: Memory
    stops: list[Memory]
    average: Any = None
    averaged: int = 0
    best: Best | None = None
    ended: bool = False
    running: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> State:
        """Return a state that later updates leave alone."""
        stops = [dict(memory) for memory in self.stops]
        return replace(self, stops=stops, schedule=dict(self.schedule), slots=dict(self.slots))


@cache
def numbers() -> Numbers:
    """Return the namespace of updates on numbers."""
    return Numbers()


def fresh_state(plan: Plan, start: Any) -> State:
    """Return the state before the first update."""
    import numpy as np

    chosen = plan.optimizer
    slots = {
        slot.name: np.full(len(start), slot.initial) for slot in chosen.row.slots(chosen.settings)
    }
    schedule = {} if plan.schedule is None else dict(plan.schedule.row.memory)
    stops = [dict(stop.row.memory) for stop in plan.stops]
    return State(0, start, slots, schedule, stops)


def hyper_of(plan: Plan, number: int, rate: float) -> Hyper:
    """Return the settings of the update after ``number`` others."""
    return Hyper(**plan.optimizer.settings, rate=rate, k=number + 1)


def look_ahead(plan: Plan, state: State, rate: float) -> Any:
    """Return the point at which the gradient is taken."""
    ahead = plan.optimizer.row.look_ahead
    if ahead is None:
        return state.vector
    hyper = hyper_of(plan, state.number, rate)
    return ahead(numbers(), state.vector, SimpleNamespace(**state.slots), hyper)


def clipped(plan: Plan, gradient: Any) -> Any:
    """Return the gradient after clipping."""
    import numpy as np

    if plan.clip is None:
        return gradient
    with np.errstate(all="ignore"):
        return next(plan.clip.row.clip(numbers(), [gradient], _ClipHyper(plan.clip.settings)))


class _ClipHyper(SimpleNamespace):
    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(**settings)

    def on(self, name: str) -> bool:
        return bool(getattr(self, name))


def move(plan: Plan, state: State, gradient: Any, rate: float) -> None:
    """Make one update."""
    import numpy as np

    hyper = hyper_of(plan, state.number, rate)
    kept = SimpleNamespace(**state.slots)
    with np.errstate(all="ignore"):
        state.vector, state.slots = plan.optimizer.row.update(
            numbers(), state.vector, gradient, kept, hyper
        )
    state.number += 1
