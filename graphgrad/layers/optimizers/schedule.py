"""Describe a schedule: how the rate changes with k, the number of updates (or epochs) done before.

A row is a function ``(base, k, h)`` of the rate that was given, k from 0, and the settings. What
follows the loss instead of k, as `plateau` does, keeps a memory and watches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphgrad.ops.row import Setting

__all__ = ["Memory", "Schedule"]

Memory = dict[str, float]


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
        torch: its name in PyTorch.
        door: PyTorch's arguments with their defaults, to settings; ``rate`` replaces the rate.
        keras: its name in Keras.
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
    torch: str = ""
    door: Callable[..., dict[str, Any]] | None = None
    keras: str = ""
    doc: str = ""
    source: str = ""
