"""Keep of a training what is shown and saved: an entry per update, a few points, how it ended."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from graphgrad.errors import LimitError
from graphgrad.layers.training.choices import Chosen
from graphgrad.layers.training.layout import Layout, length
from graphgrad.layers.training.state import Iterate

__all__ = ["Entry", "Run", "check_points", "kept"]

_MOST_KEPT: Final = 20_000_000


class Entry(NamedTuple):
    """One update, or the end.

    Attributes:
        number: updates before it.
        epoch: epochs before it.
        loss: the mean loss over the rows of the update.
        rate: its step size.
        norm: the length of the gradient.
        norms: that of each layer.
        shown: the first few parameters that are numbers, by name.
        full: the mean loss over all training rows, where an epoch starts or the run ends.
        valid: that over the validation rows.
        predicted: the loss after the update to first order, L + gradient·change.
        restored: whether it is the best point, taken up again.
        turned: by how many degrees clipping turned the gradient; None where it changed nothing.
    """

    number: int
    epoch: int
    loss: float
    rate: float
    norm: float
    norms: dict[str, float]
    shown: dict[str, float]
    full: float | None = None
    valid: float | None = None
    predicted: float | None = None
    restored: bool = False
    turned: float | None = None


@dataclass(slots=True)
class Run:
    """What is kept of a training.

    Attributes:
        entries: one per update, and the end.
        last: the last point.
        first: the first point of this part of the run.
        fired: the rule that ended it.
        points: all points, where they are asked for.
        start: the parameters at the very start.
        length: how long the way is so far.
    """

    entries: list[Entry] = field(default_factory=list)
    points: list[Iterate] | None = None
    last: Iterate | None = None
    first: Iterate | None = None
    fired: Chosen | None = None
    start: Any = None
    length: float = 0.0

    @property
    def straight(self) -> float:
        """Return how far the last point is from the start."""
        return length(self.end.vector - self.start)

    @property
    def end(self) -> Iterate:
        """Return the last point."""
        assert self.last is not None
        return self.last

    def add(self, iterate: Iterate) -> None:
        """Keep a point."""
        before = self.last
        if self.start is None:
            self.start = iterate.vector
        if before is not None and before.gradient is not None and not iterate.restored:
            change = iterate.vector - before.vector
            self.length += length(change)
            predicted = before.loss + _along(before.gradient, change)
            self.entries[-1] = self.entries[-1]._replace(predicted=predicted)
        if self.first is None:
            self.first = iterate
        self.fired = iterate.fired or self.fired
        self.last = iterate
        self.entries.append(_entry(iterate))
        if self.points is not None:
            self.points.append(iterate)


def _along(gradient: Any, change: Any) -> float:
    """Return the inner product; infinite where it is too large for a float."""
    import numpy as np

    with np.errstate(all="ignore"):
        return float((gradient * change).sum())


def _entry(iterate: Iterate) -> Entry:
    return Entry(
        iterate.number,
        iterate.epoch,
        iterate.loss,
        iterate.rate,
        iterate.norm,
        iterate.norms,
        _shown(iterate),
        iterate.full,
        iterate.valid,
        restored=iterate.restored,
        turned=_turned(iterate),
    )


def _turned(iterate: Iterate) -> float | None:
    """Return the angle between the gradient and what the update takes, where they differ."""
    before, after = iterate.gradient, iterate.used
    if before is None or not iterate.clipped:
        return None
    lengths = iterate.norm * length(after)
    cosine = _along(before, after) / lengths if lengths else 1.0
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def _shown(iterate: Iterate) -> dict[str, float]:
    values = iterate.values
    return {name: values[name] for name in iterate.layout.shown}


def check_points(layout: Layout, updates: int) -> None:
    """Refuse to keep every point of a training that would fill the memory.

    Raises:
        LimitError: if their parameters and gradients are too many numbers.
    """
    count = 2 * layout.size * (updates + 1)
    if count > _MOST_KEPT:
        raise LimitError(
            "training.kept",
            got=count,
            limit=_MOST_KEPT,
            parameters=layout.size,
            updates=updates,
        )


def kept(
    iterates: Iterable[Iterate], run: Run, watch: Callable[[Iterate], Any] | None = None
) -> Run:
    """Run a training to its end and keep it.

    Args:
        iterates: the training.
        run: what was kept so far, for one that is resumed.
        watch: called with every point, for a progress bar.
    """
    for iterate in _without_repeat(iterates, run):
        run.add(iterate)
        if watch is not None:
            watch(iterate)
    return run


def _without_repeat(iterates: Iterable[Iterate], run: Run) -> Iterator[Iterate]:
    """Drop the entry of the point at which a run was saved: the resumed run starts with it."""
    for iterate in iterates:
        if run.last is None and run.entries and run.entries[-1].number == iterate.number:
            run.entries.pop()
        yield iterate
