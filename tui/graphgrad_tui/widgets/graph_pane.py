"""Show the graph in character cells, one row at a time, and a map of one larger than its pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.geometry import Offset

from graphgrad.messages.catalogue import text
from graphgrad.views.cells.boxes import relabel
from graphgrad.views.cells.columns import Place
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.margins import MAP_MARKS, minimap
from graphgrad_tui.events import NodeChosen, PaneResized
from graphgrad_tui.graph_view.cast import Cast, cast_at
from graphgrad_tui.graph_view.kept import Kept
from graphgrad_tui.graph_view.plan import Plan, plan_for, step_plan
from graphgrad_tui.graph_view.window import Room, Window
from graphgrad_tui.texts.wrapping import packed
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from textual import events

    from graphgrad.trace.trace import State
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.ink import CellPicture
    from graphgrad.views.cells.margins import EdgeTag, View
    from graphgrad_tui.session import Session
    from graphgrad_tui.widgets.row_pane import Row

__all__ = ["GraphMoment", "GraphPane", "OverviewMap"]

_PARTS = ("box", "title", "value", "adjoint", "row", "net")
_STATES = ("current", "active", "selected", "unknown", "error", "fold", "group", "off")
_WHEEL_ROWS, _WHEEL_COLUMNS = 2, 6
_MAP_ROWS = 8
_MOST_STAGES = 64


class GraphMoment(NamedTuple):
    """What the graph shows at one moment.

    Attributes:
        session: whose graph.
        state: what is known.
        current: the box the step acts on; at the start the first one.
        active: the edges it acts on.
        marks: signs before titles, by box.
        focus: the box to keep in view.
        selected: the box chosen by hand.
    """

    session: Session
    state: State
    current: int
    active: AbstractSet[tuple[int, int, int]]
    marks: dict[int, str]
    focus: int
    selected: int | None


class GraphPane(RowPane, can_focus=True):
    """The graph at a moment; boxes keep their places from step to step.

    Attributes:
        plan: the places of the whole graph or of a neighbourhood, as long as they hold.
        drawn: what is drawn of it: the same, or the boxes of a step that are far apart there.
        picture: it, painted.
        window: the part of it that is seen.
    """

    STYLES = "graph"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"graph--{part}" for part in _PARTS),
        *(f"graph--{state}" for state in _STATES),
    }

    def __init__(self, charset: Charset, *, big: bool = False) -> None:
        super().__init__(charset)
        self.room = Room(0, 0, charset, big)
        self.plan: Plan | None = None
        self.drawn: Plan | None = None
        self.picture: CellPicture | None = None
        self.window = Window(0, 0)
        self._tags: Sequence[EdgeTag] = ()
        self._stages: dict[Cast, Plan] = {}

    def show(self, moment: GraphMoment) -> None:
        """Draw a moment."""
        old, window, before = self.picture, self.window, self.drawn
        plan = self.drawn = self._staged(self._planned(moment), moment)
        self.window = self.window._replace(margin=plan.indent)
        known = old.layout if old is not None and plan is before else None
        shown = {plan.shown(node): sign for node, sign in moment.marks.items()}
        selected = None if moment.selected is None else plan.shown(moment.selected)
        fields = (shown, selected, plan.changes, moment.current, plan.longest)
        boxes = moment.session.boxes.at(plan.boxes, moment.state, *fields)
        layout = relabel(known or plan.layout, boxes)
        active = plan.edges(moment.active)
        self.picture = paint(layout, current=plan.shown(moment.current), active=active)
        self._reveal(plan, moment)
        self._draw(old if known is not None and window == self.window else None)

    def forget(self) -> None:
        """Lay the graph out anew when it is shown next."""
        self.plan = self.drawn = self.picture = None
        self._stages.clear()

    def on_resize(self) -> None:
        """Forget the layout: the pane has another size."""
        super().on_resize()
        self.forget()
        self.post_message(PaneResized())

    def _planned(self, moment: GraphMoment) -> Plan:
        """Return the plan in force; a neighbourhood moves when its centre is left behind."""
        plan = self.plan
        if plan is not None and plan.holds(moment.focus):
            return plan
        session = moment.session
        closed = session.groups.closed
        self.plan = plan_for(session.boxes, self._room, moment.focus, closed, session.changes)
        self.picture = None
        self.window = self._window
        return self.plan

    def _staged(self, plan: Plan, moment: GraphMoment) -> Plan:
        """Return the plan, or the boxes of the step alone where no window shows all of them.

        Who looks at another box than that of the step, or at a map, sees the graph around it.
        """
        if moment.selected is not None or self.room.whole or not self.size:
            return plan
        cast = self._cast(plan, moment)
        if plan.has(cast.keys) and self._window.showing_all(plan.layout, cast.keys) is not None:
            return plan
        if cast not in self._stages:
            if len(self._stages) >= _MOST_STAGES:
                self._stages.clear()
            session = moment.session
            fields = (session.groups.closed, session.changes)
            self._stages[cast] = step_plan(session.boxes, self._room, cast, *fields)
        return self._stages[cast]

    def _cast(self, plan: Plan, moment: GraphMoment) -> Cast:
        """Return the boxes of the step as a plan draws them."""
        ends = ((plan.shown(a), plan.shown(b), slot) for a, b, slot in moment.active)
        return cast_at(plan.shown(moment.current), ends)

    @property
    def _room(self) -> Room:
        return self.room._replace(width=self.size.width, height=self.size.height)

    def kept(self, closed: AbstractSet[str], named: Callable[[int], int | None]) -> Kept | None:
        """Return where boxes stand, to stay there in another graph.

        Args:
            closed: the closed groups.
            named: the key of a box in the other graph; None if it has none.
        """
        if self.plan is None:
            return None
        layout = self.plan.unwrapped or self.plan.layout
        found = {named(key): box for key, box in layout.placed.items() if key >= 0}
        placed = {key: box for key, box in found.items() if key is not None}
        places = {key: Place(box.exit, box.x + box.width) for key, box in placed.items()}
        widths = {key: box.width for key, box in placed.items()}
        indent = self.window.indent(self.plan.layout)
        drawn_for = (self._room, frozenset(closed))
        size, longest = self.plan.layout.size, self.plan.longest
        return Kept(places, widths, size, drawn_for, indent, longest)

    @property
    def _window(self) -> Window:
        """Return the window at the size of the pane."""
        return self.window._replace(width=self.size.width, height=self.size.height)

    @property
    def indent(self) -> tuple[int, int]:
        """Return the free columns and rows before a picture that is smaller than the pane."""
        return (0, 0) if self.drawn is None else self.window.indent(self.drawn.layout)

    @property
    def view(self) -> View | None:
        """Return the part of the picture that is seen; None if it is all of it."""
        if self.drawn is None or self.window.fits(self.drawn.layout):
            return None
        return self.window.view()

    def place_of(self, node: int) -> Offset:
        """Return where on the screen the title of a box begins."""
        drawn = self.drawn
        placed = None if drawn is None else drawn.layout.placed.get(drawn.shown(node))
        if placed is None:
            return self.content_region.offset
        (left, above), window = self.indent, self.window
        return self.content_region.offset + Offset(
            placed.x + 2 + left - window.x, placed.y + above - window.y
        )

    def _reveal(self, plan: Plan, moment: GraphMoment) -> None:
        """Move the window if the boxes of the step, or the one looked at, are not well inside."""
        layout, key = plan.layout, plan.shown(moment.focus)
        self.window = self.window.at(layout, self.window.x, self.window.y)
        if moment.selected is None:
            keys = [k for k in self._cast(plan, moment).keys if k in layout.placed]
            together = self.window.showing_all(layout, keys) if keys else None
            if together is not None:
                self.window = together
                return
        if key in layout.placed:
            self.window = self.window.showing(layout, layout.placed[key])

    def _draw(self, old: CellPicture | None) -> None:
        """Draw the rows that differ from an older picture, or all of them."""
        picture, window = self.picture, self.window
        assert picture is not None
        rows: list[Row]
        if old is None:
            self._tags = window.tags(picture.layout)
            rows = [window.row(picture, self._tags, y) for y in range(window.height)]
        else:
            rows = list(self.rows)
            offset = window.indent(picture.layout)[1] - window.y
            for row in picture.changed_rows(old):
                if 0 <= row + offset < window.height:
                    rows[row + offset] = window.row(picture, self._tags, row + offset)
        self.put(rows)

    def component_names(self, kind: str) -> list[str]:
        """Return the classes of a tag such as ``value.current``: its part and its state."""
        part, _, state = kind.partition(".")
        known = [part] if part in _PARTS else []
        return [f"graph--{name}" for name in [*known, *([state] if state in _STATES else [])]]

    # ---- the mouse ----

    def on_click(self, event: events.Click) -> None:
        """Choose the box under the pointer."""
        if self.picture is None:
            return
        left, above = self.indent
        owner = self.picture.owner(event.x + self.window.x - left, event.y + self.window.y - above)
        if owner is not None and owner.key >= 0:
            self.post_message(NodeChosen(owner.key))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down, or to the right."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up, or to the left."""
        self._wheel(event, -1)

    def on_mouse_scroll_right(self, _event: events.MouseScrollRight) -> None:
        """Look further to the right."""
        self.look(_WHEEL_COLUMNS, 0)

    def on_mouse_scroll_left(self, _event: events.MouseScrollLeft) -> None:
        """Look further to the left."""
        self.look(-_WHEEL_COLUMNS, 0)

    def _wheel(self, event: events.MouseEvent, sign: int) -> None:
        event.stop()
        across = event.shift or event.ctrl
        self.look(sign * _WHEEL_COLUMNS, 0) if across else self.look(0, sign * _WHEEL_ROWS)

    def look(self, columns: int, rows: int) -> None:
        """Move the window over the picture; the next step brings it back to its box."""
        if self.picture is not None:
            x, y = self.window.x + columns, self.window.y + rows
            self.window = self.window.at(self.picture.layout, x, y)
            self._draw(None)


class OverviewMap(RowPane):
    """One mark per patch of the picture, and what they mean; the part in view stands out."""

    GROWS = True

    def show(self, graph: GraphPane, width: int, *, wide: bool) -> None:
        """Show which part or boxes of its graph a pane shows; nothing if all or a moving one."""
        plan, drawn, picture = graph.plan, graph.drawn, graph.picture
        here = plan is not None and plan.inner is None and not graph.window.fits(plan.layout)
        if not (wide and here and plan and drawn and picture):
            self.put(())
            return
        view, seen = (graph.view, ()) if drawn is plan else (None, drawn.layout.placed)
        current = picture.current
        lines = minimap(plan.layout, width, _MAP_ROWS, view=view, current=current, seen=seen)
        words = ("blank", "beyond", "ground", "seen", "here")
        marks = dict(zip(words, MAP_MARKS[self.charset], strict=True))
        legend = packed(self.spelled(text("app.map", **marks)).split("  "), width)
        self.put([((row, ""),) for row in (*lines, *[""] * (_MAP_ROWS - len(lines)), *legend)])
