"""Offer every row as a function of handles, such as ``gg.sigmoid(z)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.handle import Handle, apply
from graphgrad.ops.registry import find
from graphgrad.ops.row import Row

__all__ = ["function_of"]


def function_of(name: str) -> Callable[..., Handle] | None:
    """Return the function of a row's name or alias, or None if there is no such row.

    Operands come first, by position; settings follow, by position or keyword, axes counted from 0.

    >>> function_of("relu")(-2.0).value
    0.0
    """
    row = find(name)
    if row is None:
        return None

    def function(*operands: Any, **settings: Any) -> Handle:
        count = len(operands) if row.variadic else len(row.arguments)
        for setting, value in zip(row.settings, operands[count:], strict=False):
            settings[setting.name] = value
        extra = len(operands) - count > len(row.settings)
        return apply(row.name, *(operands if extra else operands[:count]), **settings)

    function.__name__ = function.__qualname__ = row.name
    function.__doc__ = _described(row)
    return function


def _described(row: Row) -> str:
    """Return the doc of a row's function: what it computes, its arguments, its source."""
    parts = [row.doc, f"Arguments: {', '.join(row.arguments)}."]
    if row.settings:
        named = (f"{setting.name}={setting.default}" for setting in row.settings)
        parts.append(f"Settings: {', '.join(named)}.")
    if row.source:
        parts.append(f"Source: {row.source}")
    return "\n\n".join(parts)
