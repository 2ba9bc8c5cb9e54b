"""Offer the verbs that take a handle, a graph or a text alike."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.autodiff.record import record
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import read_gg
from graphgrad.source.text import read_text
from graphgrad.trace.saved import trace_from_json, trace_to_json
from graphgrad.trace.trace import Trace
from graphgrad.views.files import write_output

__all__ = ["graph", "load_trace", "parse", "save_trace", "trace"]


def graph(handle: Handle, names: Mapping[str, Any] | None = None) -> Graph:
    """Return the immutable graph of everything a handle is computed from.

    Args:
        handle: usually the loss.
        names: variables to name lines after, usually ``globals()``.

    >>> import graphgrad as gg
    >>> w = gg.param("w", 2)
    >>> L = w**2 + 1
    >>> gg.graph(L, names={"L": L}).line_names
    ['w', 'L']
    """
    return handle.graph(names)


def parse(text: str) -> Graph:
    r"""Return the graph of a text in the expression language.

    >>> parse("input x = 3\ny = x*x").line_names
    ['x', 'y']
    """
    return read_gg(text)


def trace(
    source: Handle | Graph,
    point: Mapping[str, Any] | None = None,
    *,
    seed: Any = None,
    exact: bool = False,
) -> Trace:
    r"""Run forward and backward once and return the pass.

    Args:
        source: a graph or a handle.
        point: values of leaves instead of their own.
        seed: adjoint of the output, needed where it is an array.
        exact: whether to keep rationals exact.

    >>> trace(parse("input x = 3\nloss y = x*x")).gradients["x"]
    6.0
    """
    found = source.graph() if isinstance(source, Handle) else source
    return record(found, point, seed=seed, exact=exact)


def save_trace(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Save a pass as a JSON file."""
    write_output(path, trace_to_json(trace))


def load_trace(path: str | os.PathLike[str]) -> Trace:
    """Load a pass from a JSON file; raises SourceError if it is none."""
    return trace_from_json(read_text(path))
