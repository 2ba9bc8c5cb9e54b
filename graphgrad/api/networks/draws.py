"""Number the layers that are made, so that their draws are reproducible and differ."""

from __future__ import annotations

from graphgrad.errors import UsageError

__all__ = ["draw", "next_owner", "present_draw"]

_STATE = {"draw": 1}
_MADE: dict[str, int] = {}


def draw(number: int) -> None:
    """Choose the draw of all layers made from here on, and count layers anew.

    The streams are graphgrad's own, frozen by NumPy's policy, and depend on the draw and on which
    layer of its kind it is; PyTorch's ``manual_seed`` gives other numbers.

    Args:
        number: a whole number from 0; 1 where it is never called.

    Raises:
        UsageError: if it is none.

    >>> from graphgrad import nn
    >>> nn.draw(3)
    >>> first = nn.Linear(2, 1).weight.value
    >>> nn.draw(3)
    >>> bool((nn.Linear(2, 1).weight.value == first).all())
    True
    """
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise UsageError("nn.draw", got=number)
    _STATE["draw"] = number
    _MADE.clear()


def present_draw() -> int:
    """Return the draw in force."""
    return _STATE["draw"]


def next_owner(kind: str) -> str:
    """Return the name of a new layer's streams: the kind and which one it is."""
    _MADE[kind] = _MADE.get(kind, 0) + 1
    return f"{kind}{_MADE[kind]}"
