"""Make tensors of what no gradient reaches, as in PyTorch: it is computed at once and may be set.

Without this, a lesson that fills ``X = torch.arange(12.0).reshape(3, 4)`` entry by entry would hold
a node of a graph, which has no entries to set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.numpy_words.of_tensors import without_graph
from graphgrad.api.recording.operators import QUIET

__all__ = ["settled", "settling"]


def settled(found: Any, given: tuple[Any, ...]) -> Any:
    """Return what an operation made, as a tensor where nothing given has a gradient.

    Args:
        found: a node, several of them, or anything else, which stays as it is.
        given: what the operation was applied to.
    """
    if not QUIET and any(_has_gradient(one) for one in _nodes(given)):
        return found
    made = without_graph(found)
    cut = next((one.cut for one in _nodes(given) if getattr(one, "cut", None)), None)
    if cut is not None and not QUIET:
        for one in _nodes((made,)):
            one.cut = cut
    return made


def settling(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method, or a function, whose results are tensors where no gradient reaches them."""

    @wraps(method)
    def called(*args: Any, **options: Any) -> Any:
        return settled(method(*args, **options), (*args, *options.values()))

    return called


def _nodes(given: Any) -> Iterator[Any]:
    for one in given:
        if isinstance(one, Handle):
            yield one
        elif isinstance(one, list | tuple):
            yield from _nodes(one)


def _has_gradient(node: Any) -> bool:
    """Tell whether a node has a gradient: what is computed has one, or would be a tensor."""
    return bool(node.requires_grad) if node.tape is None else True
