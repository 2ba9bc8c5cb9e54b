"""List the rows of layers that multiply by a matrix."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.doors.door import Door, Function, arg
from graphgrad.layers.networks.pieces import (
    ACT,
    AFFINE,
    BIAS,
    BIAS_ARG,
    KERAS_WEIGHTS,
    OFFSET_ARG,
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

__all__ = ["DENSE", "dense_forward", "dense_parameters"]


def dense_parameters(
    shapes: tuple[Shape, ...],
    *,
    units: int,
    bias: bool,
    init: Any,
    bias_init: Any,
    homogeneous: bool = False,
    **_: Any,
) -> tuple[Parameter, ...]:
    """Return W and b, or theta with the column of x_0."""
    entering = features(shapes[0])
    fans = (entering, units)
    if homogeneous:
        return (weight_of("theta", (units, entering + 1), fans, init),)
    weight = weight_of("W", (units, entering), fans, init)
    return (weight, bias_of("b", (units,), fans, init, bias_init)) if bias else (weight,)


def dense_forward(
    m: Any, p: Any, x: Any, *, act: Any, bias: bool, homogeneous: bool = False, **_: Any
) -> Any:
    """Return act(W x + b)."""
    if homogeneous:
        z = affine(m, _with_one(m, x), p.theta)
    else:
        z = affine(m, x, p.W, p.b if bias else None)
    return activated(m, act, z)


def _perceptron_parameters(
    shapes: tuple[Shape, ...], *, bias: bool, init: Any, bias_init: Any, **_: Any
) -> tuple[Parameter, ...]:
    count = features(shapes[0])
    weight = weight_of("w", (count,), (count, 1), init)
    return (weight, bias_of("b", (), (count, 1), init, bias_init)) if bias else (weight,)


def _perceptron(m: Any, p: Any, x: Any, *, act: Any, bias: bool, **_: Any) -> Any:
    """Return one number per sample."""
    z = m.matmul(x, p.w) if m.shape(x) else x * m.index(p.w, key=(0,))
    return activated(m, act, z + p.b if bias else z)


def _maxout_parameters(
    shapes: tuple[Shape, ...],
    *,
    units: int,
    pieces: int,
    bias: bool,
    init: Any,
    bias_init: Any,
    **_: Any,
) -> tuple[Parameter, ...]:
    entering = features(shapes[0])
    fans = (entering, units)
    weight = weight_of("W", (pieces, units, entering), fans, init)
    offset = bias_of("b", (pieces, units), fans, init, bias_init)
    return (weight, offset) if bias else (weight,)


def _maxout(m: Any, p: Any, x: Any, *, units: int, pieces: int, bias: bool, **_: Any) -> Any:
    """Return the largest of several affine maps, unit by unit."""
    flat = m.reshape(p.W, shape=(pieces * units, -1))
    z = affine(m, x, flat, m.reshape(p.b, shape=(pieces * units,)) if bias else None)
    lead = m.shape(z)[:-1]
    z = m.line("z", m.reshape(z, shape=(*lead, pieces, units)))
    return m.max(z, axis=len(lead))


def _with_one(m: Any, x: Any) -> Any:
    """Put x_0 = 1 in front of every sample."""
    shape = m.shape(x)
    one = m.full((*shape[:-1], 1), 1)
    return m.line("x", m.concat(one, x if shape else m.reshape(x, shape=(1,)), axis=-1))


def _of_weight(given: Any) -> dict[str, Any]:
    return {"units": given.weight.shape[0], "bias": given.bias is not None}


_LINEAR = Door(
    "Linear",
    (arg("in_features"), arg("out_features", "units"), BIAS_ARG),
    AFFINE,
    Function("linear", (arg("weight", kind=""), OFFSET_ARG), _of_weight),
    enters=lambda given: ((given.in_features,),),
)

DENSE = (
    Layer(
        name="dense",
        inputs=("x",),
        settings=(Setting("units", "count"), ACT, BIAS, *weights(),
                  Setting("homogeneous", "flag", False)),
        parameters=dense_parameters,
        forward=dense_forward,
        notation={"W": "weight", "b": "bias", "theta": "weight", "z": "pre-activation"},
        glyph="Wx+b",
        aliases=("densa",),
        spanish="capa densa",
        doors=(_LINEAR,),
        keras=Door("Dense", (arg("units", "units"), *KERAS_WEIGHTS,)),
        curriculum="N03 N05 N07 N08 N29",
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
    Layer(
        name="perceptron",
        inputs=("x",),
        settings=(Setting("act", "row", "step"), BIAS, *weights()),
        parameters=_perceptron_parameters,
        forward=_perceptron,
        notation={"w": "weight", "b": "bias", "z": "pre-activation"},
        glyph="Σ|g",
        aliases=("neurona",),
        spanish="perceptrón",
        keras=Door("Dense", KERAS_WEIGHTS),
        curriculum="N01 N02 N06 N24 N31 A11",
        doc="One neuron, g(w x + b): one number per sample; g is the step unless act says so.",
        source="Oviedo course 000, El perceptrón.",
        examples=(
            (((3,),), {}),
            (((3,),), {"act": "sigmoid"}),
            (((4, 2),), {"act": "tanh", "bias": False}),
            (((),), {"act": "sigmoid"}),
        ),
    ),
    Layer(
        name="maxout",
        inputs=("x",),
        settings=(Setting("units", "count", 1), Setting("pieces", "count", 2), BIAS, *weights()),
        parameters=_maxout_parameters,
        forward=_maxout,
        notation={"W": "weight", "b": "bias", "z": "pieces"},
        glyph="max",
        spanish="maxout",
        curriculum="A17",
        doc="The largest of several affine maps of the input, unit by unit.",
        source="Goodfellow et al., Maxout Networks, ICML 2013; UPV course 001, Funciones de "
        "activación (1).",
        examples=(
            (((3,),), {"units": 2}),
            (((2, 3),), {"units": 2, "pieces": 3}),
            (((),), {"bias": False}),
        ),
    ),
)  # fmt: skip
