"""Save traces as JSON text and load them again."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.files.checked import Checked, DataError, checked_json
from graphgrad.graph.graph import Graph
from graphgrad.graph.json import checked_graph, graph_to_data
from graphgrad.graph.json_values import shaped_value, value_from_data, value_to_data
from graphgrad.ops.given import Single
from graphgrad.ops.shapes import entries
from graphgrad.trace.trace import Trace

__all__ = ["trace_from_json", "trace_to_json"]

FORMAT = "graphgrad-trace/1"


def trace_to_json(trace: Trace) -> str:
    """Return a trace as JSON text; floats keep every bit, rationals stay exact."""
    adjoints = None if trace.adjoints is None else list(map(value_to_data, trace.adjoints))
    data = {
        "format": FORMAT,
        "graph": graph_to_data(trace.graph),
        "exact": trace.exact,
        "seed": value_to_data(trace.seed),
        "values": [
            value_to_data(Single(value) if node in trace.singles else value)
            for node, value in enumerate(trace.values)
        ],
        "adjoints": adjoints,
    }
    return json.dumps(data, ensure_ascii=False) + "\n"


def trace_from_json(text: str) -> Trace:
    """Return the trace that `trace_to_json` wrote.

    Raises:
        SourceError: if the text is not a saved trace.
    """
    try:
        data = checked_json(text)
        data["format"].one_of([FORMAT])
        graph, exact = checked_graph(data["graph"]), data["exact"].flag()
        values = _of_nodes(graph, data["values"], exact)
        adjoints = seed = None
        if not data["adjoints"].is_null:
            adjoints = _adjoints(graph, data["adjoints"], exact)
            shape = graph.columns.shape(graph.output)
            seed = _of_kind(data["seed"], shaped_value(data["seed"], shape), exact)
        elif not data["seed"].is_null:
            seed = _of_kind(data["seed"], value_from_data(data["seed"]), exact)
        singles = frozenset(n for n, value in enumerate(values) if type(value) is Single)
        values = [float(value) if type(value) is Single else value for value in values]
        return Trace(graph, values, adjoints, seed, exact=exact, singles=singles)
    except DataError as error:
        raise SourceError("trace.unreadable", why=error.why) from None
    except GraphgradError as error:
        raise SourceError("trace.unreadable", why=error.body(None)) from None


def _of_nodes(graph: Graph, data: Checked, exact: bool) -> list[Any]:
    """Return a value per node."""
    return [
        _of_kind(value, shaped_value(value, graph.columns.shape(node)), exact)
        for node, value in enumerate(data.items(len(graph)))
    ]


def _adjoints(graph: Graph, data: Checked, exact: bool) -> list[Any]:
    """Return an adjoint per node; gaps at what is not asked for or not read by the output."""
    reached = bytearray(len(graph))
    reached[graph.output] = True
    for node in range(graph.output, -1, -1):
        if reached[node]:
            for parent in graph.columns.parents_of(node):
                reached[parent] = True
    found: list[Any] = []
    for node, value in enumerate(data.items(len(graph))):
        if not reached[node] and not value.is_null:
            value.refuse("null", node=graph.name(node))
        shaped = None if value.is_null else shaped_value(value, graph.columns.shape(node))
        found.append(None if shaped is None else _of_kind(value, shaped, exact))
    return found


def _of_kind(data: Checked, value: Any, exact: bool) -> Any:
    """Return a value of the pass's arithmetic: fractions only where it is exact.

    Raises:
        DataError: if it is a fraction in a pass of floats, whose rows do not know fractions.
    """
    if not exact and any(isinstance(entry, Fraction) for entry in entries(value)):
        data.refuse("number")
    return float(value) if isinstance(value, int) else value
