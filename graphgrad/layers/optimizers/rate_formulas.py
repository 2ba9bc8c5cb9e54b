"""Hold the formulas of schedules: from the rate that was given, k and settings to the rate."""

from __future__ import annotations

import math
from typing import Any

from graphgrad.layers.optimizers.schedule import Memory

__all__ = [
    "constant",
    "cosine",
    "cosine_restarts",
    "cyclic",
    "cyclic_share",
    "exponential",
    "inverse_time",
    "linear",
    "one_cycle",
    "one_cycle_share",
    "piecewise",
    "plateau",
    "polynomial",
    "step",
    "warm_up",
    "watch_plateau",
]


def constant(base: float, k: int, h: Any) -> float:
    """Return the rate, times a factor at first."""
    return float(base * h.factor) if k < h.until else base


def step(base: float, k: int, h: Any) -> float:
    """Return the rate, a factor smaller after every few updates."""
    return float(base * h.factor ** (k // h.every))


def piecewise(base: float, k: int, h: Any) -> float:
    """Return the rate between two given updates."""
    passed = sum(k >= at for at in h.at)
    if h.rates is None:
        return float(base * h.factor**passed)
    return float(h.rates[min(passed, len(h.rates)) - 1]) if passed else base


def _part(k: int, h: Any) -> float:
    """Return how much of the way is done."""
    return float((min(k, h.steps) if h.clamp else k) / h.steps)


def polynomial(base: float, k: int, h: Any) -> float:
    """Return a power of the part of the way that is left."""
    left = 1 - min(k, h.steps) / h.steps
    return float(h.end + (base - h.end) * left**h.power)


def exponential(base: float, k: int, h: Any) -> float:
    """Return the rate times a factor per update."""
    return float(base * h.factor**k)


def inverse_time(base: float, k: int, h: Any) -> float:
    """Return the rate divided by a growing number."""
    periods = k // h.every if h.stairs else k / h.every
    return float(base / (1 + h.decay * periods) ** h.power)


def linear(base: float, k: int, h: Any) -> float:
    """Return a point on a line to the last rate."""
    start, end, part = base if h.start is None else h.start, h.end, _part(k, h)
    if h.relative:
        start, end = base if h.start is None else base * h.start, base * end
    return float((1 - part) * start + part * end)


def cosine(base: float, k: int, h: Any) -> float:
    """Return a point on half a cosine."""
    return float(h.end + (base - h.end) * (1 + math.cos(math.pi * _part(k, h))) / 2)


def cosine_restarts(base: float, k: int, h: Any) -> float:
    """Return a point on one of several half cosines."""
    length = h.period
    while k >= length:
        k, length = k - length, length * h.grow
    return float(h.end + (base - h.end) * (1 + math.cos(math.pi * k / length)) / 2)


def warm_up(base: float, k: int, h: Any) -> float:
    """Return a point on a line up to the rate, then another schedule's."""
    if k < h.steps:
        return float(base * (h.start + (1 - h.start) * k / h.steps))
    return base if h.then is None else float(h.then.rate(base, k - h.steps))


def cyclic(base: float, k: int, h: Any) -> float:
    """Go up and down between two rates.

    Source: Smith, Cyclical learning rates for training neural networks, WACV 2017, section 3.1.
    """
    low = base if h.low is None else h.low
    height, shrunk = _of_cycle(k, h)
    return float(low + (h.high - low) * height * shrunk)


def _of_cycle(k: int, h: Any) -> tuple[float, float]:
    """Return how high the rate stands in its cycle, and how much the cycle has shrunk."""
    cycle = k // h.period
    place = k / h.period - cycle
    height = place / h.rise if place <= h.rise else (1 - place) / (1 - h.rise)
    return height, {"triangular": 1.0, "halving": 0.5**cycle, "exponential": h.factor**k}[h.shape]


def cyclic_share(k: int, h: Any) -> float:
    """Return how far a cyclic rate is on its way up; source: as of `cyclic`."""
    height, shrunk = _of_cycle(k, h)
    return float(height * shrunk)


def one_cycle(base: float, k: int, h: Any) -> float:
    """Go from base/divide up to base, then far below, in half cosines.

    Source: Smith and Topin, Super-convergence, 2019, section 2.
    """
    low = base / h.divide
    rising, part = _of_one_cycle(k, h)
    start, end = (low, base) if rising else (base, low / h.divide_end)
    return float(end + (start - end) * (1 + math.cos(math.pi * part)) / 2)


def _of_one_cycle(k: int, h: Any) -> tuple[bool, float]:
    """Return whether the rate still rises, and which part of that way is gone."""
    top, last = h.rise * h.steps - 1, h.steps - 1
    if k <= top:
        return True, k / top if top else 1.0
    return False, min(1.0, (k - top) / (last - top))


def one_cycle_share(k: int, h: Any) -> float:
    """Return how far the rate of one cycle is on its way up; source: as of `one_cycle`."""
    rising, part = _of_one_cycle(k, h)
    return (1 + math.cos(math.pi * (part + rising))) / 2


def plateau(base: float, _k: int, h: Any) -> float:
    """Return the rate that the losses so far have left."""
    return float(max(base * h.memory["factor"], min(h.least, base)))


def watch_plateau(memory: Memory, loss: float, h: Any) -> Memory:
    """Count epochs without a better loss; after more than ``patience`` make the rate smaller."""
    best, bad, rest = memory["best"], memory["bad"], memory["rest"]
    wanted = best - h.threshold * (abs(best) if h.relative else 1.0) if best < math.inf else best
    best, bad = (loss, 0.0) if loss < wanted else (best, bad + 1)
    if rest > 0:
        rest, bad = rest - 1, 0.0
    factor = memory["factor"]
    if bad > h.patience:
        factor, rest, bad = factor * h.factor, float(h.rest), 0.0
    return {"factor": factor, "best": best, "bad": bad, "rest": rest}
