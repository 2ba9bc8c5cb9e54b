"""Run what was read, and refuse runs that leave the finite numbers."""

from __future__ import annotations

from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.cli.reading import Source
from graphgrad.errors import NonFiniteError, Place
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.trace.trace import Trace
from graphgrad.views.text.trouble import trouble_error

__all__ = ["finite_trace"]


def finite_trace(
    source: Source,
    graph: Graph,
    point: dict[str, Any] | None = None,
    *,
    row: int | None = None,
    seed: Any = None,
    exact: bool = False,
) -> Trace:
    """Return the run of a graph at a point.

    Args:
        source: where the graph was read from, for messages.
        graph: the graph.
        point: values given on the command line.
        row: the row of the graph's data to run; None leaves the graph's own values.
        seed: the adjoint the backward pass starts from.
        exact: whether to keep rationals exact.

    Raises:
        NonFiniteError: if a value or partial is not a finite number, with the line it stands on.
    """
    table = graph.heading.table
    start = table.point(row) if table is not None and row is not None else {}
    given = point or {}
    trace = record(graph, start | given, seed=seed, exact=exact)
    error = trouble_error(trace)
    if error is None:
        return trace
    place = None if error.fields["node"] in given else _place(source, trace)
    if row is not None:
        what = Worded(error.message_id, **error.fields)
        error = NonFiniteError("rows.trouble", row=row, what=what)
    raise error if place is None else error.at(place)


def _place(source: Source, trace: Trace) -> Place | None:
    """Return the place in the file of the line where the trouble starts."""
    graph = trace.graph
    trouble, places = trace.trouble, graph.heading.places
    if trouble is None or source.expression is not None or len(places) != len(graph.line_ends):
        return None
    return source.place(places[graph.line_of(trouble.node)])
