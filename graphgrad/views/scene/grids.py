r"""Arrange typeset entries as a matrix in square brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphgrad.views.scene.ink import Ink, Mark, Rule

__all__ = ["entries_of", "in_brackets"]

_MATRIX = re.compile(r"\\begin\{bmatrix\}([^\\]*(?:\\\\[^\\]*)*)\\end\{bmatrix\}")
_COLUMN_GAP, _ROW_HEIGHT, _AIR = 0.75, 1.22, 0.16
_BRACKET_WIDTH, _STROKE = 0.24, 0.065
_AXIS = 0.258
_ASCENT, _DESCENT = 0.66, 0.02


def entries_of(tex: str) -> list[list[str]] | None:
    r"""Return the entries of a matrix of numbers; None for other LaTeX.

    >>> entries_of(r"\begin{bmatrix} 1 & {-2} \\ 3 & 4 \end{bmatrix}")
    [['1', '{-2}'], ['3', '4']]
    """
    match = _MATRIX.fullmatch(tex)
    if match is None:
        return None
    rows = [[entry.strip() for entry in row.split("&")] for row in match[1].split(r"\\")]
    return rows if all(len(row) == len(rows[0]) and all(row) for row in rows) else None


def in_brackets(rows: Sequence[Sequence[Ink]], size: float) -> Ink:
    """Return entries, centred in their columns, between brackets.

    Args:
        rows: the entries, row by row.
        size: of their letters.
    """
    widths = [max(ink.width for ink in column) for column in zip(*rows, strict=True)]
    start = (_BRACKET_WIDTH + _AIR) * size
    height = (_ROW_HEIGHT * (len(rows) - 1) + _ASCENT + _DESCENT) * size
    top = -_AXIS * size - height / 2
    marks: list[Mark] = []
    rules: list[Rule] = []
    for index, row in enumerate(rows):
        baseline = top + (_ASCENT + _ROW_HEIGHT * index) * size
        left = start
        for entry, width in zip(row, widths, strict=True):
            placed = entry.placed(left + (width - entry.width) / 2, baseline)
            marks += placed.marks
            rules += placed.rules
            left += width + _COLUMN_GAP * size
    inner = sum(widths) + _COLUMN_GAP * size * (len(widths) - 1)
    right = start + inner + _AIR * size
    top, height = top - _AIR * size, height + 2 * _AIR * size
    rules += _bracket(0.0, 0.0, top, height, size)
    rules += _bracket(right, right + (_BRACKET_WIDTH - _STROKE) * size, top, height, size)
    return Ink(right + _BRACKET_WIDTH * size, -top, top + height, tuple(marks), tuple(rules))


def _bracket(left: float, stem: float, top: float, height: float, size: float) -> list[Rule]:
    stroke, width = _STROKE * size, _BRACKET_WIDTH * size
    return [
        Rule(stem, top, stroke, height),
        Rule(left, top, width, stroke),
        Rule(left, top + height - stroke, width, stroke),
    ]
