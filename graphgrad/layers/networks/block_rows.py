"""List the rows made of dense layers: whole nets, nets with skips, residual blocks."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.doors.door import Door
from graphgrad.layers.networks.dense_rows import dense_forward, dense_parameters
from graphgrad.layers.networks.pieces import (
    BIAS,
    activated,
    affine,
    bias_of,
    called,
    owned,
    owned_by,
    weight_of,
    weights,
)
from graphgrad.layers.networks.shapes import features
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["BLOCKS", "RELU", "RESNET_SOURCE"]

_WIDTHS = Setting("widths", "lengths")
_HIDDEN = Setting("act", "rows", ("relu",))
_LAST = Setting("last", "row", "identity")
RELU = Setting("act", "row", "relu")


# ---- a chain of dense layers ----


def _activations(act: tuple[Any, ...], last: Any, depth: int) -> list[Any]:
    """Return the activation of each layer: one for all hidden ones, or a list of them."""
    hidden = [act[min(place, len(act) - 1)] for place in range(depth - 1)]
    return [*hidden, last]


def _mlp_parameters(
    shapes: tuple[Shape, ...], *, widths: Shape, **settings: Any
) -> tuple[Parameter, ...]:
    found: tuple[Parameter, ...] = ()
    entering = features(shapes[0])
    for place, units in enumerate(widths, 1):
        own = dense_parameters(((entering,),), units=units, **settings)
        found += owned(f"h[{place}]", own)
        entering = units
    return found


def _mlp(
    m: Any, p: Any, x: Any, *, widths: Shape, act: Any, last: Any, bias: bool, **_: Any
) -> Any:
    for place, chosen in enumerate(_activations(act, last, len(widths)), 1):
        name = f"h[{place}]"
        x = dense_forward(m.inner(name), owned_by(p, name), x, act=chosen, bias=bias)
        x = x if place == len(widths) else m.line(name, x)
    return x


def _skip_parameters(
    shapes: tuple[Shape, ...], *, widths: Shape, bias: bool, init: Any, bias_init: Any, **_: Any
) -> tuple[Parameter, ...]:
    lengths = (features(shapes[0]), *widths)
    found = []
    for layer, units in enumerate(widths, 1):
        fans = (sum(lengths[:layer]), units)
        for below in reversed(range(layer)):
            found.append(weight_of(f"W[{layer},{below}]", (units, lengths[below]), fans, init))
        if bias:
            found.append(bias_of(f"b[{layer}]", (units,), fans, init, bias_init))
    return tuple(found)


def _skip_mlp(
    m: Any, p: Any, x: Any, *, widths: Shape, act: Any, last: Any, bias: bool, **_: Any
) -> Any:
    """Let every layer see all layers below it: s[l] = g(sum over k < l of W[l,k] s[k] + b[l])."""
    weights_of = vars(p)
    outputs = [x]
    for layer, chosen in enumerate(_activations(act, last, len(widths)), 1):
        z = None
        for below in reversed(range(layer)):
            term = affine(m, outputs[below], weights_of[f"W[{layer},{below}]"])
            z = term if z is None else z + term
        z = z + weights_of[f"b[{layer}]"] if bias else z
        out = activated(m, chosen, z, f"z[{layer}]")
        outputs.append(out if layer == len(widths) else m.line(f"s[{layer}]", out))
    return outputs[-1]


# ---- residual blocks ----


def _residual_parameters(shapes: tuple[Shape, ...], **settings: Any) -> tuple[Parameter, ...]:
    return dense_parameters(shapes, units=features(shapes[0]), **settings)


def _residual(m: Any, p: Any, x: Any, *, act: Any, bias: bool, **_: Any) -> Any:
    """Return f(x) + x, with f one dense layer."""
    return m.line("f", dense_forward(m, p, x, act=act, bias=bias)) + x


def _resnet_parameters(
    shapes: tuple[Shape, ...], *, bias: bool, init: Any, bias_init: Any, **_: Any
) -> tuple[Parameter, ...]:
    count = features(shapes[0])
    found = []
    for place in (1, 2):
        found.append(weight_of(f"W[{place}]", (count, count), (count, count), init))
        if bias:
            found.append(bias_of(f"b[{place}]", (count,), (count, count), init, bias_init))
    return tuple(found)


def _resnet(m: Any, p: Any, x: Any, *, act: Any, bias: bool, **_: Any) -> Any:
    """Return act(W2 act(W1 x) + x): the shortcut joins before the second activation."""
    own = vars(p)
    first = m.line("z[1]", affine(m, x, own["W[1]"], own["b[1]"] if bias else None))
    op, settings = called(act)
    s = m.line("s", m.call(op, first, **dict(settings)))
    second = m.line("z[2]", affine(m, s, own["W[2]"], own["b[2]"] if bias else None))
    return m.call(op, m.line("r", second + x), **dict(settings))


RESNET_SOURCE = (
    "He et al., Deep Residual Learning for Image Recognition, CVPR 2016, section 3; UPV course "
    "001, Arquitecturas ResNets."
)

BLOCKS = (
    Layer(
        name="mlp",
        inputs=("x",),
        settings=(_WIDTHS, _HIDDEN, _LAST, BIAS, *weights()),
        parameters=_mlp_parameters,
        forward=_mlp,
        notation={"W": "weight", "b": "bias", "z": "pre-activation", "h": "hidden layer"},
        glyph="MLP",
        aliases=("perceptron_multicapa", "multicapa"),
        spanish="perceptrón multicapa",
        keras=Door("Sequential"),
        curriculum="N10 N11 N12 N13 N15 N16 N22 N23 N25 N26",
        doc="Dense layers in a chain, one per width: act in the hidden ones, last at the end.",
        source="UBA course 002, Perceptrón Multicapa; UPV course 001, Un perceptrón de dos capas.",
        examples=(
            (((3,),), {"widths": [4, 2]}),
            (((2, 3),), {"widths": [2, 2, 1], "act": ["tanh", "sigmoid"], "last": "sigmoid"}),
            (((3,),), {"widths": 2, "bias": False}),
        ),
    ),
    Layer(
        name="skip_mlp",
        inputs=("x",),
        settings=(_WIDTHS, _HIDDEN, _LAST, BIAS, *weights()),
        parameters=_skip_parameters,
        forward=_skip_mlp,
        notation={"W": "weight", "b": "bias", "z": "pre-activation", "s": "output of a layer"},
        glyph="MLP+",
        aliases=("multicapa_con_saltos", "red_hacia_adelante"),
        spanish="red hacia adelante con saltos",
        curriculum="N14",
        doc="Layers that each see all layers below: W[2,0] leads from the input to layer 2.",
        source="UPV course 001, Redes hacia adelante de dos capas.",
        examples=(
            (((3,),), {"widths": [2, 1], "act": "sigmoid", "last": "sigmoid"}),
            (((2, 2),), {"widths": [2, 2, 1], "act": "tanh", "bias": False}),
        ),
    ),
    Layer(
        name="residual",
        inputs=("x",),
        settings=(RELU, BIAS, *weights()),
        parameters=_residual_parameters,
        forward=_residual,
        notation={"W": "weight", "b": "bias", "z": "pre-activation", "f": "residue"},
        glyph="f(x)+x",
        spanish="bloque residual",
        keras=Door("Add"),
        curriculum="N32 P10",
        doc="f(x) + x, with f a dense layer as wide as its input.",
        source="UPV course 001, Conexión residual y drop-out; Sevilla course 004, conexiones "
        "residuales.",
        examples=((((3,),), {"act": "tanh"}), (((2, 2),), {"bias": False})),
    ),
    Layer(
        name="resnet_block",
        inputs=("x",),
        settings=(RELU, BIAS, *weights()),
        parameters=_resnet_parameters,
        forward=_resnet,
        notation={"W": "weight", "b": "bias", "z": "pre-activation"},
        glyph="ResNet",
        aliases=("bloque_resnet",),
        spanish="bloque ResNet",
        curriculum="N33",
        doc="act(W2 act(W1 x + b1) + b2 + x): the shortcut joins before the second activation.",
        source=RESNET_SOURCE,
        examples=((((2,),), {"act": "softplus", "bias": False}), (((3, 3),), {})),
    ),
)
