"""Choose how much of a graph and of each box to draw so that it fits its pane."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.views.cells.bands import wrapped
from graphgrad.views.cells.boxes import CellBox, CellLayout, Size
from graphgrad.views.cells.placing import layout
from graphgrad_tui.graph_view.box_text import NARROW, ROOMY, TIGHT, called
from graphgrad_tui.graph_view.cast import ALL, column_rows, least_rows, staged, tallest
from graphgrad_tui.graph_view.kept import as_wide, fewer, in_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from graphgrad.stepping.work import Change
    from graphgrad.views.cells.columns import Place
    from graphgrad_tui.graph_view.boxes import Boxes, CellEdge, Titles
    from graphgrad_tui.graph_view.cast import Cast
    from graphgrad_tui.graph_view.kept import Kept
    from graphgrad_tui.graph_view.window import Room

__all__ = ["MOST_BOXES", "Plan", "plan_for", "step_plan"]

MOST_BOXES = 150
"""A larger graph is drawn as the neighbourhood of one node."""

_MOST_WRAPPED = 4
"""How many panes a picture may fill in one band, blank parts included, to be tried in several."""
_CHOICES: tuple[tuple[Titles, Size], ...] = (
    ("formula", "full"),
    ("name", "full"),
    ("formula", "compact"),
    ("name", "compact"),
)
_BIG: tuple[tuple[Titles, Size], ...] = (("formula", "large"), ("name", "large"), *_CHOICES[:2])
_MANY = _CHOICES[1::2]
_STAGES: tuple[tuple[int, Size, bool], ...] = (
    (ALL, "full", False),
    (ALL, "compact", False),
    (ALL, "full", True),
    *((limit, "full", False) for limit in (12, 8, 6, 5, 4, 3, 2)),
    *((limit, "compact", False) for limit in (4, 3, 2, 1)),
    *((limit, "compact", True) for limit in (ALL, 2, 1)),
)
"""How many neighbours to draw one by one, how large, and whether closed groups say little,
the most first."""
_CROWD, _OF_A_CROWD = 1_000, 3
_TITLES: dict[Size, tuple[Titles, ...]] = {
    "large": ("formula", "name"),
    "full": ("formula", "name"),
    "compact": ("name",),
}


class Plan(NamedTuple):
    """A layout and the boxes it was made for.

    Attributes:
        layout: the places.
        boxes: the boxes, with the widest texts they will hold.
        shown_by: for every box of the graph, the key of the one that shows it.
        inner: of a neighbourhood, the boxes that are drawn with all their neighbours.
        changes: the old numbers that there is room for.
        folds: of the boxes of a step alone, the keys of those that stand for several.
        indent: the free columns and rows before a picture that stays where an older one was.
        unwrapped: the picture in one band, where the layout is the same in several.
        longest: the characters that a value is given.
    """

    layout: CellLayout
    boxes: tuple[CellBox, ...]
    shown_by: Mapping[int, int]
    inner: AbstractSet[int] | None = None
    changes: Mapping[int, Change] = {}
    folds: Mapping[int, int] = {}
    indent: tuple[int, int] | None = None
    unwrapped: CellLayout | None = None
    longest: int = NARROW

    def holds(self, node: int) -> bool:
        """Tell whether the plan is still of use when a box is looked at."""
        return self.inner is None or self.shown(node) in self.inner

    def has(self, keys: Iterable[int]) -> bool:
        """Tell whether every one of some boxes has a box of its own here, none a fold."""
        placed = self.layout.placed
        return all(key >= 0 and key in placed for key in keys)

    def fits(self, width: int, height: int) -> bool:
        """Tell whether the whole picture is seen at once."""
        return self.layout.width <= width and self.layout.height <= height

    def shown(self, node: int) -> int:
        """Return the box that stands for a box of the graph."""
        key = self.shown_by.get(node, node)
        return self.folds.get(key, key)

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
        changes: what boxes held before an edit; fewer of them are shown if the rest then fits.
    """
    found = []
    for kept in fewer(changes or {}, boxes.is_end):
        found.append(_plan(boxes, room, centre, closed, kept))
        if found[-1].fits(room.width, room.height):
            return found[-1]
    return found[0]


