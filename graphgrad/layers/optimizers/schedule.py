"""Describe a schedule: how the rate changes with k, the number of updates (or epochs) done before.

A row is a function ``(base, k, h)`` of the rate that was given, k from 0, and the settings. What
follows the loss instead of k, as `plateau` does, keeps a memory and watches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.optimizers.named import OpenedThere
from graphgrad.ops.row import Setting

__all__ = ["PER", "STEPS", "Memory", "Schedule", "factor_setting"]

Memory = dict[str, float]

STEPS: Final = Setting("steps", "integer", None, bounds="[1, inf)")
PER: Final = Setting("per", "word", "update", choices=("update", "epoch"))


def factor_setting(default: Fraction | None) -> Setting:
    """Return the setting of what a rate is multiplied by."""
    return Setting("factor", "number", default, bounds="(0, inf)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(OpenedThere):
    """One row; a setting ``rate`` of a door's arguments replaces the rate.

    A setting ``steps`` that is left out is the length of the run.

    Attributes:
        rate: ``(base, k, h)`` to the rate; with ``watch``, ``h.memory`` holds what is kept.
        memory: what is kept at first.
        watch: ``(memory, loss, h)`` to the memory after an epoch; None where only k counts.
        tail: the rate for large k as a formula of k, with settings in braces; empty if none.
        share: ``(k, h)`` to how far the rate is on its way up, 0 to 1, where PyTorch's class moves
            the momentum the other way; None where it leaves it alone.
    """

    rate: Callable[[float, int, Any], float]
    memory: tuple[tuple[str, float], ...] = ()
    watch: Callable[[Memory, float, Any], Memory] | None = None
    tail: str = ""
    share: Callable[[int, Any], float] | None = None
