"""Save traces as JSON text and load them again."""

from __future__ import annotations

import json
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.graph.json import graph_from_data, graph_to_data, value_from_data, value_to_data
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
        "values": list(map(value_to_data, trace.values)),
        "adjoints": adjoints,
    }
    return json.dumps(data, ensure_ascii=False) + "\n"


def trace_from_json(text: str) -> Trace:
    """Return the trace that `trace_to_json` wrote.

    Raises:
        SourceError: if the text is not a saved trace.
    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        graph = graph_from_data(data["graph"])
        values = list(map(value_from_data, data["values"]))
        adjoints = data["adjoints"]
        if adjoints is not None:
            adjoints = list(map(value_from_data, adjoints))
        _check_shapes(graph.columns, values)
        _check_shapes(graph.columns, adjoints or [None] * len(graph))
        seed = value_from_data(data["seed"])
        return Trace(graph, values, adjoints, seed, exact=bool(data["exact"]))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError("trace.unreadable", why=f"{type(error).__name__}: {error}") from None


def _check_shapes(columns: Any, values: list[Any]) -> None:
    if len(values) != len(columns):
        raise ValueError(len(values))
    for node, value in enumerate(values):
        if value is not None and tuple(getattr(value, "shape", ())) != columns.shape(node):
            raise ValueError(node)
