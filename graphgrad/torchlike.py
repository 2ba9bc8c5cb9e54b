"""Let a PyTorch lesson run with its import line changed: ``import graphgrad.torchlike as torch``.

``torch.nn``, ``torch.nn.functional`` and ``torch.optim`` are those of graphgrad; gradients add up
until ``zero_grad()``. The names themselves are found by `graphgrad.api.torch_words.namespace`.

>>> import graphgrad.torchlike as torch
>>> w = torch.tensor([1.0, 2.0], requires_grad=True)
>>> torch.sum(w**2).backward(); w.grad.tolist()
[2.0, 4.0]
"""

import sys
from types import ModuleType
from typing import Any

from graphgrad.api import optim
from graphgrad.api.networks import functional, gradient_clips, init
from graphgrad.api.torch_words.loading import utils as _utils
from graphgrad.api.torch_words.modules import MODULES
from graphgrad.api.torch_words.namespace import find_layer, find_word, known_words

nn = ModuleType(f"{__name__}.nn", "PyTorch's layers, whose gradients add up.")
nn.__getattr__ = find_layer  # type: ignore[method-assign]
nn.__path__ = []  # a module with modules inside is a package
__path__: list[str] = []

sys.modules[f"{__name__}.nn"] = nn
sys.modules[f"{__name__}.nn.functional"] = functional
sys.modules[f"{__name__}.nn.init"] = init
sys.modules[f"{__name__}.nn.utils"] = gradient_clips
sys.modules[f"{__name__}.optim"] = optim
sys.modules.update(_utils(f"{__name__}.utils"))
utils = sys.modules[f"{__name__}.utils"]
for _name in ("autograd", "distributions", "linalg"):
    sys.modules[f"{__name__}.{_name}"] = MODULES[_name]
    for _inside in vars(MODULES[_name]).values():
        if isinstance(_inside, ModuleType):
            sys.modules[f"{__name__}.{_name}.{_inside.__name__}"] = _inside
    MODULES[_name].__path__ = []


def __getattr__(name: str) -> Any:
    """Return what PyTorch calls by a name."""
    return find_word(name)


def __dir__() -> list[str]:
    return ["nn", "optim", *known_words()]
