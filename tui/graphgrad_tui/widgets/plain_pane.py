"""Show one step as plain text, where there is no room for a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import VerticalScroll

from graphgrad_tui.widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from graphgrad.views.narrate import StepText

__all__ = ["PlainPane"]


class PlainPane(VerticalScroll, can_focus=False):
    """Title, formula, numbers and sentence of a step, one below the other."""

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield SteadyText(id="plain-text")

    def show(self, told: StepText) -> None:
        """Show a step, where the graph has no room."""
        if not self.display:
            return
        lines = dict.fromkeys([*told.formula.splitlines(), *told.numbers.splitlines()])
        written = Text(told.title, "bold")
        written.append("\n" + "\n".join([*lines, told.caption]), "not bold")
        self.query_one("#plain-text", SteadyText).put(written)
        self.scroll_home(animate=False)
