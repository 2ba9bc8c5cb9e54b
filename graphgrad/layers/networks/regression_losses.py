"""List the rows of losses for numbers: squared, absolute and Huber errors."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.networks.shapes import refuse
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting

__all__ = ["REGRESSION_LOSSES"]

REDUCTION = Setting("reduction", "word", "mean", ("mean", "sum", "none"))


def matched(m: Any, loss: str, output: Any, target: Any) -> Any:
    """Return a target in the shape of the output; axes of length 1 may be missing or too many.

    Without this, an output N x 1 and a target N would make N x N errors.

    Raises:
        ShapeError: if the shapes differ otherwise.
    """
    wanted, got = m.shape(output), m.shape(target)
    if got == wanted:
        return target
    if [n for n in got if n != 1] != [n for n in wanted if n != 1]:
        raise refuse(loss, "layer.expected.target", wanted, got)
    return m.reshape(target, shape=wanted)


def reduced(m: Any, values: Any, reduction: str) -> Any:
    """Return the mean or the sum of all entries, or the entries."""
    if reduction == "none" or not m.shape(values):
        return values
    return m.mean(values) if reduction == "mean" else m.sum(values)


def _mse(m: Any, p: Any, output: Any, target: Any, *, reduction: str) -> Any:
    error = m.line("e", output - matched(m, "mse", output, target))
    return reduced(m, error**2, reduction)


REGRESSION_LOSSES = (
    Layer(
        name="mse",
        inputs=("yhat", "y"),
        settings=(REDUCTION,),
        forward=_mse,
        results=("L",),
        kind="loss",
        notation={"e": "error"},
        glyph="mse",
        aliases=("ecm", "error_cuadratico_medio", "mse_loss"),
        spanish="error cuadrático medio",
        torch="MSELoss",
        keras="MeanSquaredError",
        fits=("identity",),
        doc="Mean of the squared errors over all entries.",
        source="Oviedo course 000, Grafo computacional: Ejemplo; UPV course 001, Funciones "
        "objetivo.",
        examples=(
            (((3,), (3,)), {}),
            (((4, 1), (4,)), {"reduction": "sum"}),
            (((), ()), {}),
            (((2,), (2,)), {"reduction": "none"}),
        ),
    ),
)
