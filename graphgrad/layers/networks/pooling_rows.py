"""List the rows of pooling: the largest entry or the mean of every window."""

from __future__ import annotations

from fractions import Fraction
from inspect import Parameter
from typing import Any

from graphgrad.layers.doors.door import Door, arg, each
from graphgrad.layers.networks.convolution_rows import framed
from graphgrad.layers.networks.shapes import refuse, with_channels
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting
from graphgrad.ops.rows.window_rows import each_axis
from graphgrad.ops.shapes import Shape, check_entries

__all__ = ["FAR_BELOW", "LARGEST", "POOLING"]

FAR_BELOW = -(10**9)
"""What frames an input whose largest entries are wanted: it is never one of them."""

_PLACEMENT = (
    Setting("size", "lengths"),
    Setting("stride", "lengths", ""),
    Setting("padding", "widths", (0,)),
    Setting("ceil", "flag", False),
)

LARGEST = 1_000_000
"""Entries of a matrix that averages or blends: they are exact, and large in memory."""


def _pooled(name: str, axes: int) -> Any:
    """Return the forward of a pooling: windows, then their maximum or mean."""
    layer = f"{name}{axes}d"

    def forward(
        m: Any, p: Any, x: Any, *, size: Shape, stride: Any, padding: Shape, ceil: bool, **rest: Any
    ) -> Any:
        plain = len(m.shape(x)) == axes
        x = with_channels(m, layer, x, axes)
        size, padding = each_axis(size, axes), each_axis(padding, axes)
        stride, dilation = (
            each_axis(stride or size, axes),
            each_axis(rest.get("dilation", (1,)), axes),
        )
        if any(2 * w > n for w, n in zip(padding, size, strict=True)):
            raise refuse(layer, "layer.expected.padding", m.shape(x))
        axis = [
            _Axis(*one, ceil=ceil)
            for one in zip(m.shape(x)[-axes:], size, stride, padding, dilation, strict=True)
        ]
        largest = name == "max_pool"
        x = framed(m, x, padding, axes, FAR_BELOW if largest else 0)
        x = _continued(m, x, [one.beyond for one in axis], FAR_BELOW if largest else 0)
        views = m.windows(x, size=size, stride=stride, dilation=dilation)
        rank = len(m.shape(views))
        inside = tuple(range(rank - 2 * axes, rank - axes))
        if largest:
            pooled = m.max(views, axis=inside)
        else:
            counts = [one.counts(frame=rest["count_frame"]) for one in axis]
            pooled = _averaged(m, views, inside, counts, size)
        return m.reshape(pooled, shape=m.shape(pooled)[1:]) if plain else pooled

    return forward


class _Axis:
    """How windows lie along one axis.

    Source: the reference of PyTorch 2.13, torch.nn.AvgPool2d, for the last window of ``ceil`` and
    for what a mean counts.

    Attributes:
        places: how many windows there are.
        beyond: how many entries behind the frame the last one reaches.
    """

    def __init__(
        self, length: int, size: int, stride: int, padding: int, dilation: int, *, ceil: bool
    ) -> None:
        self.length, self.size, self.stride, self.padding = length, size, stride, padding
        reach, whole = dilation * (size - 1) + 1, length + 2 * padding
        free = whole - reach
        self.places = free // stride + 1
        if ceil and free % stride and self.places * stride < length + padding:
            self.places += 1  # one more that begins inside the input or the frame before it
        self.beyond = max(0, (self.places - 1) * stride + reach - whole)

    def counts(self, *, frame: bool) -> list[int]:
        """Return how many entries each window averages: of the input, or of its frame too."""
        first = 0 if frame else self.padding
        last = self.length + self.padding * (2 if frame else 1)
        starts = (place * self.stride for place in range(self.places))
        return [min(start + self.size, last) - max(start, first) for start in starts]


def _continued(m: Any, x: Any, beyond: list[int], value: Any) -> Any:
    """Return an input with entries of one value behind it, along its last axes."""
    if not any(beyond):
        return x
    lead = tuple((0, length) for length in m.shape(x)[: -len(beyond)])
    ends = [n + w for n, w in zip(m.shape(x)[-len(beyond) :], beyond, strict=True)]
    wide = m.pad(x, width=tuple(beyond), value=value)
    key = tuple((w, w + end) for w, end in zip(beyond, ends, strict=True))
    return m.index(wide, key=(*lead, *key))


def _averaged(m: Any, views: Any, inside: Any, counts: list[list[int]], size: Shape) -> Any:
    """Return the mean of each window over the entries that count."""
    full = all(one == [n] * len(one) for one, n in zip(counts, size, strict=True))
    if full:
        return m.mean(views, axis=inside)
    rows = [Fraction(1, count) for count in counts[-1]]
    if len(counts) == 1:
        return m.sum(views, axis=inside) * m.array(rows)
    shares = [[row / count for row in rows] for count in counts[0]]
    return m.sum(views, axis=inside) * m.array(shares)


