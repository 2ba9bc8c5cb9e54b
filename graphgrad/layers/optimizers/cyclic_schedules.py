"""List the schedules that go up and down again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.doors.door import Argument, Door, arg
from graphgrad.layers.optimizers import rate_formulas as rates
from graphgrad.layers.optimizers.schedule import PER, STEPS, Schedule, factor_setting
from graphgrad.ops.row import Setting

__all__ = ["CYCLES"]


def _momenta(base: float, most: float) -> tuple[Argument, ...]:
    """Return the arguments by which momentum goes down while the rate goes up."""
    moved = (arg("base_momentum", default=base), arg("max_momentum", default=most))
    return (arg("cycle_momentum", default=True), *moved)


_SHAPES: Final = {"triangular2": "halving", "exp_range": "exponential"}


def _of_cycle(given: Any) -> dict[str, Any]:
    """Return a cycle as a period and the part of it in which the rate rises."""
    period = given.step_size_up + (given.step_size_down or given.step_size_up)
    placed = {"period": period, "rise": given.step_size_up / period}
    return placed | {"shape": _SHAPES.get(given.mode, given.mode)}


CYCLES: Final = (
    Schedule(
        name="cyclic",
        rate=rates.cyclic,
        share=rates.cyclic_share,
        settings=(
            Setting("low", "number", None, bounds="[0, inf)"),
            Setting("high", "number", None, bounds="(0, inf)"),
            Setting("period", "integer", 10, bounds="[2, inf)"),
            Setting("rise", "number", Fraction(1, 2), bounds="(0, 1)"),
            Setting(
                "shape", "word", "triangular", choices=("triangular", "halving", "exponential")
            ),
            factor_setting(Fraction(1)),
            PER,
        ),
        rule=("from low up to high and down again, every period",),
        aliases=("ciclico", "cíclico"),
        spanish="cíclica",
        door=Door(
            "CyclicLR",
            (
                arg("base_lr", "low", kind="float"),
                arg("max_lr", "high", kind="float"),
                arg("step_size_up", default=2000),
                arg("step_size_down", default=None),
                arg("mode", default="triangular"),
                arg("gamma", "factor", 1.0),
                *_momenta(0.8, 0.9),
            ),
            fit=_of_cycle,
        ),
        doc="Up and down between two rates.",
        source="Smith, Cyclical learning rates for training neural networks, WACV 2017, section 3.",
    ),
    Schedule(
        name="one_cycle",
        rate=rates.one_cycle,
        share=rates.one_cycle_share,
        settings=(
            STEPS,
            Setting("rise", "number", Fraction(3, 10), bounds="(0, 1)"),
            Setting("divide", "number", 25, bounds="[1, inf)"),
            Setting("divide_end", "number", 10_000, bounds="[1, inf)"),
            PER,
        ),
        rule=("from rate/divide up to rate, then down to rate/divide/divide_end",),
        aliases=("un_ciclo",),
        spanish="de un ciclo",
        door=Door(
            "OneCycleLR",
            (
                arg("max_lr", "rate", kind="float"),
                arg("total_steps", "steps"),
                arg("pct_start", "rise", 0.3),
                arg("div_factor", "divide", 25.0),
                arg("final_div_factor", "divide_end", 1e4),
                *_momenta(0.85, 0.95),
            ),
        ),
        doc="One rise and one long fall in half cosines.",
        source="Smith and Topin, Super-convergence, 2019, section 2.",
    ),
)
