"""Write measured rows as HTML-like labels of Graphviz, every piece in a cell of its own size.

Engines guess the width of text, so each piece starts flush left in a cell that begins where we say.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from math import ceil

from graphgrad.views.figure.rows import Grid, Ink, LabelRow, size_of

__all__ = ["html_label", "printable"]

_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
_REPLACED = ("Cc", "Cs", "Cn", "Co")
_DROPPED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def html_label(rows: Sequence[LabelRow], beside: int, below: int = 0) -> str:
    """Return rows as a label; rows that are not visible are empty cells of the same size.

    Args:
        rows: the rows.
        beside: points to leave free on both sides.
        below: points to leave free below, for a label that stands on a line.
    """
    width = ceil(size_of(rows)[0]) + 2 * beside
    foot = f"<TR>{_cell('', width, below)}</TR>" if below else ""
    return f"<{_TABLE}{''.join(_row(row, width) for row in rows)}{foot}</TABLE>>"


def printable(text: str) -> str:
    """Return text without control characters and marks that reorder what follows."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _REPLACED else c
        for c in text
        if c not in _DROPPED
    )


def _row(row: LabelRow, width: int) -> str:
    height = ceil(row.height)
    if not row.visible:
        return f"<TR>{_cell('', width, height)}</TR>"
    before = (width - row.width) / 2
    cells = [_cell("", round(before), height)] if round(before) else []
    place, end = before, round(before)
    for piece in row.pieces:
        place += piece.width
        last = piece is row.pieces[-1] and isinstance(piece, Ink)  # a table would stretch
        stop = width if last else ceil(place)
        cells.append(_piece(piece, stop - end, height))
        end = stop
    if width > end:
        cells.append(_cell("", width - end, height))
    return f"<TR><TD>{_TABLE}<TR>{''.join(cells)}</TR></TABLE></TD></TR>"


def _piece(piece: Ink | Grid, width: int, height: int) -> str:
    if isinstance(piece, Grid):
        return _cell(_grid(piece), width, height)
    return _cell(_font(piece), width, height)


def _cell(content: str, width: int, height: int, more: str = "") -> str:
    align = ' ALIGN="LEFT" BALIGN="LEFT"' if content else ""
    return (
        f'<TD FIXEDSIZE="TRUE"{align}{more} WIDTH="{max(width, 1)}" HEIGHT="{height}">'
        f"{content}</TD>"
    )


def _font(ink: Ink) -> str:
    face = "Times-Italic" if ink.italic else "Times-Roman"
    text = html.escape(printable(ink.text)).replace("\\", "\\\\")  # \N would become the node's id
    return f'<FONT FACE="{face}" POINT-SIZE="{ink.size:g}" COLOR="{ink.colour}">{text}</FONT>'


def _grid(grid: Grid) -> str:
    """Return a matrix: its brackets are the borders of two narrow cells."""
    height = ceil(grid.inner_height)
    row_height = grid.inner_height / len(grid.rows)
    columns = [ceil(width) for width in grid.columns]
    lines = []
    for index, entries in enumerate(grid.rows):
        top, bottom = round(index * row_height), round((index + 1) * row_height)
        cells = "".join(
            _entry(Ink(entry, grid.colour, grid.size), width, bottom - top)
            for entry, width in zip(entries, columns, strict=True)
        )
        if index == 0:
            cells = f"{_bracket('L', grid, height)}{cells}{_bracket('R', grid, height)}"
        lines.append(f"<TR>{cells}</TR>")
    return f"{_TABLE}{''.join(lines)}</TABLE>"


def _bracket(side: str, grid: Grid, height: int) -> str:
    more = f' ROWSPAN="{len(grid.rows)}" BORDER="1" SIDES="{side}TB" COLOR="{grid.colour}"'
    return _cell("", 4, height, more)


def _entry(ink: Ink, width: int, height: int) -> str:
    """Return one entry of a matrix, in the middle of its cell."""
    before = max(1, round((width - ink.width) / 2))
    inner = f"{_cell('', before, height)}{_cell(_font(ink), width - before, height)}"
    return f"<TD>{_TABLE}<TR>{inner}</TR></TABLE></TD>"
