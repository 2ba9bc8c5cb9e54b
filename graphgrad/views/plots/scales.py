"""Lay numbers out along an axis: its bounds, where they fall, and the marks beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from graphgrad.views.plots.plot import Plot, finite
from graphgrad.views.text.numbers import number

__all__ = ["Scale", "bar_scale", "scale_of", "scales_of"]

_STEPS = (1.0, 2.0, 5.0, 10.0)
_MARGIN = 0.04


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: from which number to which, evenly or by powers of ten."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float | None:
        """Return where a number falls, 0 at the low end and 1 at the high one; None for none."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return None
        low, high, value = (
            map(math.log10, (self.low, self.high, value))
            if self.log
            else (self.low, self.high, value)
        )
        return (value - low) / (high - low) if high > low else 0.5

    def marks(self, most: int = 6) -> list[tuple[float, str]]:
        """Return places and labels of marks, at most so many."""
        values = self._powers(most) if self.log else self._round_numbers(most)
        return [
            (place, number(value, 6))
            for value in values
            if (place := self.place(value)) is not None and -1e-9 <= place <= 1 + 1e-9
        ]

    def _round_numbers(self, most: int) -> list[float]:
        rough = (self.high - self.low) / max(1, most - 1)
        if not 0 < rough < math.inf:  # as wide as nothing, or as all numbers
            return [self.low, self.high]
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [round(k * step, 12 - math.floor(math.log10(step))) for k in range(first, last + 1)]

    def _powers(self, most: int) -> list[float]:
        first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
        step = max(1, math.ceil((last - first + 1) / most))
        found = [10.0**k for k in range(first, last + 1, step)]
        return found if len(found) > 1 else [self.low, self.high]


def scale_of(values: Iterable[float], *, log: bool = False, margin: float = _MARGIN) -> Scale:
    """Return an axis that holds all numbers that can be laid out, with a little air.

    >>> scale_of([0, 10], margin=0).marks(3)
    [(0.0, '0'), (0.5, '5'), (1.0, '10')]
    >>> scale_of([3, 3], margin=0)
    Scale(low=2.5, high=3.5, log=False)
    """
    known = finite(values, log=log) or [1.0]
    low, high = min(known), max(known)
    if log:
        low, high = math.log10(low), math.log10(high)
    if high - low <= 1e-12 * max(1.0, abs(low), abs(high)):
        air = max(0.5, abs(low) * 1e-6)
        low, high = low - air, high + air
    air = (high - low) * margin
    low, high = low - air, high + air
    return Scale(10.0**low, 10.0**high, log=True) if log else Scale(low, high)


def bar_scale(plot: Plot) -> Scale:
    """Return the axis of a plot of bars: from 0, or from the smallest by powers of ten."""
    known = finite((abs(bar.value) for bar in plot.bars), log=plot.log)
    if plot.log and known:
        return scale_of(known, log=True, margin=0.0)
    return Scale(0.0, max([*known, 0.0]) or 1.0)


def scales_of(plot: Plot) -> tuple[Scale, Scale]:
    """Return the axes of a plot of curves or of a grid."""
    if plot.grid is not None:
        xs, ys = plot.grid.xs, plot.grid.ys
        return Scale(xs[0], xs[-1]), Scale(ys[0], ys[-1])
    xs = tuple(x for one in plot.series for x in one.xs)
    ys = tuple(y for one in plot.series for y in one.ys)
    return scale_of(xs, margin=0.0), scale_of(ys, log=plot.log)
