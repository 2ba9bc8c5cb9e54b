"""Head the screen: what is stepped through, the pass, the step, the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from graphgrad.views.cells.characters import Charset

__all__ = ["TitleBar", "title_line"]


class TitleBar(RowPane):
    """One row at the top."""

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self._parts = ("", "")

    def show(self, title: str, status: str) -> None:
        """Show a title on the left and a status on the right."""
        self._parts = self.spelled(title), self.spelled(status)
        line = title_line(*self._parts, self.size.width)
        self.put([((line if self.charset == "unicode" else line.replace("…", "~"), ""),)])

    def on_resize(self) -> None:
        """Fit the row to its new width."""
        super().on_resize()
        self.show(*self._parts)


def title_line(title: str, status: str, width: int) -> str:
    """Return title and status on one row; the title is cut first.

    >>> title_line("A long title", "step 1", 20)
    ' A long tit… step 1 '
    """
    room = width - cell_len(status) - 3
    if cell_len(title) > room:
        title = set_cell_size(title, max(0, room - 1)).rstrip() + "…" if room > 1 else ""
    return f" {title}{' ' * max(1, room - cell_len(title) + 1)}{status} "
