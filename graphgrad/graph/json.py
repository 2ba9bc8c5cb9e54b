"""Write graphs as plain data for JSON, and read them back, checked."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from graphgrad.errors import SourceError, UsageError
from graphgrad.files.checked import Checked, DataError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.check import check_graph
from graphgrad.graph.graph import Graph, Heading, Table
from graphgrad.ops.registry import ROWS, row
from graphgrad.ops.shapes import Shape, shape_text

__all__ = [
    "checked_graph",
    "graph_from_data",
    "graph_to_data",
    "shaped_value",
    "value_from_data",
    "value_to_data",
]

MOST_ENTRIES = 10**9

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
        return checked_graph(Checked(data))
    except DataError as error:
        raise SourceError("trace.unreadable", why=error.why) from None


def checked_graph(data: Checked) -> Graph:
    """Return the graph that `graph_to_data` wrote.

    Raises:
        DataError: if a value is not as it was written.
        SourceError: if the values make no graph.
    """
    data["format"].one_of([FORMAT])
    builder = GraphBuilder()
    for node in data["nodes"].items():
        _read_node(builder, node)
    count = len(builder.columns)
    for key, value in data["values"].pairs().items():
        if not key.isascii() or not key.isdecimal() or len(key) > 12 or int(key) >= count:
            value.refuse("bounds", least=0, most=count - 1)
        builder.defaults[int(key)] = shaped_value(value, builder.columns.shape(int(key)))
    for line in data["lines"].items():
        builder.end_line(
            line["name"].text(), label=line["label"].text(), group=line["group"].text()
        )
        builder.line_ends[-1] = line["end"].whole(1, count)
    heading = Heading(
        data["title"].text(),
        tuple(data["assumptions"].texts()),
        tuple(data["conventions"].texts()),
        _table(data["table"]),
    )
    output = data["output"].whole(0, max(0, count - 1))
    graph = builder.freeze(output, loss=data["loss"].flag(), heading=heading)
    check_graph(graph)
    return graph


def _read_node(builder: GraphBuilder, node: Checked) -> None:
    op, parents, settings, shape = node.items(4)
    try:
        named = row(op.text())
    except UsageError:
        op.refuse("op")
    full = {key: _setting(value) for key, value in settings.pairs().items()}
    before = len(builder.columns) - 1
    if not named.arguments:
        leaf = builder.leaf(op.text(), None, _shape(shape))
        if "symbol" in full:
            builder.columns.settings[leaf] = builder.columns.intern_settings(full)
        return
    ids = [parent.whole(0, before) for parent in parents.items()]
    if not ids or (len(ids) != len(named.arguments) and not named.variadic):
        parents.refuse("count", count=len(named.arguments))
    made = builder.apply(op.text(), ids, **full)
    if builder.columns.shape(made) != _shape(shape):
        shape.refuse("shape", shape=shape_text(builder.columns.shape(made)))


def _table_to_data(table: Table | None) -> Any:
    if table is None:
        return None
    rows = [list(map(value_to_data, row)) for row in table.rows]
    return {"names": list(table.names), "rows": rows}


def _table(data: Checked) -> Table | None:
    if data.is_null:
        return None
    names = tuple(data["names"].texts())
    rows = [
        tuple(value_from_data(cell) for cell in row.items(len(names)))
        for row in data["rows"].items()
    ]
    return Table(names, rows)


def _shape(data: Checked) -> Shape:
    return tuple(size.whole(0, MOST_ENTRIES) for size in data.items())


def _setting(data: Checked) -> Any:
    """Return a setting: a number, a text, true or false, none, or a list of settings."""
    if isinstance(data.value, list):
        return tuple(map(_setting, data.items()))
    if data.is_null or isinstance(data.value, bool):
        return data.value
    if isinstance(data.value, str) and data.value not in ("inf", "-inf", "nan"):
        return data.text()
    return value_from_data(data)


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


def shaped_value(data: Checked, shape: Shape) -> Any:
    """Return a value that must have a shape.

    Raises:
        DataError: if it has another, or is none.
    """
    found = value_from_data(data)
    if tuple(getattr(found, "shape", ())) != shape:
        data.refuse("shape", shape=shape_text(shape))
    return found


def value_from_data(data: Checked) -> Any:
    """Return what `value_to_data` wrote: a number, a rational or an array.

    Raises:
        DataError: if it is none.
    """
    if not isinstance(data.value, dict):
        return data.number()
    if data.get("exact") is not None:
        return data["exact"].rational()
    if data.get("array") is None:
        data.refuse("value")
    return _array(data["array"], _shape(data["shape"]), data)


def _array(entries: Checked, shape: Shape, whole: Checked) -> Any:
    import numpy as np

    level = [entries]
    while level and isinstance(level[0].value, list):
        level = [entry for part in level for entry in part.items()]
    flat = [value_from_data(entry) for entry in level]
    if len(flat) != prod(shape) or any(hasattr(entry, "shape") for entry in flat):
        whole.refuse("shape", shape=shape_text(shape))
    kind: Any = object if any(isinstance(entry, Fraction) for entry in flat) else float
    result = np.empty(len(flat), dtype=kind)
    result[:] = flat
    return result.reshape(shape)
