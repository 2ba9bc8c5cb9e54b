"""Head the screen: what is stepped through, the pass, the step, the output."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.widgets import Static

__all__ = ["TitleBar", "title_line"]


class TitleBar(Static, can_focus=False):
    """One row at the top."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._parts = ("", "")

    def show(self, title: str, status: str) -> None:
        """Show a title on the left and a status on the right."""
        self._parts = (title, status)
        self.update(title_line(title, status, self.size.width or 80), layout=False)

    def on_resize(self) -> None:
        """Fit the row to its new width."""
        self.update(title_line(*self._parts, self.size.width), layout=False)


def title_line(title: str, status: str, width: int) -> str:
    """Return title and status on one row; the title is cut first.

    >>> title_line("A long title", "step 1", 20)
    ' A long tit… step 1 '
    """
    room = width - cell_len(status) - 3
    if cell_len(title) > room:
        title = set_cell_size(title, max(0, room - 1)).rstrip() + "…" if room > 1 else ""
    return f" {title}{' ' * max(1, room - cell_len(title) + 1)}{status} "
