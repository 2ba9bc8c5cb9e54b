"""Hold a value of an ONNX model, on which the formulas of rows run, and one node of the model."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from graphgrad.ops.shapes import Shape

__all__ = ["NodeCall", "Tensor"]


class TensorWords(Protocol):
    """What applies an op to tensors and numbers."""

    def call(self, name: str, *args: Any, **settings: Any) -> Any:
        """Return the result."""


class NodeCall(NamedTuple):
    """One node of a model: operator, names of inputs and of the output, attributes."""

    operator: str
    inputs: tuple[str, ...]
    output: str
    attributes: dict[str, Any]


class Tensor:
    """A value of a model: its name and shape."""

    def __init__(self, words: TensorWords, name: str, shape: Shape) -> None:
        self.words = words
        self.name = name
        self.shape = shape

    def __add__(self, other: Any) -> Any:
        return self.words.call("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self.words.call("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self.words.call("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self.words.call("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self.words.call("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self.words.call("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self.words.call("div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self.words.call("div", other, self)

    def __neg__(self) -> Any:
        return self.words.call("neg", self)

    def __pow__(self, exponent: Any) -> Any:
        return self.words.call("pow", self, exponent)
