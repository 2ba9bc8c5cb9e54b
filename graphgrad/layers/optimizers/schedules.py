"""List schedules: how the rate changes, one row each; the formulas stand in `rate_formulas.py`."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.optimizers import rate_formulas as rates
from graphgrad.layers.optimizers import torch_doors as doors
from graphgrad.layers.optimizers.schedule import Schedule
from graphgrad.ops.row import Setting

__all__ = ["SCHEDULES"]

_STEPS: Final = Setting("steps", "integer", None, bounds="[1, inf)")
_END: Final = Setting("end", "number", 0, bounds="[0, inf)")
_CLAMP: Final = Setting("clamp", "flag", True)
_PER: Final = Setting("per", "word", "update", choices=("update", "epoch"))


def _every(default: Any) -> Setting:
    return Setting("every", "integer", default, bounds="[1, inf)")


def _factor(default: Fraction | None) -> Setting:
    return Setting("factor", "number", default, bounds="(0, inf)")


_ROWS = (
    Schedule(
        name="constant",
        rate=rates.constant,
        tail="{rate}",
        settings=(_factor(Fraction(1)), Setting("until", "integer", 0, bounds="[0, inf)"), _PER),
        rule=("rate;  factor·rate while k < until",),
        aliases=("constante",),
        spanish="constante",
        torch="ConstantLR",
        door=doors.constant_lr,
        doc="The same rate throughout, or times a factor at first.",
    ),
    Schedule(
        name="step",
        rate=rates.step,
        tail="{rate}*{factor}^(k/{every})",
        settings=(_every(10), _factor(Fraction(1, 10)), _PER),
        rule=("rate·factor^⌊k/every⌋",),
        aliases=("escalones",),
        spanish="por escalones",
        torch="StepLR",
        door=doors.step_lr,
        keras="ExponentialDecay(staircase=True)",
        doc="Times a factor after every few updates.",
    ),
    Schedule(
        name="piecewise",
        rate=rates.piecewise,
        settings=(
            Setting("at", "numbers", None),
            _factor(Fraction(1, 10)),
            Setting("rates", "numbers", None),
            _PER,
        ),
        rule=("rate·factor^(how many of `at` are ≤ k);  or the given rates",),
        aliases=("por_periodos",),
        spanish="constante por periodos",
        torch="MultiStepLR",
        door=doors.multi_step_lr,
        keras="PiecewiseConstantDecay",
        doc="Constant between given updates.",
    ),
    Schedule(
        name="polynomial",
        rate=rates.polynomial,
        tail="{end}",
        settings=(_STEPS, Setting("power", "number", 2, bounds="(0, inf)"), _END, _PER),
        rule=("end + (rate − end)·(1 − k/steps)^power",),
        aliases=("polinomial",),
        spanish="polinomial",
        torch="PolynomialLR",
        door=doors.polynomial_lr,
        keras="PolynomialDecay",
        doc="A power of the part of the way that is left.",
    ),
    Schedule(
        name="exponential",
        rate=rates.exponential,
        tail="{rate}*{factor}^k",
        settings=(_factor(Fraction(95, 100)), _PER),
        rule=("rate·factor^k",),
        aliases=("exponencial",),
        spanish="exponencial",
        torch="ExponentialLR",
        door=doors.exponential_lr,
        keras="ExponentialDecay",
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
            _PER,
        ),
        rule=("rate/(1 + decay·k/every)^power",),
        aliases=("tiempo_inverso",),
        spanish="de tiempo inverso",
        keras="InverseTimeDecay",
        doc="Divided by a growing number; meets the conditions of Robbins and Monro.",
        source="Robbins and Monro, A stochastic approximation method, 1951.",
    ),
    Schedule(
        name="linear",
        rate=rates.linear,
        tail="{end}",
        settings=(
            _STEPS,
            _END,
            Setting("start", "number", None, bounds="[0, inf)"),
            Setting("relative", "flag", False),
            _CLAMP,
            _PER,
        ),
        rule=(
            "(1 − k/steps)·rate + k/steps·end,  then end;  clamp=0: as printed, on and on",
            "relative=1: start and end are parts of the rate",
        ),
        aliases=("lineal",),
        spanish="lineal",
        torch="LinearLR",
        door=doors.linear_lr,
        keras="PolynomialDecay(power=1)",
        doc="On a line to a last rate.",
        source="Goodfellow, Bengio and Courville, Deep Learning, equation 8.14.",
    ),
    Schedule(
        name="cosine",
        rate=rates.cosine,
        tail="{end}",
        settings=(_STEPS, _END, _CLAMP, _PER),
        rule=("end + (rate − end)·(1 + cos(π·k/steps))/2",),
        aliases=("coseno",),
        spanish="de coseno",
        torch="CosineAnnealingLR",
        door=doors.cosine_lr,
        keras="CosineDecay",
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
            _PER,
        ),
        rule=("the cosine again after period, period·grow, … updates",),
        aliases=("coseno_reinicios",),
        spanish="de coseno con reinicios",
        torch="CosineAnnealingWarmRestarts",
        door=doors.restarts_lr,
        keras="CosineDecayRestarts",
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
            _PER,
        ),
        rule=("rate·(start + (1 − start)·k/steps) while k < steps;  then another schedule",),
        aliases=("calentamiento",),
        spanish="con calentamiento",
        torch="SequentialLR",
        doc="From small to the rate on a line, then another schedule.",
        source="Goyal et al., Accurate, large minibatch SGD, 2017, section 2.2.",
    ),
    Schedule(
        name="cyclic",
        rate=rates.cyclic,
        settings=(
            Setting("low", "number", None, bounds="[0, inf)"),
            Setting("high", "number", None, bounds="(0, inf)"),
            Setting("period", "integer", 10, bounds="[2, inf)"),
            Setting("rise", "number", Fraction(1, 2), bounds="(0, 1)"),
            Setting(
                "shape", "word", "triangular", choices=("triangular", "halving", "exponential")
            ),
            _factor(Fraction(1)),
            _PER,
        ),
        rule=("from low up to high and down again, every period",),
        aliases=("ciclico", "cíclico"),
        spanish="cíclica",
        torch="CyclicLR",
        door=doors.cyclic_lr,
        doc="Up and down between two rates.",
        source="Smith, Cyclical learning rates for training neural networks, WACV 2017, section 3.",
    ),
    Schedule(
        name="one_cycle",
        rate=rates.one_cycle,
        settings=(
            _STEPS,
            Setting("rise", "number", Fraction(3, 10), bounds="(0, 1)"),
            Setting("divide", "number", 25, bounds="[1, inf)"),
            Setting("divide_end", "number", 10_000, bounds="[1, inf)"),
            _PER,
        ),
        rule=("from rate/divide up to rate, then down to rate/divide/divide_end",),
        aliases=("un_ciclo",),
        spanish="de un ciclo",
        torch="OneCycleLR",
        door=doors.one_cycle_lr,
        doc="One rise and one long fall in half cosines.",
        source="Smith and Topin, Super-convergence, 2019, section 2.",
    ),
    Schedule(
        name="plateau",
        rate=rates.plateau,
        settings=(
            _factor(Fraction(1, 10)),
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
        torch="ReduceLROnPlateau",
        door=doors.plateau_lr,
        keras="ReduceLROnPlateau",
        doc="Smaller when the loss no longer gets better.",
    ),
)

SCHEDULES: Final[dict[str, Schedule]] = {row.name: row for row in _ROWS}
"""A new schedule is one entry."""
