"""Hold a session and a cursor: the app as its deeds see it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from textual.reactive import reactive
from textual.widget import Widget

from graphgrad.messages.catalogue import text
from graphgrad.stepping.quiz.round import Round
from graphgrad.stepping.work import Work
from graphgrad.views.text.numbers import as_in_file
from graphgrad_tui.commanded_app import CommandedApp
from graphgrad_tui.session import Session
from graphgrad_tui.settings import Settings
from graphgrad_tui.widgets.graph_pane import GraphPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad.graph.graph import Graph
    from graphgrad.ops.shapes import Shape
    from graphgrad.stepping.worked_lines import Wanted, Worked
    from graphgrad.trace.trace import State, Trace
    from graphgrad.views.text.stops import Stop

__all__ = ["Stage"]

Pane = TypeVar("Pane", bound=Widget)
_IDLE = 0.04
"""Seconds after a frame; nobody presses keys as fast, but a key that is held comes as often."""


class Stage(CommandedApp):
    """What is stepped through, and where; everything shown follows from session and cursor.

    Attributes:
        cursor: the stop at which we are; 0 is the start.
        selected: the box chosen by hand, None to follow the step.
        typed: the digits typed before a command.
    """

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    selected: reactive[int | None] = reactive(None, init=False, repaint=False)
    typed: reactive[str] = reactive("", init=False, repaint=False)

    def __init__(self, work: Work | Trace, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        super().__init__(self.settings.keys, self.settings.charset)
        self.round = Round(self.settings.results)
        self.edited_node = 0
        self.edited_entry: Shape | None = None
        self.toured: int | None = None  # the card of the tour
        self.entry_at: tuple[int, Shape] | None = None
        self.asked_about = ""  # the file that an export would replace
        self.derivation: tuple[Wanted, Worked] | None = None
        self.arranged: tuple[tuple[object, ...], bool] = ((), False)
        self.is_unchosen = self.settings.is_unchosen
        self.has_symbols = False
        self._waiting = False
        self._idle: asyncio.TimerHandle | None = None
        self.session = Session(work if isinstance(work, Work) else Work(work), self.settings.fold)
        if self.settings.closed is not None:
            self.session.groups.closed = frozenset(self.settings.closed)
        if self.settings.at is not None:
            self.set_reactive(Stage.cursor, self.settings.start(self.session))

    def spelled(self, said: str) -> str:
        """Return a text as the file writes numbers, in the characters of the terminal."""
        return super().spelled(as_in_file(self.graph, said))

    # ---- where we are ----

    @property
    def trace(self) -> Trace:
        """Return the run that is stepped through."""
        return self.session.trace

    @property
    def graph(self) -> Graph:
        """Return the graph that is stepped through: its file says how numbers are written."""
        return self.session.trace.graph

    @property
    def stop(self) -> Stop:
        """Return the stop at the cursor."""
        return self.session.stops.stop(self.cursor)

    @property
    def state(self) -> State:
        """Return what is known at the cursor."""
        return self.trace.state(self.stop.last)

    @property
    def node(self) -> int:
        """Return the node that is shown: the selected one, else that of the step."""
        if self.selected is not None:
            return self.selected
        return self.session.boxes.owner[max(self.stop.node, 0)]

    @property
    def entry(self) -> Shape | None:
        """Return the entry that is looked at, if it is one of the node that is shown."""
        at = self.entry_at
        return at[1] if at is not None and at[0] == self.node else None

    @property
    def is_wide(self) -> bool:
        """Tell whether the node stands beside the graph."""
        screen = self.screen_stack[0]
        return screen.has_class("-wide") and not screen.has_class("-below")

    def pane(self, kind: type[Pane]) -> Pane:
        """Return a pane of the graph's screen, whatever screen lies over it."""
        return self.screen_stack[0].query_one(kind)

    def found(self, kind: type[Pane]) -> Pane | None:
        """Return a pane of the graph's screen; None while nobody has asked for it."""
        return next(iter(self.screen_stack[0].query(kind)), None)

    def made(self, kind: type[Pane], make: Callable[[], Pane], before: str) -> Pane:
        """Return a pane; one that few ask for is made when it is first wanted, before another.

        Each pane that is there takes part in every key, whether it is seen or not.
        """
        pane = self.found(kind)
        if pane is None:
            pane = make()
            after = self.screen_stack[0].query_one(before, Widget)
            assert isinstance(after.parent, Widget)
            after.parent.mount(pane, before=after)
        return pane

    # ---- going elsewhere ----

    def validate_cursor(self, cursor: int) -> int:
        """Keep to the stops, and before the answer to an open question."""
        limit = self.round.limit
        if limit is not None and cursor > limit:
            self.notify(text("predict.open"))
        return max(0, min(cursor, len(self.session.stops) if limit is None else limit))

    def watch_cursor(self) -> None:
        """Show another moment; the selection follows the step again."""
        self.set_reactive(Stage.selected, None)
        if self.session.changes:
            self.session.changes = {}
            self.pane(GraphPane).forget()
        self.redraw()

    def watch_selected(self) -> None:
        """Show another node."""
        self.redraw()

    def place(self, position: int, selected: int | None) -> None:
        """Stand at a stop of another trace, without a redraw."""
        self.set_reactive(Stage.cursor, position)
        follows = selected == self.session.boxes.owner[max(self.stop.node, 0)]
        self.set_reactive(Stage.selected, None if follows else selected)

    # ---- showing it ----

    def relayout(self) -> None:
        """Draw another part of the graph, or boxes of other widths."""
        self.pane(GraphPane).forget()
        self.redraw()

    def redraw(self) -> None:
        """Show the moment in every pane."""
        raise NotImplementedError  # the app that has the panes knows how

    def redraw_soon(self) -> None:
        """Show the moment once sizes have settled, once for all who ask."""
        if not self._waiting:
            self._waiting = True
            self.call_after_refresh(self._redraw_now)

    def once_idle(self, deed: Callable[[], None]) -> None:
        """Do something once no key has come for a moment; what waited before is forgotten."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(_IDLE, deed)

    def _redraw_now(self) -> None:
        self._waiting = False
        self.redraw()
