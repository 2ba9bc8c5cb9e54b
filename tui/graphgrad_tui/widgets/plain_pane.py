"""Show the present step as text, where the terminal is too small for a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from graphgrad_tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from graphgrad.views.narrate import StepText

__all__ = ["PlainPane"]


class PlainPane(TextPane):
    """Title, formula, numbers and sentence of a step, one below the other."""

    STYLES = "plain"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"plain--title"}

    def show(self, told: StepText) -> None:
        """Show a step, where the graph has no room."""
        if not self.display:
            return
        lines = dict.fromkeys([*told.formula.splitlines(), *told.numbers.splitlines()])
        self.put_lines([("title", told.title), *(("", line) for line in [*lines, told.caption])])
