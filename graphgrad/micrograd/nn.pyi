"""Written by ``python -m tests.typing.stubs``."""
from graphgrad.api.micrograd_words.neurons import Layer as Layer, MLP as MLP, Module as Module, Neuron as Neuron
