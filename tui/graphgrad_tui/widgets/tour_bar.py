"""Show a card of the tour below the graph."""

from __future__ import annotations

from graphgrad_tui.widgets.words import Words

__all__ = ["TourBar"]


class TourBar(Words, can_focus=False):
    """A card; not there while there is no tour."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def show(self, said: str) -> None:
        """Show a card, or nothing."""
        self.display = bool(said)
        self.update(said)
