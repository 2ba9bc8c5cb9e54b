"""Let ``import graphgrad.nn as nn`` and ``import graphgrad.nn.functional as F`` work as in PyTorch.

The door itself is `graphgrad.api.networks.nn`; here it only gets PyTorch's name.
"""

import sys

from graphgrad.api.networks import functional, gradient_clips, init, nn

sys.modules[f"{__name__}.functional"] = functional
sys.modules[f"{__name__}.init"] = init
sys.modules[f"{__name__}.utils"] = gradient_clips
sys.modules[__name__] = nn
nn.__path__ = []  # a module with modules inside is a package
