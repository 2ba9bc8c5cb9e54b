"""Offer `torch.nn.functional`: layers as functions, of parameters that are given.

Functions without parameters are made from the rows; those with parameters stand below.

>>> from graphgrad.nn import functional as F
>>> F.relu([-1.0, 2.0]).value.tolist()
[0.0, 2.0]
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from graphgrad.api.handle import apply
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.attention import masked
from graphgrad.api.networks.draws import next_owner, present_draw
from graphgrad.api.networks.layers import call_name, class_last, ignoring
from graphgrad.errors import UsageError
from graphgrad.layers.doors.binding import bound, no_member, told
from graphgrad.layers.doors.door import Door
from graphgrad.layers.doors.table import DOORS
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import LAYERS
from graphgrad.layers.settings import complete

__all__ = ["FUNCTIONS"]

_DISTINCT = ("cross_entropy", "nll_loss")


def _given(
    row: str, inputs: tuple[Any, ...], parameters: dict[str, Any], training: bool = False,
    **settings: Any,
) -> Any:  # fmt: skip
    """Return what a row computes with parameters that are given, None for those left out."""
    layer = LAYERS[row]
    held = {name: operand(value) for name, value in parameters.items() if value is not None}
    full = {name: value for name, value in layer.defaults.items() if value is not None} | settings
    results, _ = applied(layer, row, inputs, held, full, training=training)
    return results[0]


# ---- with parameters ----


def linear(input: Any, weight: Any, bias: Any = None) -> Any:
    """Return input @ weight.T + bias."""
    return _given("dense", (input,), {"W": weight, "b": bias}, bias=bias is not None)


def _convolution(axes: int) -> Callable[..., Any]:
    def convolution(
        input: Any,
        weight: Any,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
    ) -> Any:
        """Return the convolution of an image or a sequence with kernels."""
        out, entering, *size = operand(weight).shape
        door = DOORS[f"Conv{axes}d"].arguments
        _, settings = door(
            entering * groups, out, tuple(size), stride, padding, dilation, groups, bias is not None
        )
        return _given(f"conv{axes}d", (input,), {"W": weight, "b": bias}, **settings)

    convolution.__name__ = f"conv{axes}d"
    return convolution


def layer_norm(
    input: Any, normalized_shape: Any, weight: Any = None, bias: Any = None, eps: float = 1e-05
) -> Any:
    """Return each sample centred and scaled over its last axes."""
    affine = weight is not None
    axes = len(tuple(normalized_shape))
    parameters = {"gamma": weight, "beta": bias if bias is not None or not affine else 0.0}
    return _given("layer_norm", (input,), parameters, axes=axes, eps=eps, affine=affine)


def group_norm(
    input: Any, num_groups: int, weight: Any = None, bias: Any = None, eps: float = 1e-05
) -> Any:
    """Return each sample centred and scaled over groups of channels."""
    affine = weight is not None
    parameters = {"gamma": weight, "beta": bias}
    return _given("group_norm", (input,), parameters, groups=num_groups, eps=eps, affine=affine)


def batch_norm(
    input: Any,
    running_mean: Any,
    running_var: Any,
    weight: Any = None,
    bias: Any = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-05,
) -> Any:
    """Return features centred and scaled; running statistics are read, never changed, here."""
    parameters = {"gamma": weight, "beta": bias, "mean": running_mean, "var": running_var}
    return _given("batch_norm", (input,), parameters, training, eps=eps, affine=weight is not None)


def embedding(input: Any, weight: Any) -> Any:
    """Return the rows of a table for tokens counted from 0."""
    tokens = operand(weight).shape[0]
    return _given("embedding", (input,), {"E": weight}, tokens=tokens)


def prelu(input: Any, weight: Any) -> Any:
    """Return the input, times a slope where it is negative."""
    count = operand(weight).size
    return _given("prelu", (input,), {"alpha": weight}, count=count)


def scaled_dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    attn_mask: Any = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
) -> Any:
    """Return values averaged by attention; where a mask of booleans is False, none is paid.

    A mask of numbers is added to the scores.
    """
    if dropout_p:
        raise UsageError("nn.unsupported", argument="dropout_p", got=dropout_p, expected="0.0")
    said = masked(attn_mask, true_counts=True)
    return _given("attention", (query, key, value, *said), {}, causal=is_causal)


def dropout(input: Any, p: float = 0.5, training: bool = True) -> Any:
    """Return entries kept with probability 1 - p and divided by it; a new mask every time."""
    layer = LAYERS["inverted_dropout"]
    settings = complete(layer, {"keep": 1 - p})
    taken = operand(input)
    parameters = {}
    for leaf in layer.leaves((tuple(taken.shape),), settings, training=training):
        parameters[leaf.name] = drawn(leaf, next_owner("dropout"), present_draw())
    return _given("inverted_dropout", (taken,), parameters, training, **settings)


# ---- what is no row of layers ----


def one_hot(tensor: Any, num_classes: int = -1) -> Any:
    """Return 1 at the place of a class counted from 0, else 0."""
    import numpy as np

    taken = operand(tensor)
    if num_classes < 0:
        num_classes = int(np.max(getattr(taken, "value", taken))) + 1
    return apply("one_hot", taken, classes=num_classes)


def pad(input: Any, pad: Any, mode: str = "constant", value: float = 0.0) -> Any:
    """Return an array in a frame; widths are given from the last axis on, both sides equal."""
    pairs = list(zip(pad[0::2], pad[1::2], strict=True))
    if mode != "constant" or any(before != after for before, after in pairs):
        raise UsageError(
            "nn.unsupported", argument="pad", got=repr((pad, mode)), expected="(n, n, ...)"
        )
    width = tuple(before for before, _ in reversed(pairs))
    return apply("pad", operand(input), width=width, value=value)


# ---- made from the rows ----


def _plain(name: str, door: Door) -> Callable[..., Any]:
    """Return the function of a row without parameters: inputs, then PyTorch's arguments."""
    inputs = ("input", "target") if door.layer.kind == "loss" else ("input",)
    signature = inspect.signature(door.arguments)
    shown = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in inputs]
    whole = signature.replace(parameters=[*shown, *signature.parameters.values()])

    def function(*args: Any, **options: Any) -> Any:
        given = bound(name, whole, args, options)
        own = tuple(given.pop(word) for word in inputs)
        _, settings = door.arguments(**given)
        full = complete(door.layer, settings)
        if name in _DISTINCT:
            full = ignoring(full, own[1])
            same = len(operand(own[0]).shape) == len(operand(own[1]).shape)
            own = (class_last(own[0]), class_last(own[1]) if same else own[1])
        results, _ = applied(
            door.layer,
            call_name(door.layer),
            own,
            {},
            full,
            training=True,
        )
        return results[0]

    function.__name__ = function.__qualname__ = name
    function.__signature__ = whole  # type: ignore[attr-defined]  # read by inspect and help
    function.__doc__ = f"{door.layer.doc}\n\nSource: {door.layer.source}"
    return function


_GIVEN: dict[str, Callable[..., Any]] = {
    "linear": linear,
    "conv1d": _convolution(1),
    "conv2d": _convolution(2),
    "layer_norm": layer_norm,
    "group_norm": group_norm,
    "batch_norm": batch_norm,
    "embedding": embedding,
    "prelu": prelu,
    "scaled_dot_product_attention": scaled_dot_product_attention,
    "dropout": dropout,
    "one_hot": one_hot,
    "pad": pad,
}
_MADE = {door.functional: _plain(door.functional, door) for door in DOORS.values()}
FUNCTIONS = {name: told(function) for name, function in _GIVEN.items()}
FUNCTIONS |= {name: function for name, function in _MADE.items() if name}
"""PyTorch's name to the function."""

globals().update(FUNCTIONS)


def __getattr__(name: str) -> Any:
    raise no_member("graphgrad.nn.functional", name, FUNCTIONS)
