"""Show an array as a grid of shades, one cell per entry: dark is large, a minus says its sign."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import number, shape_of

if TYPE_CHECKING:
    from graphgrad.ops.shapes import Shape

__all__ = ["heat_rows", "strip"]

_SHADES = "·░▒▓█"
_CELL = 2
_EDGE = 2


def strip(values: Any, largest: float) -> str:
    """Return the entries of a vector as cells, by their share of the largest one.

    >>> strip([0.0, 0.2, -0.6, 1.0], 1.0)
    ' · ░-▓ █'
    """
    return "".join(_cell(float(value), largest) for value in values)


def _cell(value: float, largest: float) -> str:
    if not math.isfinite(value):
        return " !"
    share = abs(value) / largest if largest else 0.0
    level = min(len(_SHADES) - 1, int(share * (len(_SHADES) - 1) + 0.999)) if share else 0
    return ("-" if value < 0 else " ") + _SHADES[level]


def heat_rows(value: Any, place: Shape | None, width: int, height: int) -> list[str]:
    """Return an array as rows of cells under a line that says what is seen of it.

    Args:
        value: an array.
        place: the entry that is looked at; it has a mark above its column and before its row.
        width: the most cells of a row.
        height: the most rows.

    >>> import numpy as np
    >>> for row in heat_rows(np.array([[1.0, -0.5], [0.0, 0.25]]), (0, 1), 20, 5):
    ...     print(row)
    2×2, █ = 1
         ▾
    ▸  █-▒
       · ░
    """
    shape = shape_of(value)
    if not shape or 0 in shape:
        return []
    import numpy as np  # late: a graph of numbers needs none of it, and it takes a while

    place = place or (0,) * len(shape)
    *outer, last = place
    array = np.asarray(to_float(value))
    plane = array[tuple(outer[:-1])] if len(shape) > 1 else array[None, :]
    here = (outer[-1] if outer else 0, last)
    rows = _seen(here[0], plane.shape[0], height)
    columns = _seen(here[1], plane.shape[1], max(1, (width - _EDGE) // _CELL))
    finite = np.abs(array[np.isfinite(array)])
    largest = float(finite.max()) if finite.size else 0.0
    told = [_said(shape, outer[:-1], rows, columns, largest)]
    told.append(" " * (_EDGE + 1 + _CELL * (here[1] - columns.start)) + "▾")
    for at in rows:
        mark = "▸" if at == here[0] else " "
        told.append(f"{mark} {strip(plane[at, columns.start : columns.stop], largest)}")
    return told


def _seen(at: int, count: int, room: int) -> range:
    """Return the stretch of an axis that is seen, around a place."""
    start = max(0, min(at - room // 2, count - room))
    return range(start, min(count, start + room))


def _said(shape: Shape, outer: list[int], rows: range, columns: range, largest: float) -> str:
    parts = [shape_words(shape)]
    if outer:
        parts.append(f"[{','.join(str(k + 1) for k in outer)}]")
    ends = (shape[-2] if len(shape) > 1 else 1, shape[-1])
    for seen, count, name in ((rows, ends[0], "rows"), (columns, ends[1], "columns")):
        if len(seen) < count:
            fields = {"first": seen.start + 1, "last": seen.stop}
            parts.append(text(f"entry.{name}", **fields))
    return f"{', '.join(parts)}, █ = {number(largest, 3)}"
