"""Let a floor above fill in how graphs show themselves in notebooks, and how they compile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["compile_with", "compiled", "mimebundle", "show_with"]

_shown_by: list[Callable[[Any], Any]] = []
_compiled_by: list[Callable[..., Any]] = []


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
