"""List the rows of convolutions: one matrix product over all windows of an image or a sequence.

An image is C x H x W, a plain H x W counts as one channel; N x C x H x W is a batch. In one
dimension a sequence is C x T, a plain vector counts as one channel, N x C x T is a batch.
"""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.layers.doors.door import Argument, Door, Function, arg, each, only
from graphgrad.layers.networks.pieces import (
    ACT,
    AFFINE,
    BIAS,
    BIAS_ARG,
    KERAS_WEIGHTS,
    OFFSET_ARG,
    activated,
    bias_of,
    weight_of,
    weights,
)  # fmt: skip
from graphgrad.layers.networks.shapes import channels_of, refuse, with_channels
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.rows.window_rows import each_axis
from graphgrad.ops.shapes import Shape

__all__ = [
    "CONVOLUTIONS", "PLACEMENT", "conv_forward", "conv_parameters", "convolved",
    "framed", "keras_takes",
]  # fmt: skip

PLACEMENT = (
    Setting("stride", "lengths", (1,)),
    Setting("padding", "widths", (0,)),
    Setting("dilation", "lengths", (1,)),
)


def framed(m: Any, x: Any, padding: Shape, axes: int, value: Any = 0) -> Any:
    """Return an input in a frame of one value."""
    width = each_axis(padding, axes)
    return m.pad(x, width=width, value=value) if any(width) else x


def convolved(
    m: Any,
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    kernel: Shape,
    stride: Shape,
    padding: Shape,
    dilation: Shape,
    groups: int = 1,
    plain: bool = False,
) -> Any:
    """Return all products of a kernel with windows, each group of channels with its own kernels.

    Args:
        m: the namespace.
        x: the input, with an axis of channels.
        weight: the kernel, in any shape.
        bias: one number per channel that leaves.
        kernel: channels that leave, channels that enter a group, sizes.
        stride: steps between windows.
        padding: widths of the frame of zeros.
        dilation: steps inside a window.
        groups: into how many groups channels are parted.
        plain: whether the result has no axis of channels.
    """
    out, entering, *size = kernel
    x = framed(m, x, padding, len(size))
    views = m.windows(x, size=tuple(size), stride=stride, dilation=dilation)
    shape = m.shape(views)
    lead, places = shape[: len(shape) - 2 * len(size) - 1], shape[len(shape) - len(size) :]
    parted = () if groups == 1 else (groups,)
    rows, per = entering * prod(size), out // groups
    patches = m.line("windows", m.reshape(views, shape=(*lead, *parted, rows, prod(places))))
    product = m.matmul(m.reshape(weight, shape=(*parted, per, rows)), patches)
    if bias is not None:
        product = product + m.reshape(bias, shape=(*parted, per, 1))
    return m.reshape(product, shape=places if plain else (*lead, out, *places))


