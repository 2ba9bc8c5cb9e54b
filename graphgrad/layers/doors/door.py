"""Describe how PyTorch calls one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.layers.registry import LAYERS
from graphgrad.layers.row import Layer
from graphgrad.ops.shapes import Shape

__all__ = ["Door", "Found", "each", "line_name", "only"]

Found = tuple[tuple[Shape, ...], dict[str, Any]]
"""Shapes of what enters, and settings."""


class Door(NamedTuple):
    """How PyTorch calls one row.

    Attributes:
        row: the row's name.
        arguments: PyTorch's arguments to shapes of what enters and settings.
        parameters: our names of parameters to PyTorch's, and of running statistics.
        functional: the name in ``torch.nn.functional``, empty if there is none without parameters.
    """

    row: str
    arguments: Callable[..., Found]
    parameters: Mapping[str, str] = {}  # no one writes to it
    functional: str = ""

    @property
    def layer(self) -> Layer:
        """Return the row."""
        return LAYERS[self.row]


def only(argument: str, got: Any, *allowed: Any) -> None:
    """Refuse a value of an argument that no row can do."""
    if not any(got is value or got == value for value in allowed):
        expected = ", ".join(map(repr, allowed))
        raise UsageError("nn.unsupported", argument=argument, got=repr(got), expected=expected)


def each(value: Any, axes: int) -> tuple[int, ...]:
    """Return one number per axis."""
    return tuple(value) if isinstance(value, tuple | list) else (value,) * axes


def line_name(path: str) -> str:
    """Return the name of a line for a path: numbers become subscripts.

    >>> line_name("net.0.weight"), line_name("2.bias"), line_name("fc1.weight")
    ('net[0].weight', 'layers[2].bias', 'fc1.weight')
    """
    name = re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", f".{path}" if path[:1].isdigit() else path)
    return f"layers{name}" if name.startswith("[") else name
