"""Turn values into what a figure shows: a number, a small matrix, else shape and range."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.views.text.numbers import number, shape_of, summary
from graphgrad.views.text.plain_math import raised

__all__ = ["DIGITS", "Shown", "board_number", "shown"]

DIGITS = 4
MOST_ROWS, MOST_COLUMNS, MOST_ENTRIES = 6, 6, 24


class Shown(NamedTuple):
    """A value as texts, row by row; a matrix or vector stands in brackets."""

    rows: tuple[tuple[str, ...], ...]
    bracketed: bool = False

    @property
    def text(self) -> str:
        """Return the value on one line.

        >>> Shown((("1", "2"), ("3", "4")), bracketed=True).text
        '[1, 2; 3, 4]'
        """
        text = "; ".join(map(", ".join, self.rows))
        return f"[{text}]" if self.bracketed else text


def shown(value: Any, digits: int = DIGITS) -> Shown:
    """Return what a figure shows of a value.

    >>> shown(-12.0)
    Shown(rows=(('−12',),), bracketed=False)
    """
    shape = shape_of(value)
    if not shape:
        return Shown(((board_number(value, digits),),))
    entries = value.tolist() if len(shape) < 3 else []
    if len(shape) == 1 and 0 < shape[0] <= MOST_COLUMNS:
        return Shown((_row(entries, digits),), bracketed=True)
    if len(shape) == 2 and _is_small(*shape):
        return Shown(tuple(_row(row, digits) for row in entries), bracketed=True)
    return Shown(((summary(value).replace("-", "−"),),))


def board_number(value: Any, digits: int = DIGITS) -> str:
    """Return a number as on the board: a true minus sign, powers of ten raised.

    >>> board_number(-4.0), board_number(1e-7), board_number(float("inf"))
    ('−4', '1·10⁻⁷', '∞')
    """
    text = number(value, digits)
    mantissa, e, exponent = text.partition("e")
    if e:
        text = f"{mantissa}·10{raised(exponent)}"
    return text.replace("-", "−").replace("inf", "∞")


def _is_small(rows: int, columns: int) -> bool:
    fits = 0 < rows <= MOST_ROWS and 0 < columns <= MOST_COLUMNS
    return fits and rows * columns <= MOST_ENTRIES


def _row(entries: list[Any], digits: int) -> tuple[str, ...]:
    return tuple(board_number(entry, digits) for entry in entries)
