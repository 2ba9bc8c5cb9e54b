"""Show the help page of a pane or a screen; the arrows lead to the other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from graphgrad.messages.catalogue import text
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.dom import DOMNode

__all__ = ["PAGES", "PageScreen", "page_of"]

PAGES: dict[str, str] = {
    "GraphPane": "graph",
    "NodePane": "node",
    "DerivationPane": "derivation",
    "WatchPane": "watch",
    "Caption": "step",
    "Timeline": "time",
    "AnswerLine": "predict",
    "CommandBar": "command",
    "CheckScreen": "check",
    "LensScreen": "lens",
    "TrainScreen": "train",
    "OpenScreen": "open",
    "SamplesScreen": "samples",
}
"""The page of every pane and screen, by its class."""


def page_of(node: DOMNode | None) -> str:
    """Return the page of a widget, or of what it lies in; of nothing, that of the graph."""
    while node is not None:
        if type(node).__name__ in PAGES:
            return PAGES[type(node).__name__]
        node = node.parent
    return "graph"


class PageScreen(ModalScreen[None]):
    """One page of help over the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,f1,question_mark", "dismiss", ""),
        ("right,n,space", "turn(1)", ""),
        ("left,p", "turn(-1)", ""),
    ]

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page

    def compose(self) -> ComposeResult:
        """Hold the text in a frame that scrolls."""
        with VerticalScroll(id="help-frame") as frame:
            frame.border_subtitle = text("page.close")
            yield Words(id="page-text")

    def on_mount(self) -> None:
        """Show the page."""
        self.action_turn(0)

    def action_turn(self, by: int) -> None:
        """Show another page."""
        pages = list(dict.fromkeys(PAGES.values()))
        place = (pages.index(self.page) + by) % len(pages)
        self.page = pages[place]
        frame = self.query_one(VerticalScroll)
        title = text(f"page.{self.page}.title")
        frame.border_title = f"{title}  ({place + 1}/{len(pages)})"
        self.query_one("#page-text", Words).update(text(f"page.{self.page}.text"))
        frame.scroll_home(animate=False)
