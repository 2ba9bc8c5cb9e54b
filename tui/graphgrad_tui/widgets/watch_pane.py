"""Show the nodes on the watch list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad_tui.node_line import NodeLine

__all__ = ["WatchPane"]


class WatchPane(Static, can_focus=False):
    """Value and adjoint of every watched node; not there while none is watched."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show(self, lines: Sequence[NodeLine], *, wide: bool) -> None:
        """Show lines below each other, or, where there is little room, the numbers in one row."""
        self.display = bool(lines)
        written = Text(no_wrap=not wide)
        if wide and lines:
            written.append(lines[0].text + "\n", "underline")
        written.append(("\n" if wide else "   ").join(line.text for line in lines[1:]))
        self.update(written)
