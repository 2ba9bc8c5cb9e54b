"""Describe an optimizer in one record: an update written over a namespace ``m``.

The update is a function ``(m, w, g, s, h)`` of the parameter ``w``, its gradient ``g``, what was
kept (``s.m``, ``s.v``) and the settings (``h.rate``, ``h.beta1``, and ``h.k``, the number of the
update from 1). It returns the new value and what to keep. The same text runs on numbers, and on
nodes, which gives a graph of the update; ``m.line(name, value)`` names what a board would name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from graphgrad.layers.doors.door import Argument, arg
from graphgrad.layers.optimizers.named import OpenedThere
from graphgrad.ops.row import Setting

__all__ = [
    "DECAY", "DECAY_ARG", "KERAS_DECAY", "KERAS_EPS", "Hyper", "Numbers", "Optimizer", "Slot",
    "decayed", "eps_setting", "keras_rate_arg", "rate_arg", "rate_setting", "real", "share_setting",
]  # fmt: skip

Update = Callable[..., tuple[Any, dict[str, Any]]]


class Slot(NamedTuple):
    """What an optimizer keeps of each entry of a parameter, and what it is at first."""

    name: str
    initial: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer(OpenedThere):
    """One row; each has a rate among its settings.

    Attributes:
        update: ``(m, w, g, s, h)`` to the new value and a mapping of what is kept.
        slots: what is kept, from the settings.
        look_ahead: ``(m, w, s, h)`` to the point at which the gradient is taken; None takes it
            at the parameter itself.
    """

    update: Update
    slots: Callable[[Mapping[str, Any]], tuple[Slot, ...]] = lambda _settings: ()
    look_ahead: Callable[..., Any] | None = None

    @property
    def defaults(self) -> dict[str, Any]:
        """Return the settings' default values."""
        return {setting.name: setting.default for setting in self.settings}


class Hyper(SimpleNamespace):
    """The settings of one update as numbers, with ``rate`` and ``k``, the update counted from 1."""

    def on(self, name: str) -> bool:
        """Tell whether a setting is given and not zero; ``first`` is on at the first update."""
        return self.k == 1 if name == "first" else bool(getattr(self, name))


class Numbers:
    """The namespace of an update on numbers: float arrays of NumPy."""

    def __init__(self) -> None:
        import numpy as np

        self.sqrt, self.abs, self.sign = np.sqrt, np.abs, np.sign
        self.maximum, self.minimum = np.maximum, np.minimum
        self.sum = np.sum

    def line(self, _name: str, value: Any) -> Any:
        """Return the value: numbers have no lines."""
        return value


DECAY: Final = Setting("weight_decay", "number", 0, bounds="[0, inf)")
"""The factor of an L2 penalty whose gradient is added: PyTorch's ``weight_decay``."""


def rate_arg(default: float) -> Argument:
    """Return PyTorch's argument of the step size."""
    return arg("lr", "rate", default)


def real(name: str, to: str) -> Argument:
    """Return an argument that is any number, 0 unless it is given."""
    return arg(name, to, 0, kind="float")


DECAY_ARG: Final = real("weight_decay", "weight_decay")
KERAS_DECAY: Final = arg("weight_decay", "weight_decay", None)
KERAS_EPS: Final = arg("epsilon", "eps", 1e-07)


def keras_rate_arg(default: float = 0.001) -> Argument:
    """Return Keras's argument of the step size."""
    return arg("learning_rate", "rate", default)


def rate_setting(default: Any) -> Setting:
    """Return the setting of the step size; without a default one is chosen for the graph."""
    return Setting("rate", "number", default, bounds="(0, inf)")


def share_setting(name: str, default: Fraction) -> Setting:
    """Return the setting of a part that is kept, below 1."""
    return Setting(name, "number", default, bounds="[0, 1)")


def eps_setting(default: Fraction) -> Setting:
    """Return the setting of what keeps a divisor from zero."""
    return Setting("eps", "number", default, bounds="[0, inf)")


def decayed(m: Any, w: Any, g: Any, h: Any) -> Any:
    """Return the gradient with that of the penalty ``weight_decay/2·w²``, where there is one."""
    return m.line("decayed", g + h.weight_decay * w) if h.on("weight_decay") else g
