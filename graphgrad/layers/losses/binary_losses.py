"""List the rows of losses for two classes: binary cross entropies, hinge."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, arg, listed
from graphgrad.layers.losses.reductions import (
    KERAS_REDUCED,
    REDUCED,
    REDUCTION,
    TARGETED,
    matched,
    reduced,
    unit,
)
from graphgrad.layers.networks.pieces import exact
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting

__all__ = ["BINARY_LOSSES"]


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


_UNITS: Any = (
    (((3,), (3,)), {}),
    (((3, 1), (3,)), {"reduction": "sum"}),
    (((), ()), {"reduction": "none"}),
)

_KERAS_BCE = Door("BinaryCrossentropy", (KERAS_REDUCED,))
_WEIGHT_ARG = arg("weight", default=None, only=(None,))
_BCE = Door(
    "BCELoss",
    (_WEIGHT_ARG, REDUCED),
    function="binary_cross_entropy",
    call="shares",
)
_WITH_LOGITS = Door(
    "BCEWithLogitsLoss",
    (
        _WEIGHT_ARG,
        REDUCED,
        arg("pos_weight", default=None),
    ),
    function="binary_cross_entropy_with_logits",
    fit=lambda given: {"positive": listed(given.pos_weight)},
)

BINARY_LOSSES = (
    Layer(
        name="bce",
        inputs=("p", "y"),
        settings=(REDUCTION,),
        forward=_bce,
        glyph="BCE",
        aliases=("entropia_cruzada_binaria", "entropía_cruzada_binaria"),
        spanish="entropía cruzada binaria",
        doors=(_BCE,),
        logits="bce_with_logits",
        keras=_KERAS_BCE,
        fits=("sigmoid",),
        target="target.probability",
        curriculum="L05 L07 L08 A26",
        doc="-(t log p + (1 - t) log(1 - p)), the mean over all entries.",
        source="Oviedo course 000, Ejemplo práctico: XOR.",
        examples=_UNITS,
        **TARGETED,
    ),
    Layer(
        name="bce_with_logits",
        inputs=("z", "y"),
        settings=(REDUCTION, Setting("positive", "numbers", "")),
        forward=_bce_with_logits,
        glyph="BCE∘σ",
        aliases=("entropia_cruzada_binaria_logits", "entropía_cruzada_binaria_logits"),
        spanish="entropía cruzada binaria con sigmoide",
        doors=(_WITH_LOGITS,),
        keras=_KERAS_BCE,
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
        **TARGETED,
    ),
    Layer(
        name="hinge",
        inputs=("z", "y"),
        settings=(Setting("margin", "number", 1), REDUCTION),
        forward=_hinge,
        glyph="hinge",
        aliases=("bisagra",),
        spanish="pérdida de bisagra",
        keras=Door("Hinge", (KERAS_REDUCED,)),
        fits=("identity", "tanh"),
        target="target.sign",
        doc="max(0, margin - t z) for targets -1 and 1.",
        source="Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., "
        "section 12.3.2.",
        examples=_UNITS,
        **TARGETED,
    ),
)
