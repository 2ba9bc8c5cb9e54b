"""Show what is known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from graphgrad_tui.node_line import NodeLine

__all__ = ["NodePane"]

_KINDS = ("name", "value", "adjoint", "partial", "heading", "word", "current")


class NodePane(ScrollView, can_focus=True, inherit_bindings=False):
    """Value, chain rule and local derivatives of a node; its rows are wrapped here.

    A text widget would have the whole screen laid out anew at every step.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "scroll_up", ""),
        ("down,j", "scroll_down", ""),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"node--{kind}" for kind in _KINDS}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._lines: Sequence[NodeLine] = ()
        self._rows: list[Text] = []

    def show(self, lines: Sequence[NodeLine]) -> None:
        """Show lines, each in the style of its kind."""
        self._lines = lines
        self._wrap()
        if self.scroll_offset.y:
            self.scroll_home(animate=False)
        self.refresh()

    def on_resize(self) -> None:
        """Wrap for another width."""
        self._wrap()

    def notify_style_update(self) -> None:
        """Take the styles of the new theme."""
        super().notify_style_update()
        self._wrap()

    def _wrap(self) -> None:
        width = max(1, self.size.width)
        rows: list[Text] = []
        for line in self._lines:
            style = self.get_component_rich_style(f"node--{line.kind}", partial=True)
            rows.extend(Text(line.text, style).wrap(self.app.console, width))
        self._rows = rows
        self.virtual_size = Size(width, len(rows))

    def render_line(self, y: int) -> Strip:
        """Return one row of the pane."""
        width, row = self.size.width, y + self.scroll_offset.y
        if not 0 <= row < len(self._rows):
            return Strip([Segment(" " * width, self.rich_style)], width)
        drawn = Strip(self._rows[row].render(self.app.console, end=""))
        return drawn.adjust_cell_length(width).apply_style(self.rich_style)
