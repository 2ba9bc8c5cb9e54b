"""Draw the time axis as one row of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["ASCII_AXIS", "TimeCell", "place_of", "position_of", "time_cells"]

TimeKind = Literal["rail", "done", "cursor", "break", "seed"]


class TimeCell(NamedTuple):
    """One cell of the axis."""

    character: str
    kind: TimeKind


ASCII_AXIS = str.maketrans("━─╋┼◆●", "=-++*o")
"""The characters of the axis for a terminal without them."""


_DONE, _RAIL = TimeCell("━", "done"), TimeCell("─", "rail")


def place_of(position: int, count: int, width: int) -> int:
    """Return the cell of a position.

    >>> [place_of(position, 19, 20) for position in (0, 10, 19)]
    [0, 10, 19]
    """
    return round(position * (width - 1) / count) if count else 0


def position_of(cell: int, count: int, width: int) -> int:
    """Return the position nearest to a cell."""
    return max(0, min(count, round(cell * count / (width - 1)))) if width > 1 else 0


def time_cells(
    width: int, position: int, count: int, seed: int, breaks: Collection[int]
) -> list[TimeCell]:
    """Return the cells of the axis: done and to come, the seed, breakpoints, the cursor.

    >>> "".join(cell.character for cell in time_cells(11, 3, 10, 5, [8]))
    '━━━●─┼──◆──'
    """
    here = place_of(position, count, width)
    cells = [_DONE] * min(here, width) + [_RAIL] * (width - here)
    if not cells:
        return cells
    if seed <= count:
        at = place_of(seed, count, width)
        cells[at] = TimeCell("╋" if at < here else "┼", "seed")
    for place in breaks:
        cells[place_of(place, count, width)] = TimeCell("◆", "break")
    cells[here] = TimeCell("●", "cursor")
    return cells
