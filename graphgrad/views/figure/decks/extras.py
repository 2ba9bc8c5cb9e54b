"""Load what an extra brings; without it there is one error that names the extra."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from graphgrad.errors import UsageError

__all__ = ["EXTRAS", "extra_module"]

EXTRAS = {"PDF": "pdf", "PPTX": "pptx", "GIF": "gif", "WebP": "gif"}
"""The extra of graphgrad that a format needs."""


def extra_module(name: str, format_name: str) -> Any:
    """Return a module that an extra brings.

    Args:
        name: of the module.
        format_name: a key of `EXTRAS`, for the error.

    Raises:
        UsageError: if it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        extra = EXTRAS[format_name]
        raise UsageError("scene.needs_extra", format=format_name, extra=extra) from None
