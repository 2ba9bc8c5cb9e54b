"""List the optimizers that give each entry a step size of its own.

``eps`` keeps a divisor from zero; whether it stands inside the root is a matter of the source, and
a setting where courses differ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.optimizers.optimizer import (
    DECAY,
    DECAY_ARG,
    KERAS_DECAY,
    KERAS_EPS,
    Optimizer,
    Slot,
    decayed,
    eps_setting,
    keras_rate_arg,
    rate_arg,
    rate_setting,
    real,
    share_setting,
)  # fmt: skip
from graphgrad.ops.row import Setting

__all__ = ["ADAPTIVE"]


def _adagrad(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    g = decayed(m, w, g, h)
    kept = m.line("r", s.r + g**2)
    rate = m.line("slowed", h.rate / (1 + (h.k - 1) * h.slowing)) if h.on("slowing") else h.rate
    return w - rate / (h.eps + m.sqrt(kept)) * g, {"r": kept}


def _adadelta(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    g = decayed(m, w, g, h)
    kept = m.line("v", h.rho * s.v + (1 - h.rho) * g**2)
    step = m.line("step", m.sqrt(s.u + h.eps) / m.sqrt(kept + h.eps) * g)
    moved = m.line("u", h.rho * s.u + (1 - h.rho) * step**2)
    return w - h.rate * step, {"v": kept, "u": moved}


def _rmsprop(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    g = decayed(m, w, g, h)
    v = m.line("v", h.beta * s.v + (1 - h.beta) * g**2)
    kept, spread = {"v": v}, v
    if h.on("centered"):
        kept["mean"] = m.line("mean", h.beta * s.mean + (1 - h.beta) * g)
        spread = m.line("spread", v - kept["mean"] ** 2)
    root = m.sqrt(spread + h.eps) if h.on("inside") else m.sqrt(spread) + h.eps
    if h.on("mu"):
        kept["m"] = m.line("m", h.mu * s.m + g / root)
        return w - h.rate * kept["m"], kept
    return w - h.rate / root * g, kept


def _rmsprop_slots(settings: Any) -> tuple[Slot, ...]:
    asked = {"mean": settings["centered"], "m": settings["mu"]}
    return Slot("v"), *(Slot(name) for name, on in asked.items() if on)


ADAPTIVE: Final = (
    Optimizer(
        name="adagrad",
        update=_adagrad,
        slots=lambda settings: (Slot("r", float(settings["initial"])),),
        settings=(
            rate_setting(Fraction(1, 100)),
            eps_setting(Fraction(1, 10**7)),
            Setting("initial", "number", 0, bounds="[0, inf)"),
            Setting("slowing", "number", 0, bounds="[0, inf)"),
            DECAY,
        ),
        rule=("r ← r + g²,  w ← w − rate/(eps + √r)·g",),
        spanish="AdaGrad",
        door=Door(
            "Adagrad",
            (
                rate_arg(1e-2),
                real("lr_decay", "slowing"),
                DECAY_ARG,
                real("initial_accumulator_value", "initial"),
                arg("eps", "eps", 1e-10),
            ),
        ),
        keras=Door(
            "Adagrad",
            (
                keras_rate_arg(),
                arg("initial_accumulator_value", "initial", 0.1),
                KERAS_EPS,
                KERAS_DECAY,
            ),
        ),
        doc="Divides each entry's step by the root of the sum of its squared gradients.",
        source="Duchi, Hazan and Singer, Adaptive subgradient methods, JMLR 2011; "
        "Goodfellow, Bengio and Courville, Deep Learning, algorithm 8.4.",
    ),
    Optimizer(
        name="adadelta",
        update=_adadelta,
        slots=lambda _settings: (Slot("v"), Slot("u")),
        settings=(
            rate_setting(Fraction(1)),
            share_setting("rho", Fraction(9, 10)),
            eps_setting(Fraction(1, 10**6)),
            DECAY,
        ),
        rule=(
            "v ← rho·v + (1−rho)·g²,  d = √(u+eps)/√(v+eps)·g",
            "u ← rho·u + (1−rho)·d²,  w ← w − rate·d",
        ),
        spanish="Adadelta",
        door=Door(
            "Adadelta",
            (rate_arg(1.0), arg("rho", "rho", 0.9), arg("eps", "eps", 1e-6), DECAY_ARG),
        ),
        keras=Door("Adadelta", (keras_rate_arg(), arg("rho", "rho", 0.95), KERAS_EPS, KERAS_DECAY)),
        doc="Takes steps as large as the past ones, relative to past gradients.",
        source="Zeiler, ADADELTA: An adaptive learning rate method, 2012, algorithm 1.",
    ),
    Optimizer(
        name="rmsprop",
        update=_rmsprop,
        slots=_rmsprop_slots,
        settings=(
            rate_setting(Fraction(1, 100)),
            share_setting("beta", Fraction(9, 10)),
            eps_setting(Fraction(1, 10**8)),
            Setting("inside", "flag", True),
            Setting("mu", "number", 0, bounds="[0, 1)"),
            Setting("centered", "flag", False),
            DECAY,
        ),
        rule=("v ← beta·v + (1−beta)·g²,  w ← w − rate/√(v+eps)·g", "inside=0:  rate/(√v + eps)"),
        spanish="RMSProp",
        door=Door(
            "RMSprop",
            (
                rate_arg(1e-2),
                arg("alpha", "beta", 0.99),
                arg("eps", "eps", 1e-8),
                DECAY_ARG,
                real("momentum", "mu"),
                arg("centered", "centered", False),
            ),
            always={"inside": False},
        ),
        keras=Door(
            "RMSprop",
            (
                keras_rate_arg(),
                arg("rho", "beta", 0.9),
                arg("momentum", "mu", 0.0),
                KERAS_EPS,
                arg("centered", "centered", False),
                KERAS_DECAY,
            ),
        ),
        doc="Divides each entry's step by the root of a moving mean of its squared gradients.",
        source="Hinton, Neural Networks for Machine Learning, lecture 6e, 2012.",
    ),
)
