"""List the rows that change the lengths of axes: upsampling, flatten."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.networks.pooling_rows import LARGEST
from graphgrad.layers.networks.shapes import refuse
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting
from graphgrad.ops.rows.window_rows import each_axis
from graphgrad.ops.shapes import Shape, check_entries

__all__ = ["RESIZING"]


def _upsample(m: Any, p: Any, x: Any, *, factor: Shape, mode: str, corners: bool) -> Any:
    shape = m.shape(x)
    if len(shape) < 2:
        raise refuse("upsample", "layer.expected.image2", shape)
    for axis, times in zip((-2, -1), each_axis(factor, 2), strict=True):
        if times == 1:
            continue
        if mode == "nearest":
            x = m.repeat(x, times=times, axis=axis)
        elif axis == -2:
            x = m.matmul(m.array(_blend(shape[axis], times, corners)), x)
        else:
            rows = m.array(_blend(shape[axis], times, corners))
            x = m.matmul(x, m.transpose(rows, axes=(1, 0)))
    return x


def _blend(length: int, times: int, corners: bool) -> list[list[Fraction]]:
    """Return the matrix that interpolates a line: weights of the two nearest entries."""
    check_entries((length * times, length), LARGEST)
    count, rows = length * times, []
    for place in range(count):
        if corners:
            at = Fraction(place * (length - 1), count - 1) if count > 1 else Fraction(0)
        else:
            at = max(Fraction(0), (Fraction(place) + Fraction(1, 2)) / times - Fraction(1, 2))
        below = min(int(at), length - 1)
        above = min(below + 1, length - 1)
        row = [Fraction(0)] * length
        row[below] += 1 - (at - below)
        row[above] += at - below
        rows.append(row)
    return rows


def _flatten(m: Any, p: Any, x: Any, *, keep: Any) -> Any:
    shape = m.shape(x)
    kept = (1 if len(shape) == 4 else 0) if keep == "" else keep
    return m.reshape(x, shape=(*shape[:kept], -1)) if shape else m.reshape(x, shape=(1,))


_UPSAMPLE = Door(
    "Upsample",
    (
        arg("size", default=None, only=(None,)),
        arg("scale_factor", "factor", None, axes=2),
        arg("mode", "mode", "nearest", only=("nearest", "bilinear")),
        arg("align_corners", default=None),
    ),
    function="interpolate",
    fit=lambda given: {"corners": bool(given.align_corners)},
    ranks=(4,),  # of three axes PyTorch takes the last one alone as places
)
_FLATTEN = Door("Flatten", (arg("start_dim", "keep", 1), arg("end_dim", default=-1, only=(-1,))))

RESIZING = (
    Layer(
        name="upsample",
        inputs=("x",),
        settings=(
            Setting("factor", "lengths", (2,)),
            Setting("mode", "word", "nearest", ("nearest", "bilinear")),
            Setting("corners", "flag", False),
        ),
        forward=_upsample,
        glyph="↑",
        aliases=("ampliar",),
        spanish="ampliación",
        doors=(_UPSAMPLE,),
        keras=Door(
            "UpSampling2D",
            (
                arg("size", "factor", (2, 2)),
                arg("interpolation", "mode", "nearest"),
            ),
        ),
        curriculum="N40",
        doc="An image several times as large: entries repeated, or blended between neighbours.",
        source="Dumoulin and Visin, A guide to convolution arithmetic, arXiv:1603.07285.",
        examples=(
            (((2, 2),), {}),
            (((2, 2, 3),), {"factor": [1, 3], "mode": "bilinear"}),
            (((1, 1, 2, 3),), {"mode": "bilinear", "corners": True}),
        ),
    ),
    Layer(
        name="flatten",
        inputs=("x",),
        settings=(Setting("keep", "integer", ""),),
        forward=_flatten,
        glyph="vec",
        aliases=("aplanar",),
        spanish="aplanado",
        doors=(_FLATTEN,),
        keras=Door("Flatten"),
        curriculum="C05",
        doc="All entries in one vector; of a batch of images one vector each, or keep=1.",
        source="UPV course 001, Redes convolucionales.",
        examples=((((2, 2, 3),), {}), (((2, 1, 2, 2),), {}), (((2, 3),), {"keep": 1})),
    ),
)
