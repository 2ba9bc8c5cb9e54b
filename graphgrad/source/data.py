"""Read tables of samples: rows under a ``data`` line; those of CSV files are `csv_tables.py`.

A column holds numbers, arrays of one shape, or words, which are numbered in the order in which they
come. An array is one entry in brackets, or its numbers one after another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, LimitError, Place, SourceError
from graphgrad.expr.dialect import Dialect
from graphgrad.expr.tokens import MOST_DIGITS, Token
from graphgrad.graph.graph import Table
from graphgrad.messages.keywords import meant
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.source.leaves import literal
from graphgrad.source.statements import KEYWORDS, unquoted
from graphgrad.source.tree import Piece

__all__ = ["Column", "TableRows", "cells_of", "check_separator", "is_row", "is_whole", "part_word"]

_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\W\d][\w-]*')
_NOT_FINITE = frozenset({"nan", "inf", "infinity"})
_STARTS = re.compile(r'\s*(?:[-+]?\.?[0-9]|\[\s*[-+.\d[]|")')


class Column(NamedTuple):
    """A name with the shape of its entries."""

    name: str
    shape: Shape = ()


def is_row(piece: Piece) -> bool:
    """Tell whether a piece belongs to the table above it: it starts with a number, or a word."""
    text = piece.text
    if _STARTS.match(text):
        return True
    words = text.replace(",", " ").replace(";", " ").split()
    first = _WORD.match(words[0]) if words else None
    return first is not None and len(words) > 1 and words[0] not in KEYWORDS and "=" not in text


def part_word(piece: Piece) -> str:
    """Return ``valid`` or ``test`` where a piece says that such rows follow, else nothing."""
    word = meant(piece.text.strip())
    return word if word in ("valid", "test", "train") and " " not in word else ""


def is_whole(tokens: Sequence[Token]) -> bool:
    """Tell whether a `data` line asks for the table as arrays: ``data all x, y``."""
    return (
        len(tokens) > 2 and meant(tokens[1].value) == "all" and tokens[2].kind in ("name", "string")
    )


def cells_of(piece: Piece, dialect: Dialect) -> list[str]:
    """Return the entries of a row: apart by blanks or the dialect's separator, outside brackets."""
    text = piece.text
    separator = ";" if dialect.decimal_comma else ","
    if "[" not in text and '"' not in text:
        return text.replace(separator, " ").split()
    cells, depth, start, quoted = [""], 0, 0, False
    for character in text[start:]:
        quoted ^= character == '"'
        depth += (character == "[") - (character == "]")
        apart = not depth and not quoted and (character.isspace() or character == separator)
        if apart:
            cells.append("")
        else:
            cells[-1] += character
    return [cell for cell in cells if cell]


def check_separator(cells: Sequence[str], dialect: Dialect, place: Place) -> None:
    """Refuse cells that semicolons part where commas do.

    Raises:
        SourceError: with what heads a file whose numbers have a decimal comma.
    """
    parted = [cell for cell in cells if ";" in cell and cell[:1] not in ("[", '"')]
    if parted and not dialect.decimal_comma:
        raise SourceError("source.semicolons", got=place.text.strip(), place=place)


class TableRows:
    """Collect the rows of a table.

    Args:
        columns: names and shapes.
        dialect: how numbers are written.
        whole: whether the graph takes the table as arrays.
        words: the words that each column has already.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        dialect: Dialect,
        *,
        whole: bool,
        words: Sequence[Sequence[str]] = (),
    ) -> None:
        self.columns = tuple(columns)
        self.dialect = dialect
        self.whole = whole
        self.rows: list[tuple[Any, ...]] = []
        self.parts: list[tuple[str, int]] = []
        self.heads: tuple[str, ...] = ()
        known = words or [()] * len(columns)
        self.words = [{word: k for k, word in enumerate(one)} for one in known]

    def part(self, word: str) -> None:
        """Begin the rows that are kept for a purpose."""
        if not self.parts and word != "train":
            self.parts.append(("train", 1))
        self.parts.append((word, len(self.rows) + 1))

    def add(self, cells: Sequence[str], place: Place) -> None:
        """Add a row.

        Raises:
            SourceError: if an entry is none, or their count is not that of the columns.
        """
        check_separator(cells, self.dialect, place)
        waiting = list(cells)
        row = []
        for number, column in enumerate(self.columns):
            size = prod(column.shape)
            if column.shape and waiting and waiting[0].startswith("["):
                row.append(self._array(waiting.pop(0), column, place))
                continue
            if len(waiting) < size:
                raise self._length(cells, place)
            taken, waiting = waiting[:size], waiting[size:]
            if column.shape:
                entries = [self._number(cell, place) for cell in taken]
                row.append(_reshaped(entries, column.shape))
            else:
                row.append(self._entry(taken[0], number, place))
        if waiting:
            raise self._length(cells, place)
        self.rows.append(tuple(row))

    def _length(self, cells: Sequence[str], place: Place) -> SourceError:
        shown = [f"{c.name}: {shape_text(c.shape)}" if c.shape else c.name for c in self.columns]
        expected = sum(prod(column.shape) for column in self.columns)
        return SourceError(
            "source.row_length",
            got=len(cells),
            expected=expected,
            names=", ".join(shown),
            place=place,
        )

    def _array(self, cell: str, column: Column, place: Place) -> Any:
        try:
            value = literal(cell, self.dialect)
        except GraphgradError:
            raise SourceError("source.not_a_number", got=cell, place=place) from None
        got = tuple(getattr(value, "shape", ()))
        if got != column.shape:
            raise SourceError(
                "source.cell_shape", name=column.name, got=shape_text(got),
                expected=shape_text(column.shape), place=place,
            )  # fmt: skip
        return value

    def _entry(self, cell: str, number: int, place: Place) -> Fraction:
        """Return a number, or the number of a word."""
        words = self.words[number]
        if cell.lower() in _NOT_FINITE:
            raise SourceError("source.not_finite", got=cell, place=place)
        if _WORD.fullmatch(cell) and (words or not self.rows):
            word = unquoted(cell) if cell.startswith('"') else cell
            return Fraction(words.setdefault(word, len(words)))
        if words:
            name = self.columns[number].name
            raise SourceError("source.not_a_word", got=cell, name=name, place=place)
        return self._number(cell, place)

    def _number(self, cell: str, place: Place) -> Fraction:
        if _PLAIN.fullmatch(cell) and len(cell) <= MOST_DIGITS:
            return Fraction(cell)
        try:
            value = literal(cell, self.dialect) if cell else None
        except LimitError as error:
            raise error.at(place) from None
        except GraphgradError:
            value = None
        if not isinstance(value, Fraction):
            point = cell.replace(",", ".", 1)
            if "," in cell and _PLAIN.fullmatch(point):
                raise SourceError("source.decimal_cell", got=cell, point=point, place=place)
            raise SourceError("source.not_a_number", got=cell, place=place)
        return value

    def table(self) -> Table:
        """Return everything collected."""
        shaped = any(column.shape for column in self.columns)
        return Table(
            tuple(column.name for column in self.columns),
            self.rows,
            tuple(column.shape for column in self.columns) if shaped else (),
            tuple(self.parts),
            self.whole,
            tuple(tuple(words) for words in self.words) if any(self.words) else (),
            self.heads,
        )


def _reshaped(entries: Sequence[Fraction], shape: Shape) -> Any:
    import numpy as np

    result = np.empty(len(entries), dtype=object)
    result[:] = entries
    return result.reshape(shape)
