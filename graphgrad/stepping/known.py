"""Show what is known at a moment; what is not known yet is a question mark."""

from __future__ import annotations

from graphgrad.views.numbers import inline

__all__ = ["UNKNOWN", "shown"]

UNKNOWN = "?"


def shown(value: object, limit: int = 48) -> str:
    """Return a value in a line, or a question mark.

    >>> shown(0.5), shown(None)
    ('0.5', '?')
    """
    return UNKNOWN if value is None else inline(value, limit)
