"""Lay out tables as plain text: aligned columns, cells of several lines, a bounded width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graphgrad.views.text.cell_width import width as cells_of

__all__ = ["INDENT", "Column", "Row", "broken", "layout_table"]

GAP = "   "
INDENT = "  "
NARROWEST = 12
_WORD = re.compile(r"(?:\[[^][]{0,200}\]|\S)++")
"""What a blank ends, unless it stands in brackets."""
_PIECE = re.compile(r"[\w.]+(?:\[[^][]{0,40}\][\w.]*)*[^\w\s\[]?[),]*|\S[),]*|\s+")
"""A name with its subscripts and the bracket or the operator behind it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its side, and whether it may be wrapped to save width."""

    heading: str
    right: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, each of one or more lines; a banner stands across the table instead."""

    cells: Sequence[Sequence[str]] = field(default=())
    banner: str = ""


def layout_table(columns: Sequence[Column], rows: Iterable[Row], width: int) -> list[str]:
    """Return the lines of a table.

    Args:
        columns: the columns, in order.
        rows: the rows, in order.
        width: the most columns of the terminal to use, if wrapping allows it.
    """
    rows = list(rows)
    bodies = [row for row in rows if not row.banner]
    widths = [
        max([cells_of(column.heading), *(_width(row.cells[i]) for row in bodies)])
        for i, column in enumerate(columns)
    ]
    _shrink(columns, widths, width - len(INDENT) - len(GAP) * (len(columns) - 1))
    head = _line([column.heading for column in columns], columns, widths)
    rule = INDENT + "─" * (sum(widths) + len(GAP) * (len(columns) - 1))
    lines = [head, rule]
    for row in rows:
        lines.extend([row.banner.rstrip()] if row.banner else _body(row, columns, widths))
    return lines


def _shrink(columns: Sequence[Column], widths: list[int], available: int) -> None:
    """Narrow the widest wrapping columns until the table fits, or cannot be narrowed."""
    while sum(widths) > available:
        candidates = [i for i, c in enumerate(columns) if c.wraps and widths[i] > NARROWEST]
        if not candidates:
            return
        widest = max(candidates, key=lambda i: widths[i])
        widths[widest] -= 1


def _body(row: Row, columns: Sequence[Column], widths: list[int]) -> list[str]:
    cells = [
        _wrapped(cell, width) if column.wraps else list(cell)
        for cell, column, width in zip(row.cells, columns, widths, strict=True)
    ]
    height = max(map(len, cells))
    return [
        _line([cell[i] if i < len(cell) else "" for cell in cells], columns, widths)
        for i in range(height)
    ]


def _line(texts: list[str], columns: Sequence[Column], widths: list[int]) -> str:
    parts = []
    for cell, column, width in zip(texts, columns, widths, strict=True):
        padding = " " * max(0, width - cells_of(cell))
        parts.append(padding + cell if column.right else cell + padding)
    return (INDENT + GAP.join(parts)).rstrip()


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    result: list[str] = []
    for line in lines:
        result += [line] if cells_of(line) <= width else broken(line, width)
    return result or [""]


def broken(line: str, width: int) -> Iterator[str]:
    """Yield the lines of a text: broken at blanks, and in a long formula beside its operators.

    Args:
        line: the text.
        width: cells of each line; all but the first are indented.
    """
    current, room = "", width - len(INDENT)
    for word in _WORD.findall(line):
        pieces = _PIECE.findall(word) if cells_of(word) > room else [word]
        for place, piece in enumerate(pieces):
            joined = current + ("" if place or not current else " ") + piece
            if current and cells_of(joined.rstrip()) > width:
                yield current.rstrip()
                joined = INDENT + piece.lstrip()
            while cells_of(joined) > width:
                yield joined[:width]
                joined = INDENT + joined[width:]
            current = joined
    yield current.rstrip()


def _width(cell: Sequence[str]) -> int:
    return max(map(cells_of, cell), default=0)
