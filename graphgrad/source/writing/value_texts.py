"""Write the values of leaves so that reading them gives the same numbers."""

from __future__ import annotations

from collections.abc import Hashable
from math import isfinite
from typing import Any

from graphgrad.ops.evaluate import to_float
from graphgrad.ops.text import number_text

__all__ = ["content", "is_writable", "value_text"]


def value_text(value: Any) -> str:
    """Return a number or an array as a file writes it: exact decimals, shortest floats.

    >>> value_text(0.1), value_text(-2.0)
    ('0.1', '-2')
    """
    entries = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(entries, list):
        return f"[{', '.join(map(value_text, entries))}]"
    return number_text(entries)


def is_writable(value: Any) -> bool:
    """Tell whether a value has only finite numbers."""
    if value is None:
        return True
    entries = value.ravel().tolist() if hasattr(value, "ravel") else [value]
    return all(isfinite(entry) for entry in entries)


def content(value: Any) -> Hashable:
    """Return a value as floats with its shape, so that equal ones are equal."""
    found: Any = None if value is None else to_float(value)
    if hasattr(found, "ravel"):
        return found.shape, tuple(found.ravel().tolist())
    return found if found is None else float(found)
