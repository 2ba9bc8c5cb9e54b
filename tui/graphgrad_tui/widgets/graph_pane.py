"""Show the graph in character cells, one row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Offset, Region, Size, Spacing
from textual.scroll_view import ScrollView
from textual.strip import Strip

from graphgrad.views.cells import View, paint, relabel, viewport_tags
from graphgrad_tui.events import NodeChosen, PaneResized
from graphgrad_tui.fitting import Plan, Room, plan_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from rich.style import Style
    from textual import events

    from graphgrad.trace import State
    from graphgrad.views.cells import CellPicture, Charset, EdgeTag
    from graphgrad_tui.session import Session

__all__ = ["GraphMoment", "GraphPane"]

_PARTS = ("box", "title", "value", "adjoint", "row", "net")
_STATES = ("current", "active", "selected", "unknown", "error", "fold", "group", "off")


class GraphMoment(NamedTuple):
    """What the graph shows at one moment.

    Attributes:
        session: whose graph.
        state: what is known.
        current: the box the step acts on.
        active: the edges it acts on.
        marks: signs before titles, by box.
        focus: the box to keep in view.
        selected: the box chosen by hand.
    """

    session: Session
    state: State
    current: int | None
    active: AbstractSet[tuple[int, int, int]]
    marks: dict[int, str]
    focus: int
    selected: int | None


class GraphPane(ScrollView, can_focus=True, inherit_bindings=False):
    """The graph at a moment; boxes keep their places from step to step."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"graph--{part}" for part in _PARTS),
        *(f"graph--{state}" for state in _STATES),
    }

    def __init__(self, charset: Charset, *, big: bool = False) -> None:
        super().__init__()
        self.room = Room(0, 0, charset, big)
        self.plan: Plan | None = None
        self.picture: CellPicture | None = None
        self._rows: list[Strip] = []
        self._place: tuple[Offset, Size] | None = None
        self._styles: dict[str, Style] = {}
        self._tags: tuple[EdgeTag, ...] = ()
        self._tags_of: tuple[View, int] | None = None

    def show(self, moment: GraphMoment) -> None:
        """Draw a moment."""
        plan = self._planned(moment)
        shown = {plan.shown(node): sign for node, sign in moment.marks.items()}
        selected = None if moment.selected is None else plan.shown(moment.selected)
        changes = moment.session.changes
        boxes = moment.session.boxes.at(plan.boxes, moment.state, shown, selected, changes)
        current = None if moment.current is None else plan.shown(moment.current)
        layout = relabel(plan.layout, boxes)
        self.picture = paint(layout, current=current, active=plan.edges(moment.active))
        self._reveal(plan.shown(moment.focus))
        self._renew()

    def forget(self) -> None:
        """Lay the graph out anew when it is shown next."""
        self.plan = None

    def on_resize(self) -> None:
        """Forget the layout: the pane has another size."""
        self.plan = None
        self.post_message(PaneResized())

    def _planned(self, moment: GraphMoment) -> Plan:
        """Return the plan in force; a neighbourhood moves with its centre."""
        plan = self.plan
        if plan is not None and plan.centre in (None, plan.shown(moment.focus)):
            return plan
        session = moment.session
        room = self.room._replace(width=self.size.width, height=self.size.height)
        closed = session.folding.closed
        plan = plan_for(session.boxes, room, moment.focus, closed, session.changes)
        self.plan = plan
        self.virtual_size = Size(plan.layout.width, plan.layout.height)
        return plan

    @property
    def indent(self) -> tuple[int, int]:
        """Return the free columns and rows before a picture that is smaller than the pane."""
        if self.plan is None:
            return 0, 0
        left = (self.size.width - self.plan.layout.width) // 2
        return max(0, left), max(0, (self.size.height - self.plan.layout.height) // 2)

    def _reveal(self, key: int) -> None:
        placed = self.plan.layout.placed.get(key) if self.plan is not None else None
        if placed is None or self.plan is None or self.plan.fits(*self.size):
            return
        region = Region(placed.x, placed.y, placed.width, placed.height)
        self.scroll_to_region(region, spacing=Spacing(1, 4, 1, 4), animate=False)

    def _renew(self) -> None:
        """Draw the rows that have changed; the others stay as they are on the terminal."""
        place = self.scroll_offset, self.size
        rows = [self._row(y) for y in range(self.size.height)]
        if place != self._place:
            self.refresh()
        else:
            pairs = enumerate(zip(rows, self._rows, strict=True))
            width = self.size.width
            changed = [Region(0, y, width, 1) for y, (new, old) in pairs if new != old]
            if changed:
                self.refresh(*changed)
        self._place, self._rows = place, rows

    def render_line(self, y: int) -> Strip:
        """Return one row of the pane."""
        if self._place == (self.scroll_offset, self.size) and y < len(self._rows):
            return self._rows[y]
        return self._row(y)

    def _row(self, y: int) -> Strip:
        width, blank = self.size.width, self._style("")
        left, above = self.indent
        row = y + self.scroll_offset.y - above
        if self.picture is None or not 0 <= row < self.picture.height:
            return Strip([Segment(" " * width, blank)], width)
        start = self.scroll_offset.x
        stop = min(start + width - left, self.picture.width)
        pieces = [(" " * left, "")] if left else []
        used = left + max(0, stop - start)
        pieces.extend(self._pieces(row, start, stop))
        if used < width:
            pieces.append((" " * (width - used), ""))
        return Strip([Segment(text, self._style(tag)) for text, tag in pieces], width)

    def _pieces(self, row: int, start: int, stop: int) -> Iterator[tuple[str, str]]:
        """Yield texts and tags of a row; wires that leave the pane end in a word."""
        assert self.picture is not None
        place = start
        for tag in self._edge_tags():
            if tag.y == row:
                yield from ((r.text, r.tag) for r in self.picture.runs(row, place, tag.x))
                yield tag.text, "net.off"
                place = tag.x + cell_len(tag.text)
        yield from ((r.text, r.tag) for r in self.picture.runs(row, place, stop))

    def _edge_tags(self) -> tuple[EdgeTag, ...]:
        """Return where the wires lead that leave the pane, from left to right."""
        if self.plan is None or self.plan.fits(*self.size):
            return ()
        view = View(*self.scroll_offset, *self.size)
        key = (view, id(self.plan))
        if self._tags_of != key:
            self._tags_of = key
            found = viewport_tags(self.plan.layout, view)
            self._tags = tuple(sorted(found, key=lambda tag: tag.x))
        return self._tags

    def _style(self, tag: str) -> Style:
        """Return the style of a tag such as ``value.current``, from the theme."""
        if tag not in self._styles:
            style = self.rich_style
            part, _, state = tag.partition(".")
            if part in _PARTS:
                style += self.get_component_rich_style(f"graph--{part}", partial=True)
            if state in _STATES:
                style += self.get_component_rich_style(f"graph--{state}", partial=True)
            self._styles[tag] = style
        return self._styles[tag]

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._styles.clear()
        self._place = None

    def on_click(self, event: events.Click) -> None:
        """Choose the box under the pointer."""
        if self.picture is None:
            return
        left, above = self.indent
        x, y = event.x + self.scroll_offset.x - left, event.y + self.scroll_offset.y - above
        owner = self.picture.owner(x, y)
        if owner is not None and owner.key >= 0:
            self.post_message(NodeChosen(owner.key))
