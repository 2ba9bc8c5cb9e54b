"""List the optimizers that keep moving means of gradients and of their squares: Adam and kin."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.doors.door import Argument, Door, arg
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
    share_setting,
)  # fmt: skip
from graphgrad.ops.row import Setting

__all__ = ["ADAMS"]

_TINY: Final = Fraction(1, 10**8)
_BETAS: Final = (
    share_setting("beta1", Fraction(9, 10)),
    share_setting("beta2", Fraction(999, 1000)),
)


def _corrected(m: Any, name: str, moment: Any, beta: Any, h: Any) -> Any:
    """Return a moment without the pull of its start at 0."""
    return m.line(name, moment / (1 - beta**h.k))


def _moments(m: Any, g: Any, s: Any, h: Any) -> tuple[Any, Any]:
    first = m.line("m", h.beta1 * s.m + (1 - h.beta1) * g)
    second = m.line("v", h.beta2 * s.v + (1 - h.beta2) * g**2)
    return first, second


def _adam(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    """Divide the mean of the gradients by the root of the mean of their squares."""
    first, second = _moments(m, decayed(m, w, g, h), s, h)
    kept = {"m": first, "v": second}
    if h.correction == "none":
        return w - h.rate / (m.sqrt(second) + h.eps) * first, kept
    m_hat = _corrected(m, "m_hat", first, h.beta1, h)
    v_hat = _corrected(m, "v_hat", second, h.beta2, h)
    if h.correction == "in_place":
        kept = {"m": m_hat, "v": v_hat}
    if h.on("amsgrad"):
        kept["largest"] = m.line("largest", m.maximum(s.largest, second))
        v_hat = _corrected(m, "largest_hat", kept["largest"], h.beta2, h)
    return w - h.rate / (m.sqrt(v_hat) + h.eps) * m_hat, kept


def _adam_slots(settings: Any) -> tuple[Slot, ...]:
    largest = (Slot("largest"),) if settings["amsgrad"] else ()
    return Slot("m"), Slot("v"), *largest


def _shrunk(m: Any, w: Any, h: Any) -> Any:
    """Return the parameter with the decay that goes past the moments."""
    return m.line("shrunk", w - h.rate * h.weight_decay * w) if h.on("weight_decay") else w


def _adamw(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    first, second = _moments(m, g, s, h)
    kept = {"m": first, "v": second}
    m_hat = _corrected(m, "m_hat", first, h.beta1, h)
    if h.on("amsgrad"):
        kept["largest"] = second = m.line("largest", m.maximum(s.largest, second))
    v_hat = _corrected(m, "v_hat", second, h.beta2, h)
    return _shrunk(m, w, h) - h.rate / (m.sqrt(v_hat) + h.eps) * m_hat, kept


def _adamax(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    g = decayed(m, w, g, h)
    first = m.line("m", h.beta1 * s.m + (1 - h.beta1) * g)
    largest = m.line("u", m.maximum(h.beta2 * s.u, m.abs(g) + h.eps))
    m_hat = _corrected(m, "m_hat", first, h.beta1, h)
    return w - h.rate / largest * m_hat, {"m": first, "u": largest}


def _nadam(m: Any, w: Any, g: Any, s: Any, h: Any) -> Any:
    """Look one step ahead in the first moment; its weight grows with k."""
    if h.on("decoupled"):
        w = _shrunk(m, w, h)
    else:
        g = decayed(m, w, g, h)
    first, second = _moments(m, g, s, h)
    now = m.line("mu", h.beta1 * (1 - 0.96 ** (h.k * h.slowing) / 2))
    ahead = m.line("mu_next", h.beta1 * (1 - 0.96 ** ((h.k + 1) * h.slowing) / 2))
    product = m.line("product", s.product * now)
    m_hat = m.line("m_hat", ahead / (1 - product * ahead) * first + (1 - now) / (1 - product) * g)
    v_hat = _corrected(m, "v_hat", second, h.beta2, h)
    moved = w - h.rate / (m.sqrt(v_hat) + h.eps) * m_hat
    return moved, {"m": first, "v": second, "product": product}


_AMSGRAD = arg("amsgrad", "amsgrad", False)
_KERAS = (
    keras_rate_arg(),
    arg("beta_1", "beta1", 0.9),
    arg("beta_2", "beta2", 0.999),
)


def _as_adam(name: str, rate: Argument, *more: Argument) -> Door:
    """Return the door of an optimizer with two moments, whose factors PyTorch takes as a pair."""
    pair = arg("betas", default=(0.9, 0.999))
    return Door(
        name,
        (rate, pair, arg("eps", "eps", 1e-8), *more),
        fit=lambda given: dict(zip(("beta1", "beta2"), given.betas, strict=True)),
    )


ADAMS: Final = (
    Optimizer(
        name="adam",
        update=_adam,
        slots=_adam_slots,
        settings=(
            rate_setting(Fraction(1, 1000)),
            *_BETAS,
            eps_setting(_TINY),
            Setting("correction", "word", "once", choices=("once", "in_place", "none")),
            Setting("amsgrad", "flag", False),
            DECAY,
        ),
        rule=(
            "m ← beta1·m + (1−beta1)·g,  v ← beta2·v + (1−beta2)·g²",
            "w ← w − rate/(√(v/(1−beta2^k)) + eps)·m/(1−beta1^k)",
        ),
        spanish="Adam",
        door=_as_adam("Adam", rate_arg(1e-3), DECAY_ARG, _AMSGRAD),
        keras=Door("Adam", (*_KERAS, KERAS_EPS, _AMSGRAD, KERAS_DECAY)),
        doc="Moving means of gradients and of their squares, both corrected for their start at 0.",
        source="Kingma and Ba, Adam: A method for stochastic optimization, ICLR 2015, algorithm 1; "
        "amsgrad: Reddi, Kale and Kumar, ICLR 2018.",
    ),
    Optimizer(
        name="adamw",
        update=_adamw,
        slots=_adam_slots,
        settings=(
            rate_setting(Fraction(1, 1000)),
            *_BETAS,
            eps_setting(_TINY),
            Setting("amsgrad", "flag", False),
            Setting("weight_decay", "number", Fraction(1, 100), bounds="[0, inf)"),
        ),
        rule=("Adam,  and  w ← w − rate·weight_decay·w",),
        spanish="AdamW",
        door=_as_adam("AdamW", rate_arg(1e-3), arg("weight_decay", "weight_decay", 1e-2), _AMSGRAD),
        keras=Door(
            "AdamW",
            (
                keras_rate_arg(),
                arg("weight_decay", "weight_decay", 0.004),
                *_KERAS[1:],
                KERAS_EPS,
                _AMSGRAD,
            ),
        ),
        doc="Adam with a decay of the weights that the moments do not see.",
        source="Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019.",
    ),
    Optimizer(
        name="adamax",
        update=_adamax,
        slots=lambda _settings: (Slot("m"), Slot("u")),
        settings=(rate_setting(Fraction(1, 500)), *_BETAS, eps_setting(_TINY), DECAY),
        rule=("u ← max(beta2·u, |g| + eps),  w ← w − rate/u·m/(1−beta1^k)",),
        spanish="Adamax",
        door=_as_adam("Adamax", rate_arg(2e-3), DECAY_ARG),
        keras=Door("Adamax", (*_KERAS, KERAS_EPS, KERAS_DECAY)),
        doc="Adam with the largest gradient of late in place of the root mean square.",
        source="Kingma and Ba, Adam, ICLR 2015, algorithm 2.",
    ),
    Optimizer(
        name="nadam",
        update=_nadam,
        slots=lambda _settings: (Slot("m"), Slot("v"), Slot("product", 1.0)),
        settings=(
            rate_setting(Fraction(1, 500)),
            *_BETAS,
            eps_setting(_TINY),
            Setting("slowing", "number", Fraction(4, 1000), bounds="[0, inf)"),
            Setting("decoupled", "flag", False),
            DECAY,
        ),
        rule=(
            "mu_k = beta1·(1 − 0.96^(k·slowing)/2),  P_k = mu_1·…·mu_k",
            "w ← w − rate/(√v̂ + eps)·(mu_{k+1}·m/(1−P_{k+1}) + (1−mu_k)·g/(1−P_k))",
        ),
        spanish="Nadam",
        door=_as_adam(
            "NAdam",
            rate_arg(2e-3),
            DECAY_ARG,
            arg("momentum_decay", "slowing", 4e-3),
            arg("decoupled_weight_decay", "decoupled", False),
        ),
        keras=Door("Nadam", (*_KERAS, KERAS_EPS, KERAS_DECAY)),
        doc="Adam with Nesterov's look ahead.",
        source="Dozat, Incorporating Nesterov momentum into Adam, ICLR workshop 2016.",
    ),
)
