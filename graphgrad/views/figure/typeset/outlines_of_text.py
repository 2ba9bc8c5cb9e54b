"""Hold typeset text as glyph outlines at places; put pieces side by side, or as a matrix."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Ink", "Mark", "Rule", "beside", "entries_of", "in_brackets"]

_MATRIX = re.compile(r"\\begin\{bmatrix\}((?:(?!\\begin|\\end).)*)\\end\{bmatrix\}", re.DOTALL)
_COLUMN_GAP, _ROW_HEIGHT, _AIR = 0.75, 1.22, 0.16
_BRACKET_WIDTH, _STROKE = 0.24, 0.065
_AXIS = 0.258
_ASCENT, _DESCENT = 0.66, 0.02


class Mark(NamedTuple):
    """One glyph: its outline's name, its origin from the left end of the baseline, its size."""

    outline: str
    x: float
    y: float
    size: float


class Rule(NamedTuple):
    """One filled rectangle, such as the bar of a fraction; ``y`` is its top."""

    x: float
    y: float
    width: float
    height: float


class Ink(NamedTuple):
    """A piece of typeset text; x runs right and y down from the left end of its baseline.

    Attributes:
        width: in points.
        ascent: how far it reaches above the baseline.
        descent: how far it reaches below it.
        marks: its glyphs, in reading order.
        rules: its bars.
    """

    width: float
    ascent: float
    descent: float
    marks: tuple[Mark, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def height(self) -> float:
        """Return ascent and descent together."""
        return self.ascent + self.descent

    def placed(self, x: float, y: float, scale: float = 1.0) -> "Ink":
        """Return it scaled, then moved; its width then counts from the old origin."""
        return Ink(
            x + self.width * scale,
            self.ascent * scale - y,
            self.descent * scale + y,
            tuple(
                Mark(m.outline, x + m.x * scale, y + m.y * scale, m.size * scale)
                for m in self.marks
            ),
            tuple(
                Rule(x + r.x * scale, y + r.y * scale, r.width * scale, r.height * scale)
                for r in self.rules
            ),
        )


def beside(pieces: Sequence[Ink], gap: float = 0.0) -> Ink:
    """Return pieces on one baseline, with a gap between them.

    >>> beside([Ink(3, 5, 1), Ink(4, 2, 2)], gap=1).width
    8.0
    """
    marks: list[Mark] = []
    rules: list[Rule] = []
    place = 0.0
    for index, piece in enumerate(pieces):
        place += gap if index else 0.0
        moved = piece.placed(place, 0.0) if place else piece
        marks += moved.marks
        rules += moved.rules
        place += piece.width
    ascent = max((piece.ascent for piece in pieces), default=0.0)
    descent = max((piece.descent for piece in pieces), default=0.0)
    return Ink(place, ascent, descent, tuple(marks), tuple(rules))


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
    inner = math.fsum(widths) + _COLUMN_GAP * size * (len(widths) - 1)
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
