"""Choose how much of each box to draw so that the graph fits its pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphgrad.views.cells import CellBox, CellLayout, Charset, Size, layout, neighbourhood

if TYPE_CHECKING:
    from graphgrad_tui.boxes import Boxes, Titles

__all__ = ["MOST_BOXES", "Plan", "plan_for"]

MOST_BOXES = 150
"""A larger graph is drawn as the neighbourhood of one node."""

_HOPS = 2
_CHOICES: tuple[tuple[Titles, Size], ...] = (
    ("formula", "full"),
    ("name", "full"),
    ("formula", "compact"),
    ("name", "compact"),
)


class Plan(NamedTuple):
    """A layout and the boxes it was made for; ``centre`` is set for a neighbourhood."""

    layout: CellLayout
    boxes: tuple[CellBox, ...]
    centre: int | None = None

    def fits(self, width: int, height: int) -> bool:
        """Tell whether the whole picture is seen at once."""
        return self.layout.width <= width and self.layout.height <= height


def plan_for(
    boxes: Boxes, width: int, height: int, charset: Charset, centre: int | None = None
) -> Plan:
    """Return the first plan that fits, else names in full boxes, to be scrolled.

    Args:
        boxes: the boxes of the trace.
        width: columns of the pane.
        height: rows of the pane.
        charset: the characters to draw with.
        centre: the node in the middle, where the graph is too large to be drawn whole.
    """
    if len(boxes.keys) > MOST_BOXES:
        return _focused(boxes, charset, boxes.keys[0] if centre is None else centre)
    plans = {}
    for titles, size in _CHOICES:
        drawn = boxes.reserved(titles)
        plans[titles, size] = Plan(layout(drawn, size=size, charset=charset), drawn)
        if plans[titles, size].fits(width, height):
            return plans[titles, size]
    return plans["name", "full"]


def _focused(boxes: Boxes, charset: Charset, centre: int) -> Plan:
    near = neighbourhood(boxes.reserved("name"), centre, _HOPS)
    return Plan(layout(near, charset=charset), near, centre)
