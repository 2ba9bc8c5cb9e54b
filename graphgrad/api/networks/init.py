"""Offer `torch.nn.init`: give a parameter new values, by the rows of initial values.

Fans are PyTorch's: of a weight out x in x kernel, entries of a kernel times channels. The draws are
ours, in the order of the calls since `nn.draw`. Source: the reference of PyTorch 2.13, nn.init.

>>> from graphgrad import nn
>>> nn.draw(1)
>>> layer = nn.Linear(2, 3)
>>> nn.init.constant_(layer.bias, 0.5).value.tolist()
[0.5, 0.5, 0.5]
"""

from __future__ import annotations

import math
from math import prod
from typing import Any

from graphgrad.api.leaf import Leaf
from graphgrad.api.networks.draws import next_owner, present_draw
from graphgrad.errors import ShapeError, UsageError
from graphgrad.layers.doors.binding import told
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.row import Parameter
from graphgrad.messages.catalogue import quoted
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import shape_text

__all__ = [
    "calculate_gain", "constant_", "eye_", "kaiming_normal_", "kaiming_uniform_", "normal_",
    "ones_", "orthogonal_", "uniform_", "xavier_normal_", "xavier_uniform_", "zeros_",
]  # fmt: skip


def _filled(tensor: Leaf, initial: str, scale: float = 1.0, add: float = 0.0, **own: Any) -> Leaf:
    """Give a leaf new values: scale times what a row draws, plus a number."""
    if not isinstance(tensor, Leaf):
        raise UsageError("nn.no_leaf", got=quoted(tensor))
    stated = Parameter("value", tensor.shape, initial, _fans(tensor.shape), own)
    value = scale * to_float(drawn(stated, next_owner("init"), present_draw())) + add
    tensor.value = value if tensor.shape else float(value)
    return tensor


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return how many values enter and leave a unit of a weight out x in x kernel."""
    if len(shape) < 2:
        return (shape[0] if shape else 1), 1
    kernel = prod(shape[2:])
    return shape[1] * kernel, shape[0] * kernel


@told
def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Return by what PyTorch multiplies deviations before a nonlinearity.

    Raises:
        UsageError: if there is none of that name.

    >>> round(calculate_gain("relu") ** 2, 12)
    2.0
    """
    slope = 0.01 if param is None else param
    gains = {
        "linear": 1.0, "conv1d": 1.0, "conv2d": 1.0, "sigmoid": 1.0, "tanh": 5 / 3,
        "relu": math.sqrt(2), "leaky_relu": math.sqrt(2 / (1 + slope**2)), "selu": 3 / 4,
    }  # fmt: skip
    if nonlinearity not in gains:
        raise UsageError(
            "nn.unsupported",
            argument="nonlinearity",
            got=quoted(nonlinearity),
            expected=", ".join(gains),
        )
    return gains[nonlinearity]


@told
def zeros_(tensor: Leaf) -> Leaf:
    """Make all entries 0."""
    return _filled(tensor, "zeros")


@told
def ones_(tensor: Leaf) -> Leaf:
    """Make all entries 1."""
    return _filled(tensor, "ones")


@told
def constant_(tensor: Leaf, val: float) -> Leaf:
    """Make all entries one value."""
    return _filled(tensor, "full", value=val)


@told
def eye_(tensor: Leaf) -> Leaf:
    """Make a matrix the identity: 1 on its diagonal, else 0.

    Raises:
        ShapeError: if it is no matrix.
    """
    if len(getattr(tensor, "shape", (0, 0))) != 2:
        raise ShapeError("shape.matrix", op="eye_", a=shape_text(tensor.shape))
    _filled(tensor, "zeros")
    import numpy as np

    tensor.value = np.eye(tensor.shape[0], tensor.shape[1])
    return tensor


@told
def uniform_(tensor: Leaf, a: float = 0.0, b: float = 1.0) -> Leaf:
    """Draw entries between a and b."""
    return _filled(tensor, "uniform", add=(a + b) / 2, bound=(b - a) / 2)


@told
def normal_(tensor: Leaf, mean: float = 0.0, std: float = 1.0) -> Leaf:
    """Draw normal entries."""
    return _filled(tensor, "normal", add=mean, std=std)


@told
def xavier_uniform_(tensor: Leaf, gain: float = 1.0) -> Leaf:
    """Draw by Glorot's uniform rule."""
    return _filled(tensor, "glorot_uniform", gain)


@told
def xavier_normal_(tensor: Leaf, gain: float = 1.0) -> Leaf:
    """Draw by Glorot's normal rule."""
    return _filled(tensor, "glorot_normal", gain)


def _kaiming(tensor: Leaf, kind: str, a: float, mode: str, nonlinearity: str) -> Leaf:
    if mode not in ("fan_in", "fan_out"):
        raise UsageError(
            "nn.unsupported", argument="mode", got=quoted(mode), expected="'fan_in', 'fan_out'"
        )
    entering, leaving = _fans(tensor.shape)
    fan = math.sqrt(entering / (entering if mode == "fan_in" else leaving))
    return _filled(tensor, kind, calculate_gain(nonlinearity, a) / math.sqrt(2) * fan)


@told
def kaiming_uniform_(
    tensor: Leaf, a: float = 0, mode: str = "fan_in", nonlinearity: str = "leaky_relu"
) -> Leaf:
    """Draw by He's uniform rule."""
    return _kaiming(tensor, "he_uniform", a, mode, nonlinearity)


@told
def kaiming_normal_(
    tensor: Leaf, a: float = 0, mode: str = "fan_in", nonlinearity: str = "leaky_relu"
) -> Leaf:
    """Draw by He's normal rule."""
    return _kaiming(tensor, "he_normal", a, mode, nonlinearity)


@told
def orthogonal_(tensor: Leaf, gain: float = 1) -> Leaf:
    """Draw orthogonal rows or columns."""
    return _filled(tensor, "orthogonal", gain=gain)
