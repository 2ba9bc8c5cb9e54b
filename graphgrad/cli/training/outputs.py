"""Write what `train` makes beside its table: a saved state, a curve, a boundary, an update."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphgrad.cli.command import option
from graphgrad.cli.option_types import Real

__all__ = ["output_options", "write_outputs"]


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name files."""
    file = "word.file"
    for decorate in reversed((
        option("--save", metavar=file, help="train.option.save"),
        option("--resume", metavar=file, help="train.option.resume"),
        option("--curve", metavar=file, help="train.option.curve"),
        option("--smooth", kind=Real(), metavar="word.number", help="train.option.smooth"),
        option("--boundary", metavar=file, help="train.option.boundary"),
        option("--of", metavar="word.name", help="train.option.of"),
        option("--update", metavar=file, help="train.option.update"),
    )):  # fmt: skip
        function = decorate(function)
    return function


def write_outputs(
    told: Any, training: Any, point: Mapping[str, Any], outputs: Mapping[str, Any]
) -> None:
    """Write the files that were asked for."""