def conv_parameters(axes: int, *, transposed: bool = False) -> Any:
    """Return the function that states kernels and biases, for one or two axes.

    Args:
        axes: how many.
        transposed: whether the channels that enter come first in the kernel, as where every entry
            spreads it.
    """
    name = f"conv_transpose{axes}d" if transposed else f"conv{axes}d"

    def parameters(
        shapes: tuple[Shape, ...],
        *,
        channels: int,
        size: Shape,
        groups: int,
        bias: bool,
        init: Any,
        bias_init: Any,
        **_: Any,
    ) -> tuple[Parameter, ...]:
        entering = channels_of(name, shapes[0], axes)
        if entering % groups or channels % groups:
            raise refuse(name, "layer.expected.groups", shapes[0])
        kernel = each_axis(size, axes)
        pair = (channels, entering) if transposed else (entering, channels)
        fans = (pair[0] // groups * prod(kernel), pair[1] // groups * prod(kernel))
        weight = weight_of("W", (pair[1], pair[0] // groups, *kernel), fans, init)
        offset = bias_of("b", (channels,), fans, init, bias_init)
        return (weight, offset) if bias else (weight,)

    return parameters


def conv_forward(axes: int) -> Any:
    """Return the forward of a convolution along one or two axes."""
    name = f"conv{axes}d"

    def forward(
        m: Any,
        p: Any,
        x: Any,
        *,
        stride: Shape,
        padding: Shape,
        dilation: Shape,
        groups: int,
        bias: bool,
        act: Any,
        **_: Any,
    ) -> Any:
        x = with_channels(m, name, x, axes)
        if m.shape(x)[-axes - 1] != m.shape(p.W)[1] * groups:  # a kernel that was made before
            raise refuse(name, "layer.expected.channels", m.shape(x), m.shape(p.W))
        placed: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation}
        offset = p.b if bias else None
        z = convolved(m, x, p.W, offset, kernel=m.shape(p.W), groups=groups, **placed)
        return activated(m, act, z)

    return forward


def keras_takes(axes: int, *more: Argument) -> tuple[Argument, ...]:
    """Return how Keras says what a convolution takes."""
    ones = (1,) * axes if axes > 1 else 1
    return (
        arg("filters", "channels"),
        arg("kernel_size", "size", kind=""),
        arg("strides", "stride", ones),
        arg("padding", "padding", "valid"),
        arg("dilation_rate", "dilation", ones),
        *more,
        *KERAS_WEIGHTS,
    )


def _door(axes: int) -> Door:
    placed = (
        arg("stride", "stride", 1, axes=axes),
        arg("padding", default=0, kind=""),
        arg("dilation", "dilation", 1, axes=axes),
        arg("groups", "groups", 1),
    )
    sizes = (arg("in_channels"), arg("out_channels", "channels"), arg("kernel_size", "size",
             axes=axes))  # fmt: skip
    zeros = arg("padding_mode", default="zeros", only=("zeros",))

    def frame(given: Any, size: Any) -> Any:
        """Return the width of the frame, which may be a word."""
        if not isinstance(given.padding, str):
            return each(given.padding, axes)
        only("padding", given.padding, "valid", "same")
        lengths, gaps = each(size, axes), each(given.dilation, axes)
        reach = [(n - 1) * gap for n, gap in zip(lengths, gaps, strict=True)]
        if given.padding == "same" and any(length % 2 for length in reach):
            only("kernel_size", size, "odd")
        return [length // 2 * (given.padding == "same") for length in reach]

    def of_weight(given: Any) -> dict[str, Any]:
        out, _, *size = given.weight.shape
        known = {"channels": out, "size": tuple(size), "bias": given.bias is not None}
        return known | {"padding": frame(given, tuple(size))}

    return Door(
        f"Conv{axes}d",
        (*sizes, *placed, BIAS_ARG, zeros),
        AFFINE,
        Function(f"conv{axes}d", (arg("weight", kind=""), OFFSET_ARG, *placed), of_weight),
        enters=lambda given: ((given.in_channels, *(1,) * axes),),
        fit=lambda given: {"padding": frame(given, given.kernel_size)},
    )


def _convolution(axes: int, examples: Any, **words: Any) -> Layer:
    return Layer(
        name=f"conv{axes}d",
        inputs=("x",),
        settings=(
            Setting("channels", "count"),
            Setting("size", "lengths"),
            *PLACEMENT,
            Setting("groups", "count", 1),
            ACT,
            BIAS,
            *weights(),
        ),
        parameters=conv_parameters(axes),
        forward=conv_forward(axes),
        notation={"W": "kernel", "b": "bias", "z": "pre-activation"},
        glyph="∗",
        doors=(_door(axes),),
        keras=Door(f"Conv{axes}D", keras_takes(axes, arg("groups", "groups", 1))),
        curriculum="C01 C02 C05 C06" + " C07" * (axes == 2),
        source="UPV course 001, Redes convolucionales; Dumoulin and Visin, A guide to convolution "
        "arithmetic, arXiv:1603.07285, section 2.",
        examples=examples,
        **words,
    )


def _kernel_forward(
    m: Any, p: Any, x: Any, k: Any, *, stride: Shape, padding: Shape, dilation: Shape
) -> Any:
    """Apply a kernel that is given: a plain one, or one per pair of channels."""
    shape, plain = m.shape(k), len(m.shape(k)) in (1, 2)
    axes = len(shape) if plain else len(shape) - 2
    if axes not in (1, 2) or (plain and len(m.shape(x)) != axes):
        raise refuse("convolve", "layer.expected.kernel", m.shape(x), shape)
    x = with_channels(m, "convolve", x, axes)
    kernel = (1, 1, *shape) if plain else shape
    if m.shape(x)[-axes - 1] != kernel[1]:
        raise refuse("convolve", "layer.expected.kernel", m.shape(x), shape)
    placed: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation}
    return convolved(m, x, k, kernel=kernel, plain=plain, **placed)


CONVOLUTIONS = (
    _convolution(
        1,
        (
            (((2, 5),), {"channels": 2, "size": 2, "act": "tanh"}),
            (((5,),), {"channels": 2, "size": 3, "padding": 1, "stride": 2}),
            (((2, 2, 5),), {"channels": 2, "size": 2, "dilation": 2, "groups": 2, "bias": False}),
        ),
        aliases=("convolucion1d", "convolución1d"),
        spanish="convolución 1D",
        doc="Kernels that slide along a sequence of channels x time (cross-correlation).",
    ),
    _convolution(
        2,
        (
            (((3, 3),), {"channels": 1, "size": 2}),
            (((2, 3, 3),), {"channels": 2, "size": [2, 1], "act": "relu"}),
            (((2, 2, 3, 4),), {"channels": 2, "size": 2, "padding": [1, 0], "stride": [2, 1]}),
            (((1, 4, 4, 4),), {"channels": 4, "size": 2, "dilation": 2, "groups": 2}),
        ),
        aliases=("convolucion2d", "convolución2d"),
        spanish="convolución 2D",
        doc="Kernels that slide over an image of channels x height x width (cross-correlation).",
    ),
    Layer(
        name="convolve",
        inputs=("x", "k"),
        settings=PLACEMENT,
        forward=_kernel_forward,
        glyph="∗",
        aliases=("convolucionar",),
        spanish="convolución con un núcleo dado",
        curriculum="C01 C02",
        doc="A given kernel that slides over an image or a sequence (cross-correlation).",
        source="UPV course 001, Redes convolucionales.",
        examples=(
            (((3, 3), (2, 2)), {}),
            (((5,), (2,)), {"stride": 2}),
            (((2, 3, 3), (2, 2, 2, 2)), {"padding": 1, "stride": 2}),
        ),
    ),
)
