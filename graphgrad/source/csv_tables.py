"""Read the tables of CSV files: the one that a ``data`` line names, and others with its columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from math import prod
from pathlib import Path

from graphgrad.errors import Place, SourceError
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.files.csv_rows import csv_rows
from graphgrad.files.reading import read_beside
from graphgrad.graph.graph import Table
from graphgrad.messages.keywords import meant
from graphgrad.source.data import Column, TableRows, check_separator
from graphgrad.source.text import decode

__all__ = ["other_rows", "read_by_place", "read_csv"]

_MOST_NAMED = 12
_LEAST_LETTERS = 4
"""Of a name, for it to be taken as one that is misspelt: x1 is near x2 and another one."""
_NEAR = 0.8


def read_csv(path: Path, columns: Sequence[Column], dialect: Dialect, *, whole: bool) -> TableRows:
    """Return the table of a CSV file whose first row names the columns.

    Args:
        path: the file.
        columns: how its columns are taken together; its own if there are none.
        dialect: how numbers are written.
        whole: whether the graph takes the table as arrays.

    Raises:
        FileError: if the file cannot be read; SourceError if it is no table.
    """
    delimiter = ";" if dialect.decimal_comma else ","
    rows = _csv(decode(read_beside(path), str(path)), delimiter, str(path))
    place = Place(1, 1, delimiter.join(rows[0]), str(path))
    if not columns:
        check_separator(rows[0], dialect, place)
    names = tuple(cell.strip() for cell in rows[0])
    if not columns and not all(name.isidentifier() for name in names):
        raise SourceError(
            "source.table_names",
            got=f"{delimiter} ".join(names),
            place=place,
        )
    table = TableRows(columns or [Column(name) for name in names], dialect, whole=whole)
    _fill(table, rows, str(path))
    order = _order(table.columns, names, str(path)) or range(len(names))
    table.heads = tuple(names[place] for place in order)
    return table


def other_rows(table: Table, needed: Collection[str], text: str, path: str) -> Table:
    """Return rows of another CSV file as rows of a table: new samples, with or without targets.

    Args:
        table: whose columns they have; words keep their numbers.
        needed: the columns that must be there.
        text: the file; cells stand apart by semicolons where its first row has no comma.
        path: its name, for messages.

    Raises:
        SourceError: if it is no such table, or its first row does not name the columns that the
            table's own file or its columns have.
    """
    first = text.partition("\n")[0]
    dialect = COMMA if ";" in first and "," not in first else STRICT
    rows = _csv(text, ";" if dialect.decimal_comma else ",", path)
    names = [cell.strip() for cell in rows[0]]
    shapes = table.shapes or ((),) * len(table.names)
    every = [Column(name, shape) for name, shape in zip(table.names, shapes, strict=True)]
    heads = _heads_of(every, table)
    all_there = set(table.names) <= set(names) or (
        set(heads) <= set(names) if heads else sum(prod(c.shape) for c in every) == len(names)
    )
    taken = [k for k, c in enumerate(every) if all_there or c.name in needed]
    words = [table.labels[k] for k in taken] if table.labels else ()
    columns = [every[k] for k in taken]
    found = TableRows(columns, dialect, whole=table.whole, words=words)
    _fill(found, _by_heads(rows, names, columns, table, path), path)
    return found.table()


def _by_heads(
    rows: list[list[str]], names: list[str], columns: Sequence[Column], table: Table, path: str
) -> list[list[str]]:
    """Return rows whose cells stand as in the file that the table was read from.

    They are found by the names that this file gave its cells; columns that have their own names
    are found by `_order`.

    Raises:
        SourceError: if the first row lacks one.
    """
    if {column.name for column in columns} <= set(names):
        return rows
    heads, entries = _heads_of(columns, table), _entries_of(columns)
    if not heads and set(entries) <= set(names):  # typed by hand: x[1], x[2]
        heads = entries
    if not heads or len(set(heads)) < len(heads):  # nothing to go by but their places
        return rows
    if not set(heads) <= set(names) or len(set(names)) < len(names):
        raise SourceError("source.rows_names", path=path, got=_told(names), expected=_told(heads))
    places = [names.index(head) for head in heads]
    found = [list(heads)]
    for row in rows[1:]:
        whole = len(row) == len(names)
        found.append([row[place] for place in places] if whole and any(row[1:]) else row)
    return found


def read_by_place(table: Table, text: str) -> list[tuple[str, str]]:
    """Return which cell of a table each column of another file was taken for by its place alone.

    Rows that a file has typed by hand have no names for the cells of an array. Nothing is returned
    where names decided.
    """
    dialect_mark = ";" if ";" in text.partition("\n")[0] and "," not in text else ","
    names = [cell.strip() for cell in text.partition("\n")[0].split(dialect_mark)]
    shapes = table.shapes or ((),) * len(table.names)
    every = [Column(name, shape) for name, shape in zip(table.names, shapes, strict=True)]
    entries = _entries_of(every)
    if _heads_of(every, table) or set(entries) <= set(names) or set(table.names) <= set(names):
        return []
    return list(zip(names, entries, strict=False))


def _entries_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the cells of columns by their subscripts: x[1], x[2], y."""
    found: list[str] = []
    for column in columns:
        places = product(*(range(1, length + 1) for length in column.shape))
        texts = (",".join(map(str, place)) for place in places)
        found += [f"{column.name}[{text}]" if text else column.name for text in texts]
    return tuple(found)


