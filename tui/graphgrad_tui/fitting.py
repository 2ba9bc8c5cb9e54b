"""Choose how much of a graph and of each box to draw so that it fits its pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphgrad.messages import text
from graphgrad.views.cells import (
    CellBox,
    CellLayout,
    Charset,
    Size,
    collapse,
    layout,
    neighbourhood,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from graphgrad.stepping.changes import Change
    from graphgrad_tui.boxes import Boxes, Titles

__all__ = ["MOST_BOXES", "Plan", "Room", "plan_for"]

MOST_BOXES = 150
"""A larger graph is drawn as the neighbourhood of one node."""

_HOPS = 2
_CHOICES: tuple[tuple[Titles, Size], ...] = (
    ("formula", "full"),
    ("name", "full"),
    ("formula", "compact"),
    ("name", "compact"),
)
_BIG = _CHOICES[:2]
_MANY = _CHOICES[1::2]
_MINI: tuple[tuple[Titles, Size], ...] = (("name", "mini"),)

CellEdge = tuple[int, int, int]


class Room(NamedTuple):
    """What a plan has to fit.

    Attributes:
        width: columns of the pane.
        height: rows of the pane.
        charset: the characters to draw with.
        big: whether boxes keep their full size, for a projector.
        hops: how far a neighbourhood reaches.
        focused: whether to draw a neighbourhood even of a graph that is small enough.
        zoom: the size of the boxes, where it was chosen by hand.
    """

    width: int
    height: int
    charset: Charset = "unicode"
    big: bool = False
    hops: int = _HOPS
    focused: bool = False
    zoom: Size | None = None


class Plan(NamedTuple):
    """A layout and the boxes it was made for.

    Attributes:
        layout: the places.
        boxes: the boxes, with the widest texts they will hold.
        shown_by: for every box of the graph, the key of the one that shows it.
        centre: the box in the middle, where a neighbourhood is drawn.
    """

    layout: CellLayout
    boxes: tuple[CellBox, ...]
    shown_by: Mapping[int, int]
    centre: int | None = None

    def fits(self, width: int, height: int) -> bool:
        """Tell whether the whole picture is seen at once."""
        return self.layout.width <= width and self.layout.height <= height

    def shown(self, node: int) -> int:
        """Return the box that stands for a box of the graph."""
        return self.shown_by.get(node, node)

    def edges(self, active: Iterable[CellEdge]) -> frozenset[CellEdge]:
        """Return edges of the graph as edges between the boxes that are drawn."""
        placed = self.layout.placed
        found = set()
        for source, target, slot in active:
            ends = self.shown(source), self.shown(target)
            if ends[0] == ends[1] or ends[0] not in placed or ends[1] not in placed:
                continue
            sources = placed[ends[1]].box.sources
            same = slot < len(sources) and sources[slot] == ends[0]
            slots = [slot] if same else [k for k, at in enumerate(sources) if at == ends[0]]
            found |= {(*ends, k) for k in slots}
        return frozenset(found)


def plan_for(
    boxes: Boxes,
    room: Room,
    centre: int,
    closed: AbstractSet[str] = frozenset(),
    changes: Mapping[int, Change] | None = None,
) -> Plan:
    """Return the first plan that fits, else names in full boxes, to be scrolled.

    Args:
        boxes: the boxes of the trace.
        room: what to fit.
        centre: the node in the middle, where the graph is too large to be drawn whole.
        closed: groups to draw as one box each.
        changes: what boxes held before an edit, for their widths.
    """
    plans = {}
    for titles, size in _choices(room, len(boxes.keys)):
        drawn, shown_by = collapse(boxes.reserved(titles, changes), closed)
        if len(drawn) > MOST_BOXES or room.focused:
            near = room._replace(zoom=size) if room.zoom or room.focused else room
            plan = _focused(drawn, shown_by, near, shown_by.get(centre, drawn[0].key))
            plans[titles, size] = plan
            if not room.focused or plan.fits(room.width, room.height):
                return plan
            continue
        found = layout(drawn, size=size, charset=room.charset)
        plans[titles, size] = Plan(found, drawn, shown_by)
        if plans[titles, size].fits(room.width, room.height):
            return plans[titles, size]
    if room.zoom:
        return plans["name", room.zoom]
    if room.big:
        return _near(drawn, shown_by, room, shown_by.get(centre, drawn[0].key))
    return plans["name", "full"]


def _choices(room: Room, count: int) -> Sequence[tuple[Titles, Size]]:
    """Return what to try, the fullest first; the last is taken where nothing fits."""
    if room.zoom:
        return [choice for choice in (*_CHOICES, *_MINI) if choice[1] == room.zoom]
    if count > MOST_BOXES:
        return _MANY
    return _BIG if room.big else _CHOICES


def _near(drawn: tuple[CellBox, ...], shown_by: Mapping[int, int], room: Room, centre: int) -> Plan:
    """Return the largest neighbourhood that fits, else the smallest, to be scrolled."""
    plans = [_focused(drawn, shown_by, room._replace(hops=hops), centre) for hops in (3, 2, 1)]
    return next((plan for plan in plans if plan.fits(room.width, room.height)), plans[-1])


def _focused(
    drawn: tuple[CellBox, ...], shown_by: Mapping[int, int], room: Room, centre: int
) -> Plan:
    near = neighbourhood(drawn, centre, room.hops, more=text("app.more"))
    size = room.zoom or "full"
    return Plan(layout(near, size=size, charset=room.charset), near, shown_by, centre)