def step_plan(
    boxes: Boxes,
    room: Room,
    cast: Cast,
    closed: AbstractSet[str] = frozenset(),
    changes: Mapping[int, Change] | None = None,
) -> Plan:
    """Return what takes part in a step alone, as much of it as fits; the least of it if none does.

    Args:
        boxes: the boxes of the trace.
        room: what to fit.
        cast: the boxes of the step, as they are drawn.
        closed: groups to draw as one box each.
        changes: what boxes held before an edit.
    """
    found, crowd = None, len(cast.partners) > _CROWD
    for stage in ((ALL, "large", False), *_STAGES) if room.big else _STAGES:
        limit, size, brief = stage
        if crowd and limit > _OF_A_CROWD:  # to name a fold of thousands takes its time
            continue
        for titles in _TITLES[size] if len(boxes.keys) <= MOST_BOXES else _TITLES["compact"]:
            shown_by = boxes.collapsed(titles, frozenset(closed)).shown_by
            around = boxes.surroundings(titles, frozenset(closed))
            is_last = stage == _STAGES[-1]
            if least_rows(around, cast, limit, size) > room.height and not is_last:
                break
            part, folds = staged(around, cast, limit, text("app.more"), named=not brief)
            if column_rows(tallest(part, cast.acting), size) > room.height and not is_last:
                continue
            drawn = boxes.reserved(part, changes, brief=brief, acting=cast.acting)
            placed = layout(drawn, size=size, charset=room.charset, fit=room.width)
            inner = frozenset({cast.acting})
            found = Plan(placed, drawn, shown_by, inner, changes or {}, folds)
            if found.fits(room.width, room.height):
                return found
            if placed.height > room.height:  # shorter titles make it no lower
                break
    assert found is not None
    return found


def _plan(
    boxes: Boxes,
    room: Room,
    centre: int,
    closed: AbstractSet[str],
    changes: Mapping[int, Change],
) -> Plan:
    """Return the first plan that fits, with all the changes."""
    asked = _Asked(boxes, room, centre, frozenset(closed), changes)
    roomy = _with_entries(asked)
    if roomy is not None:
        return roomy
    plans = {}
    for titles, size in _choices(room, len(boxes.keys)):
        many = len(boxes.collapsed(titles, asked.closed).boxes) > MOST_BOXES
        if many and not (room.focused or room.zoom):
            return asked.focused(titles, room.hops)
        if many or room.focused:
            plan = asked.focused(titles, room.hops, size)
        else:
            plan = asked.whole(titles, size)
        plans[titles, size] = plan
        if plan.fits(room.width, room.height):
            return plan
    banded = _in_bands(asked, plans)
    if banded is None and not (room.big or room.zoom or room.focused):
        banded = _densely(asked)  # rather than a part of it: all of it, a row per box
    if banded is not None:
        return banded
    if room.whole and not room.zoom:
        return asked.map()
    if room.zoom or room.focused:
        return plan
    return asked.near(titles) if room.big else plans["name", "full"]


def _in_bands(asked: _Asked, plans: Mapping[tuple[Titles, Size], Plan]) -> Plan | None:
    """Return the fullest plan that fits in several bands, its titles squeezed before they go."""
    width, height = asked.room.width, asked.room.height
    for (titles, size), plan in plans.items():
        if plan.inner is not None or size == "mini" or (asked.room.big and size != "large"):
            continue  # on a projector large boxes come first
        if plan.layout.width * plan.layout.height > _MOST_WRAPPED * width * height:
            continue
        for each in (plan, asked.whole(titles, size, squeezed=True)):
            found = wrapped(each.layout, width, height)
            if found is not None:
                return each._replace(layout=found, unwrapped=each.layout)
    return None


def _with_entries(asked: _Asked) -> Plan | None:
    """Return the whole graph with the entries of small matrices, if it fits with full boxes.

    Formulas do not go for them. After an edit boxes keep their places, hence what they had room
    for.
    """
    boxes, room = asked.boxes, asked.room
    kept = boxes.kept is None or boxes.kept.longest == ROOMY
    if not (boxes.has_matrices and kept) or room.focused or len(boxes.keys) > MOST_BOXES:
        return None
    for titles, size in _choices(room, len(boxes.keys)):
        if size not in ("large", "full"):
            continue
        for squeezed in (False, True):
            plan = asked.whole(titles, size, squeezed=squeezed, longest=ROOMY)
            if plan.fits(room.width, room.height):
                return plan
        if asked.whole(titles, size).fits(room.width, room.height):
            return None
    return None


