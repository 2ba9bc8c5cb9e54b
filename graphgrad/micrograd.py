"""Let a micrograd lesson run with its import line changed.

``from graphgrad.micrograd.engine import Value``, ``from graphgrad.micrograd.nn import MLP`` and
``from graphgrad.micrograd import Value, nn``: what they name is in
`graphgrad.api.micrograd_words`.

>>> from graphgrad.micrograd import Value
>>> a = Value(2.0)
>>> (a * a).backward(); a.grad
4.0
"""

import sys

from graphgrad.api.micrograd_words import engine
from graphgrad.api.micrograd_words import neurons as nn
from graphgrad.api.micrograd_words.engine import Value
from graphgrad.api.micrograd_words.neurons import MLP, Layer, Module, Neuron

__all__ = ["MLP", "Layer", "Module", "Neuron", "Value", "engine", "nn"]
__path__: list[str] = []  # a module with modules inside is a package

sys.modules[f"{__name__}.engine"] = engine
sys.modules[f"{__name__}.nn"] = nn
