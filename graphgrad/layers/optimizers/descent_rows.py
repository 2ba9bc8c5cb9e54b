"""List the optimizers with one rate for all entries: descent, momentum, Nesterov."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.optimizers.optimizer import (
    DECAY,
    DECAY_ARG,
    KERAS_DECAY,
    Optimizer,
    Slot,
    decayed,
    keras_rate_arg,
    rate_arg,
    rate_setting,
    real,
)  # fmt: skip
from graphgrad.ops.row import Setting

__all__ = ["DESCENTS"]

_MU: Final = Setting("mu", "number", Fraction(9, 10), bounds="[0, 1)")


def _descend(m: Any, w: Any, g: Any, _s: Any, h: Any) -> Any:
    return w - h.rate * decayed(m, w, g, h), {}


def _momentum(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    """Keep a velocity; PyTorch's form multiplies it by the rate only where it is used."""
    g = decayed(m, w, g, h)
    if h.form == "course":
        kept = m.line("m", h.mu * s.m - h.rate * g)
        return w + kept, {"m": kept}
    if not h.on("mu"):
        return w - h.rate * g, {"m": m.line("m", g)}
    if h.on("dampening"):  # PyTorch starts with the whole gradient
        kept = m.line("m", g if h.on("first") else h.mu * s.m + (1 - h.dampening) * g)
    else:
        kept = m.line("m", h.mu * s.m + g)
    step = m.line("step", g + h.mu * kept) if h.on("nesterov") else kept
    return w - h.rate * step, {"m": kept}


def _ahead(_m: Any, w: Any, s: Any, h: Any) -> Any:
    return w + h.mu * s.m


def _nesterov(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    kept = m.line("m", h.mu * s.m - h.rate * decayed(m, w, g, h))
    return w + kept, {"m": kept}


_KERAS: Final = (
    keras_rate_arg(0.01),
    arg("momentum", "mu", 0.0),
    arg("nesterov", "nesterov", False),
    KERAS_DECAY,
)
_SGD: Final = Door(
    "SGD",
    (
        rate_arg(1e-3),
        real("momentum", "mu"),
        real("dampening", "dampening"),
        DECAY_ARG,
        arg("nesterov", "nesterov", False),
    ),
    always={"form": "torch"},
)

DESCENTS: Final = (
    Optimizer(
        name="gd",
        update=_descend,
        settings=(rate_setting(None), DECAY),
        rule=("w ← w − rate·∂L/∂w",),
        aliases=("sgd", "descenso", "descenso_de_gradiente"),
        spanish="descenso de gradiente",
        also="SGD",
        keras=Door(
            "SGD",
            (
                _KERAS[0],
                _KERAS[3],
            ),
        ),
        doc="Plain gradient descent: goes against the gradient.",
        source="Goodfellow, Bengio and Courville, Deep Learning, section 4.3.",
    ),
    Optimizer(
        name="momentum",
        update=_momentum,
        slots=lambda _settings: (Slot("m"),),
        settings=(
            rate_setting(None),
            _MU,
            Setting("form", "word", "course", choices=("course", "torch")),
            Setting("dampening", "number", 0, bounds="[0, 1]"),
            Setting("nesterov", "flag", False),
            DECAY,
        ),
        rule=(
            "m ← mu·m − rate·∂L/∂w,  w ← w + m",
            "form=torch:  m ← mu·m + ∂L/∂w,  w ← w − rate·m",
        ),
        aliases=("momento",),
        spanish="momento",
        door=_SGD,
        keras=Door("SGD", (*_KERAS,)),
        doc="Descent with a velocity that remembers past gradients.",
        source="Polyak, Some methods of speeding up the convergence of iteration methods, 1964; "
        "the form of PyTorch: Sutskever et al., On the importance of initialization and momentum "
        "in deep learning, ICML 2013, section 2.",
    ),
    Optimizer(
        name="nesterov",
        update=_nesterov,
        slots=lambda _settings: (Slot("m"),),
        look_ahead=_ahead,
        settings=(rate_setting(None), _MU, DECAY),
        rule=("m ← mu·m − rate·∂L/∂w(w + mu·m),  w ← w + m",),
        aliases=("nag",),
        spanish="momento de Nesterov",
        also="SGD",
        keras=Door(
            "SGD",
            (
                *_KERAS[:2],
                _KERAS[3],
            ),
        ),
        doc="Momentum whose gradient is taken where the velocity alone would lead.",
        source="Nesterov, A method of solving a convex programming problem with convergence rate "
        "O(1/k²), 1983; Sutskever et al., ICML 2013, section 2.",
    ),
)
