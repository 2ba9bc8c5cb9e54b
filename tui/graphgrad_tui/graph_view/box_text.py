"""Write what stands in a box: numbers in a few characters, old ones before new, a short title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import inline, number, shape_of

if TYPE_CHECKING:
    from graphgrad.stepping.work import Change

__all__ = ["NEVER", "UNKNOWN", "called", "from_old", "short"]

UNKNOWN: Final = "?"
NEVER: Final = "·"
_DIGITS, _DIGITS_OF_ENDS = 4, 2
_LONGEST_VALUE = 14


def called(title: str) -> str:
    """Return the title of a closed group without the call that made it."""
    return f"{title.partition(' = ')[0].rstrip()} "


def from_old(rows: tuple[str, str], change: Change) -> tuple[str, str]:
    """Return rows with the number before an edit in front of the present one."""
    old = (change.value, change.adjoint)
    told = []
    for row, before in zip(rows, old, strict=True):
        sign, _, now = row.partition(" ")
        known = before is not None and now not in (UNKNOWN, NEVER)
        told.append(f"{sign} {short(before)}→{now}" if known else row)
    return told[0], told[1]


def short(value: Any) -> str:
    """Return a value in a few characters: a number, a short array, the ends of a long one.

    Of a matrix that is too large the shape is told, which nobody takes for its contents.

    >>> short(0.68997448), short(-12.0)
    ('0.69', '-12')
    """
    shape = shape_of(value)
    if not shape:
        return number(value, _DIGITS)
    written = inline(value, _LONGEST_VALUE)
    if len(written) <= _LONGEST_VALUE:
        return written
    if len(shape) == 1:
        return f"[{number(value[0], _DIGITS_OF_ENDS)}…{number(value[-1], _DIGITS_OF_ENDS)}]"
    return shape_words(shape)
