"""Show the numbers that are watched all the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad_tui.texts.node_line import NodeLine

__all__ = ["WatchPane"]


class WatchPane(RowPane, can_focus=True):
    """Value and adjoint of every watched node; not there while none is watched."""

    STYLES = "watch"
    GROWS = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"watch--heading"}

    def show(self, lines: Sequence[NodeLine], *, wide: bool) -> None:
        """Show lines below each other, or, where there is little room, the numbers in one row."""
        texts = [self.spelled(line.text) for line in lines]
        if not texts:
            self.put(())
        elif wide:
            self.put([((texts[0], "heading"),), *(((text, ""),) for text in texts[1:])])
        else:
            self.put([(("   ".join(texts[1:]), ""),)])
