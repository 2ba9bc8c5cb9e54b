"""List the rows of transposed convolutions: every entry spreads its kernel, overlaps are summed.

It is the derivative of a convolution by its input, as a layer: a small image becomes a larger one.
"""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.networks.convolution_rows import PLACEMENT, conv_parameters, keras_takes
from graphgrad.layers.networks.pieces import ACT, AFFINE, BIAS, BIAS_ARG, activated, weights
from graphgrad.layers.networks.shapes import refuse, with_channels
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting
from graphgrad.ops.rows.window_rows import each_axis
from graphgrad.ops.shapes import Shape

__all__ = ["TRANSPOSED"]


def _forward(axes: int) -> Any:
    name = f"conv_transpose{axes}d"

    def forward(
        m: Any,
        p: Any,
        x: Any,
        *,
        stride: Shape,
        padding: Shape,
        extra: Shape,
        dilation: Shape,
        groups: int,
        bias: bool,
        act: Any,
        **_: Any,
    ) -> Any:
        x = with_channels(m, name, x, axes)
        steps, gaps, frame, more = (each_axis(v, axes) for v in (stride, dilation, padding, extra))
        entering, per, *size = m.shape(p.W)
        lead, places = m.shape(x)[: -axes - 1], m.shape(x)[-axes:]
        whole = tuple(
            (n - 1) * step + (k - 1) * gap + 1
            for n, step, k, gap in zip(places, steps, size, gaps, strict=True)
        )
        sizes = [n + e - 2 * w for n, e, w in zip(whole, more, frame, strict=True)]
        if min(sizes) < 1 or any(e >= max(s, g) for e, s, g in zip(more, steps, gaps, strict=True)):
            raise refuse(name, "layer.expected.transposed", places, whole)
        parted, rows = (() if groups == 1 else (groups,)), entering // groups
        kernel = m.reshape(p.W, shape=(*parted, rows, per * prod(size)))
        columns = m.reshape(x, shape=(*lead, *parted, rows, prod(places)))
        last = len(parted)
        turned = m.transpose(kernel, axes=(*range(last), last + 1, last))
        spread = m.line("windows", m.matmul(turned, columns))
        channels = per * groups
        laid = m.reshape(spread, shape=(*lead, channels, *size, *places))
        z = m.fold(laid, shape=whole, stride=steps, dilation=gaps)
        if any(more):
            z = m.pad(z, width=more, value=0)
        if any((*frame, *more)):
            edges = [(0, n) for n in (*lead, channels)]
            inner = [(e + w, e + w + n) for e, w, n in zip(more, frame, sizes, strict=True)]
            z = m.call("index", z, key=(*edges, *inner))
        if bias:
            z = z + m.reshape(p.b, shape=(channels, *(1,) * axes))
        return activated(m, act, z)

    return forward


def _door(axes: int) -> Door:
    takes = (
        arg("in_channels"),
        arg("out_channels", "channels"),
        arg("kernel_size", "size", axes=axes),
        arg("stride", "stride", 1, axes=axes),
        arg("padding", "padding", 0, axes=axes),
        arg("output_padding", "extra", 0, axes=axes),
        arg("groups", "groups", 1),
        BIAS_ARG,
        arg("dilation", "dilation", 1, axes=axes),
        arg("padding_mode", default="zeros", only=("zeros",)),
    )
    enters = (1,) * axes
    return Door(
        f"ConvTranspose{axes}d", takes, AFFINE,
        enters=lambda given: ((given.in_channels, *enters),),
    )  # fmt: skip


def _transposed(axes: int, examples: Any, **words: Any) -> Layer:
    return Layer(
        name=f"conv_transpose{axes}d",
        inputs=("x",),
        settings=(
            Setting("channels", "count"),
            Setting("size", "lengths"),
            *PLACEMENT,
            Setting("extra", "widths", (0,)),
            Setting("groups", "count", 1),
            ACT,
            BIAS,
            *weights(),
        ),
        parameters=conv_parameters(axes, transposed=True),
        forward=_forward(axes),
        notation={"W": "kernel", "b": "bias", "z": "pre-activation"},
        glyph="∗ᵀ",
        doors=(_door(axes),),
        keras=Door(f"Conv{axes}DTranspose", keras_takes(axes)),
        source="Dumoulin and Visin, A guide to convolution arithmetic, arXiv:1603.07285, "
        "section 4.",
        examples=examples,
        **words,
    )


TRANSPOSED = (
    _transposed(
        1,
        (
            (((2, 3),), {"channels": 2, "size": 2, "act": "tanh"}),
            (((3,),), {"channels": 2, "size": 3, "padding": 1, "stride": 2, "extra": 1}),
            (((2, 2, 3),), {"channels": 2, "size": 2, "dilation": 2, "groups": 2, "bias": False}),
        ),
        aliases=("convolucion_traspuesta1d", "convolución_traspuesta1d"),
        spanish="convolución traspuesta de una dimensión",
        doc="Kernels that every entry of a sequence spreads, summed where they meet.",
    ),
    _transposed(
        2,
        (
            (((2, 2),), {"channels": 1, "size": 2, "stride": 2}),
            (((2, 2, 2),), {"channels": 2, "size": [2, 1], "act": "relu"}),
            (((2, 2, 2, 3),), {"channels": 1, "size": 3, "padding": [1, 0], "stride": [2, 1]}),
            (((1, 4, 2, 2),), {"channels": 2, "size": 2, "dilation": 2, "groups": 2}),
        ),
        aliases=("convolucion_traspuesta2d", "convolución_traspuesta2d"),
        spanish="convolución traspuesta 2D",
        doc="Kernels that every entry of an image spreads, summed where they meet: a larger image.",
    ),
)
