"""Show what a line says of each row of data: its value, and the class that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphgrad.graph.graph import Table
from graphgrad.layers.training.accuracy import Classes, class_of, target_class
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.tables.row_table import MOST_ROWS, cell
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.numbers import block
from graphgrad.views.text.run_json import FORMAT, json_object, plain_data

__all__ = ["answer_table", "answers_json"]


def answer_table(
    table: Table, name: str, values: Sequence[Any], classes: Classes | None, width: int = 80
) -> Iterator[str]:
    """Yield a line per row of a table: its entries, the answer, the class; then how many are right.

    Args:
        table: the rows.
        name: the line that answers.
        values: its value on each row.
        classes: how an answer names a class; None where it names none.
        width: columns to lay out for.
    """
    classes = classes if classes is not None and classes.named_by(values[0]) else None
    yield text("rows.heading", count=len(table.rows))
    labels = table.labels or ((),) * len(table.names)
    parts = [table.part(row) for row in range(1, len(table.rows) + 1)]
    parted = set(parts) != {"train"}
    heads = [text("rows.row"), *([text("rows.part")] if parted else []), *table.names, name]
    heads += [text("rows.class")] if classes else []
    rows = []
    for number, (entries, value) in enumerate(zip(table.rows, values, strict=True), 1):
        if number > MOST_ROWS:
            break
        cells = [[cell(to_float(one), words)] for one, words in zip(entries, labels, strict=True)]
        told = [[classes.word(class_of(value, classes))]] if classes else []
        part = [[parts[number - 1]]] if parted else []
        rows.append(Row([[str(number)], *part, *cells, block(value), *told]))
    yield from layout_table([Column(head, right=True) for head in heads], rows, width)
    if len(table.rows) > MOST_ROWS:
        yield text("run.more", count=len(table.rows) - MOST_ROWS)
    if classes is not None and classes.target in table.names:
        yield from _right(table, name, values, classes, parts)


def _right(
    table: Table, name: str, values: Sequence[Any], classes: Classes, parts: Sequence[str]
) -> Iterator[str]:
    """Yield how many rows are in their class, of each part."""
    yield ""
    place = table.names.index(classes.target)
    for part in dict.fromkeys(parts):
        own = [k for k, word in enumerate(parts) if word == part]
        right = sum(
            class_of(values[k], classes) == target_class(table.rows[k][place], classes) for k in own
        )
        percent = f"{100 * right / len(own):.1f}"
        fields = {"name": name, "right": right, "count": len(own), "percent": percent}
        if len(set(parts)) == 1:
            yield text("rows.right", **fields)
        else:
            yield text("train.told.accuracy", part=text(f"train.part.{part}"), **fields)


def answers_json(table: Table, name: str, values: Sequence[Any], classes: Classes | None) -> str:
    """Return the answers as one JSON object."""
    rows = []
    for number, (entries, value) in enumerate(zip(table.rows, values, strict=True), 1):
        inputs = {one: plain_data(v) for one, v in zip(table.names, entries, strict=True)}
        row: dict[str, Any] = {"row": number, "inputs": inputs, "answer": plain_data(value)}
        if classes is not None and classes.named_by(value):
            row["class"] = classes.word(class_of(value, classes))
        rows.append(row)
    return json_object({"format": FORMAT, "of": name, "rows": rows})
