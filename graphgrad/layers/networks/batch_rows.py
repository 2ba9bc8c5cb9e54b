"""List the rows that centre and scale over a batch, with running statistics."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, Function, arg
from graphgrad.layers.networks.normalisation_rows import (
    AFFINE_SETTING,
    EPS,
    EPS_ARG,
    GIVEN_ARGS,
    NOTATION,
    SCALE,
    affine_args,
    has_weight,
    scale_and_shift,
    standardized,
    statistics_of,
)  # fmt: skip
from graphgrad.layers.networks.shapes import need_rank, refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["BATCHES"]


def _channels(layer: str, shape: Shape) -> Shape:
    """Return the shape of one value per feature, which meets a batch."""
    need_rank(layer, shape, (2, 3, 4), "layer.expected.batch")
    return (shape[1], *(1,) * (len(shape) - 2))


def _batch_parameters(
    shapes: tuple[Shape, ...], *, affine: bool, **_: Any
) -> tuple[Parameter, ...]:
    count = (_channels("batch_norm", shapes[0])[0],)
    running = (
        Parameter("mean", count, "zeros", role="const", kind="statistic", mode="eval"),
        Parameter("var", count, "ones", role="const", kind="statistic", mode="eval"),
    )
    return (scale_and_shift(count) if affine else ()) + running


def _batch_norm(m: Any, p: Any, x: Any, *, eps: Any, affine: bool, **_: Any) -> Any:
    shape = m.shape(x)
    per = _channels("batch_norm", shape)

    def spread(values: Any) -> Any:
        return values if len(per) == 1 else m.reshape(values, shape=per)

    if m.training:
        if shape[0] < 2 and len(shape) == 2:  # it would be its own mean; running ones take it
            raise refuse("batch_norm", "layer.expected.batch", shape)
        mean, variance = statistics_of(m, x, (0, *range(2, len(shape))))
    else:
        mean, variance = spread(p.mean), spread(p.var)
    normal = standardized(m, x, mean, variance, eps)
    if not affine:
        return normal
    normal = m.line("xhat", normal)
    return spread(p.gamma) * normal + spread(p.beta)


def _of_batch(name: str) -> Door:
    running = (arg("running_mean", kind=""), arg("running_var", kind=""))
    modes = (arg("training", default=False), arg("momentum", "momentum", 0.1), EPS_ARG)
    called = Function("batch_norm", (*running, *GIVEN_ARGS, *modes), has_weight)
    return Door(
        name,
        (arg("num_features"), *affine_args(True, "momentum")),
        {**SCALE, "mean": "running_mean", "var": "running_var"},
        called if name == "BatchNorm1d" else "",
        enters=lambda given: ((2, given.num_features),),
        call="running",
    )


BATCHES = (
    Layer(
        name="batch_norm",
        inputs=("x",),
        settings=(EPS, AFFINE_SETTING, Setting("momentum", "number", Fraction(1, 10))),
        parameters=_batch_parameters,
        forward=_batch_norm,
        notation=NOTATION,
        statistics={"mean": "mean", "var": "var"},
        glyph="BN",
        aliases=("norma_lotes", "normalizacion_por_lotes"),
        spanish="normalización por lotes",
        doors=(_of_batch("BatchNorm1d"), _of_batch("BatchNorm2d")),
        keras=Door(
            "BatchNormalization",
            (
                arg("momentum", default=0.99),
                arg("epsilon", "eps", 0.001),
            ),
        ),
        batch=True,
        curriculum="Z02 Z03 Z04",
        doc="Each feature centred and scaled over the batch, then gamma times it plus beta; in "
        "eval mode with running statistics.",
        source="Ioffe and Szegedy, Batch Normalization, ICML 2015, algorithm 1; Sevilla course "
        "004, normalización por lotes.",
        examples=(
            (((4, 2),), {}),
            (((3, 2),), {"affine": False, "eps": Fraction(1, 10)}),
            (((2, 2, 3),), {}),
            (((2, 2, 2, 2),), {}),
        ),
    ),
)
