"""Written by ``python -m tests.typing.stubs``."""
from graphgrad.api.micrograd_words.engine import Value as Value
from graphgrad.api.micrograd_words.neurons import Layer as Layer, MLP as MLP, Module as Module, Neuron as Neuron
from graphgrad.micrograd import engine as engine, nn as nn
