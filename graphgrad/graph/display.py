"""Let a floor above fill in how graphs show themselves, how they compile, and words for a pass."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

__all__ = [
    "bundle_of_lines",
    "compile_with",
    "compiled",
    "lines_of",
    "mimebundle",
    "refusal",
    "show_with",
    "tell_with",
]

_shown_by: list[Callable[[Any], Any]] = []
_compiled_by: list[Callable[..., Any]] = []
_told_by: list[Callable[[Any], str]] = []


def show_with(function: Callable[[Any], Any]) -> None:
    """Use a function from a graph or a trace to its bundle of MIME types, data and metadata."""
    _shown_by[:] = [function]


def mimebundle(shown: Any, **_options: Any) -> Any:
    """Return the notebook display of a graph or a trace; plain text if nothing better is known."""
    return _shown_by[0](shown) if _shown_by else {"text/plain": repr(shown)}


def compile_with(function: Callable[..., Any]) -> None:
    """Use a function from a graph, the leaves to differentiate by and how, to a program."""
    _compiled_by[:] = [function]


def compiled(graph: Any, wrt: Any, *, native: bool) -> Any:
    """Return the program of a graph."""
    return _compiled_by[0](graph, wrt, native=native)


def tell_with(function: Callable[[Any], str]) -> None:
    """Use a function from the result of a check to the lines that the command line shows of it."""
    _told_by[:] = [function]


def lines_of(result: Any) -> str:
    """Return the result of a check in lines of words; briefly if nothing better is known."""
    return _told_by[0](result) if _told_by else repr(result)


def bundle_of_lines(result: Any, **_options: Any) -> dict[str, str]:
    """Return the notebook display of the result of a check: its lines."""
    return {"text/plain": lines_of(result)}


def refusal(trace: Any) -> Any:
    """Return what is wrong with a pass as an error in the author's words.

    The package finds them, so that no door, no command and no worker has to fill this in.
    """
    return sys.modules["graphgrad"]._refusal(trace)
