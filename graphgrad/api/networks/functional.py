"""Offer `torch.nn.functional`: layers as functions, of parameters that are given.

Functions are made from the doors of the rows; what is no row stands below.

>>> from graphgrad.nn import functional as F
>>> F.relu([-1.0, 2.0]).value.tolist()
[0.0, 2.0]
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from graphgrad.api.handle import apply
from graphgrad.api.in_place import handed_on
from graphgrad.api.networks.applied import applied, checked_classes, operand
from graphgrad.api.networks.attention import masked
from graphgrad.api.networks.draws import next_owner, present_draw
from graphgrad.api.networks.layers import call_name
from graphgrad.api.networks.losses import bounded, edges_of, ignoring, with_classes_last
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.errors import UsageError
from graphgrad.layers.doors.binding import bound, no_member, told
from graphgrad.layers.doors.door import Door
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import FUNCTION_DOORS
from graphgrad.layers.row import Layer
from graphgrad.layers.settings import complete
from graphgrad.messages.catalogue import quoted

__all__ = ["FUNCTIONS"]

# ---- what is no row of layers ----


def one_hot(tensor: Any, num_classes: int = -1) -> Any:
    """Return 1 at the place of a class counted from 0, else 0."""
    import numpy as np

    taken = operand(tensor, "tensor")
    if num_classes < 0:
        num_classes = int(np.max(getattr(taken, "value", taken))) + 1
    checked_classes(taken, num_classes, name="tensor")
    return apply("one_hot", taken, classes=num_classes)


def pad(input: Any, pad: Any, mode: str = "constant", value: float = 0.0) -> Any:
    """Return an array in a frame; widths are given from the last axis on, both sides equal."""
    pairs = list(zip(pad[0::2], pad[1::2], strict=True))
    if mode != "constant" or any(before != after for before, after in pairs):
        raise UsageError(
            "nn.unsupported", argument="pad", got=quoted((pad, mode)), expected="(n, n, ...)"
        )
    width = tuple(before for before, _ in reversed(pairs))
    return apply("pad", operand(input), width=width, value=value)


# ---- made from the rows ----


def _made(row: Layer, door: Door) -> Callable[..., Any]:
    """Return the function of a row: its inputs, then PyTorch's arguments, parameters among them."""
    stated = door.called
    inputs = _inputs(row, door)
    shown = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in inputs]
    own = stated.signature
    whole = own.replace(parameters=[*shown, *own.parameters.values()])
    by_theirs = {theirs: ours for ours, theirs in door.parameters.items()}

    def function(*args: Any, **options: Any) -> Any:
        given = bound(stated.name, whole, args, options)
        taken = tuple(operand(given.pop(word), word) for word in inputs)
        given |= {name: operand(given[name], name) for name in by_theirs if name in given}
        held = {by_theirs[name]: value for name, value in given.items()
                if name in by_theirs and value is not None}  # fmt: skip
        settings = complete(row, door.always_and(stated.read(given)))
        training = bool(given.get("training", True))
        if door.call == "classes":
            settings, taken = ignoring(settings, taken[1]), with_classes_last(*taken)
        edges = edges_of(*taken) if door.call == "shares" else None
        if edges is not None:
            return bounded(row, call_name(row), taken[0], taken[1], edges, settings)
        if door.call == "masks":
            taken = (*taken, *masked(given["attn_mask"], true_counts=True))
        if not by_theirs:  # what is drawn at every call, as a mask; parameters are given
            shapes = tuple(None if x is None else tuple(x.shape) for x in taken)
            for leaf in row.leaves(shapes, settings, training=training):
                held[leaf.name] = drawn(leaf, next_owner(stated.name), present_draw())
        results, _ = applied(row, call_name(row), taken, held, settings, training=training)
        return handed_on(row, results[0], taken[0], given, training=training)

    function.__name__ = function.__qualname__ = stated.name
    function.__signature__ = whole  # type: ignore[attr-defined]  # read by inspect and help
    function.__doc__ = f"{row.doc}\n\nSource: {row.source}"
    return function


def _inputs(row: Layer, door: Door) -> tuple[str, ...]:
    """Return what PyTorch calls the inputs of a function."""
    if door.call == "masks":
        return ("query", "key", "value")
    needed = [name for name in row.inputs if not name.endswith("?")]
    if row.kind == "loss":
        return ("input", "target")
    return ("input",) if len(needed) == 1 else tuple(f"input{k}" for k in range(1, len(needed) + 1))


_GIVEN: dict[str, Callable[..., Any]] = {"one_hot": one_hot, "pad": pad}
FUNCTIONS = {name: told(refusing(name, function)) for name, function in _GIVEN.items()}
FUNCTIONS |= {name: refusing(name, _made(*found)) for name, found in FUNCTION_DOORS.items()}
"""PyTorch's name to the function."""

globals().update(FUNCTIONS)


def __getattr__(name: str) -> Any:
    raise no_member("graphgrad.nn.functional", name, FUNCTIONS)
