"""Show one step as plain text, where there is no room for a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from graphgrad.views.narrate import StepText

__all__ = ["PlainPane"]


class PlainPane(VerticalScroll, can_focus=False):
    """Title, formula, numbers and sentence of a step, one below the other."""

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield Static(id="plain-text", markup=False)

    def show(self, told: StepText) -> None:
        """Show a step."""
        lines = dict.fromkeys([*told.formula.splitlines(), *told.numbers.splitlines()])
        written = Text(told.title, "bold")
        written.append("\n" + "\n".join([*lines, told.caption]), "not bold")
        self.query_one("#plain-text", Static).update(written)
        self.scroll_home(animate=False)
