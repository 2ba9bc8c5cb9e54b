"""Tell which ops let no gradient pass: those whose derivative is 0 wherever it exists."""

from __future__ import annotations

from typing import Any

from graphgrad.ops.row import Elementwise, Leaf, Row, Structural

__all__ = ["is_flat", "passes_nothing"]


class _Unknown:
    """A value of which nothing is known: whatever is done with it gives another one."""

    def _any(self, *_: Any, **__: Any) -> _Unknown:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _any
    __rtruediv__ = __pow__ = __rpow__ = __neg__ = __matmul__ = __call__ = _any

    def __getattr__(self, name: str) -> _Unknown:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


_ANY = _Unknown()


def passes_nothing(row: Row, slot: int) -> bool:
    """Tell whether a row's derivative in one slot is the number 0, whatever its arguments.

    >>> from graphgrad.ops.registry import find
    >>> passes_nothing(find("sign"), 0), passes_nothing(find("relu"), 0)
    (True, False)
    """
    if isinstance(row, Leaf):
        return False
    settings = row.defaults
    try:
        if isinstance(row, Elementwise):
            count = max(len(row.arguments), slot + 1)
            partial = row.partials[min(slot, len(row.partials) - 1)]
            found = partial(_ANY, _ANY, *[_ANY] * count, **settings)
            return isinstance(found, int | float) and found == 0
        assert isinstance(row, Structural)
        args = tuple([_ANY] * max(len(row.arguments), slot + 1))
        return row.pullback(_ANY, _ANY, _ANY, args, slot, **settings) is None
    except (TypeError, ValueError, IndexError, AttributeError):  # it asks for a shape: it is not 0
        return False


def is_flat(row: Row) -> bool:
    """Tell whether a row passes no gradient to any of its arguments."""
    slots = range(len(row.arguments))
    return not isinstance(row, Leaf) and all(passes_nothing(row, slot) for slot in slots)
