"""Name the entries of arrays: ``W[2,1]``, counted from 1, and take values apart into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.expr.tokens import is_count
from graphgrad.graph.blocks import Block
from graphgrad.graph.graph import Graph, Heading, Line, Table
from graphgrad.ops.shapes import Shape, shape_text

__all__ = [
    "array_point",
    "entries_named",
    "entry_label",
    "entry_name",
    "entry_of",
    "entry_value",
    "in_entries",
    "places_of",
    "scalar_point",
]

_CAPITAL = re.compile(r"([A-Z])(\d*)")


def entry_name(name: str, place: Shape) -> str:
    """Return the name of an entry, by its place counted from 0.

    >>> entry_name("W", (1, 0)), entry_name("b", ())
    ('W[2,1]', 'b')
    """
    return f"{name}[{','.join(str(index + 1) for index in place)}]" if place else name


def places_of(shape: Shape) -> Iterator[Shape]:
    """Yield the places of all entries, row by row; of a number, the empty place."""
    return product(*map(range, shape))


def entry_value(value: Any, place: Shape) -> Any:
    """Return one entry of a value: a rational stays one, any other number is a float."""
    entry = value[place] if place else value
    return entry if isinstance(entry, Fraction | int) else float(entry)


def entry_label(graph: Graph, line: Line, place: Shape) -> str:
    """Return how an entry is typeset where its name alone does not say it.

    A label gets the subscripts; a matrix W has the entries w_{21}, unless w is something else.
    """
    if not place:
        return line.label
    subscripts = subscript_text(place)
    if line.label:
        return (
            f"{{{line.label}}}_{{{subscripts}}}"
            if "_" in line.label
            else (f"{line.label}_{{{subscripts}}}")
        )
    capital = _CAPITAL.fullmatch(line.name)
    if capital is None or line.name.lower() in graph.line_index:
        return ""
    layer = f"^{{({capital[2]})}}" if capital[2] else ""
    return f"{capital[1].lower()}{layer}_{{{subscripts}}}"


def subscript_text(place: Shape) -> str:
    """Return subscripts as on the board: 21, and 2,11 where one has two digits.

    >>> subscript_text((1, 0)), subscript_text((1, 10))
    ('21', '2,11')
    """
    texts = [str(index + 1) for index in place]
    return ("" if all(len(text) == 1 for text in texts) else ",").join(texts)


def entries_named(graph: Graph, name: str) -> list[str]:
    """Return the lines that are entries of an array, in the order of the file."""
    return [line for line in graph.line_names if line.startswith(f"{name}[")]


def scalar_point(graph: Graph, point: Mapping[str, Any]) -> dict[str, Any]:
    """Return a point with each array given as the entries that a graph has of it.

    Raises:
        ShapeError: if it has other entries.
    """
    found: dict[str, Any] = {}
    for name, value in point.items():
        shape = tuple(getattr(value, "shape", ()))
        own = entries_named(graph, name) if name not in graph.line_index else []
        if not own:
            found[name] = value
            continue
        names = {entry_name(name, place): place for place in places_of(shape)}
        if set(names) != set(own):
            raise ShapeError(
                "shape.leaf_value", name=name, got=shape_text(shape), expected=_shape_of(own)
            )
        found |= {entry: entry_value(value, place) for entry, place in names.items()}
    return found


def array_point(graph: Graph, point: Mapping[str, Any]) -> dict[str, Any]:
    """Return a point in which ``W[2,1]=3`` is the array W of a graph with that entry."""
    found: dict[str, Any] = {}
    for name, value in point.items():
        array, place = entry_of(graph, name)
        if array:
            given = found.get(array, graph.defaults.get(graph.find(array) or 0))
            if given is not None:
                found[array] = given.astype(object)
                found[array][place] = value
                continue
        found[name] = value
    return found


def entry_of(graph: Graph, name: str) -> tuple[str, Shape]:
    """Return the array and the place of what is named as an entry of one; no name if it is none."""
    array, bracket, inside = name.rpartition("[")
    parts = inside.removesuffix("]").replace(";", ",").split(",")
    node = graph.find(array) if bracket and graph.find(name) is None else None
    if node is None or not all(is_count(part.strip()) for part in parts):
        return "", ()
    place = tuple(int(part) - 1 for part in parts)
    shape = graph.columns.shape(node)
    fits = len(place) == len(shape) and all(0 <= k < n for k, n in zip(place, shape, strict=True))
    return (array, place) if fits else ("", ())


def _shape_of(names: Iterable[str]) -> str:
    """Return the shape of an array from the names of its entries."""
    last = max(tuple(map(int, name.rpartition("[")[2][:-1].split(","))) for name in names)
    return shape_text(last)


def in_entries(graph: Graph) -> Heading:
    """Return what a file says about itself, with entries in the place of arrays."""
    heading, shapes = (
        graph.heading,
        {line.name: graph.columns.shape(line.root) for line in graph.lines()},
    )
    blocks = tuple(_block(block, shapes) for block in heading.blocks)
    table = heading.table
    if table is not None and table.whole:
        table = _as_one_row(graph, table)
    return replace(heading, table=_table(table), blocks=blocks)


def _as_one_row(graph: Graph, table: Table) -> Table:
    """Return a table that is taken as arrays as one row of them, those that the graph holds."""
    nodes = [graph.find(name) or 0 for name in table.names]
    shapes = tuple(graph.columns.shape(node) for node in nodes)
    values = tuple(graph.defaults[node] for node in nodes)
    return Table(table.names, [values], shapes, labels=table.labels)


def _table(table: Table | None) -> Table | None:
    """Return samples with a column per entry."""
    if table is None:
        return None
    if not any(table.shapes):
        return table
    names = [
        entry_name(name, place)
        for name, shape in zip(table.names, table.shapes, strict=True)
        for place in places_of(shape)
    ]
    labels = (
        [
            words
            for words, shape in zip(table.labels, table.shapes, strict=True)
            for _ in places_of(shape)
        ]
        if table.labels
        else []
    )
    rows = [
        tuple(
            entry_value(value, place)
            for value, shape in zip(row, table.shapes, strict=True)
            for place in places_of(shape)
        )
        for row in table.rows
    ]
    return table._replace(names=tuple(names), rows=rows, shapes=(), labels=tuple(labels))


def _block(block: Block, shapes: Mapping[str, Shape]) -> Block:
    def entries(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            entry_name(name, place) for name in names for place in places_of(shapes.get(name, ()))
        )

    return block._replace(
        inputs=entries(block.inputs),
        outputs=entries(block.outputs),
        parameters=entries(block.parameters),
    )
