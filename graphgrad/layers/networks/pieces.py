"""State what layers share: settings that recur, the affine map, an activation by name."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any, Final

from graphgrad.graph.blocks import Call
from graphgrad.layers.doors.door import Argument, arg
from graphgrad.layers.row import Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = [
    "ACT", "AFFINE", "BIAS", "BIAS_ARG", "DRAW", "INPLACE_ARG", "KERAS_WEIGHTS", "OFFSET_ARG",
    "activated", "affine", "bias_of", "called", "exact", "owned", "owned_by", "weight_of",
    "weights",
]  # fmt: skip

ACT = Setting("act", "row", "identity")
BIAS = Setting("bias", "flag", True)
DRAW = Setting("draw", "integer", 1)

AFFINE: Final = {"W": "weight", "b": "bias"}
"""What PyTorch calls a weight and its bias."""

BIAS_ARG: Final[Argument] = arg("bias", "bias", True)
OFFSET_ARG: Final[Argument] = arg("bias", default=None)
"""The bias that a function is given."""

INPLACE_ARG: Final[Argument] = arg("inplace", default=False)
"""What PyTorch may do to save memory; values are the same."""

KERAS_WEIGHTS: Final = (
    arg("activation", "act", None),
    arg("use_bias", "bias", True),
    arg("kernel_initializer", "init", "glorot_uniform"),
    arg("bias_initializer", "bias_init", "zeros"),
)
"""How Keras says what most layers with weights take."""


_AS_TORCH = "fan_in_uniform"


def weights(default: str = _AS_TORCH) -> tuple[Setting, ...]:
    """Return the settings that choose how weights and biases start, and their draw.

    Without ``bias_init``, biases start at 0, or as in PyTorch where the weights do.
    """
    init = Setting("init", "initialiser", default)
    return (init, Setting("bias_init", "initialiser", ""), DRAW)


def exact(number: Any) -> Any:
    """Return a whole number as a fraction, so that dividing it stays exact."""
    return Fraction(number) if isinstance(number, int) else number


def called(chosen: Any) -> Call:
    """Return a name, or a call with settings, as a call."""
    return chosen if isinstance(chosen, Call) else Call(chosen)


def weight_of(name: str, shape: Shape, fans: tuple[int, int], init: Any) -> Parameter:
    """Return a weight that starts as a setting says."""
    start = called(init)
    return Parameter(name, shape, start.name, fans, dict(start.settings))


def bias_of(
    name: str, shape: Shape, fans: tuple[int, int], init: Any, bias_init: Any = ""
) -> Parameter:
    """Return a bias that starts as a setting says, or as is usual beside such weights."""
    usual = _AS_TORCH if called(init).name == _AS_TORCH else "zeros"
    return weight_of(name, shape, fans, bias_init or usual)._replace(kind="bias")


def affine(m: Any, x: Any, weight: Any, bias: Any = None) -> Any:
    """Return W x + b of a vector, or X W^T + b of rows; a number counts as a vector of one."""
    rank = len(m.shape(x))
    if not rank:
        x = m.reshape(x, shape=(1,))
    left, right = (weight, x) if rank < 2 else (x, m.transpose(weight, axes=(1, 0)))
    product = m.matmul(left, right)
    return product if bias is None else product + bias


def activated(m: Any, act: Any, z: Any, name: str = "z") -> Any:
    """Return an op of a pre-activation, which becomes a line of its own; identity adds none."""
    op, settings = called(act)
    if op == "identity":
        return z
    return m.call(op, m.line(name, z), **dict(settings))


def owned(name: str, parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Return the parameters of a layer inside another: ``h[1].W``."""
    return tuple(part._replace(name=f"{name}.{part.name}") for part in parameters)


def owned_by(p: Any, name: str) -> Any:
    """Return the parameters of a layer inside another, by their own names."""
    front = f"{name}."
    inside = {key[len(front) :]: ref for key, ref in vars(p).items() if key.startswith(front)}
    return SimpleNamespace(**inside)
