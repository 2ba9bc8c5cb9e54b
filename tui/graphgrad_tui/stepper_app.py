"""Show the stage in panes, and turn keys and messages into deeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Input

from graphgrad.messages.catalogue import text
from graphgrad.stepping.journey import Journey, break_places
from graphgrad_tui.commanded_app import OPENING, guarded
from graphgrad_tui.deeds import open_graph, questions, start_and_leave, tour
from graphgrad_tui.deeds.table import DEEDS
from graphgrad_tui.events import (
    AnswerGiven,
    CommandClicked,
    CommandGiven,
    DeedWanted,
    NodeChosen,
    TimeChosen,
)
from graphgrad_tui.orders import obey
from graphgrad_tui.panes import show_moment, show_title, word_next
from graphgrad_tui.stage import Stage
from graphgrad_tui.widgets.caption import Caption
from graphgrad_tui.widgets.command_bar import CommandBar
from graphgrad_tui.widgets.graph_pane import GraphPane, OverviewMap
from graphgrad_tui.widgets.key_bar import KeyBar
from graphgrad_tui.widgets.quiz_bar import QuizBar
from graphgrad_tui.widgets.text_panes import NodePane, PlainPane
from graphgrad_tui.widgets.timeline import Timeline
from graphgrad_tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["StepperApp"]

WIDTHS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-low"), (16, "-short"), (24, "-high"), (36, "-tall")]
"""Classes of the screen by its columns and rows, for the style sheet."""
ENTER = "do('fold')"
"""The action of Enter; behind a number it stands for the end of the number."""


class Panes(Container):
    """The graph and what stands beside it, which cover it: there is nothing to draw of its own."""

    BLANK = True


class Covered(Screen[None]):
    """A screen whose panes cover it."""

    BLANK = True


class StepperApp(Stage):
    """Step through the passes of one trace."""

    CSS_PATH = "app.tcss"
    TITLE = "graphgrad"
    AUTO_FOCUS = None
    NOTIFICATION_TIMEOUT = 3.0
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    # ---- what is shown ----

    def get_default_screen(self) -> Screen[None]:
        """Return the screen of the graph."""
        return Covered(id="_default")

    def compose(self) -> ComposeResult:
        """Lay out the panes; the style sheet places them by the size of the screen."""
        charset = self.charset
        yield TitleBar(charset)
        with Panes(id="panes"):
            yield GraphPane(charset, big=self.settings.present)
            with Vertical(id="side"):
                yield NodePane(charset)
                yield OverviewMap(charset)
        yield PlainPane(charset)
        yield Caption(charset)
        yield QuizBar()
        yield Timeline(charset)
        yield CommandBar()
        yield KeyBar(charset)

    def on_mount(self) -> None:
        """Show the first moment once the panes have their sizes."""
        if self.settings.present:
            self.screen.add_class("-present")
        light = "textual-light" if self.settings.present else ""
        if theme := self.settings.theme or light:
            self.theme = theme
        start_and_leave.on_start(self)
        self.redraw_soon()
        if self.is_unchosen:
            open_graph.welcome(self)
        elif self.settings.is_first_run:
            tour.greet(self)

    def on_resize(self) -> None:
        """Word the panes for another size of the screen."""
        self.redraw_soon()

    def watch_typed(self) -> None:
        """Show the digits typed so far."""
        if self.screen_stack:
            show_title(self)

    def watch_cursor(self) -> None:
        """Show another moment; a verdict about the last one is not about this one."""
        super().watch_cursor()
        if self.screen_stack:
            questions.moved(self)

    def redraw(self) -> None:
        """Show the moment in every pane."""
        if self.screen_stack:  # not before the first screen, nor after the last
            with guarded(self):
                show_moment(self)
                self.once_idle(self._word_next)

    def _word_next(self) -> None:
        if self.screen_stack:
            with guarded(self):  # no key waits for it, but a fault in it must not end the app
                word_next(self)

    # ---- commands ----

    async def run_action(self, action: Any, *words: Any, **options: Any) -> bool:
        """Do an action; one that takes no number forgets the one before it, and Enter only that."""
        waiting = self.typed
        if not str(action).startswith(("digit(", "travel(")):
            self.typed = ""
            if waiting and action == ENTER:
                return True
        result = await super().run_action(action, *words, **options)
        if isinstance(action, str) and self.screen_stack:
            tour.done(self, action)
        return result

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what leads nowhere from here; type no line while another is typed."""
        if action == "type" or (action == "do" and parameters[0] in OPENING):
            return len(self.screen_stack) == 1 and not isinstance(self.focused, Input)
        if action == "travel" and parameters[0] in ("next", "previous"):
            end = len(self.session.stops) if parameters[0] == "next" else 0
            return None if self.cursor == end else True
        return True

    def action_travel(self, command: str) -> None:
        """Go where a command of `Journey` leads from here."""
        times = int(self.typed) if self.typed else None
        breaks = break_places(self.session.stops, self.session.breakpoints)
        journey = Journey(self.session.stops, self.cursor, self.node, breaks, times)
        self.typed = ""
        if command != "next" or not questions.asked_instead(self):
            self.cursor = journey.destination(command)

    def action_do(self, deed: str) -> None:
        """Do what stands in the table of deeds."""
        DEEDS[deed](self)

    def action_digit(self, digit: str) -> None:
        """Add a digit to the number before a command."""
        self.typed = (self.typed + digit).lstrip("0")[:9]

    def action_type(self, prompt: str) -> None:
        """Open the line for a step, a name or words to search for."""
        hint = "app.goto_hint" if prompt == ":" else "app.search_hint"
        self.query_one(CommandBar).open(prompt, text(hint))

    # ---- what widgets tell ----

    def on_pane_resized(self) -> None:
        """Lay the graph out anew."""
        self.redraw_soon()

    async def on_command_given(self, event: CommandGiven) -> None:
        """Obey what was typed."""
        with guarded(self):
            await obey(self, event.prompt, event.text)

    async def on_command_clicked(self, event: CommandClicked) -> None:
        """Do what was clicked in the bar of keys."""
        await self.run_action(event.action)

    def on_answer_given(self, event: AnswerGiven) -> None:
        """Judge the answer to a question."""
        questions.commit(self, event.text)

    def on_deed_wanted(self, event: DeedWanted) -> None:
        """Do what a key inside a line asked for."""
        DEEDS[event.deed](self)

    def on_node_chosen(self, event: NodeChosen) -> None:
        """Select the box that was clicked."""
        self.selected = event.node

    def on_time_chosen(self, event: TimeChosen) -> None:
        """Go to the place that was clicked."""
        self.cursor = event.position
