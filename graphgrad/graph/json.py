"""Write graphs as plain data for JSON, and read them back, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.files.checked import Checked, DataError
from graphgrad.graph.blocks import Block, Call, Recipe
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.check import check_graph
from graphgrad.graph.graph import Graph, Heading, Table
from graphgrad.graph.json_values import (
    shape_from_data,
    shaped_value,
    value_from_data,
    value_to_data,
)
from graphgrad.ops.registry import ROWS, row
from graphgrad.ops.shapes import shape_text

__all__ = [
    "checked_graph",
    "graph_from_data",
    "graph_to_data",
]


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
        **_network_to_data(graph.heading),
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
        **_network(data),
    )
    output = data["output"].whole(0, max(0, count - 1))
    graph = builder.freeze(output, loss=data["loss"].flag(), heading=heading)
    check_graph(graph)
    return graph


def _read_node(builder: GraphBuilder, node: Checked) -> None:
    op, parents, settings, shape = node.items(4)
    try:
        named = row(op.text())
    except (GraphgradError, KeyError):
        op.refuse("op")
    full = {key: _setting(value) for key, value in settings.pairs().items()}
    before = len(builder.columns) - 1
    if not named.arguments:
        leaf = builder.leaf(op.text(), None, shape_from_data(shape))
        if "symbol" in full:
            builder.columns.settings[leaf] = builder.columns.intern_settings(full)
        return
    ids = [parent.whole(0, before) for parent in parents.items()]
    if not ids or (len(ids) != len(named.arguments) and not named.variadic):
        parents.refuse("count", count=len(named.arguments))
    made = builder.apply(op.text(), ids, **full)
    if builder.columns.shape(made) != shape_from_data(shape):
        shape.refuse("shape", shape=shape_text(builder.columns.shape(made)))


def _table_to_data(table: Table | None) -> Any:
    if table is None:
        return None
    rows = [list(map(value_to_data, row)) for row in table.rows]
    data: dict[str, Any] = {"names": list(table.names), "rows": rows}
    if table.shapes:
        data["shapes"] = list(map(list, table.shapes))
    if table.parts:
        data["parts"] = list(map(list, table.parts))
    if table.whole:
        data["whole"] = True
    if table.labels:
        data["labels"] = list(map(list, table.labels))
    return data


def _table(data: Checked) -> Table | None:
    if data.is_null:
        return None
    names = tuple(data["names"].texts())
    rows = [
        tuple(value_from_data(cell) for cell in row.items(len(names)))
        for row in data["rows"].items()
    ]
    shapes, parts, labels = (data.get(key) for key in ("shapes", "parts", "labels"))
    whole = data.get("whole")
    return Table(
        names,
        rows,
        () if shapes is None else tuple(map(shape_from_data, shapes.items())),
        () if parts is None else tuple(map(_part, parts.items())),
        whole is not None and whole.flag(),
        () if labels is None else tuple(tuple(each.texts()) for each in labels.items()),
    )


def _part(data: Checked) -> tuple[str, int]:
    word, first = data.items(2)
    return word.text(), first.whole(0)


# ---- layers and training; a graph without them has none of these keys ----


def _network_to_data(heading: Heading) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if heading.titles:
        data["titles"] = dict(heading.titles)
    if heading.blocks:
        data["blocks"] = [
            {name: _said_to_data(value) for name, value in zip(Block._fields, block, strict=True)}
            for block in heading.blocks
        ]
    if heading.recipe is not None:
        data["recipe"] = [_said_to_data(part) for part in heading.recipe]
    if heading.frozen:
        data["frozen"] = list(heading.frozen)
    return data


def _network(data: Checked) -> dict[str, Any]:
    blocks, recipe, frozen = (data.get(key) for key in ("blocks", "recipe", "frozen"))
    titles = data.get("titles")
    return {
        "titles": _titles(titles) if titles is not None else (),
        "blocks": () if blocks is None else tuple(map(_block, blocks.items())),
        "recipe": None if recipe is None else _recipe(recipe),
        "frozen": () if frozen is None else tuple(frozen.texts()),
    }


def _titles(data: Checked) -> tuple[tuple[str, str], ...]:
    return tuple((code, words.text()) for code, words in data.pairs().items())


def _block(data: Checked) -> Block:
    fields: dict[str, Any] = {
        key: tuple(data[key].texts()) for key in ("inputs", "outputs", "parameters")
    }
    fields |= {key: data[key].text() for key in ("group", "kind", "owner")}
    return Block(**fields, settings=_named(data["settings"]), place=data["place"].whole(0))


def _recipe(data: Checked) -> Recipe:
    optimizer, keys = data.items(2)
    return Recipe(_call(optimizer), _named(keys))


def _call(data: Checked) -> Call:
    return Call(data["call"].text(), _named(data["settings"]))


def _named(data: Checked) -> tuple[tuple[str, Any], ...]:
    pairs = (pair.items(2) for pair in data.items())
    return tuple((name.text(), _said(value)) for name, value in pairs)


def _said_to_data(value: Any) -> Any:
    """Return a name, a number, a call or a tuple of these as JSON data."""
    if isinstance(value, Call):
        return {"call": value.name, "settings": _said_to_data(value.settings)}
    return list(map(_said_to_data, value)) if isinstance(value, tuple) else value_to_data(value)


def _said(data: Checked) -> Any:
    """Return a word, a number, a call, or a tuple of these."""
    if isinstance(data.value, dict) and "call" in data.value:
        return _call(data)
    return tuple(map(_said, data.items())) if isinstance(data.value, list) else _setting(data)


def _setting(data: Checked) -> Any:
    """Return a setting: a number, a text, true or false, none, or a list of settings."""
    if isinstance(data.value, list):
        return tuple(map(_setting, data.items()))
    if data.is_null or isinstance(data.value, bool):
        return data.value
    if isinstance(data.value, str) and data.value not in ("inf", "-inf", "nan"):
        return data.text()
    return value_from_data(data)
