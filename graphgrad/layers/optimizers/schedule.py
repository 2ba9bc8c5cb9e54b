"""Describe a schedule: how the rate changes with k, the number of updates (or epochs) done before.

A row is a function ``(base, k, h)`` of the rate that was given, k from 0, and the settings. What
follows the loss instead of k, as `plateau` does, keeps a memory and watches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from graphgrad.layers.doors.door import Door
from graphgrad.ops.row import Setting

__all__ = ["PER", "STEPS", "Memory", "Schedule", "factor_setting"]

Memory = dict[str, float]

STEPS: Final = Setting("steps", "integer", None, bounds="[1, inf)")
PER: Final = Setting("per", "word", "update", choices=("update", "epoch"))


def factor_setting(default: Fraction | None) -> Setting:
    """Return the setting of what a rate is multiplied by."""
    return Setting("factor", "number", default, bounds="(0, inf)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One row.

    Attributes:
        name: the word in files and on a command line.
        rate: ``(base, k, h)`` to the rate; with ``watch``, ``h.memory`` holds what is kept.
        settings: keyword arguments; a ``steps`` that is left out is the length of the run.
        memory: what is kept at first.
        watch: ``(memory, loss, h)`` to the memory after an epoch; None where only k counts.
        tail: the rate for large k as a formula of k, with settings in braces; empty if none.
        rule: the rate as it stands on a board.
        aliases: other names, Spanish ones first.
        spanish: the noun for sentences in Spanish.
        door: how PyTorch calls it; a setting ``rate`` of its arguments replaces the rate.
        also: its name in PyTorch where it is no row there, as one schedule after another.
        keras: how Keras calls it, with the arguments that are settings here.
        doc: one line in English that says what it does.
        source: author, title and section of the formula.
    """

    name: str
    rate: Callable[[float, int, Any], float]
    settings: tuple[Setting, ...] = ()
    memory: tuple[tuple[str, float], ...] = ()
    watch: Callable[[Memory, float, Any], Memory] | None = None
    tail: str = ""
    rule: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    spanish: str = ""
    door: Door | None = None
    also: str = ""
    keras: Door | None = None
    doc: str = ""
    source: str = ""

    @property
    def torch(self) -> str:
        """Return its name in PyTorch, empty if it has none."""
        return self.door.name if self.door else self.also
