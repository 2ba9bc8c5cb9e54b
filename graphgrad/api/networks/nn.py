"""Gather `gg.nn`: modules, containers, one class per layer, `functional`, and `draw`.

>>> from graphgrad import nn
>>> nn.draw(1)
>>> model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
>>> model
Sequential(
  (0): Linear(in_features=2, out_features=4, bias=True)
  (1): Tanh()
  (2): Linear(in_features=4, out_features=1, bias=True)
)
"""

from __future__ import annotations

from typing import Any

from graphgrad.api.networks import functional, init
from graphgrad.api.networks import gradient_clips as utils
from graphgrad.api.networks.attention import MultiheadAttention
from graphgrad.api.networks.containers import ModuleDict, ModuleList, Sequential
from graphgrad.api.networks.draws import draw
from graphgrad.api.networks.layers import CLASSES
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.api.networks.recurrent import GRU, LSTM, RNN
from graphgrad.layers.doors.binding import no_member

__all__ = [
    "GRU", "LSTM", "RNN", "Module", "ModuleDict", "ModuleList", "MultiheadAttention", "Parameter",
    "Sequential", "draw", "functional", "init", "utils",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Return the class of a row by PyTorch's name."""
    if name not in CLASSES:
        raise no_member("graphgrad.nn", name, __dir__())
    return CLASSES[name]


def __dir__() -> list[str]:
    return sorted([*__all__, *CLASSES])
