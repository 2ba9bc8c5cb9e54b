"""Show what a line says of each row of data: its value, and the class that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphgrad.graph.graph import Table
from graphgrad.layers.training.accuracy import Classes, class_of, is_right
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.tables.row_table import MOST_ROWS, cell
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.numbers import block, number
from graphgrad.views.text.run_json import FORMAT, json_object, plain_data

__all__ = ["answer_table", "answers_json", "how_judged"]


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
    single = None if classes is None or classes.several else classes
    heads += [text("rows.class")] if single else []
    rows = []
    for place, (entries, value) in enumerate(zip(table.rows, values, strict=True), 1):
        if place > MOST_ROWS:
            break
        cells = [[cell(to_float(one), words)] for one, words in zip(entries, labels, strict=True)]
        told = [[single.word(class_of(value, single))]] if single else []
        part = [[text(f"rows.part.{parts[place - 1]}")]] if parted else []
        rows.append(Row([[str(place)], *part, *cells, block(value), *told]))
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
    counts = _counts(table, values, classes, parts)
    for part, (right, count) in counts.items():
        percent = f"{100 * right / count:.1f}"
        fields = {"name": name, "right": right, "count": count, "percent": percent}
        if len(counts) == 1:
            yield text("rows.right", **fields)
        else:
            yield text("train.told.accuracy", part=text(f"train.part.{part}"), **fields)
    for word, rows in unseen(table, classes).items():
        fields = {"target": classes.target, "word": word, "rows": rows, "count": len(table.rows)}
        yield text("rows.unseen", **fields)
    yield from how_judged(classes)


def unseen(table: Table, classes: Classes) -> dict[str, int]:
    """Return the classes of a table that the data of the training never had, with their rows."""
    place = table.names.index(classes.target)
    words = table.labels[place] if table.labels else ()
    every = [to_float(row[place]) for row in table.rows]
    numbers = [
        sum(one.flat) if hasattr(one, "flat") else one
        for one in every
        if getattr(one, "size", 1) == 1
    ]
    found: dict[str, int] = {}
    for one in numbers if classes.kinds and not classes.several else ():
        if not _is_known(one, words, classes):
            word = words[int(one)] if words else number(one)
            found[word] = found.get(word, 0) + 1
    return found


def _is_known(one: float, words: Sequence[str], classes: Classes) -> bool:
    if words:
        return one < len(classes.words)
    if classes.signed:
        return one in (-1, 1)
    return classes.first <= one < classes.first + classes.kinds


def how_judged(classes: Classes) -> Iterator[str]:
    """Yield what a reader should know of the rows that were counted as right."""
    if classes.several:
        yield text("train.told.several", target=classes.target, middle=number(classes.middle))
    if classes.compared:
        fields = {"target": classes.target, "compared": classes.compared}
        yield text("train.told.beside", name=classes.node, **fields)


def _counts(
    table: Table, values: Sequence[Any], classes: Classes, parts: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """Return the rows in their class, and all, of each part."""
    place = table.names.index(classes.target)
    found = dict.fromkeys(parts, (0, 0))
    for part, value, row in zip(parts, values, table.rows, strict=True):
        right, count = found[part]
        hit = is_right(value, row[place], classes)
        found[part] = (right + hit, count + 1)
    return found


def answers_json(table: Table, name: str, values: Sequence[Any], classes: Classes | None) -> str:
    """Return the answers as one JSON object, with the rows that are right of each part."""
    rows = []
    classes = classes if classes is not None and classes.named_by(values[0]) else None
    parts = [table.part(row) for row in range(1, len(table.rows) + 1)]
    for place, (entries, value) in enumerate(zip(table.rows, values, strict=True), 1):
        inputs = {one: plain_data(v) for one, v in zip(table.names, entries, strict=True)}
        row: dict[str, Any] = {"row": place, "inputs": inputs, "answer": plain_data(value)}
        if set(parts) != {"train"}:
            row["part"] = parts[place - 1]
        if classes is not None and not classes.several:
            row["class"] = classes.word(class_of(value, classes))
        rows.append(row)
    data: dict[str, Any] = {"format": FORMAT, "of": name, "rows": rows}
    if classes is not None and classes.target in table.names:
        counts = _counts(table, values, classes, parts)
        data["accuracy"] = {part: list(pair) for part, pair in counts.items()}
        strange = unseen(table, classes)
        data |= {"unseen": strange} if strange else {}
        data |= {"compared": classes.compared} if classes.compared else {}
    return json_object(data)
