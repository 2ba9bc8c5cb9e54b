"""List the rows of losses for numbers: squared, absolute and Huber errors; sums of losses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.losses.reductions import (
    KERAS_REDUCED,
    REDUCED,
    REDUCTION,
    matched,
    per_sample,
    reduced,
)
from graphgrad.layers.networks.pieces import exact
from graphgrad.layers.networks.shapes import refuse
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting

__all__ = ["REGRESSION_LOSSES"]

_HALF = Fraction(1, 2)


def _error(m: Any, loss: str, output: Any, target: Any) -> Any:
    """Return output minus target, a line."""
    return m.line("e", output - matched(m, loss, output, target))


def _squared_error(m: Any, p: Any, output: Any, target: Any, *, half: bool, reduction: str) -> Any:
    squares = per_sample(m, _error(m, "squared_error", output, target) ** 2)
    return reduced(m, _HALF * squares if half else squares, reduction)


def _mse(m: Any, p: Any, output: Any, target: Any, *, reduction: str) -> Any:
    return reduced(m, _error(m, "mse", output, target) ** 2, reduction)


def _mae(m: Any, p: Any, output: Any, target: Any, *, reduction: str) -> Any:
    return reduced(m, m.abs(_error(m, "mae", output, target)), reduction)


def _huber(m: Any, p: Any, output: Any, target: Any, *, delta: Any, reduction: str) -> Any:
    """Return half squares up to delta and delta (size - delta/2) beyond."""
    error = _error(m, "huber", output, target)
    size = m.line("size", m.abs(error))
    far = delta * (size - exact(delta) / 2)
    return reduced(m, m.where(m.greater(size, delta), far, _HALF * error**2), reduction)


def _smooth_l1(m: Any, p: Any, output: Any, target: Any, *, beta: Any, reduction: str) -> Any:
    error = _error(m, "smooth_l1", output, target)
    size = m.line("size", m.abs(error))
    near = error**2 / (2 * beta)
    far = size - exact(beta) / 2
    return reduced(m, m.where(m.greater(beta, size), near, far), reduction)


def _multi_task(m: Any, p: Any, *losses: Any, weights: Any) -> Any:
    factors = weights or (1,) * len(losses)
    if len(factors) != len(losses):
        raise refuse("multi_task", "layer.expected.weights", *map(m.shape, losses))
    total: Any = None
    for factor, loss in zip(factors, losses, strict=True):
        term = factor * loss if factor != 1 else loss
        total = term if total is None else total + term
    return total


_PAIRS: Any = (
    (((3,), (3,)), {}),
    (((4, 1), (4,)), {"reduction": "sum"}),
    (((), ()), {}),
    (((2, 3), (2, 3)), {}),
    (((2,), (2,)), {"reduction": "none"}),
)
_WORDS: dict[str, Any] = {
    "inputs": ("yhat", "y"),
    "results": ("L",),
    "kind": "loss",
    "notation": {"e": "error"},
    "fits": ("identity", "relu"),
    "examples": _PAIRS,
}

REGRESSION_LOSSES = (
    Layer(
        name="squared_error",
        settings=(Setting("half", "flag", False), REDUCTION),
        forward=_squared_error,
        glyph="Σe²",
        aliases=("error_cuadratico", "error_cuadrático"),
        spanish="error cuadrático",
        curriculum="L01 L02 L03",
        doc="Squared errors summed over the outputs of a sample, with half=true times ½; the mean "
        "over samples.",
        source="Oviedo course 000, Grafo computacional: Ejemplo; UPV course 001, Funciones "
        "objetivo o de pérdida.",
        **(_WORDS | {"examples": (*_PAIRS, (((2, 2), (2, 2)), {"half": True}))}),
    ),
    Layer(
        name="mse",
        settings=(REDUCTION,),
        forward=_mse,
        glyph="mse",
        aliases=("ecm", "error_cuadratico_medio", "error_cuadrático_medio", "mse_loss"),
        spanish="error cuadrático medio",
        doors=(Door("MSELoss", (REDUCED,), function="mse_loss"),),
        keras=Door("MeanSquaredError", (KERAS_REDUCED,)),
        curriculum="L01 L03 K04 G16",
        doc="Mean of the squared errors over all entries.",
        source="UPV course 001, Aprendizaje de los pesos de un perceptrón multicapa.",
        **_WORDS,
    ),
    Layer(
        name="mae",
        settings=(REDUCTION,),
        forward=_mae,
        glyph="|e|",
        aliases=("error_absoluto", "error_absoluto_medio", "l1_loss"),
        spanish="error absoluto medio",
        doors=(Door("L1Loss", (REDUCED,), function="l1_loss"),),
        keras=Door("MeanAbsoluteError", (KERAS_REDUCED,)),
        doc="Mean of the absolute errors over all entries.",
        source="Goodfellow, Bengio and Courville, Deep Learning, section 6.2.1.2.",
        **_WORDS,
    ),
    Layer(
        name="huber",
        settings=(Setting("delta", "number", 1), REDUCTION),
        forward=_huber,
        glyph="huber",
        aliases=("perdida_huber", "huber_loss"),
        spanish="pérdida de Huber",
        doors=(Door("HuberLoss", (REDUCED, arg("delta", "delta", 1.0)), function="huber_loss"),),
        keras=Door(
            "Huber",
            (
                arg("delta", "delta", 1.0),
                KERAS_REDUCED,
            ),
        ),
        doc="Half squares of errors up to delta, straight lines beyond.",
        source="Huber, Robust Estimation of a Location Parameter, Annals of Mathematical "
        "Statistics 35 (1964), section 2.",
        **(_WORDS | {"examples": (*_PAIRS[:3], (((5,), (5,)), {"delta": _HALF}))}),
    ),
    Layer(
        name="smooth_l1",
        settings=(Setting("beta", "number", 1), REDUCTION),
        forward=_smooth_l1,
        glyph="smooth",
        aliases=("l1_suave", "smooth_l1_loss"),
        spanish="error absoluto suavizado",
        doors=(
            Door("SmoothL1Loss", (REDUCED, arg("beta", "beta", 1.0)), function="smooth_l1_loss"),
        ),
        doc="Squares of small errors, absolute values of large ones; Huber's loss over beta.",
        source="Girshick, Fast R-CNN, ICCV 2015, section 2.3.",
        **(_WORDS | {"examples": (*_PAIRS[:3], (((5,), (5,)), {"beta": _HALF}))}),
    ),
    Layer(
        name="multi_task",
        inputs=("L*",),
        settings=(Setting("weights", "numbers", ""),),
        forward=_multi_task,
        results=("L",),
        kind="loss",
        glyph="Σλ L",
        aliases=("multitarea", "suma_de_perdidas"),
        spanish="suma ponderada de pérdidas",
        curriculum="L10 R09",
        doc="Several losses in one, each times its weight.",
        source="UPV course 001, Inception network (v1); Sevilla course 004, multitarea.",
        examples=((((), ()), {"weights": [1, Fraction(3, 10)]}), (((), (), ()), {})),
    ),
)
