"""List the optimizers that give each entry a step size of its own.

``eps`` keeps a divisor from zero; whether it stands inside the root is a matter of the source, and
a setting where courses differ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.optimizers import torch_doors as doors
from graphgrad.layers.optimizers.optimizer import DECAY, Optimizer, Slot, decayed, rate_setting
from graphgrad.ops.row import Setting

__all__ = ["ADAPTIVE"]


def _share(name: str, default: Fraction) -> Setting:
    return Setting(name, "number", default, bounds="[0, 1)")


def _small(default: Fraction) -> Setting:
    return Setting("eps", "number", default, bounds="[0, inf)")


_TINY: Final = Fraction(1, 10**8)
_BETAS: Final = (_share("beta1", Fraction(9, 10)), _share("beta2", Fraction(999, 1000)))


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


ADAPTIVE: Final = (
    Optimizer(
        name="adagrad",
        update=_adagrad,
        slots=lambda settings: (Slot("r", float(settings["initial"])),),
        settings=(
            rate_setting(Fraction(1, 100)),
            _small(Fraction(1, 10**7)),
            Setting("initial", "number", 0, bounds="[0, inf)"),
            Setting("slowing", "number", 0, bounds="[0, inf)"),
            DECAY,
        ),
        rule=("r ← r + g²,  w ← w − rate/(eps + √r)·g",),
        spanish="AdaGrad",
        torch="Adagrad",
        door=doors.adagrad,
        keras="Adagrad",
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
            _share("rho", Fraction(9, 10)),
            _small(Fraction(1, 10**6)),
            DECAY,
        ),
        rule=(
            "v ← rho·v + (1−rho)·g²,  d = √(u+eps)/√(v+eps)·g",
            "u ← rho·u + (1−rho)·d²,  w ← w − rate·d",
        ),
        spanish="Adadelta",
        torch="Adadelta",
        door=doors.adadelta,
        keras="Adadelta",
        doc="Takes steps as large as the past ones, relative to past gradients.",
        source="Zeiler, ADADELTA: An adaptive learning rate method, 2012, algorithm 1.",
    ),
    Optimizer(
        name="rmsprop",
        update=_rmsprop,
        slots=_rmsprop_slots,
        settings=(
            rate_setting(Fraction(1, 100)),
            _share("beta", Fraction(9, 10)),
            _small(_TINY),
            Setting("inside", "flag", True),
            Setting("mu", "number", 0, bounds="[0, 1)"),
            Setting("centered", "flag", False),
            DECAY,
        ),
        rule=("v ← beta·v + (1−beta)·g²,  w ← w − rate/√(v+eps)·g", "inside=0:  rate/(√v + eps)"),
        spanish="RMSProp",
        torch="RMSprop",
        door=doors.rmsprop,
        keras="RMSprop",
        doc="Divides each entry's step by the root of a moving mean of its squared gradients.",
        source="Hinton, Neural Networks for Machine Learning, lecture 6e, 2012.",
    ),
    Optimizer(
        name="adam",
        update=_adam,
        slots=_adam_slots,
        settings=(
            rate_setting(Fraction(1, 1000)),
            *_BETAS,
            _small(_TINY),
            Setting("correction", "word", "once", choices=("once", "in_place", "none")),
            Setting("amsgrad", "flag", False),
            DECAY,
        ),
        rule=(
            "m ← beta1·m + (1−beta1)·g,  v ← beta2·v + (1−beta2)·g²",
            "w ← w − rate/(√(v/(1−beta2^k)) + eps)·m/(1−beta1^k)",
        ),
        spanish="Adam",
        torch="Adam",
        door=doors.adam,
        keras="Adam",
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
            _small(_TINY),
            Setting("amsgrad", "flag", False),
            Setting("weight_decay", "number", Fraction(1, 100), bounds="[0, inf)"),
        ),
        rule=("Adam,  and  w ← w − rate·weight_decay·w",),
        spanish="AdamW",
        torch="AdamW",
        door=doors.adamw,
        keras="AdamW",
        doc="Adam with a decay of the weights that the moments do not see.",
        source="Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019.",
    ),
    Optimizer(
        name="adamax",
        update=_adamax,
        slots=lambda _settings: (Slot("m"), Slot("u")),
        settings=(rate_setting(Fraction(1, 500)), *_BETAS, _small(_TINY), DECAY),
        rule=("u ← max(beta2·u, |g| + eps),  w ← w − rate/u·m/(1−beta1^k)",),
        spanish="Adamax",
        torch="Adamax",
        door=doors.adamax,
        keras="Adamax",
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
            _small(_TINY),
            Setting("slowing", "number", Fraction(4, 1000), bounds="[0, inf)"),
            Setting("decoupled", "flag", False),
            DECAY,
        ),
        rule=(
            "mu_k = beta1·(1 − 0.96^(k·slowing)/2),  P_k = mu_1·…·mu_k",
            "w ← w − rate/(√v̂ + eps)·(mu_{k+1}·m/(1−P_{k+1}) + (1−mu_k)·g/(1−P_k))",
        ),
        spanish="Nadam",
        torch="NAdam",
        door=doors.nadam,
        keras="Nadam",
        doc="Adam with Nesterov's look ahead.",
        source="Dozat, Incorporating Nesterov momentum into Adam, ICLR workshop 2016.",
    ),
)
