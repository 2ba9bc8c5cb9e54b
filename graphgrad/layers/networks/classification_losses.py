"""List the rows of losses for classes: cross entropies, margins, divergences."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.networks.pieces import exact
from graphgrad.layers.networks.reductions import (
    REDUCTION,
    SMOOTHING,
    WEIGHTS,
    Coded,
    class_code,
    matched,
    per_sample,
    reduced,
    unit,
)
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting

__all__ = ["CLASSIFICATION_LOSSES"]

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


def _bce(m: Any, p: Any, output: Any, target: Any, *, reduction: str) -> Any:
    t = unit(m, "bce", output, target)
    return reduced(m, -(m.xlogy(t, output) + m.xlogy(1 - t, 1 - output)), reduction)


def _bce_with_logits(
    m: Any, p: Any, output: Any, target: Any, *, reduction: str, positive: Any
) -> Any:
    """Return t softplus(-z) + (1 - t) softplus(z): -log of sigmoid(z), without computing it."""
    t = unit(m, "bce_with_logits", output, target)
    one = t * m.softplus(-output)
    if positive:
        one = one * (exact(positive[0]) if len(positive) == 1 else m.array(list(positive)))
    return reduced(m, one + (1 - t) * m.softplus(output), reduction)


def _hinge(m: Any, p: Any, output: Any, target: Any, *, margin: Any, reduction: str) -> Any:
    t = m.line("t", m.call("target", matched(m, "hinge", output, target), low=-1, high=1, step=2))
    return reduced(m, m.relu(margin - t * output), reduction)


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
        return reduced(m, terms, "sum") / m.shape(output)[0]
    return reduced(m, terms if reduction == "none" else per_sample(m, terms), reduction)


_LOSS: dict[str, Any] = {"results": ("L",), "kind": "loss", "notation": {"t": "target"}}
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
_UNITS: Any = (
    (((3,), (3,)), {}),
    (((3, 1), (3,)), {"reduction": "sum"}),
    (((), ()), {"reduction": "none"}),
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
        keras="CategoricalCrossentropy",
        fits=("softmax",),
        target="target.probability",
        curriculum="L04 L06 L09 R08",
        doc="-sum t log p of probabilities; targets are probabilities or class numbers from first.",
        source="Oviedo course 000, Ejemplo práctico: XOR; UPV course 001, Funciones objetivo; "
        "Sevilla course 004, suavizado de etiquetas.",
        examples=_CODES,
        **_LOSS,
    ),
    Layer(
        name="cross_entropy_with_logits",
        inputs=("z", "y"),
        settings=_CLASSES,
        forward=_with_logits,
        glyph="CE∘σ",
        aliases=("entropia_cruzada_logits", "entropía_cruzada_logits", "softmax_cross_entropy"),
        spanish="entropía cruzada con softmax",
        torch="CrossEntropyLoss",
        keras="CategoricalCrossentropy",
        fits=("identity",),
        target="target.probability",
        curriculum="A26 L04 R14",
        doc="Cross entropy of softmax(z), computed without overflow from z.",
        source="Sevilla course 003, Función de pérdida: cross entropy.",
        examples=_CODES,
        **_LOSS,
    ),
    Layer(
        name="nll",
        inputs=("logp", "y"),
        settings=_CLASSES,
        forward=_nll,
        glyph="-log p",
        aliases=("log_verosimilitud", "nll_loss"),
        spanish="log-verosimilitud negativa",
        torch="NLLLoss",
        fits=("log_softmax",),
        target="target.probability",
        curriculum="L04",
        doc="-sum t l of logarithms of probabilities, as log_softmax gives them.",
        source="Goodfellow, Bengio and Courville, Deep Learning, section 6.2.1.1.",
        examples=_CODES,
        **_LOSS,
    ),
    Layer(
        name="bce",
        inputs=("p", "y"),
        settings=(REDUCTION,),
        forward=_bce,
        glyph="BCE",
        aliases=("entropia_cruzada_binaria", "entropía_cruzada_binaria"),
        spanish="entropía cruzada binaria",
        torch="BCELoss",
        keras="BinaryCrossentropy",
        fits=("sigmoid",),
        target="target.probability",
        curriculum="L05 L07 L08 A26",
        doc="-(t log p + (1 - t) log(1 - p)), the mean over all entries.",
        source="Oviedo course 000, Ejemplo práctico: XOR.",
        examples=_UNITS,
        **_LOSS,
    ),
    Layer(
        name="bce_with_logits",
        inputs=("z", "y"),
        settings=(REDUCTION, Setting("positive", "numbers", "")),
        forward=_bce_with_logits,
        glyph="BCE∘σ",
        aliases=("entropia_cruzada_binaria_logits", "entropía_cruzada_binaria_logits"),
        spanish="entropía cruzada binaria con sigmoide",
        torch="BCEWithLogitsLoss",
        keras="BinaryCrossentropy",
        fits=("identity",),
        target="target.probability",
        curriculum="L05 A26",
        doc="Binary cross entropy of sigmoid(z), computed without overflow from z.",
        source="Sevilla course 003, Funciones de activación: capa de salida.",
        examples=(
            *_UNITS,
            (((3,), (3,)), {"positive": [2]}),
            (((2, 2), (2, 2)), {"positive": [2, Fraction(1, 2)], "reduction": "sum"}),
        ),
        **_LOSS,
    ),
    Layer(
        name="hinge",
        inputs=("z", "y"),
        settings=(Setting("margin", "number", 1), REDUCTION),
        forward=_hinge,
        glyph="hinge",
        aliases=("bisagra",),
        spanish="pérdida de bisagra",
        keras="Hinge",
        fits=("identity", "tanh"),
        target="target.sign",
        doc="max(0, margin - t z) for targets -1 and 1.",
        source="Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., "
        "section 12.3.2.",
        examples=_UNITS,
        **_LOSS,
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
        torch="MultiMarginLoss",
        fits=("identity",),
        target="target.class",
        doc="Mean over classes of max(0, margin - z_t + z_i) for all i but the target.",
        source="Crammer and Singer, On the Algorithmic Implementation of Multiclass Kernel-based "
        "Vector Machines, JMLR 2 (2001), section 3.",
        examples=((((3,), ()), {}), (((2, 3), (2,)), {"power": 2, "margin": 2, "first": 1})),
        **_LOSS,
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
        torch="KLDivLoss",
        keras="KLDivergence",
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
        **_LOSS,
    ),
)
