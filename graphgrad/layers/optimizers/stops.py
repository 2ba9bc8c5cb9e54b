"""List rules that end a training before its last step, and averages of the points on the way.

A stop is a function ``(memory, seen, h)``: what it kept, the losses after an epoch, its settings.
It returns what to keep and whether it fires. An average weighs the points it takes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, NamedTuple

from graphgrad.layers.optimizers.named import CalledThere
from graphgrad.ops.row import Setting

__all__ = ["AVERAGES", "STOPS", "Average", "Seen", "Stop", "moving_mean"]

Memory = dict[str, float]


class Seen(NamedTuple):
    """What a stop sees after an epoch: the loss that counts and the norm of the gradient.

    Attributes:
        loss: over the validation rows where there are some, else over the training rows.
        trained: over the training rows.
        norm: the length of the last gradient.
    """

    loss: float
    trained: float
    norm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(CalledThere):
    """One row.

    Attributes:
        watch: ``(memory, seen, h)`` to the memory and whether the training ends.
        memory: what is kept at first.
    """

    watch: Callable[[Memory, Seen, Any], tuple[Memory, bool]]
    memory: tuple[tuple[str, float], ...] = ()


def _early(memory: Memory, seen: Seen, h: Any) -> tuple[Memory, bool]:
    """Count epochs without a better loss; ``rule=printed`` counts those that do not go up."""
    best, bad = memory["best"], memory["bad"]
    if h.rule == "printed":
        bad = bad + 1 if seen.loss <= memory["last"] < math.inf else 0.0
    else:
        bad = 0.0 if seen.loss < best - h.threshold else bad + 1
    kept = {"best": min(best, seen.loss), "bad": bad, "last": seen.loss}
    return kept, bad >= h.patience


def _tolerance(memory: Memory, seen: Seen, h: Any) -> tuple[Memory, bool]:
    change = abs(memory["last"] - seen.trained)
    return {"last": seen.trained}, change < h.change


def _target(memory: Memory, seen: Seen, h: Any) -> tuple[Memory, bool]:
    return memory, seen.trained <= h.loss


def _flat(memory: Memory, seen: Seen, h: Any) -> tuple[Memory, bool]:
    return memory, seen.norm <= h.norm


_STOPS = (
    Stop(
        name="early",
        watch=_early,
        settings=(
            Setting("patience", "integer", 10, bounds="[1, inf)"),
            Setting("threshold", "number", 0, bounds="[0, inf)"),
            Setting("restore", "flag", True),
            Setting("rule", "word", "best", choices=("best", "printed")),
        ),
        memory=(("best", math.inf), ("bad", 0.0), ("last", math.inf)),
        rule=("after `patience` epochs without a better loss; back to the best",),
        aliases=("temprano", "paro_temprano"),
        spanish="paro temprano",
        keras="EarlyStopping",
        doc="Ends when the loss over the validation rows no longer gets better.",
        source="Goodfellow, Bengio and Courville, Deep Learning, algorithm 7.1.",
    ),
    Stop(
        name="tolerance",
        watch=_tolerance,
        settings=(Setting("change", "number", Fraction(1, 10**6), bounds="(0, inf)"),),
        memory=(("last", math.inf),),
        rule=("|L − L before| < change",),
        aliases=("tolerancia",),
        spanish="tolerancia",
        doc="Ends when the loss hardly changes.",
    ),
    Stop(
        name="target",
        watch=_target,
        settings=(Setting("loss", "number", Fraction(1, 100)),),
        rule=("L ≤ loss",),
        aliases=("meta",),
        spanish="meta",
        doc="Ends when the loss is small enough.",
    ),
    Stop(
        name="flat",
        watch=_flat,
        settings=(Setting("norm", "number", Fraction(1, 10**6), bounds="[0, inf)"),),
        rule=("‖∂L/∂w‖ ≤ norm",),
        aliases=("plano",),
        spanish="gradiente plano",
        doc="Ends when the gradient is small enough.",
    ),
)

STOPS: Final[dict[str, Stop]] = {row.name: row for row in _STOPS}
"""A new stop is one entry."""


# ---- averages ----


@dataclass(frozen=True, slots=True, kw_only=True)
class Average(CalledThere):
    """One row.

    Attributes:
        weight: ``(count, h)`` to the weight of a new point where ``count`` were taken before.
        per: whether it takes a point after every update or after every epoch.
    """

    weight: Callable[[int, Any], float]
    per: str = "update"


def _mean(count: int, _h: Any) -> float:
    return 1 / (count + 1)


def _moving(count: int, h: Any) -> float:
    return float(1 - h.decay) if count else 1.0


_START: Final = Setting("start", "integer", 1, bounds="[0, inf)")
_AVERAGES = (
    Average(
        name="polyak",
        weight=_mean,
        settings=(_START,),
        rule=("the mean of all points from update `start` on",),
        spanish="promedio de Polyak",
        torch="AveragedModel",
        doc="The mean of the points after every update.",
        source="Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992.",
    ),
    Average(
        name="swa",
        weight=_mean,
        per="epoch",
        settings=(_START, Setting("every", "integer", 1, bounds="[1, inf)")),
        rule=("the mean of the points after every `every` epochs from `start` on",),
        spanish="promedio estocástico de pesos",
        torch="AveragedModel",
        doc="Stochastic weight averaging: the mean of the points after epochs.",
        source="Izmailov et al., Averaging weights leads to wider optima, UAI 2018, algorithm 1.",
    ),
    Average(
        name="moving",
        weight=_moving,
        settings=(_START, Setting("decay", "number", Fraction(99, 100), bounds="[0, 1)")),
        rule=("a ← decay·a + (1 − decay)·w",),
        aliases=("movil", "móvil", "ema"),
        spanish="promedio móvil exponencial",
        torch="get_ema_multi_avg_fn",
        keras="use_ema",
        doc="A mean in which old points fade.",
    ),
)

AVERAGES: Final[dict[str, Average]] = {row.name: row for row in _AVERAGES}
"""A new average is one entry."""


def moving_mean(values: list[float], decay: float, *, delayed: bool = False) -> list[float]:
    """Return the exponentially weighted moving mean of some numbers; it starts at the first.

    Args:
        values: the numbers.
        decay: the weight of the mean so far.
        delayed: whether a number counts only from the next entry on, as some lectures print it.

    >>> [round(value, 6) for value in moving_mean([1.0, 5.0, 9.0], 0.9)]
    [1.0, 1.4, 2.16]
    >>> [round(value, 6) for value in moving_mean([1.0, 5.0, 9.0], 0.9, delayed=True)]
    [1.0, 1.0, 1.4]
    """
    means: list[float] = []
    fed = [values[0], *values] if delayed else values
    for value in fed[: len(values)]:
        means.append(decay * means[-1] + (1 - decay) * value if means else value)
    return means
