"""Count how long a formula would be before anything is built: sizes of trees, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphgrad.ops.row import Elementwise

__all__ = ["Size", "formula_size", "partial_size"]


class Size:
    """Stand for an expression of so many symbols and operations; big integers never overflow."""

    __slots__ = ("count",)

    def __init__(self, count: int) -> None:
        self.count = count

    def _joined(self, other: Any) -> Size:
        return Size(self.count + size_of(other) + 1)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _joined
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _joined

    def __neg__(self) -> Size:
        return Size(self.count + 1)


class SizeMath:
    """Namespace whose functions add up the sizes of their arguments."""

    pi = Size(1)

    def __getattr__(self, name: str) -> Callable[..., Size]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **settings: Size(sum(map(size_of, args)) + 1)


def size_of(value: Any) -> int:
    """Return a value's size; a number has size 1."""
    return value.count if isinstance(value, Size) else 1


def formula_size(args: Sequence[int]) -> int:
    """Return the size of an op applied to arguments of given sizes."""
    return sum(args) + 1


def partial_size(row: Elementwise, slot: int, out: int, args: Sequence[int], settings: Any) -> int:
    """Return the size of a partial as a factor: 0 for 1 and -1, which leave no trace, -1 for 0.

    >>> from graphgrad.ops import row
    >>> partial_size(row("add"), 0, 1, (1, 1), {}), partial_size(row("tanh"), 0, 1, (5,), {})
    (0, 5)
    """
    value = row.partials[slot](_SIZES, Size(out), *map(Size, args), **settings)
    if isinstance(value, Size):
        return value.count
    return -1 if value == 0 else int(value not in (1, -1))


_SIZES = SizeMath()