def _densely(asked: _Asked) -> Plan | None:
    """Return the whole graph with a row per box, in several bands if it takes them."""
    width, height = asked.room.width, asked.room.height
    plan = asked.whole("name", "dense")
    if plan.layout.width * plan.layout.height > _MOST_WRAPPED * width * height:
        return None
    kept = asked.boxes.kept
    for longest in (NARROW, TIGHT) if kept is None else (kept.longest,):
        for squeezed in (False, True):
            found = asked.whole("name", "dense", squeezed=squeezed, longest=longest)
            if found.fits(width, height):
                return found
    return _in_bands(asked, {("name", "dense"): plan})


def _choices(room: Room, count: int) -> Sequence[tuple[Titles, Size]]:
    """Return what to try, the fullest first."""
    if room.zoom:
        choices = (*_BIG[:2], *_CHOICES, ("name", "dense"), ("name", "mini"))
        return [choice for choice in choices if choice[1] == room.zoom]
    return _MANY if count > MOST_BOXES else _BIG if room.big else _CHOICES


class _Asked(NamedTuple):
    """What a plan is asked for; the arguments of `plan_for`."""

    boxes: Boxes
    room: Room
    centre: int
    closed: frozenset[str]
    changes: Mapping[int, Change]

    def whole(
        self, titles: Titles, size: Size, *, squeezed: bool = False, longest: int = NARROW
    ) -> Plan:
        """Draw the whole graph, if asked without the blanks in titles and beside texts."""
        collapsed, shown_by = self.boxes.collapsed(titles, self.closed)
        kept, charset = self.boxes.kept, self.room.charset
        places = self._places(kept, size) if kept else {}
        stays = any(place.right is not None for place in places.values())
        changes = in_room(self.changes, kept, self._boxed) if kept and stays else self.changes
        drawn = self.boxes.reserved(collapsed, changes, longest=longest)
        if kept and stays:
            drawn = tuple(as_wide(box, kept) for box in drawn)
        fit = self.room.width if kept else None  # an edit squeezes titles before it drops them
        fit = 0 if squeezed else fit
        placed = layout(drawn, size=size, charset=charset, fit=fit, kept=places)
        indent = kept.indent if kept and stays else None
        plan = Plan(placed, drawn, shown_by, changes=changes, indent=indent)
        return plan._replace(longest=longest)

    def _boxed(self, node: int, change: Change) -> CellBox:
        """Return a box with the least of a title that shows the old number beside the new."""
        longest = NARROW if self.boxes.kept is None else self.boxes.kept.longest
        box = CellBox(node, self.boxes.graph.name(node), (), ())
        return self.boxes.reserved((box,), {node: change}, longest=longest)[0]

    def _places(self, kept: Kept, size: Size) -> dict[int, Place]:
        """Return where boxes stay; in another pane, or in another size, their order alone."""
        if (size, (self.room, self.closed)) == (kept.size, kept.drawn_for):
            return {**kept.places}
        return {key: place._replace(right=None) for key, place in kept.places.items()}

    def focused(self, titles: Titles, hops: int, size: Size = "full") -> Plan:
        """Draw what is near one box."""
        collapsed, shown_by = self.boxes.collapsed(titles, self.closed)
        middle = shown_by.get(self.centre, collapsed[0].key)
        around = self.boxes.surroundings(titles, self.closed)
        drawn = around.near(middle, hops, more=text("app.more"))
        drawn = self.boxes.reserved(drawn, self.changes)
        inner = around.within(middle, hops - 1)
        found = layout(drawn, size=size, charset=self.room.charset)
        return Plan(found, drawn, shown_by, inner, self.changes)

    def map(self) -> Plan:
        """Draw the whole graph with names alone, with marks where those have no room."""
        width, height = self.room.width, self.room.height
        if self.room.focused:
            return self.focused("name", self.room.hops, "mini")
        collapsed, shown_by = self.boxes.collapsed("name", self.closed)
        drawn = tuple(replace(box, title=called(box.title), rows=()) for box in collapsed)
        whole = layout(drawn, size="compact", charset=self.room.charset, fit=width)
        if whole.width > width:
            whole = wrapped(whole, width, height) or whole
        plan = Plan(whole, drawn, shown_by)
        return plan if plan.fits(width, height) else self.whole("name", "mini")

    def near(self, titles: Titles) -> Plan:
        """Draw the largest boxes of the widest neighbourhood that fits, else few to be scrolled."""
        sizes: tuple[Size, ...] = ("large", "full")
        for size in sizes:
            for hops in (3, 2, 1):
                plan = self.focused(titles, hops, size)
                if plan.fits(self.room.width, self.room.height):
                    return plan
        return plan
