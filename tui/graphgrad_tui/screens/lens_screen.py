"""Look through the lenses at the graph over the app; the arrows change the lens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from graphgrad.messages.catalogue import language, set_language, text
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from graphgrad.stepping.work import Work

__all__ = ["LensScreen"]


class LensScreen(ModalScreen[None]):
    """One lens after the other: tables, a plot, the verdict."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,L", "dismiss", ""),
        ("right,n,space", "turn(1)", ""),
        ("left,p", "turn(-1)", ""),
        ("f1", "app.pane_help()", ""),
    ]

    def __init__(self, work_: Work) -> None:
        super().__init__()
        self.work_ = work_
        self.place = 0

    def compose(self) -> ComposeResult:
        """Hold the report in a frame that scrolls."""
        with VerticalScroll(id="lens-frame") as frame:
            frame.border_subtitle = text("app.lens.close")
            yield Words(text("app.lens.running"), id="lens-text")

    def on_mount(self) -> None:
        """Look through the first lens."""
        self.action_turn(0)

    def action_turn(self, by: int) -> None:
        """Look through another lens."""
        from graphgrad.stepping.side_reports import LENS_NAMES

        self.place = (self.place + by) % len(LENS_NAMES)
        name = LENS_NAMES[self.place]
        frame = self.query_one(VerticalScroll)
        frame.border_title = f"{name}  ({self.place + 1}/{len(LENS_NAMES)})"
        self.query_one("#lens-text", Words).update(text("app.lens.running"))
        self._look(name, language(), max(40, self.app.size.width - 6))

    @work(thread=True, exclusive=True)
    def _look(self, name: str, code: str, width: int) -> None:
        set_language(code, everywhere=False)
        from graphgrad.stepping.side_reports import lens_report

        told = "\n".join(lens_report(self.work_, name, width))
        self.app.call_from_thread(self._show, name, told)

    def _show(self, name: str, told: str) -> None:
        from graphgrad.stepping.side_reports import LENS_NAMES

        if self.is_mounted and LENS_NAMES[self.place] == name:
            self.query_one("#lens-text", Words).update(Text(told, no_wrap=True))
            self.query_one(VerticalScroll).scroll_home(animate=False)
