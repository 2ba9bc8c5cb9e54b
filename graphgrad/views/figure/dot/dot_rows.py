"""Arrange the texts of a box or an edge of DOT source in rows of measured pieces, in colours.

A role is told by shape and border as well as by colour. Every text colour has a contrast of at
least 4.5:1 on every fill it stands on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.views.figure.content.diagram import DiagramBox, DiagramEdge, Role
from graphgrad.views.figure.content.known_at import EVERYTHING, Frame
from graphgrad.views.figure.dot.text_width import text_width
from graphgrad.views.text.numbers import with_commas
from graphgrad.views.text.numbers_on_board import Shown, shown

__all__ = [
    "CURRENT",
    "INK",
    "ROLES",
    "Colours",
    "Grid",
    "Ink",
    "LabelRow",
    "Piece",
    "RoleStyle",
    "box_rows",
    "edge_rows",
    "size_of",
]

NAME_SIZE, TEXT_SIZE = 18.0, 14.0
_WIDEST_NAME, _WIDEST_PARTIAL = 260.0, 170.0
_MOST_NAME_ROWS, _DEEPEST_BREAK = 4, 4
_SLACK, _LONGEST = 1.2, 2.0
_LEADING = 1.3
_GAP, _BRACKET, _AIR = 12.0, 5.0, 4.0


class RoleStyle(NamedTuple):
    """How the boxes of a role look; ``peripheries`` counts the lines of the border."""

    shape: str
    style: str
    fill: str
    border: str
    width: float
    peripheries: int = 1


class Colours(NamedTuple):
    """The colours of texts and edges."""

    name: str = "#1A202C"
    value: str = "#00695C"
    adjoint: str = "#B3261E"
    partial: str = "#5F4B00"
    forward: str = "#4A5568"
    backward: str = "#B3261E"
    pending: str = "#CBD5E0"
    group: str = "#4A5568"


INK = Colours()
CURRENT = "#D53F8C"
"""The border of what a step acts on; it is thicker as well."""

ROLES: dict[Role, RoleStyle] = {
    "input": RoleStyle("ellipse", "filled", "#FFF3C4", "#B7791F", 1.4),
    "parameter": RoleStyle("box", "filled", "#E9DDFB", "#6B46C1", 1.4, peripheries=2),
    "constant": RoleStyle("box", "filled", "#EDF2F7", "#718096", 1.0),
    "computation": RoleStyle("box", "filled,rounded", "#DCEBFA", "#2B6CB0", 1.4),
    "loss": RoleStyle("box", "filled,rounded", "#FBE3D6", "#C05621", 3.4),
    "folded": RoleStyle("box3d", "filled", "#E6EEF6", "#2B6CB0", 1.4),
}


class Ink(NamedTuple):
    """A piece of text."""

    text: str
    colour: str
    size: float = TEXT_SIZE
    italic: bool = False

    @property
    def width(self) -> float:
        """Return its width in points."""
        return text_width(self.text, self.size, italic=self.italic)

    @property
    def height(self) -> float:
        """Return the height of its line in points."""
        return self.size * _LEADING

    def with_commas(self) -> Ink:
        """Return it with decimal commas."""
        return self._replace(text=with_commas(self.text))


class Grid(NamedTuple):
    """A matrix or vector in brackets."""

    rows: tuple[tuple[str, ...], ...]
    colour: str
    size: float = TEXT_SIZE

    @property
    def columns(self) -> list[float]:
        """Return the width of each column, with the gap behind it."""
        widths = [
            max(text_width(entry, self.size) for entry in column)
            for column in zip(*self.rows, strict=True)
        ]
        return [width + _GAP for width in widths]

    @property
    def width(self) -> float:
        """Return its width in points, brackets included."""
        return math.fsum(self.columns) + 2 * _BRACKET

    @property
    def height(self) -> float:
        """Return its height in points."""
        return self.inner_height + _AIR

    @property
    def inner_height(self) -> float:
        """Return the height of its brackets."""
        return len(self.rows) * self.size * _LEADING

    def with_commas(self) -> Grid:
        """Return it with decimal commas."""
        rows = tuple(tuple(map(with_commas, row)) for row in self.rows)
        return self._replace(rows=rows)


Piece = Ink | Grid


class LabelRow(NamedTuple):
    """Pieces side by side; what is not visible keeps its place."""

    pieces: tuple[Piece, ...]
    visible: bool = True

    @property
    def width(self) -> float:
        """Return the width of all pieces."""
        return math.fsum(piece.width for piece in self.pieces)

    @property
    def height(self) -> float:
        """Return the height of the highest piece."""
        return max(piece.height for piece in self.pieces)

    def with_commas(self) -> LabelRow:
        """Return it with decimal commas."""
        return self._replace(pieces=tuple(piece.with_commas() for piece in self.pieces))


def size_of(rows: Sequence[LabelRow]) -> tuple[float, float]:
    """Return width and height of rows, one below the other."""
    return max((row.width for row in rows), default=0.0), math.fsum(row.height for row in rows)


def box_rows(box: DiagramBox, frame: Frame = EVERYTHING) -> list[LabelRow]:
    """Return the rows of a box: name and formula, value, adjoint, trouble."""
    label = words_of_text(box.label) if box.count else None
    title = " = ".join(part for part in (label or box.label, box.formula) if part)
    rows = [
        LabelRow((Ink(line, INK.name, NAME_SIZE, italic=True),))
        for line in _wrapped(title, NAME_SIZE, _WIDEST_NAME)
    ]
    known = frame.knows(box.value_step)
    rows += _summary(box)
    if box.count:
        return [*rows, *_inside(box, frame)]
    if box.value is not None:
        rows.append(LabelRow(_signed("v", box.value, INK.value), known))
    if box.adjoint is not None:
        pieces = _signed(box.adjoint_sign, box.adjoint, INK.adjoint)
        rows.append(LabelRow(pieces, frame.has_pulled(box.adjoint_step)))
    if box.trouble:
        rows.append(LabelRow((Ink(f"! {box.trouble}", INK.adjoint),), known))
    return rows


def _summary(box: DiagramBox) -> Iterator[LabelRow]:
    """Yield what a closed group is, or that a parameter is frozen."""
    if box.summary:
        for line in _wrapped(box.summary, TEXT_SIZE, _WIDEST_NAME):
            yield LabelRow((Ink(line, INK.group),))


def _inside(box: DiagramBox, frame: Frame) -> Iterator[LabelRow]:
    """Yield the values and adjoints in a closed group that others read."""
    for inner in box.frontier:
        if inner.value is not None:
            pieces = _signed(inner.label if box.named else "v", inner.value, INK.value)
            yield LabelRow(pieces, frame.knows(inner.value_step))
        if inner.adjoint is not None:
            pieces = _signed(inner.adjoint_sign, inner.adjoint, INK.adjoint)
            yield LabelRow(pieces, frame.has_pulled(inner.adjoint_step))


def edge_rows(
    edge: DiagramEdge, target_adjoint: str, frame: Frame = EVERYTHING, *, told: bool = False
) -> list[LabelRow]:
    """Return the rows of an edge: the partial, then its contribution.

    Args:
        edge: the edge.
        target_adjoint: how the adjoint of its target is written.
        frame: what is known.
        told: whether contributions are written.
    """
    rows = list(_partial_rows(edge))
    if told and edge.contribution is not None:
        sign = f"{target_adjoint}·{edge.sign}" if edge.partial and edge.sign else ""
        rows.append(_signed(sign, edge.contribution, INK.adjoint))
    known = frame.has_pulled(edge.backward_step)
    return [LabelRow(pieces, known) for pieces in rows]


def _partial_rows(edge: DiagramEdge) -> Iterator[tuple[Piece, ...]]:
    if not edge.partial:
        return
    text = f"{edge.sign} = {edge.partial}" if edge.sign else edge.partial
    lines = [
        Ink(line, INK.partial, italic=True) for line in _wrapped(text, TEXT_SIZE, _WIDEST_PARTIAL)
    ]
    number = None if edge.number is None else shown(edge.number)
    if number is None or _says_the_same(edge.partial, number):
        yield from ((line,) for line in lines)
        return
    pieces = _signed("", edge.number, INK.partial)
    apart = number.bracketed or lines[-1].width > _WIDEST_PARTIAL / 2
    yield from ((line,) for line in lines[:-1])
    yield from ((lines[-1],), pieces) if apart else ((lines[-1], *pieces),)


def _says_the_same(formula: str, number: Shown) -> bool:
    """Tell whether a number repeats its formula, as 1 = 1 or 1 = a matrix of ones."""
    constant = formula.replace("−", "").replace(".", "").isdigit()
    return constant and (number.bracketed or number.text == formula)


def _signed(sign: str, number: Any, colour: str) -> tuple[Piece, ...]:
    """Return ``sign = value``, the value as a grid where it has rows."""
    value = shown(number)
    if value.bracketed:
        return (Ink(f"{sign} = ", colour, italic=True), Grid(value.rows, colour))
    signed = (Ink(sign, colour, italic=True),) if sign else ()
    return (*signed, Ink(f" = {value.text}", colour))


def _wrapped(text: str, size: float, limit: float) -> list[str]:
    """Break a formula at its spaces into rows of about a width, outside brackets if possible."""
    for depth in range(_DEEPEST_BREAK):
        rows = _broken(text, size, limit, depth)
        if max(text_width(row, size, italic=True) for row in rows) <= limit * _SLACK:
            break
    if len(rows) > _MOST_NAME_ROWS:
        rows = [*rows[: _MOST_NAME_ROWS - 1], "…"]
    return [_cut(row, size, limit) for row in rows]


def _broken(text: str, size: float, limit: float, deepest: int) -> list[str]:
    """Break a formula before operators, and after commas, in at most so many brackets."""
    rows = [""]
    words = text.split(" ")
    depth = 0
    for index, word in enumerate(words):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        ahead = f"{longer} {words[index + 1]}" if index + 1 < len(words) else longer
        operator = len(word) == 1 and not word.isalnum()
        too_long = text_width(ahead if operator else longer, size, italic=True) > limit
        breakable = operator or rows[-1].endswith(",")
        if rows[-1] and breakable and depth <= deepest and too_long:
            rows.append(word)
        else:
            rows[-1] = longer
        depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
    return rows


def _cut(row: str, size: float, limit: float) -> str:
    """Cut a row without operators that is far too long."""
    if text_width(row, size, italic=True) <= _LONGEST * limit:
        return row
    kept = len(row)
    while kept > 1 and text_width(row[:kept], size, italic=True) > _LONGEST * limit:
        kept = kept * 9 // 10
    return row[:kept] + "…"
