"""List the rows of layers that multiply by a matrix."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.networks.pieces import (
    ACT,
    BIAS,
    activated,
    affine,
    bias_of,
    weight_of,
    weights,
)
from graphgrad.layers.networks.shapes import features
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["DENSE"]


def _dense_parameters(
    shapes: tuple[Shape, ...],
    *,
    units: int,
    bias: bool,
    init: Any,
    bias_init: Any,
    homogeneous: bool,
    **_: Any,
) -> tuple[Parameter, ...]:
    entering = features(shapes[0])
    fans = (entering, units)
    if homogeneous:
        return (weight_of("theta", (units, entering + 1), fans, init),)
    weight = weight_of("W", (units, entering), fans, init)
    return (weight, bias_of("b", (units,), fans, init, bias_init)) if bias else (weight,)


def _dense(m: Any, p: Any, x: Any, *, act: Any, bias: bool, homogeneous: bool, **_: Any) -> Any:
    if homogeneous:
        z = affine(m, _with_one(m, x), p.theta)
    else:
        z = affine(m, x, p.W, p.b if bias else None)
    return activated(m, act, z)


def _with_one(m: Any, x: Any) -> Any:
    """Put x_0 = 1 in front of every sample."""
    shape = m.shape(x)
    one = m.full((*shape[:-1], 1), 1)
    return m.line("x", m.concat(one, x if shape else m.reshape(x, shape=(1,)), axis=-1))


DENSE = (
    Layer(
        name="dense",
        inputs=("x",),
        settings=(Setting("units", "count"), ACT, BIAS, *weights(),
                  Setting("homogeneous", "flag", False)),
        parameters=_dense_parameters,
        forward=_dense,
        notation={"W": "weight", "b": "bias", "theta": "weight", "z": "pre-activation"},
        glyph="Wx+b",
        aliases=("densa",),
        spanish="capa densa",
        torch="Linear",
        keras="Dense",
        doc="W x + b with an activation; with homogeneous=true, theta times x with x_0 = 1.",
        source="UBA course 002, Perceptrón; UPV course 001, Funciones discriminantes lineales.",
        examples=(
            (((3,),), {"units": 2}),
            (((4, 3),), {"units": 2, "act": "tanh"}),
            (((3,),), {"units": 2, "bias": False}),
            (((2, 3),), {"units": 2, "homogeneous": True, "act": "sigmoid"}),
            (((),), {"units": 2}),
            (((2, 2, 3),), {"units": 2, "init": "he_normal"}),
        ),
    ),
)  # fmt: skip
