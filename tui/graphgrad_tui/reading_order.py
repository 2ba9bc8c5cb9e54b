"""Move a selection from box to box of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphgrad.views.cells import CellLayout

__all__ = ["neighbour_box"]


def neighbour_box(layout: CellLayout, key: int | None, step: int) -> int | None:
    """Return the box below (1) or above (-1), column by column; at an end, the same.

    >>> from graphgrad.views.cells import CellBox, layout
    >>> found = layout([CellBox(0, "x", (), ()), CellBox(1, "y", (), (0,))])
    >>> neighbour_box(found, 0, 1), neighbour_box(found, 1, 1), neighbour_box(found, None, 1)
    (1, 1, 0)
    """
    ordered = sorted(
        (placed for placed in layout.boxes if placed.box.key >= 0),
        key=lambda placed: (placed.x + placed.width, placed.y),
    )
    keys = [placed.box.key for placed in ordered]
    if not keys:
        return None
    if key not in keys:
        return keys[0]
    place = keys.index(key) + step
    return keys[max(0, min(place, len(keys) - 1))]
