"""Let ``import graphgrad.optim as optim`` work as in PyTorch.

The door itself is `graphgrad.api.optim`; here it only gets PyTorch's name.
"""

import sys

from graphgrad.api import optim

sys.modules[f"{__name__}.lr_scheduler"] = optim.lr_scheduler
sys.modules[__name__] = optim
optim.__path__ = []  # type: ignore[attr-defined]  # a module with modules inside is a package
