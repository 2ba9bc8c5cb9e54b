"""State PyTorch's arguments of layers, and what they mean for the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.layers.doors.binding import check_share
from graphgrad.layers.doors.door import Found, each, only

__all__ = [
    "adaptive",
    "avg_pool",
    "batch_norm",
    "cell",
    "conv",
    "conv_transpose",
    "dropout",
    "embedding",
    "flatten",
    "group_norm",
    "instance_norm",
    "layer_norm",
    "linear",
    "max_pool",
    "rms_norm",
    "rnn_cell",
    "upsample",
]


def linear(in_features: int, out_features: int, bias: bool = True) -> Found:
    """State PyTorch's arguments."""
    return ((in_features,),), {"units": out_features, "bias": bias}


def conv(axes: int) -> Callable[..., Found]:
    """State PyTorch's arguments."""

    def arguments(
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
    ) -> Found:
        only("padding_mode", padding_mode, "zeros")
        size, gaps = each(kernel_size, axes), each(dilation, axes)
        if isinstance(padding, str):
            only("padding", padding, "valid", "same")
            reach = [(n - 1) * gap for n, gap in zip(size, gaps, strict=True)]
            if padding == "same" and any(length % 2 for length in reach):
                only("kernel_size", kernel_size, "odd")
            padding = [length // 2 * (padding == "same") for length in reach]
        placed = {"stride": each(stride, axes), "padding": each(padding, axes), "dilation": gaps}
        return ((in_channels, *(1,) * axes),), {
            "channels": out_channels, "size": size, "groups": groups, "bias": bias, **placed,
        }  # fmt: skip

    return arguments


def conv_transpose(axes: int) -> Callable[..., Found]:
    """State PyTorch's arguments."""

    def arguments(
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Any = 1,
        padding_mode: str = "zeros",
    ) -> Found:
        only("padding_mode", padding_mode, "zeros")
        placed = {"stride": stride, "padding": padding, "dilation": dilation}
        lengths = placed | {"extra": output_padding, "size": kernel_size}
        settings = {name: each(value, axes) for name, value in lengths.items()}
        own = {"channels": out_channels, "groups": groups, "bias": bias}
        return ((in_channels, *(1,) * axes),), settings | own

    return arguments


def max_pool(axes: int) -> Callable[..., Found]:
    """State PyTorch's arguments."""

    def arguments(
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> Found:
        only("return_indices", return_indices, False)
        settings: dict[str, Any] = {"size": each(kernel_size, axes)}
        settings["padding"] = each(padding, axes)
        settings["ceil"] = ceil_mode
        settings["stride"] = each(stride or kernel_size, axes)
        return (), settings | {"dilation": each(dilation, axes)}

    return arguments


def avg_pool(axes: int) -> Callable[..., Found]:
    """State PyTorch's arguments."""

    def arguments(
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> Found:
        settings: dict[str, Any] = {"size": each(kernel_size, axes)}
        settings["padding"] = each(padding, axes)
        settings |= {"ceil": ceil_mode, "count_frame": count_include_pad}
        return (), settings | {"stride": each(stride or kernel_size, axes)}

    return arguments


def adaptive(axes: int) -> Callable[..., Found]:
    """State PyTorch's arguments."""

    def arguments(output_size: Any) -> Found:
        return (), {"size": each(output_size, axes)}

    return arguments


def upsample(
    size: Any = None, scale_factor: Any = None, mode: str = "nearest", align_corners: Any = None
) -> Found:
    """State PyTorch's arguments."""
    only("size", size, None)
    only("mode", mode, "nearest", "bilinear")
    settings = {"factor": each(scale_factor, 2), "mode": mode}
    return (), settings | {"corners": bool(align_corners)}


def flatten(start_dim: int = 1, end_dim: int = -1) -> Found:
    """State PyTorch's arguments."""
    only("end_dim", end_dim, -1)
    return (), {"keep": start_dim}


def batch_norm(
    num_features: int,
    eps: float = 1e-05,
    momentum: float = 0.1,
    affine: bool = True,
    track_running_stats: bool = True,
    *,
    bias: bool = True,
) -> Found:
    """State PyTorch's arguments."""
    only("bias", bias, True)
    only("track_running_stats", track_running_stats, True)
    return ((2, num_features),), {"eps": eps, "momentum": momentum, "affine": affine}


def layer_norm(
    normalized_shape: Any, eps: float = 1e-05, elementwise_affine: bool = True, bias: bool = True
) -> Found:
    """State PyTorch's arguments."""
    if elementwise_affine:
        only("bias", bias, True)
    shape = each(normalized_shape, 1)
    return (shape,), {"axes": len(shape), "eps": eps, "affine": elementwise_affine}


def rms_norm(
    normalized_shape: Any, eps: float | None = None, elementwise_affine: bool = True
) -> Found:
    """State PyTorch's arguments."""
    shape = each(normalized_shape, 1)
    only("normalized_shape", len(shape), 1)
    small = 2.0**-52 if eps is None else eps  # torch.finfo(float64).eps
    return (shape,), {"eps": small, "affine": elementwise_affine}


def group_norm(
    num_groups: int,
    num_channels: int,
    eps: float = 1e-05,
    affine: bool = True,
    *,
    bias: bool = True,
) -> Found:
    """State PyTorch's arguments."""
    only("bias", bias, True)
    return ((1, num_channels),), {"groups": num_groups, "eps": eps, "affine": affine}


def instance_norm(
    num_features: int,
    eps: float = 1e-05,
    momentum: float = 0.1,
    affine: bool = False,
    track_running_stats: bool = False,
    *,
    bias: bool = True,
) -> Found:
    """State PyTorch's arguments."""
    only("bias", bias, True)
    only("track_running_stats", track_running_stats, False)
    return ((1, num_features),), {"groups": num_features, "eps": eps, "affine": affine}


def dropout(p: float = 0.5, inplace: bool = False) -> Found:
    """State PyTorch's arguments."""
    check_share("Dropout", "p", p)
    return (), {"keep": 1 - p}


def embedding(
    num_embeddings: int,
    embedding_dim: int,
    padding_idx: Any = None,
    max_norm: Any = None,
) -> Found:
    """State PyTorch's arguments."""
    only("padding_idx", padding_idx, None)
    only("max_norm", max_norm, None)
    return ((),), {"tokens": num_embeddings, "units": embedding_dim}


def cell(input_size: int, hidden_size: int, bias: bool = True) -> Found:
    """State PyTorch's arguments."""
    return ((input_size,),), {"units": hidden_size, "bias": bias, "biases": 2}


def rnn_cell(
    input_size: int, hidden_size: int, bias: bool = True, nonlinearity: str = "tanh"
) -> Found:
    """State PyTorch's arguments."""
    only("nonlinearity", nonlinearity, "tanh", "relu")
    shapes, settings = cell(input_size, hidden_size, bias)
    return shapes, settings | {"act": nonlinearity}
