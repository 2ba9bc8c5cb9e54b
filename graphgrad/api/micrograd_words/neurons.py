"""Offer micrograd's neurons, layers and networks of `Value`.

Weights are drawn with Python's `random`, one after the other, so that a seed gives a lesson's own
numbers.

Source: Karpathy, micrograd, nn.py (names and behaviour; no line is taken from it).
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from graphgrad.api.micrograd_words.engine import Value
from graphgrad.errors import UsageError

__all__ = ["MLP", "Layer", "Module", "Neuron"]


class Module:
    """Something with parameters."""

    def zero_grad(self) -> None:
        """Set the gradients of all parameters to 0, before the next backward pass."""
        for parameter in self.parameters():
            parameter.grad = 0

    def parameters(self) -> list[Value]:
        """Return all parameters."""
        return []


class Neuron(Module):
    """A weighted sum with a bias, and relu unless it is to stay linear.

    >>> random.seed(0); n = Neuron(2)
    >>> len(n.parameters()), n
    (3, ReLUNeuron(2))
    """

    def __init__(self, nin: int, nonlin: bool = True) -> None:
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(0)
        self.nonlin = nonlin

    def __call__(self, x: Any) -> Value:
        """Return the neuron's output for inputs.

        Raises:
            UsageError: if there are more or fewer inputs than weights.
        """
        x = list(x) if isinstance(x, Iterable) else [x]
        if len(x) != len(self.w):
            fields: dict[str, Any] = {"neuron": repr(self), "got": len(x), "count": len(self.w)}
            raise UsageError("given.neuron_inputs", **fields)
        total: Value = self.b
        for weight, one in zip(self.w, x, strict=True):
            total = total + weight * one
        return total.relu() if self.nonlin else total

    def parameters(self) -> list[Value]:
        """Return the weights, then the bias."""
        return [*self.w, self.b]

    def __repr__(self) -> str:
        return f"{'ReLU' if self.nonlin else 'Linear'}Neuron({len(self.w)})"


class Layer(Module):
    """Neurons with the same inputs."""

    def __init__(self, nin: int, nout: int, **kwargs: Any) -> None:
        self.neurons = [Neuron(nin, **kwargs) for _ in range(nout)]

    def __call__(self, x: Any) -> Any:
        """Return the outputs: one value, or a list."""
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self) -> list[Value]:
        """Return the parameters of all neurons."""
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(str, self.neurons))}]"


class MLP(Module):
    """Layers one after the other; the last one is linear.

    >>> MLP(1, [1, 1])
    MLP of [Layer of [ReLUNeuron(1)], Layer of [LinearNeuron(1)]]
    """

    def __init__(self, nin: int, nouts: list[int]) -> None:
        sizes = [nin, *nouts]
        last = len(nouts) - 1
        self.layers = [
            Layer(sizes[at], sizes[at + 1], nonlin=at != last) for at in range(len(nouts))
        ]

    def __call__(self, x: Any) -> Any:
        """Return the network's output for inputs."""
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self) -> list[Value]:
        """Return the parameters of all layers."""
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(str, self.layers))}]"
