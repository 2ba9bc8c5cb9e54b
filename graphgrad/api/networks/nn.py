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
from graphgrad.api.networks.attention import Heads
from graphgrad.api.networks.containers import ModuleDict, ModuleList, Sequential
from graphgrad.api.networks.draws import draw
from graphgrad.api.networks.layers import BatchNorm, Cell, RowModule
from graphgrad.api.networks.lazy import lazy_classes
from graphgrad.api.networks.losses import ClassLoss, ShareLoss
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.api.networks.recurrent import Recurrent
from graphgrad.layers.doors.binding import called, no_member
from graphgrad.layers.doors.door import Door
from graphgrad.layers.registry import DOORS
from graphgrad.layers.row import Layer

__all__ = [
    "Module", "ModuleDict", "ModuleList", "Parameter", "Sequential", "draw", "functional", "init",
    "utils",
]  # fmt: skip

_KINDS: dict[str, type[RowModule]] = {
    "": RowModule,
    "classes": ClassLoss,
    "state": Cell,
    "running": BatchNorm,
    "shares": ShareLoss,
    "sequence": Recurrent,
    "heads": Heads,
}
"""How a layer is called (`Door.call`) to what does so."""


def _made(name: str, row: Layer, door: Door) -> type[RowModule]:
    """Return the class of a door, with PyTorch's name, arguments, defaults and parameter names."""
    base = _KINDS[door.call]
    own = "" if base is RowModule else f"{base.__doc__}\n\n"
    doc = f"{row.doc}\n\n{own}Arguments, as in PyTorch: ``{called(name, door.signature)}``.\n\n"
    content = {"layer": row, "door": door, "__doc__": f"{doc}Source: {row.source}"}
    return type(name, (base,), content | {"__module__": "graphgrad.nn"})


CLASSES: dict[str, type[Module]] = {name: _made(name, *found) for name, found in DOORS.items()}
CLASSES |= lazy_classes(CLASSES)
"""PyTorch's name to the class made from a row."""


def __getattr__(name: str) -> Any:
    """Return the class of a row by PyTorch's name."""
    if name not in CLASSES:
        raise no_member("graphgrad.nn", name, __dir__())
    return CLASSES[name]


def __dir__() -> list[str]:
    return sorted([*__all__, *CLASSES])
