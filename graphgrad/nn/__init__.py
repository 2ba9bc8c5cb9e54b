"""Hold layers, losses and norms; empty until their issue, but files already look here.

A function of a file is a row of `ops`, or an entry of ``FUNCTIONS``: name to a callable that
receives the lowering, the call's item, its operands and the expression, and returns a node.
"""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.nn.initial import INITIAL_VALUES

__all__ = ["FUNCTIONS", "INITIAL_VALUES"]

FUNCTIONS: dict[str, Callable[..., int]] = {}
