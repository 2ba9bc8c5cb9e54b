"""List schedules: how the rate changes, one row each; the formulas stand in `rate_formulas.py`."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.optimizers import rate_formulas as rates
from graphgrad.layers.optimizers.cyclic_schedules import CYCLES
from graphgrad.layers.optimizers.schedule import PER, STEPS, Schedule, factor_setting
from graphgrad.ops.row import Setting

__all__ = ["SCHEDULES"]

_END: Final = Setting("end", "number", 0, bounds="[0, inf)")
_CLAMP: Final = Setting("clamp", "flag", True)


def _every(default: Any) -> Setting:
    return Setting("every", "integer", default, bounds="[1, inf)")


_ROWS = (
    Schedule(
        name="constant",
        rate=rates.constant,
        tail="{rate}",
        settings=(
            factor_setting(Fraction(1)),
            Setting("until", "integer", 0, bounds="[0, inf)"),
            PER,
        ),
        rule=("rate;  factor·rate while k < until",),
        aliases=("constante",),
        spanish="constante",
        door=Door("ConstantLR", (arg("factor", "factor", 1 / 3), arg("total_iters", "until", 5))),
        doc="The same rate throughout, or times a factor at first.",
    ),
    Schedule(
        name="step",
        rate=rates.step,
        tail="{rate}*{factor}^(k/{every})",
        settings=(_every(10), factor_setting(Fraction(1, 10)), PER),
        rule=("rate·factor^⌊k/every⌋",),
        aliases=("escalones",),
        spanish="por escalones",
        door=Door("StepLR", (arg("step_size", "every"), arg("gamma", "factor", 0.1))),
        keras=Door("ExponentialDecay(staircase=True)"),
        doc="Times a factor after every few updates.",
    ),
    Schedule(
        name="piecewise",
        rate=rates.piecewise,
        settings=(
            Setting("at", "numbers", None),
            factor_setting(Fraction(1, 10)),
            Setting("rates", "numbers", None),
            PER,
        ),
        rule=("rate·factor^(how many of `at` are ≤ k);  or the given rates",),
        aliases=("por_periodos",),
        spanish="constante por periodos",
        door=Door("MultiStepLR", (arg("milestones", "at", kind=""), arg("gamma", "factor", 0.1))),
        keras=Door("PiecewiseConstantDecay"),
        doc="Constant between given updates.",
    ),
    Schedule(
        name="polynomial",
        rate=rates.polynomial,
        tail="{end}",
        settings=(STEPS, Setting("power", "number", 2, bounds="(0, inf)"), _END, PER),
        rule=("end + (rate − end)·(1 − k/steps)^power",),
        aliases=("polinomial",),
        spanish="polinomial",
        door=Door("PolynomialLR", (arg("total_iters", "steps", 5), arg("power", "power", 1.0))),
        keras=Door("PolynomialDecay"),
        doc="A power of the part of the way that is left.",
    ),
    Schedule(
        name="exponential",
        rate=rates.exponential,
        tail="{rate}*{factor}^k",
        settings=(factor_setting(Fraction(95, 100)), PER),
        rule=("rate·factor^k",),
        aliases=("exponencial",),
        spanish="exponencial",
        door=Door("ExponentialLR", (arg("gamma", "factor", kind="float"),)),
        keras=Door("ExponentialDecay"),
        doc="Times a factor at every update.",
    ),
    Schedule(
        name="inverse_time",
        rate=rates.inverse_time,
        tail="{rate}/(1 + {decay}*k/{every})^{power}",
        settings=(
            Setting("decay", "number", 1, bounds="[0, inf)"),
            _every(1),
            Setting("power", "number", 1, bounds="(0, inf)"),
            Setting("stairs", "flag", False),
            PER,
        ),
        rule=("rate/(1 + decay·k/every)^power",),
        aliases=("tiempo_inverso",),
        spanish="de tiempo inverso",
        keras=Door("InverseTimeDecay"),
        doc="Divided by a growing number; meets the conditions of Robbins and Monro.",
        source="Robbins and Monro, A stochastic approximation method, 1951.",
    ),
    Schedule(
        name="linear",
        rate=rates.linear,
        tail="{end}",
        settings=(
            STEPS,
            _END,
            Setting("start", "number", None, bounds="[0, inf)"),
            Setting("relative", "flag", False),
            _CLAMP,
            PER,
        ),
        rule=(
            "(1 − k/steps)·rate + k/steps·end,  then end;  clamp=0: as printed, on and on",
            "relative=1: start and end are parts of the rate",
        ),
        aliases=("lineal",),
        spanish="lineal",
        door=Door(
            "LinearLR",
            (
                arg("start_factor", "start", 1 / 3),
                arg("end_factor", "end", 1.0),
                arg("total_iters", "steps", 5),
            ),
            always={"relative": True},
        ),
        keras=Door("PolynomialDecay(power=1)"),
        doc="On a line to a last rate.",
        source="Goodfellow, Bengio and Courville, Deep Learning, equation 8.14.",
    ),
    Schedule(
        name="cosine",
        rate=rates.cosine,
        tail="{end}",
        settings=(STEPS, _END, _CLAMP, PER),
        rule=("end + (rate − end)·(1 + cos(π·k/steps))/2",),
        aliases=("coseno",),
        spanish="de coseno",
        door=Door(
            "CosineAnnealingLR",
            (arg("T_max", "steps"), arg("eta_min", "end", 0.0)),
            always={"clamp": False},
        ),
        keras=Door("CosineDecay"),
        doc="Half a cosine from the rate to a last one.",
        source="Loshchilov and Hutter, SGDR, ICLR 2017, equation 5.",
    ),
    Schedule(
        name="cosine_restarts",
        rate=rates.cosine_restarts,
        settings=(
            Setting("period", "integer", 10, bounds="[1, inf)"),
            Setting("grow", "integer", 1, bounds="[1, inf)"),
            _END,
            PER,
        ),
        rule=("the cosine again after period, period·grow, … updates",),
        aliases=("coseno_reinicios",),
        spanish="de coseno con reinicios",
        door=Door(
            "CosineAnnealingWarmRestarts",
            (arg("T_0", "period"), arg("T_mult", "grow", 1), arg("eta_min", "end", 0.0)),
        ),
        keras=Door("CosineDecayRestarts"),
        doc="Half cosines, one after another.",
        source="Loshchilov and Hutter, SGDR, ICLR 2017, section 3.",
    ),
    Schedule(
        name="warm_up",
        rate=rates.warm_up,
        settings=(
            Setting("steps", "integer", 10, bounds="[1, inf)"),
            Setting("start", "number", 0, bounds="[0, 1]"),
            Setting("then", "call", None),
            PER,
        ),
        rule=("rate·(start + (1 − start)·k/steps) while k < steps;  then another schedule",),
        aliases=("calentamiento",),
        spanish="con calentamiento",
        also="SequentialLR",
        doc="From small to the rate on a line, then another schedule.",
        source="Goyal et al., Accurate, large minibatch SGD, 2017, section 2.2.",
    ),
    *CYCLES,
    Schedule(
        name="plateau",
        rate=rates.plateau,
        settings=(
            factor_setting(Fraction(1, 10)),
            Setting("patience", "integer", 10, bounds="[0, inf)"),
            Setting("threshold", "number", Fraction(1, 10_000), bounds="[0, inf)"),
            Setting("relative", "flag", True),
            Setting("rest", "integer", 0, bounds="[0, inf)"),
            Setting("least", "number", 0, bounds="[0, inf)"),
        ),
        memory=(("factor", 1.0), ("best", math.inf), ("bad", 0.0), ("rest", 0.0)),
        watch=rates.watch_plateau,
        rule=("times factor after more than `patience` epochs without a better loss",),
        aliases=("meseta",),
        spanish="por mesetas",
        door=Door(
            "ReduceLROnPlateau",
            (
                arg("factor", "factor", 0.1),
                arg("patience", "patience", 10),
                arg("threshold", "threshold", 1e-4),
                arg("threshold_mode", default="rel"),
                arg("cooldown", "rest", 0),
                arg("min_lr", "least", 0.0),
                arg("eps", default=0.0),  # every change counts here
            ),
            fit=lambda given: {"relative": given.threshold_mode == "rel"},
        ),
        keras=Door("ReduceLROnPlateau"),
        doc="Smaller when the loss no longer gets better.",
    ),
)

SCHEDULES: Final[dict[str, Schedule]] = {row.name: row for row in _ROWS}
"""A new schedule is one entry."""
