"""Offer `torch.nn.utils`: shorten gradients before a step, by the rows of clips.

>>> import graphgrad as gg
>>> from graphgrad import nn
>>> w = gg.param("w", [1.0, 1.0])
>>> (w * [3.0, 4.0]).sum().backward()
>>> round(nn.utils.clip_grad_norm_([w], max_norm=1.0), 6), w.grad.round(3).tolist()
(5.0, [0.6, 0.8])
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from graphgrad.api.leaf import Leaf
from graphgrad.errors import UsageError
from graphgrad.layers.doors.binding import no_member, told
from graphgrad.layers.doors.door import only
from graphgrad.layers.optimizers.clips import CLIPS, norm_of
from graphgrad.layers.training.state import numbers
from graphgrad.messages.catalogue import quoted

__all__ = ["clip_grad_norm_", "clip_grad_value_"]

_EPS = 1e-6  # added to the norm by PyTorch; source: the reference of 2.13, torch.nn.utils


@told
def clip_grad_norm_(
    parameters: Any,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: Any = None,
) -> float:
    """Shorten all gradients together to a norm where they are longer; return their norm before."""
    only("norm_type", norm_type, 2.0)
    only("error_if_nonfinite", error_if_nonfinite, False)
    leaves = _with_gradients("clip_grad_norm_", parameters)
    if not leaves:
        return 0.0
    norm = float(norm_of(numbers(), [leaf.grad for leaf in leaves]))
    _clip("norm", leaves, limit=max_norm, eps=_EPS)
    return norm


@told
def clip_grad_value_(parameters: Any, clip_value: float, foreach: Any = None) -> None:
    """Cut every entry of the gradients at a size."""
    leaves = _with_gradients("clip_grad_value_", parameters)
    if leaves:
        _clip("value", leaves, limit=clip_value)


def _with_gradients(name: str, parameters: Any) -> list[Leaf]:
    """Return the parameters that have a gradient; one alone will do, as in PyTorch."""
    if isinstance(parameters, Leaf):
        parameters = [parameters]
    found = list(parameters) if isinstance(parameters, Iterable) else [parameters]
    for leaf in found:
        if not isinstance(leaf, Leaf):
            raise UsageError("optim.no_leaf", got=quoted(leaf).partition("\n")[0])
    return [leaf for leaf in found if leaf.grad is not None]


def _clip(row: str, leaves: list[Leaf], **settings: float) -> None:
    hyper = SimpleNamespace(**settings, on=lambda name: bool(settings[name]))
    gradients = [leaf.grad for leaf in leaves]
    for leaf, clipped in zip(leaves, CLIPS[row].clip(numbers(), gradients, hyper), strict=True):
        new = clipped if leaf.shape else float(clipped)
        if leaf.accumulates:  # who looked at the gradient sees it cut, as in PyTorch
            leaf.grad.copy_(new)
        else:
            leaf.grad = new


def __getattr__(name: str) -> Any:
    raise no_member("graphgrad.nn.utils", name, __all__)
