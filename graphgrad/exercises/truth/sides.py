"""The two sides of a comparison, as plain data: what a student wrote, and what was asked for.

Each is made once, by `Reference.read` and `Reference.asked`, and handed to every judge.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.enclosures import Ball, precision, shown
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.number_rule import Printed
from graphgrad.expr.items import Expression

__all__ = ["Asked", "ReadLink", "Wanted", "laid_out"]

_DIGITS = 10


class ReadLink(NamedTuple):
    """One formula of an answer with everything that is read off it.

    Attributes:
        expression: the formula.
        value: its term, or array of terms.
        balls: its entries at the exercise's point; None where that gives no value.
        printed: its numbers, where it is written out in numbers; else None.
        has_names: whether it uses names.
        inner: whether it has a value with matrix products only.
        turned: whether it was written in the other layout, its rows as columns.
    """

    expression: Expression
    value: Any
    balls: list[Ball] | None
    printed: list[Printed] | None
    has_names: bool
    inner: bool
    turned: bool = False


class Wanted(NamedTuple):
    """One thing that a target may mean.

    Attributes:
        reading: ``value``; ``total`` (through every path), ``local`` (the line alone), ``entries``
            (element-wise) or ``jacobian``.
        value: its term, or array of terms.
        balls: its entries at the exercise's point; None where that gives no value.
    """

    reading: str
    value: Any
    balls: list[Ball] | None

    @property
    def text(self) -> str:
        """The true value at the exercise's point; empty where that gives none."""
        if self.balls is None:
            return ""
        with precision():
            texts = [shown(value, _DIGITS) for value in self.balls]
        return _nested(texts, shape_of(self.value))


def _nested(texts: list[str], shape: tuple[int, ...]) -> str:
    """Return texts as nested brackets, row by row.

    >>> _nested(["1", "2", "3", "4"], (2, 2))
    '[[1, 2], [3, 4]]'
    """
    if not shape:
        return texts[0]
    width = len(texts) // shape[0]
    rows = [texts[i * width : (i + 1) * width] for i in range(shape[0])]
    return f"[{', '.join(_nested(row, shape[1:]) for row in rows)}]"


class Asked(NamedTuple):
    """What a target asks for: all that it may mean, the usual reading first.

    Without a target it is a value beside which a student wrote another.
    """

    target: Target | None
    wanted: tuple[Wanted, ...]

    @property
    def name(self) -> str:
        """The target as an answer writes it: no number of an answer stands for that."""
        return "" if self.target is None else self.target.id


def laid_out(read: ReadLink, asked: Asked) -> ReadLink:
    """Return an answer as the exercise lays matrices out, where its shape shows the other layout.

    Numbers may stand with rows and columns exchanged, samples as columns say; a formula only if it
    is a Jacobian, which courses write either way. Another formula of the wrong shape is a mistake.
    """
    shape = shape_of(read.value)
    if len(shape) != 2 or shape[0] == shape[1] or 1 in shape:
        return read
    turned = [wanted for wanted in asked.wanted if shape_of(wanted.value) == shape[::-1]]
    if not turned or any(shape_of(wanted.value) == shape for wanted in asked.wanted):
        return read
    printed = read.printed is not None and len(read.printed) == shape[0] * shape[1]
    if not printed and all(wanted.reading != "jacobian" for wanted in turned):
        return read
    return read._replace(
        value=read.value.T,
        balls=None if read.balls is None else _turned(read.balls, shape),
        printed=_turned(read.printed, shape) if printed and read.printed is not None else None,
        turned=True,
    )


def _turned(entries: list[Any], shape: tuple[int, ...]) -> list[Any]:
    """Return the entries of a matrix column by column.

    >>> _turned([1, 2, 3, 4, 5, 6], (2, 3))
    [1, 4, 2, 5, 3, 6]
    """
    rows, columns = shape
    return [entries[row * columns + column] for column in range(columns) for row in range(rows)]
