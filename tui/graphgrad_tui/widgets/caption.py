"""Say what the present step does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from graphgrad_tui.widgets.text_panes import ScrolledPane

if TYPE_CHECKING:
    from graphgrad.stepping.told_step import ToldStep
    from graphgrad.views.cells.characters import Charset
    from graphgrad_tui.widgets.row_pane import Row

__all__ = ["Caption"]


class Caption(ScrolledPane):
    """The step in a sentence, then in symbols and numbers, a contribution per line; it scrolls."""

    STYLES = "caption"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"caption--title", "caption--sentence"}

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self._title = ""

    def show(self, told: ToldStep) -> None:
        """Show a step."""
        self._title = self.spelled(f"{told.title}.")
        said = [("sentence", f"{told.title}.  {told.sentence}")]
        self.put_lines([*said, *(("", line) for line in (*told.notes, *told.lines))])

    def _wrapped(self, width: int) -> list[Row]:
        """Return the rows, with the title of the step set off."""
        rows = super()._wrapped(width)
        if not rows:
            return rows
        ((text, kind), *_), size = rows[0], len(self._title)
        return [((text[:size], "title"), (text[size:], kind)), *rows[1:]]
