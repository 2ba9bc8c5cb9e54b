"""Show graphs, traces and handles in notebooks: the figure, with words for who cannot see it."""

from __future__ import annotations

from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace

__all__ = ["bundle"]


def bundle(shown: Graph | Trace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the MIME bundle of a graph or a trace, and its alternative text as metadata.

    A graph is run first where all its leaves have values; where no figure can be drawn, the plain
    text says what the graph is.
    """
    from graphgrad.views.figure.build import figure_of
    from graphgrad.views.figure.write import svg_bytes

    plain = repr(shown)
    try:
        figure = figure_of(_run(shown))
        picture = svg_bytes(figure).decode("utf-8")
    except GraphgradError:
        return {"text/plain": plain}, {}
    return {"text/plain": plain, "image/svg+xml": picture}, {
        "image/svg+xml": {"alt": figure.description}
    }


def _run(shown: Graph | Trace) -> Graph | Trace:
    if isinstance(shown, Trace):
        return shown
    try:
        return record(shown)
    except GraphgradError:
        return shown
