"""Hold a parameter of a module: a leaf whose name is its place in the network."""

from __future__ import annotations

from typing import Any

from graphgrad.api.in_place import AUGMENTED, InPlace
from graphgrad.api.leaf import Leaf
from graphgrad.api.recording.operators import QUIET
from graphgrad.graph.kinds import leaf_kind
from graphgrad.layers.doors.binding import told
from graphgrad.layers.doors.door import line_name
from graphgrad.ops.registry import code_of

__all__ = ["Parameter"]


class Parameter(InPlace, Leaf):
    """A value of a module that training changes; named after the attribute that holds it.

    Args:
        data: a number, a nested list or an array.
        requires_grad: whether it is trained; False makes it a constant of the graph.
    """

    __slots__ = ("path",)

    @told
    def __init__(self, data: Any, requires_grad: bool = True) -> None:
        super().__init__("parameter", data, "param" if requires_grad else "const")
        self.path = "parameter"

    @property
    def requires_grad(self) -> bool:
        """Tell whether it is trained; assign False to freeze it."""
        return self.op == "param"

    @requires_grad.setter
    def requires_grad(self, trained: bool) -> None:
        self.op = "param" if trained else "const"
        self.kind = leaf_kind(code_of(self.op), self.shape)
        self.spot = (0, 0)
        self._grad = None

    def requires_grad_(self, requires_grad: bool = True) -> Parameter:
        """Set `requires_grad` and return the parameter, as PyTorch does."""
        self.requires_grad = requires_grad
        return self

    def become(self, value: Any, exact: Any = None) -> None:
        """Take a value of any shape: a lazy layer is empty before it is called."""
        import numpy as np

        found = Parameter(np.zeros(0) if isinstance(value, tuple) else value, self.requires_grad)
        self.exact, self._value = found.exact if exact is None else exact, found.floats()
        self.shape, self.kind, self.spot = found.shape, found.kind, (0, 0)
        self.version += 1

    def rename(self, path: str) -> None:
        """Take the name of a place in a network; a number in it becomes a subscript in graphs."""
        self.path = path
        self._name = line_name(path)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.exact, self.requires_grad, self.path, self._grad)


def _restored(value: Any, trained: bool, path: str, gradient: Any) -> Parameter:
    """Return a parameter that was copied or pickled."""
    found = Parameter(value, trained)
    found.rename(path)
    found.receive(gradient)
    return found


def _augmented(word: str, name: str) -> Any:
    """Return an operator that changes the numbers under ``no_grad``; else it makes a new node."""
    method, usual = f"{word}_", getattr(Leaf, f"__i{name}__", None)

    def changed(self: Any, other: Any) -> Any:
        if QUIET:
            return getattr(self, method)(other)
        return NotImplemented if usual is None else usual(self, other)

    return changed


for _word, _name in AUGMENTED.items():
    setattr(Parameter, f"__i{_name}__", _augmented(_word, _name))
