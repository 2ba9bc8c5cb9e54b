"""Show what is known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction

from graphgrad_tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = ["NodePane"]

_KINDS = ("name", "value", "adjoint", "partial", "heading", "word", "current")


class NodePane(TextPane, can_focus=True):
    """Value, chain rule and local derivatives of a node."""

    BINDINGS: ClassVar[list[BindingType]] = [("up,k", "rows(-1)", ""), ("down,j", "rows(1)", "")]
    STYLES = "node"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"node--{kind}" for kind in _KINDS}

    def action_rows(self, count: int) -> None:
        """Scroll where the pane is in focus; where all is seen, the arrows select boxes."""
        if not self.scrolls:
            raise SkipAction
        self.scroll_rows(count)
