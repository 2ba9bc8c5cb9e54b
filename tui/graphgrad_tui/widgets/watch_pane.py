"""Show the nodes on the watch list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from graphgrad_tui.widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad_tui.node_line import NodeLine

__all__ = ["WatchPane"]


class WatchPane(SteadyText, can_focus=True):
    """Value and adjoint of every watched node; not there while none is watched."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def show(self, lines: Sequence[NodeLine], *, wide: bool) -> None:
        """Show lines below each other, or, where there is little room, the numbers in one row."""
        if self.display != bool(lines):
            self.display = bool(lines)
        if not lines:
            return
        written = Text(no_wrap=not wide)
        if wide:
            written.append(lines[0].text + "\n", "underline")
        written.append(("\n" if wide else "   ").join(line.text for line in lines[1:]))
        self.put(written)
