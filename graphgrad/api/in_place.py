"""Change the numbers of tensors and parameters where they are, in PyTorch's words."""

from __future__ import annotations

from collections.abc import Callable
from operator import add, mul, sub, truediv
from typing import Any

from graphgrad.errors import UsageError

__all__ = ["RECORDING", "InPlace", "plain_numbers"]

RECORDING = [True]
"""Whether operations on what has a gradient are recorded; not under ``no_grad``."""


class InPlace:
    """What is added to a leaf; a leaf with a gradient changes under ``no_grad`` only."""

    __slots__ = ()

    value: Any
    shape: tuple[int, ...]
    requires_grad: Any

    def _change(self, value: Any) -> None:
        """Take a new value, unless a graph that is recorded has the old one."""
        if self.requires_grad and RECORDING[0]:
            raise UsageError("given.recorded")
        self.value = value

    def fill_(self, number: float) -> Any:
        """Set every entry to a number."""
        import numpy as np

        self._change(np.full(self.shape, float(number)) if self.shape else float(number))
        return self

    def clamp_(self, min: Any = None, max: Any = None) -> Any:
        """Cut the numbers off at bounds."""
        import numpy as np

        self._change(np.clip(self.value, min, max))
        return self

    def zero_(self) -> Any:
        """Set every entry to 0."""
        return self.fill_(0.0)

    def copy_(self, other: Any) -> Any:
        """Take the numbers of another tensor."""
        self._change(plain_numbers(other) + 0 * self.value)
        return self


def plain_numbers(x: Any) -> Any:
    """Return the value of a node, and anything else as it is."""
    return x.value if hasattr(x, "place") else x


def _changing(name: str) -> Callable[..., Any]:
    apply: Any = {"add": add, "sub": sub, "mul": mul, "div": truediv}[name]

    def changed(self: Any, other: Any) -> Any:
        self._change(apply(self.value, plain_numbers(other)))
        return self

    return changed


for _name in ("add", "sub", "mul", "div"):
    setattr(InPlace, f"{_name}_", _changing(_name))
