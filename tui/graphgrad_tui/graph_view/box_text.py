"""Write what stands in a box: numbers in a few characters, old ones before new, a short title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphgrad.ops.evaluate import to_float
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import inline, number, shape_of

if TYPE_CHECKING:
    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import State

__all__ = ["NARROW", "NEVER", "ROOMY", "TIGHT", "UNKNOWN", "called", "changed_entries"]
__all__ += ["from_old", "short"]

UNKNOWN: Final = "?"
NEVER: Final = "·"
_DIGITS, _DIGITS_OF_ENDS = 4, 2
_FEWER_DIGITS = (4, 3, 2)
TIGHT, NARROW, ROOMY = 13, 14, 30
"""The longest value: where a digit less lets the whole graph be seen, usually, and where there is
room for the entries of a small matrix."""


def called(title: str) -> str:
    """Return the title of a closed group without the call that made it."""
    return f"{title.partition(' = ')[0].rstrip()} "


def from_old(rows: tuple[str, str], change: Change, state: State, node: int) -> tuple[str, str]:
    """Return rows with the number before an edit in front of the present one.

    Of an array that keeps its shape the first entry that changed is told, and how many more did.
    """
    old = (change.value, state.value(node)), (change.adjoint, state.adjoint(node))
    told = []
    for row, (before, now) in zip(rows, old, strict=True):
        sign, _, shown = row.partition(" ")
        known = before is not None and shown not in (UNKNOWN, NEVER)
        if known and shape_of(before) and shape_of(before) == shape_of(now):
            told.append(f"{sign} {changed_entries(before, now) or shown}")
        else:
            told.append(f"{sign} {short(before)}→{shown}" if known else row)
    return told[0], told[1]


def changed_entries(before: Any, now: Any) -> str:
    """Return the first entry that differs, before and now, and how many more do; else nothing.

    >>> import numpy as np
    >>> changed_entries(np.array([[0.5, -0.3], [0.2, 0.4]]), np.array([[0.5, 0.6], [0.2, 0.1]]))
    '[1,2] -0.3→0.6 +1'
    """
    import numpy as np  # late: a graph of numbers needs none of it

    old, new = np.asarray(to_float(before)), np.asarray(to_float(now))
    same = (old == new) | (np.isnan(old) & np.isnan(new))
    entries = np.argwhere(~same)
    if not len(entries):
        return ""
    first = tuple(map(int, entries[0]))
    place = ",".join(str(k + 1) for k in first)
    more = f" +{len(entries) - 1}" if len(entries) > 1 else ""
    ends = "→".join(number(array[first], _DIGITS) for array in (old, new))
    return f"[{place}] {ends}{more}"


def short(value: Any, longest: int = NARROW) -> str:
    """Return a value in a few characters: a number, a short array, the ends of a long one.

    Of a matrix that is too large the shape is told, which nobody takes for its contents.

    >>> short(0.68997448), short(-12.0)
    ('0.69', '-12')
    >>> import numpy as np
    >>> short(np.array([[0.5, 0.25], [-1, 2]])), short(np.array([[0.5, 0.25], [-1, 2]]), ROOMY)
    ('2×2', '[[0.5,0.25], [-1,2]]')
    """
    shape = shape_of(value)
    if not shape:
        told = number(value, _DIGITS - (longest == TIGHT))
        return told if "." in told else number(value, _DIGITS)  # 0.9999 is not told as 1
    for digits in _FEWER_DIGITS if longest == ROOMY else (None,):
        written = inline(value, longest, digits)
        if len(shape) > 1:  # rows stay apart, what is in a row stands together
            written = written.replace(", ", ",").replace("],[", "], [")
        if len(written) <= longest and written.startswith("["):
            return written
    if len(shape) == 1:
        return f"[{number(value[0], _DIGITS_OF_ENDS)}…{number(value[-1], _DIGITS_OF_ENDS)}]"
    return shape_words(shape)
