"""Write graphs as plain data for JSON, and read them back, checked."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.check import check_graph
from graphgrad.graph.graph import Graph, Heading, Table
from graphgrad.ops.registry import ROWS, row

__all__ = ["graph_from_data", "graph_to_data", "value_from_data", "value_to_data"]

FORMAT = "graphgrad-graph/1"


def graph_to_data(graph: Graph) -> dict[str, Any]:
    """Return a graph as dictionaries, lists, numbers and strings."""
    columns = graph.columns
    nodes = [
        [
            ROWS[columns.codes[node]].name,
            list(columns.parents_of(node)),
            {key: value_to_data(value) for key, value in columns.settings_of(node).items()},
            list(columns.shape(node)),
        ]
        for node in range(len(columns))
    ]
    lines = [
        {"name": line.name, "end": line.nodes.stop, "group": line.group, "label": line.label}
        for line in graph.lines()
    ]
    return {
        "format": FORMAT,
        "title": graph.heading.title,
        "assumptions": list(graph.heading.assumptions),
        "conventions": list(graph.heading.conventions),
        "table": _table_to_data(graph.heading.table),
        "nodes": nodes,
        "lines": lines,
        "values": {str(node): value_to_data(value) for node, value in graph.defaults.items()},
        "output": graph.output,
        "loss": graph.has_loss,
    }


def graph_from_data(data: Mapping[str, Any]) -> Graph:
    """Return the graph that `graph_to_data` wrote.

    Raises:
        SourceError: if the data is not such a graph.
    """
    try:
        graph = _read(data)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise SourceError("trace.unreadable", why=f"{type(error).__name__}: {error}") from None
    check_graph(graph)
    return graph


def _read(data: Mapping[str, Any]) -> Graph:
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    builder = GraphBuilder()
    for op, parents, settings, shape in data["nodes"]:
        full = {key: _setting(value_from_data(value)) for key, value in settings.items()}
        if row(op).arguments:
            builder.apply(op, parents, **full)
        else:
            node = builder.leaf(op, None, tuple(shape))
            if "symbol" in full:
                builder.columns.settings[node] = builder.columns.intern_settings(full)
    for node, value in data["values"].items():
        builder.defaults[int(node)] = value_from_data(value)
    _read_lines(builder, data["lines"])
    heading = Heading(
        data["title"], tuple(data["assumptions"]), tuple(data["conventions"]), _table(data["table"])
    )
    return builder.freeze(data["output"], loss=data["loss"], heading=heading)


def _table_to_data(table: Table | None) -> Any:
    if table is None:
        return None
    rows = [list(map(value_to_data, row)) for row in table.rows]
    return {"names": list(table.names), "rows": rows}


def _table(data: Any) -> Table | None:
    if data is None:
        return None
    rows = [tuple(map(value_from_data, row)) for row in data["rows"]]
    return Table(tuple(data["names"]), rows)


def _read_lines(builder: GraphBuilder, lines: list[dict[str, Any]]) -> None:
    for line in lines:
        builder.end_line(line["name"], label=line["label"], group=line["group"])
        builder.line_ends[-1] = line["end"]


def _setting(value: Any) -> Any:
    return tuple(map(_setting, value)) if isinstance(value, list) else value


def value_to_data(value: Any) -> Any:
    """Return a number, array or setting as JSON data; rationals as ``{"exact": "1/3"}``."""
    if isinstance(value, Fraction):
        return {"exact": str(value)}
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if hasattr(value, "tolist"):
        data = {"array": _nested(value.tolist()), "shape": list(value.shape)}
        return data | {"precision": "single"} if value.dtype.char == "f" else data
    return list(map(value_to_data, value)) if isinstance(value, tuple) else value


def _nested(entries: Any) -> Any:
    return (
        [_nested(entry) for entry in entries]
        if isinstance(entries, list)
        else value_to_data(entries)
    )


def value_from_data(data: Any) -> Any:
    """Return what `value_to_data` wrote."""
    if isinstance(data, str) and data in ("inf", "-inf", "nan"):
        return float(data)
    if isinstance(data, dict) and "exact" in data:
        return Fraction(data["exact"])
    if isinstance(data, dict) and "array" in data:
        array = _array(data["array"], tuple(data["shape"]))
        return array.astype("float32") if data.get("precision") == "single" else array
    return [value_from_data(entry) for entry in data] if isinstance(data, list) else data


def _array(entries: Any, shape: tuple[int, ...]) -> Any:
    import numpy as np

    flat = [value_from_data(entry) for entry in _flat(entries)]
    kind: Any = object if any(isinstance(entry, Fraction) for entry in flat) else float
    result = np.empty(len(flat), dtype=kind)
    result[:] = flat
    return result.reshape(shape)


def _flat(entries: Any) -> list[Any]:
    level = [entries]
    while level and isinstance(level[0], list):
        level = [entry for part in level for entry in part]
    return level
