"""Read tables of samples: rows under a ``data`` line, or a CSV file beside the source."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

from graphgrad.errors import GraphgradError, Place, SourceError
from graphgrad.expr.dialect import Dialect
from graphgrad.files.reading import read_beside
from graphgrad.graph.graph import Table
from graphgrad.source.leaves import literal
from graphgrad.source.text import decode
from graphgrad.source.tree import Piece

__all__ = ["cells_of", "is_row", "read_csv", "read_row"]


def is_row(piece: Piece) -> bool:
    """Tell whether a piece starts with a number, and so belongs to the table above it."""
    start = piece.text.lstrip()[:2]
    return start[:1].isdigit() or (start[:1] in ("-", "+", ".") and start[1:].isdigit())


def cells_of(piece: Piece, dialect: Dialect) -> list[str]:
    """Return the entries of a row: apart by blanks, or by the dialect's separator."""
    return piece.text.replace(";" if dialect.decimal_comma else ",", " ").split()


def read_row(piece: Piece, names: tuple[str, ...], dialect: Dialect) -> tuple[Fraction, ...]:
    """Return the numbers of one row.

    Raises:
        SourceError: if an entry is no number or their count differs from the names'.
    """
    cells = cells_of(piece, dialect)
    if len(cells) != len(names):
        raise SourceError(
            "source.row_length",
            got=len(cells),
            expected=len(names),
            names=", ".join(names),
            place=piece.place(0, len(piece.text)),
        )
    return tuple(_cell(cell, piece.place(0, len(piece.text)), dialect) for cell in cells)


def read_csv(path: Path, dialect: Dialect) -> Table:
    """Return the table of a CSV file whose first row names the columns.

    Raises:
        FileError: if the file cannot be read; SourceError if it is no table of numbers.
    """
    delimiter = ";" if dialect.decimal_comma else ","
    text = decode(read_beside(path), str(path))
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    if len(rows) < 2:
        raise SourceError("source.empty_table", path=str(path))
    names = tuple(cell.strip() for cell in rows[0])
    if not all(name.isidentifier() for name in names):
        raise SourceError(
            "source.table_names",
            got=", ".join(names),
            place=Place(1, 1, delimiter.join(rows[0]), str(path)),
        )
    table: list[tuple[Fraction, ...]] = []
    for number, row in enumerate(rows[1:], 2):
        place = Place(number, 1, delimiter.join(row), str(path))
        if len(row) != len(names):
            raise SourceError(
                "source.row_length",
                got=len(row),
                expected=len(names),
                names=", ".join(names),
                place=place,
            )
        table.append(tuple(_cell(cell.strip(), place, dialect) for cell in row))
    return Table(names, table)


def _cell(cell: str, place: Place, dialect: Dialect) -> Fraction:
    try:
        value = literal(cell, dialect) if cell else None
    except GraphgradError:
        value = None
    if not isinstance(value, Fraction):
        raise SourceError("source.not_a_number", got=cell, place=place)
    return value
