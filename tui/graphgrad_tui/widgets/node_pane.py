"""Show what is known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import VerticalScroll

from graphgrad_tui.widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from graphgrad_tui.node_line import NodeLine

__all__ = ["NodePane"]

_KINDS = ("name", "value", "adjoint", "partial", "heading", "word")


class NodePane(VerticalScroll, can_focus=False):
    """Value, chain rule and local derivatives of a node."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"node--{kind}" for kind in _KINDS}

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield SteadyText(id="node-text")

    def show(self, lines: Sequence[NodeLine]) -> None:
        """Show lines, each in the style of its kind."""
        written = Text()
        for index, line in enumerate(lines):
            style = self.get_component_rich_style(f"node--{line.kind}", partial=True)
            written.append("\n" if index else "")
            written.append(line.text, style)
        self.query_one("#node-text", SteadyText).put(written)
        if self.scroll_offset.y:
            self.scroll_home(animate=False)
