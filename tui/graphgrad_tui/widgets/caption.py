"""Say what the present step does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size

from graphgrad_tui.texts.wrapping import wrapped
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.text.narrate import StepText
    from graphgrad_tui.widgets.row_pane import Row

__all__ = ["Caption"]


class Caption(RowPane, can_focus=True):
    """The step in symbols, in numbers and in a sentence."""

    STYLES = "caption"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"caption--title", "caption--sentence"}

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self._told: tuple[StepText, bool] | None = None

    def show(self, told: StepText, *, symbols: bool) -> None:
        """Show a step.

        Args:
            told: what is said about it.
            symbols: whether there is room for the formulas too.
        """
        self._told = told, symbols
        self.put(self._worded(told, symbols=symbols))

    def on_resize(self) -> None:
        """Wrap for another width."""
        super().on_resize()
        if self._told is not None:
            self.show(self._told[0], symbols=self._told[1])

    def _worded(self, told: StepText, *, symbols: bool) -> list[Row]:
        width = max(1, self.size.width)
        numbers = told.numbers.splitlines()
        formulas = [line for line in told.formula.splitlines() if line not in numbers]
        title = self.spelled(told.title)
        first, second = ("   ".join(map(self.spelled, part)) for part in (formulas, numbers))
        sentence = _plain(self.spelled(told.caption), width, "sentence")
        rows = _headed(title, first, width) + _plain(second, width) + sentence
        if symbols and first and len(rows) <= self.size.height:
            return rows
        return self._cut(_headed(title, second, width) + sentence)

    def _cut(self, rows: list[Row]) -> list[Row]:
        """Return as many rows as there is room for; a mark ends a sentence that goes on."""
        height = self.size.height
        if not 0 < height < len(rows):
            return rows
        mark = self.spelled("…")
        *parts, (text, kind) = rows[height - 1]
        room = self.size.width - sum(cell_len(part) for part, _ in parts) - len(mark) - 1
        text = f"{set_cell_size(text, min(cell_len(text), max(0, room)))} {mark}"
        return [*rows[: height - 1], (*parts, (text, kind))]


def _headed(title: str, line: str, width: int) -> list[Row]:
    """Return the rows of a line after a title in its own style."""
    head, *more = wrapped(f"{title}   {line}", width)
    row = (head[: len(title)], "title"), (head[len(title) :], "")
    return [row, *(((text, ""),) for text in more)]


def _plain(text: str, width: int, kind: str = "") -> list[Row]:
    return [((row, kind),) for row in wrapped(text, width)]
