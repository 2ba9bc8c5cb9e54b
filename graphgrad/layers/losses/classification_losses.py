"""List the rows of losses for several classes: cross entropies, margins, divergences."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, arg, listed
from graphgrad.layers.losses.reductions import (
    KERAS_REDUCED,
    REDUCED,
    REDUCTION,
    SMOOTHING,
    TARGETED,
    WEIGHTS,
    Coded,
    class_code,
    per_sample,
    reduced,
    unit,
)
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting

__all__ = ["CLASSIFICATION_LOSSES", "UNSEEN"]

_CLASSES = (*SMOOTHING, REDUCTION, *WEIGHTS)


def _cross_entropy(m: Any, p: Any, output: Any, target: Any, **settings: Any) -> Any:
    coded = Coded(m, "cross_entropy", output, target, **settings)
    return coded.loss(m.xlogy(coded.t, output))


def _with_logits(m: Any, p: Any, output: Any, target: Any, **settings: Any) -> Any:
    coded = Coded(m, "cross_entropy_with_logits", output, target, **settings)
    return coded.loss(coded.t * m.line("logp", m.log_softmax(output, axis=-1)))


def _nll(m: Any, p: Any, output: Any, target: Any, **settings: Any) -> Any:
    coded = Coded(m, "nll", output, target, **settings)
    return coded.loss(coded.t * output)


def _multi_margin(
    m: Any, p: Any, output: Any, target: Any, *, margin: Any, power: int, first: int, reduction: str
) -> Any:
    """Return by how much other classes come nearer than a margin, over the number of classes."""
    t = class_code(m, "multi_margin", output, target, smoothing=0, over="others", first=first)
    own = m.line("own", m.sum(t * output, axis=-1, keepdims=True))
    short = m.line("short", m.relu(margin - own + output) * (1 - t))
    short = short**power if power != 1 else short
    return reduced(m, per_sample(m, short) / m.shape(output)[-1], reduction)


def _kl_divergence(m: Any, p: Any, output: Any, target: Any, *, log: bool, reduction: str) -> Any:
    t = unit(m, "kl_divergence", output, target)
    estimated = t * output if log else m.xlogy(t, output)
    terms = m.xlogy(t, t) - estimated
    if reduction == "entries":
        return reduced(m, terms, "mean")
    if reduction == "length":  # of the first axis, also where there is only one, as PyTorch counts
        return reduced(m, terms, "sum") / (m.shape(output) or (1,))[0]
    return reduced(m, terms if reduction == "none" else per_sample(m, terms), reduction)


_WEIGHED: Any = (
    (((2, 3), (2,)), {"weights": [1, Fraction(1, 2), 2], "smoothing": Fraction(1, 10)}),
    (((2, 3), (2, 3)), {"weights": [1, Fraction(1, 2), 2]}),
    (((3, 3), (3,)), {"ignore": 1}),
    (((3,), ()), {"weights": [1, 2, 3], "ignore": -100, "reduction": "sum"}),
)
_CODES: Any = (
    (((3,), (3,)), {}),
    (((3,), ()), {"smoothing": Fraction(1, 10)}),
    (((2, 3), (2,)), {"first": 1, "smoothing": Fraction(1, 10), "over": "all"}),
    (((2, 3), (2, 3)), {"reduction": "sum"}),
    (((2, 3), (2, 1)), {"reduction": "none"}),
    *_WEIGHED,
)

UNSEEN = -100
"""The class that PyTorch ignores unless another is named."""


def _weighed(given: Any) -> dict[str, Any]:
    """Return the weights of classes, and the class that is ignored where PyTorch's is not meant.

    Targets of PyTorch's -100 are seen only when the loss is called.
    """
    ignored = "" if given.ignore_index == UNSEEN else given.ignore_index
    return {"weights": listed(given.weight), "ignore": ignored}


_WEIGHT_ARG = arg("weight", default=None)
_IGNORED = arg("ignore_index", default=UNSEEN)
_SMOOTHED = arg("label_smoothing", "smoothing", 0.0)
_KERAS_CLASSES = Door("CategoricalCrossentropy", (_SMOOTHED, KERAS_REDUCED))
_WITH_LOGITS = Door(
    "CrossEntropyLoss",
    (_WEIGHT_ARG, _IGNORED, REDUCED, _SMOOTHED),
    function="cross_entropy",
    fit=_weighed,
    always={"over": "all"},
    call="classes",
)
_NLL = Door(
    "NLLLoss",
    (_WEIGHT_ARG, _IGNORED, REDUCED),
    function="nll_loss",
    fit=_weighed,
    call="classes",
)
_MULTI_MARGIN = Door(
    "MultiMarginLoss",
    (
        arg("p", "power", 1),
        arg("margin", "margin", 1.0),
        arg("weight", default=None, only=(None,)),
        REDUCED,
    ),
    function="multi_margin_loss",
)
_MEANS = {"mean": "entries", "batchmean": "length"}
_KL = Door(
    "KLDivLoss",
    (REDUCED, arg("log_target", default=False, only=(False,))),
    function="kl_div",
    fit=lambda given: {"reduction": _MEANS.get(given.reduction, given.reduction)},
    always={"log": True},
)

CLASSIFICATION_LOSSES = (
    Layer(
        name="cross_entropy",
        inputs=("p", "y"),
        settings=_CLASSES,
        forward=_cross_entropy,
        glyph="CE",
        aliases=("entropia_cruzada", "entropía_cruzada"),
        spanish="entropía cruzada",
        keras=_KERAS_CLASSES,
        fits=("softmax",),
        target="target.probability",
        logits="cross_entropy_with_logits",
        curriculum="L04 L06 L09 R08",
        doc="-sum t log p of probabilities; targets are probabilities or class numbers from first.",
        source="Oviedo course 000, Ejemplo práctico: XOR; UPV course 001, Funciones objetivo; "
        "Sevilla course 004, suavizado de etiquetas.",
        examples=_CODES,
        **TARGETED,
    ),
    Layer(
        name="cross_entropy_with_logits",
        inputs=("z", "y"),
        settings=_CLASSES,
        forward=_with_logits,
        glyph="CE∘σ",
        aliases=("entropia_cruzada_logits", "entropía_cruzada_logits", "softmax_cross_entropy"),
        spanish="entropía cruzada con softmax",
        doors=(_WITH_LOGITS,),
        keras=_KERAS_CLASSES,
        fits=("identity",),
        target="target.probability",
        curriculum="A26 L04 R14",
        doc="Cross entropy of softmax(z), computed without overflow from z.",
        source="Sevilla course 003, Función de pérdida: cross entropy.",
        examples=_CODES,
        **TARGETED,
    ),
    Layer(
        name="nll",
        inputs=("logp", "y"),
        settings=_CLASSES,
        forward=_nll,
        glyph="-log p",
        aliases=("log_verosimilitud", "nll_loss"),
        spanish="log-verosimilitud negativa",
        doors=(_NLL,),
        fits=("log_softmax",),
        target="target.probability",
        curriculum="L04",
        doc="-sum t l of logarithms of probabilities, as log_softmax gives them.",
        source="Goodfellow, Bengio and Courville, Deep Learning, section 6.2.1.1.",
        examples=_CODES,
        **TARGETED,
    ),
    Layer(
        name="multi_margin",
        inputs=("z", "y"),
        settings=(
            Setting("margin", "number", 1),
            Setting("power", "count", 1),
            SMOOTHING[2],
            REDUCTION,
        ),
        forward=_multi_margin,
        glyph="margin",
        aliases=("multimargen", "multi_margin_loss"),
        spanish="pérdida de margen múltiple",
        doors=(_MULTI_MARGIN,),
        fits=("identity",),
        target="target.class",
        doc="Mean over classes of max(0, margin - z_t + z_i) for all i but the target.",
        source="Crammer and Singer, On the Algorithmic Implementation of Multiclass Kernel-based "
        "Vector Machines, JMLR 2 (2001), section 3.",
        examples=((((3,), ()), {}), (((2, 3), (2,)), {"power": 2, "margin": 2, "first": 1})),
        **TARGETED,
    ),
    Layer(
        name="kl_divergence",
        inputs=("q", "p"),
        settings=(
            Setting("log", "flag", False),
            Setting("reduction", "word", "mean", ("mean", "sum", "none", "entries", "length")),
        ),
        forward=_kl_divergence,
        glyph="KL",
        aliases=("divergencia_kl",),
        spanish="divergencia de Kullback-Leibler",
        doors=(_KL,),
        keras=Door("KLDivergence", (KERAS_REDUCED,)),
        fits=("softmax",),
        target="target.probability",
        doc="sum p log(p/q) of a true p and an estimated q, or of its logarithms with log=true.",
        source="Goodfellow, Bengio and Courville, Deep Learning, section 3.13.",
        examples=(
            (((3,), (3,)), {}),
            (((2, 3), (2, 3)), {"log": True}),
            (((2, 2), (2, 2)), {"reduction": "entries"}),
            (((3,), (3,)), {"log": True, "reduction": "length"}),
            (((2,), (2,)), {"reduction": "none"}),
        ),
        **TARGETED,
    ),
)
