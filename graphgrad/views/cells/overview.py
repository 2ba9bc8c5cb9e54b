"""A map of a whole layout in a few cells, with the part in view marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphgrad.views.cells.margins import View
    from graphgrad.views.cells.model import CellLayout, Charset

__all__ = ["minimap"]

# Ground and box out of view, ground and box in view, current box.
_MARKS: Final[dict[Charset, str]] = {"unicode": " ·░■◆", "ascii": " .:o@"}


def minimap(
    layout: CellLayout,
    width: int,
    height: int,
    *,
    view: View | None = None,
    current: int | None = None,
    charset: Charset | None = None,
) -> tuple[str, ...]:
    """Return at most `height` lines of at most `width` cells, one mark where there are boxes.

    >>> from graphgrad.views.cells.placing import layout
    >>> from graphgrad.views.cells.model import CellBox
    >>> boxes = [CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0, 0))]
    >>> minimap(layout(boxes), 4, 2, current=1)
    ('·', '  ◆')
    """
    marks = _MARKS[charset or layout.charset]
    across = max(-(-layout.width // width), 1)
    down = max(-(-layout.height // height), 1)
    lines = [[0] * -(-layout.width // across) for _ in range(-(-layout.height // down))]
    for placed in layout.boxes:
        row, column = (
            (placed.y + placed.height // 2) // down,
            (placed.x + placed.width // 2) // across,
        )
        lines[row][column] = max(lines[row][column], 4 if placed.box.key == current else 1)
    for row, line in enumerate(lines):
        for column, mark in enumerate(line):
            if view and mark < 4 and _meets(view, column * across, row * down, across, down):
                line[column] = mark + 2
    return tuple("".join(marks[mark] for mark in line).rstrip() for line in lines)


def _meets(view: View, x: int, y: int, across: int, down: int) -> bool:
    """Tell whether the middle of a patch of the layout is in view."""
    return view.holds((x + across // 2, y + down // 2))
