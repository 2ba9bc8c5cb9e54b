"""Show a gradient check over the app; it is worked out behind it."""

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

__all__ = ["CheckScreen"]


class CheckScreen(ModalScreen[None]):
    """Four derivatives per entry of every leaf."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,D", "dismiss", ""),
        ("f1", "app.pane_help()", ""),
    ]

    def __init__(self, work_: Work) -> None:
        super().__init__()
        self.work_ = work_

    def compose(self) -> ComposeResult:
        """Hold the table in a frame that scrolls."""
        with VerticalScroll(id="check-frame") as frame:
            frame.border_title = text("check.title")
            frame.border_subtitle = text("check.close")
            yield Words(text("check.running"), id="check-text")

    def on_mount(self) -> None:
        """Start comparing."""
        self._compare(language(), max(40, self.app.size.width - 6))

    @work(thread=True, exclusive=True)
    def _compare(self, code: str, width: int) -> None:
        set_language(code, everywhere=False)
        from graphgrad.stepping.side_reports import check_report

        told = check_report(self.work_, width)
        self.app.call_from_thread(self._show, told)

    def _show(self, told: str) -> None:
        if self.is_mounted:
            self.query_one("#check-text", Words).update(Text(told, no_wrap=True))
