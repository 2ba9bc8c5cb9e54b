"""Make layers that learn at their first call how many values enter, as PyTorch's Lazy ones do.

Until then their parameters are empty; then the layer is one of the class without Lazy, and its
parameters are the same objects, which optimizers may hold already. Source: the reference of
PyTorch 2.13, torch.nn.modules.lazy.LazyModuleMixin.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from graphgrad.api.networks.layers import RowModule
from graphgrad.api.networks.parameter import Parameter
from graphgrad.errors import ShapeError
from graphgrad.layers.doors.binding import bound
from graphgrad.ops.shapes import shape_text

__all__ = ["lazy_classes"]

_SIZES = {"in_features": -1, "in_channels": 1, "num_features": 1}
"""The first arguments that a lazy layer need not be told, to the axis that tells them."""


def lazy_classes(known: Mapping[str, type[Any]]) -> dict[str, type[Any]]:
    """Return a lazy class for every layer whose first argument is how many values enter.

    >>> from graphgrad import nn
    >>> layer = nn.LazyLinear(2)
    >>> layer([[1.0, 2.0, 3.0]]).shape, layer.weight.shape, type(layer) is nn.Linear
    ((1, 2), (2, 3), True)
    """
    return {f"Lazy{name}": _lazy(name, kind) for name, kind in known.items() if _told_of(kind)}


def _told_of(kind: type[Any]) -> str:
    door: Any = getattr(kind, "door", None)
    first = door.takes[0].name if door is not None and door.takes else ""
    return first if first in _SIZES and door.parameters else ""


def _lazy(name: str, kind: type[RowModule]) -> type[RowModule]:
    stated = list(kind.door.signature.parameters.values())[1:]
    signature = inspect.Signature(stated)

    def __init__(self: Any, *args: Any, **options: Any) -> None:  # noqa: N807  # Python's name
        given = bound(f"Lazy{name}", signature, args, options)
        kind.__init__(self, 1, **given)
        object.__setattr__(self, "asked", given)
        for leaf in self.parameters():
            leaf.become(())

    def forward(self: Any, *inputs: Any) -> Any:
        _settle(self, inputs[0])
        return self.forward(*inputs)

    content = {
        "__init__": __init__,
        "forward": forward,
        "__doc__": kind.__doc__,
        "__module__": kind.__module__,
        "whole": kind,
        "__signature__": signature,
    }
    return type(f"Lazy{name}", (kind,), content)


def _settle(layer: Any, entering: Any) -> None:
    """Make a layer that was called for the first time one of the class without Lazy."""
    shape = tuple(getattr(entering, "shape", ()))
    if not shape:
        import numpy as np

        shape = np.shape(entering)
    axis = _SIZES[_told_of(layer.whole)]
    if len(shape) <= max(axis, 0):
        raise ShapeError("shape.axis", op=type(layer).__name__, got=axis, shape=shape_text(shape),
                         rank=len(shape))  # fmt: skip
    made = layer.whole(shape[axis], **layer.asked)
    kept = dict(layer._parameters)
    for name, leaf in made._parameters.items():
        if isinstance(leaf, Parameter):
            kept[name].become(leaf.value, leaf.exact)
    own = {k: v for k, v in vars(made).items() if k not in ("_parameters", "_path", "training")}
    vars(layer).update(own)
    del layer.asked
    layer.__class__ = layer.whole
