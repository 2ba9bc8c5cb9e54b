"""List the rows made of convolutions: a residual block and parallel branches."""

from __future__ import annotations

from typing import Any

from graphgrad.layers.networks.block_rows import RELU, RESNET_SOURCE
from graphgrad.layers.networks.convolution_rows import conv_forward, conv_parameters
from graphgrad.layers.networks.pieces import BIAS, activated, owned, owned_by, weights
from graphgrad.layers.networks.pooling_rows import FAR_BELOW
from graphgrad.layers.networks.shapes import channels_of, refuse, with_channels
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["IMAGE_BLOCKS"]

_CONV, _CONV_PARAMETERS = conv_forward(2), conv_parameters(2)
_PLAIN: dict[str, Any] = {"dilation": (1,), "groups": 1}


def _block_convolutions(entering: int, channels: int, size: Shape, stride: int) -> dict[str, Any]:
    """Return channels entering, channels, size, stride and padding of each convolution."""
    same = tuple(length // 2 for length in size)
    found = {
        "conv1": (entering, channels, size, stride, same),
        "conv2": (channels, channels, size, 1, same),
    }
    if entering != channels or stride != 1:
        found["shortcut"] = (entering, channels, (1,), stride, (0,))
    return found


def _resnet_conv_parameters(
    shapes: tuple[Shape, ...], *, channels: int, size: Shape, stride: int, **settings: Any
) -> tuple[Parameter, ...]:
    entering = channels_of("resnet_conv_block", shapes[0], 2)
    found: tuple[Parameter, ...] = ()
    for name, (inside, out, kernel, _, _) in _block_convolutions(
        entering, channels or entering, size, stride
    ).items():
        shape = (inside, 1, 1)
        own = _CONV_PARAMETERS((shape,), channels=out, size=kernel, groups=1, **settings)
        found += owned(name, own)
    return found


def _resnet_conv(
    m: Any,
    p: Any,
    x: Any,
    *,
    channels: int,
    size: Shape,
    stride: int,
    act: Any,
    bias: bool,
    **_: Any,
) -> Any:
    """Return act(conv2(act(conv1(x))) + shortcut(x)); the shortcut is x where shapes allow it."""
    if any(length % 2 == 0 for length in size):
        raise refuse("resnet_conv_block", "layer.expected.odd", m.shape(x))
    x = with_channels(m, "resnet_conv_block", x, 2)
    entering = m.shape(x)[-3]
    plan = _block_convolutions(entering, channels or entering, size, stride)

    def convolution(name: str, value: Any, chosen: Any) -> Any:
        *_, step, padding = plan[name]
        placed = {"stride": (step,), "padding": padding, "act": chosen, "bias": bias}
        found = _CONV(m.inner(name), owned_by(p, name), value, **placed, **_PLAIN)
        return m.line(name, found)

    second = convolution("conv2", convolution("conv1", x, act), "identity")
    short = convolution("shortcut", x, "identity") if "shortcut" in plan else x
    return activated(m, act, second + short, "r")


_BRANCHES = ("one", "reduce3", "three", "reduce5", "five", "pooled")
_KERNELS = {"one": 1, "reduce3": 1, "three": 3, "reduce5": 1, "five": 5, "pooled": 1}
_BEHIND = {"three": "reduce3", "five": "reduce5"}


def _inception_parameters(
    shapes: tuple[Shape, ...], *, channels: Shape, **settings: Any
) -> tuple[Parameter, ...]:
    entering = channels_of("inception", shapes[0], 2)
    if len(channels) != len(_BRANCHES):
        raise refuse("inception", "layer.expected.branches", shapes[0])
    counts = dict(zip(_BRANCHES, channels, strict=True))
    found: tuple[Parameter, ...] = ()
    for name, size in _KERNELS.items():
        inside = counts[_BEHIND[name]] if name in _BEHIND else entering
        own = _CONV_PARAMETERS(
            ((inside, 1, 1),), channels=counts[name], size=(size,), groups=1, **settings
        )
        found += owned(name, own)
    return found


def _inception(m: Any, p: Any, x: Any, *, act: Any, bias: bool, **_: Any) -> Any:
    """Join four branches: 1x1, 1x1 then 3x3, 1x1 then 5x5, pooling then 1x1."""
    x = with_channels(m, "inception", x, 2)

    def branch(name: str, value: Any) -> Any:
        size = _KERNELS[name]
        placed = {"stride": (1,), "padding": (size // 2,), "act": act, "bias": bias}
        return m.line(name, _CONV(m.inner(name), owned_by(p, name), value, **placed, **_PLAIN))

    pooled = m.line("pool", _same_pool(m, x))
    joined = (
        branch("one", x),
        branch("three", branch("reduce3", x)),
        branch("five", branch("reduce5", x)),
        branch("pooled", pooled),
    )
    return m.concat(*joined, axis=len(m.shape(x)) - 3)


def _same_pool(m: Any, x: Any) -> Any:
    """Return the maximum of every 3x3 window, as many as there are pixels."""
    rank = len(m.shape(x))
    views = m.windows(m.pad(x, width=(1, 1), value=FAR_BELOW), size=(3, 3))
    return m.max(views, axis=(rank - 2, rank - 1))


IMAGE_BLOCKS = (
    Layer(
        name="resnet_conv_block",
        inputs=("x",),
        settings=(
            Setting("channels", "count", ""),
            Setting("size", "lengths", (3,)),
            Setting("stride", "count", 1),
            RELU,
            BIAS,
            *weights(),
        ),
        parameters=_resnet_conv_parameters,
        forward=_resnet_conv,
        notation={"W": "kernel", "b": "bias", "z": "pre-activation"},
        glyph="ResNet∗",
        aliases=("bloque_resnet_conv",),
        spanish="bloque ResNet de convoluciones",
        curriculum="N33 N35",
        doc="Two convolutions with a shortcut, 1x1 where channels or stride change; no batch norm.",
        source=RESNET_SOURCE,
        examples=(
            (((2, 3, 3),), {"act": "tanh"}),
            (((1, 2, 4, 4),), {"channels": 3, "stride": 2, "bias": False}),
        ),
    ),
    Layer(
        name="inception",
        inputs=("x",),
        settings=(Setting("channels", "lengths"), RELU, BIAS, *weights()),
        parameters=_inception_parameters,
        forward=_inception,
        notation={"W": "kernel", "b": "bias", "z": "pre-activation"},
        glyph="Inc",
        spanish="bloque Inception",
        curriculum="N39 C07",
        doc="Branches 1x1, 3x3, 5x5 and pooling side by side; channels of 1x1, before 3x3, 3x3, "
        "before 5x5, 5x5 and pooling.",
        source="Szegedy et al., Going Deeper with Convolutions, CVPR 2015, section 4; UPV course "
        "001, Arquitecturas Inception.",
        examples=(
            (((2, 3, 3),), {"channels": [1, 1, 2, 1, 1, 1], "act": "tanh"}),
            (((1, 1, 2, 2),), {"channels": [1, 1, 1, 1, 1, 1], "bias": False}),
        ),
    ),
)
