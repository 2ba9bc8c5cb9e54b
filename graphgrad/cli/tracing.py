"""Run what was read, and refuse runs that leave the finite numbers."""

from __future__ import annotations

from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.cli.reading import Source
from graphgrad.errors import Place
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.trouble import trouble_error

__all__ = ["finite_trace"]


def finite_trace(
    source: Source,
    graph: Graph,
    point: dict[str, Any] | None = None,
    *,
    seed: Any = None,
    exact: bool = False,
) -> Trace:
    """Return the run of a graph at a point.

    Raises:
        NonFiniteError: if a value or partial is not a finite number, with the line it stands on.
    """
    trace = record(graph, point, seed=seed, exact=exact)
    error = trouble_error(trace)
    if error is None:
        return trace
    place = _place(source, graph, trace)
    named_on_command_line = error.fields["node"] in (point or {})
    raise error if place is None or named_on_command_line else error.at(place)


def _place(source: Source, graph: Graph, trace: Trace) -> Place | None:
    """Return the place in the file of the line where the trouble starts."""
    trouble, places = trace.trouble, graph.heading.places
    if trouble is None or source.expression is not None or len(places) != len(graph.line_ends):
        return None
    return source.place(places[graph.line_of(trouble.node)])