def _told(names: Sequence[str]) -> str:
    return ", ".join([*names[:_MOST_NAMED], *["…"] * (len(names) > _MOST_NAMED)])


def _heads_of(columns: Sequence[Column], table: Table) -> tuple[str, ...]:
    """Return what the table's file calls the cells of some columns, else their own names."""
    shapes = table.shapes or ((),) * len(table.names)
    sizes = dict(zip(table.names, map(prod, shapes), strict=True))
    if len(table.heads) == sum(sizes.values()):
        owners = [name for name, size in sizes.items() for _ in range(size)]
        asked = {column.name for column in columns}
        pairs = zip(table.heads, owners, strict=True)
        return tuple(head for head, owner in pairs if owner in asked)
    return () if any(column.shape for column in columns) else tuple(c.name for c in columns)


def _csv(text: str, delimiter: str, path: str) -> list[list[str]]:
    rows = [row for row in csv_rows(text, delimiter, path) if row]
    if rows and rows[0][0].startswith("sep="):  # Excel's own line, which says what parts cells
        del rows[0]
    if rows and len(rows[0]) == 1 and "\t" in rows[0][0]:
        place = Place(1, 1, rows[0][0], path)
        raise SourceError("source.tabs", path=path, expected=f"`{delimiter}`", place=place)
    if len(rows) < 2:
        raise SourceError("source.empty_table", path=path)
    return rows


def _fill(table: TableRows, rows: list[list[str]], path: str) -> None:
    """Add the rows of a CSV file under its first one, which names the columns."""
    names = tuple(cell.strip() for cell in rows[0])
    delimiter = ";" if table.dialect.decimal_comma else ","
    taken = _order(table.columns, names, path)
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        word = meant(cells[0]) if len(names) > 1 and not any(cells[1:]) else ""
        if word in ("valid", "test", "train"):
            table.part(word)
        else:
            place = Place(number, 1, delimiter.join(row), path)
            table.add(_taken(cells, taken, names, place), place)
    if not table.rows:
        raise SourceError("source.empty_table", path=path)


def _order(columns: Sequence[Column], names: tuple[str, ...], path: str) -> list[int]:
    """Return the places in the file of the columns that its first row all names; none otherwise.

    Raises:
        SourceError: if they go by position and some stand elsewhere in the file.
    """
    own = [column.name for column in columns]
    in_single_cells = len(names) == len(own) or not any(column.shape for column in columns)
    if len(set(names)) == len(names) and in_single_cells and set(own) <= set(names):
        return [names.index(name) for name in own]
    place = 0
    for column in columns:
        size = prod(column.shape) if len(names) != len(own) else 1
        if column.name in names and column.name not in names[place : place + size]:
            raise SourceError(
                "source.table_order", path=path, got=", ".join(own), names=", ".join(names)
            )
        there = names[place] if size == 1 and place < len(names) else ""
        if there not in own and _misspells(column.name, there):
            raise SourceError("source.column_misspelt", path=path, got=column.name, there=there)
        place += size
    return []


def _misspells(name: str, head: str) -> bool:
    """Tell whether a name of four letters or more is a head with a letter wrong, or nearly so."""
    if min(len(name), len(head)) < _LEAST_LETTERS or name.isdigit():
        return False
    from difflib import SequenceMatcher  # most runs make no mistake

    return name != head and SequenceMatcher(None, name, head).ratio() >= _NEAR


def _taken(cells: list[str], order: list[int], names: tuple[str, ...], place: Place) -> list[str]:
    """Return the cells of a row in the order of the columns."""
    if order in ([], list(range(len(names)))):
        return cells
    if len(cells) != len(names):
        raise SourceError(
            "source.row_length",
            got=len(cells),
            expected=len(names),
            names=", ".join(names),
            place=place,
        )
    return [cells[k] for k in order]