def _pooling(name: str, axes: int, extra: tuple[Setting, ...] = (), **words: Any) -> Layer:
    one = ((((4,),), {"size": 2}), (((2, 2, 5),), {"size": 3, "stride": 2, "padding": 1}))
    two = (
        (((4, 4),), {"size": 2}),
        (((2, 4, 5),), {"size": [2, 3], "stride": 1}),
        (((1, 2, 4, 4),), {"size": 3, "stride": 2, "padding": 1}),
        (((4, 5),), {"size": 2, "ceil": True}),
    )
    return Layer(
        name=f"{name}{axes}d",
        inputs=("x",),
        settings=_PLACEMENT + extra,
        forward=_pooled(name, axes),
        source="UPV course 001, Pooling.",
        examples=one if axes == 1 else two,
        **words,
    )


def _adaptive(axes: int) -> Any:
    def forward(m: Any, p: Any, x: Any, *, size: Shape) -> Any:
        plain = len(m.shape(x)) == axes
        x = with_channels(m, f"adaptive_avg_pool{axes}d", x, axes)
        lengths = m.shape(x)[-axes:]
        for place, (length, count) in enumerate(zip(lengths, each_axis(size, axes), strict=True)):
            rows = m.array(_shares(length, count))
            if axes == 2 and place == 0:
                x = m.matmul(rows, x)
            else:
                x = m.matmul(x, m.transpose(rows, axes=(1, 0)))
        return m.reshape(x, shape=m.shape(x)[1:]) if plain else x

    return forward


def _shares(length: int, count: int) -> list[list[Fraction]]:
    """Return the matrix that averages parts of a line; parts overlap where they must."""
    check_entries((count, length), LARGEST)
    rows = []
    for place in range(count):
        start, end = place * length // count, -(-(place + 1) * length // count)
        rows.append([Fraction(int(start <= at < end), end - start) for at in range(length)])
    return rows


def _keras(name: str, axes: int, default: Any = Parameter.empty) -> Door:
    """Return how Keras calls a pooling."""
    size = arg("pool_size", "size", default, kind="")
    takes = (size, arg("strides", "stride", None), arg("padding", "padding", "valid"))
    return Door(f"{name}{axes}D", takes)


def _windows_door(name: str, axes: int, *more: Any, count: Any = None) -> Door:
    """Return the door of a pooling; without a stride, it is the size of the window."""
    takes = (
        arg("kernel_size", "size", axes=axes),
        arg("stride", default=None),
        arg("padding", "padding", 0, axes=axes),
        *more,
        arg("ceil_mode", "ceil", False),
        *((count,) if count else ()),
    )
    kind = {"MaxPool": "max_pool", "AvgPool": "avg_pool"}[name]
    return Door(
        f"{name}{axes}d", takes, {}, f"{kind}{axes}d",
        fit=lambda given: {"stride": each(given.stride or given.kernel_size, axes)},
    )  # fmt: skip


_DILATION = (Setting("dilation", "lengths", (1,)),)
_COUNT_FRAME = (Setting("count_frame", "flag", True),)

POOLING = (
    *(
        _pooling(
            "max_pool",
            axes,
            _DILATION,
            glyph="max",
            aliases=(f"maximo_por_ventanas{axes}d",),
            spanish="agrupación por máximo",
            doors=(
                _windows_door(
                    "MaxPool",
                    axes,
                    arg("dilation", "dilation", 1, axes=axes),
                    arg("return_indices", default=False, only=(False,)),
                ),
            ),
            keras=_keras("MaxPooling", axes, (2, 2)[:axes] if axes > 1 else 2),
            curriculum="C03",
            doc="Largest entry of every window; without stride, windows lie side by side.",
        )
        for axes in (1, 2)
    ),
    *(
        _pooling(
            "avg_pool",
            axes,
            _COUNT_FRAME,
            glyph="avg",
            aliases=(f"media_por_ventanas{axes}d",),
            spanish="agrupación por media",
            doors=(
                _windows_door("AvgPool", axes, count=arg("count_include_pad", "count_frame", True)),
            ),
            keras=_keras("AveragePooling", axes),
            curriculum="C04",
            doc="Mean of every window; without stride, windows lie side by side; with ceil, one "
            "that reaches over the end counts too.",
        )
        for axes in (1, 2)
    ),
    *(
        Layer(
            name=f"adaptive_avg_pool{axes}d",
            inputs=("x",),
            settings=(Setting("size", "lengths", (1,)),),
            forward=_adaptive(axes),
            glyph="avg",
            aliases=(f"media_adaptable{axes}d",),
            spanish="media por partes",
            doors=(
                Door(
                    f"AdaptiveAvgPool{axes}d",
                    (arg("output_size", "size", axes=axes),),
                    function=f"adaptive_avg_pool{axes}d",
                ),
            ),
            keras=Door(f"GlobalAveragePooling{axes}D"),
            curriculum="C04",
            doc="Means of as many parts as the output is long; one part is the whole channel.",
            source="Lin, Chen and Yan, Network In Network, arXiv:1312.4400, section 3.2.",
            examples=(
                (((2, 4, 5)[: axes + 1],), {}),
                (((2, 5, 5)[-axes:],), {"size": 3}),
                (((2, 2, 4, 5)[-axes - 2 :],), {"size": 2}),
            ),
        )
        for axes in (1, 2)
    ),
)
