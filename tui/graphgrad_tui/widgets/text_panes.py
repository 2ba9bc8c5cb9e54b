"""Panes of wrapped lines: the step where no graph fits, the node, its derivation, the watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.actions import SkipAction

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad_tui.texts.wrapping import wrapped
from graphgrad_tui.widgets.row_pane import RowPane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.binding import BindingType

    from graphgrad.stepping.told_step import ToldStep
    from graphgrad.stepping.worked_lines import WorkedLine
    from graphgrad.views.cells.characters import Charset
    from graphgrad_tui.texts.node_text import NodeLine
    from graphgrad_tui.widgets.row_pane import Row

__all__ = ["DerivationPane", "ListingPane", "NodePane", "PlainPane", "ScrolledPane"]
__all__ += ["TextPane", "UnitsPane", "WatchPane", "thumb"]

_KINDS = ("name", "value", "adjoint", "partial", "heading", "word", "current", "grid")
_THUMB = {"unicode": "▐", "ascii": "#"}
_WHEEL = 2


class TextPane(RowPane):
    """Lines, each of one kind; where they are more than the rows of the pane, a mark shows where.

    Attributes:
        top: the number of wrapped rows above the pane.
    """

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__(charset)
        self.top = 0
        self._lines: Sequence[tuple[str, str]] = ()

    def put_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show kinds and texts from the first one on."""
        told = list(lines)
        texts = self.all_spelled([text for _, text in told])
        self._lines = [(kind, text) for (kind, _), text in zip(told, texts, strict=True)]
        self.top = 0
        self._arrange()

    def scroll_rows(self, count: int) -> None:
        """Move down by some rows, up if negative."""
        self.top += count
        self._arrange()

    @property
    def scrolls(self) -> bool:
        """Tell whether there are more rows than are seen."""
        return len(self._wrapped(self.size.width)) > self.size.height

    def scroll_to_line(self, number: int) -> None:
        """Move so that a line is seen, in the upper part of the pane."""
        width = max(1, self.size.width - 2)
        above = sum(len(wrapped(line, width)) for _, line in self._lines[:number])
        self.top = above - self.size.height // 3
        self._arrange()

    def on_resize(self) -> None:
        """Wrap for another width."""
        super().on_resize()
        self._arrange()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down."""
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up."""
        event.stop()
        self.scroll_rows(-_WHEEL)

    def _arrange(self) -> None:
        width, height = self.size
        if len(self._lines) <= height:  # more lines than rows need no wrapping to be told so
            rows = self._wrapped(width)
            if len(rows) <= height:
                self.top = 0
                self.put(rows)
                return
        rows = self._wrapped(width - 2)
        self.top = max(0, min(self.top, len(rows) - height))
        marked = thumb(height, len(rows), self.top)
        mark = _THUMB[self.charset]
        seen = enumerate(rows[self.top : self.top + height])
        self.put([_ended(row, width, mark if y in marked else " ") for y, row in seen])

    def _wrapped(self, width: int) -> list[Row]:
        width = max(1, width)
        return [((row, kind),) for kind, line in self._lines for row in wrapped(line, width)]


def thumb(size: int, total: int, start: int) -> range:
    """Return the cells of a bar that stand for the part in view.

    >>> thumb(10, 20, 0), thumb(10, 20, 10)
    (range(0, 5), range(5, 10))
    """
    length = max(1, size * size // total)
    at = round(start * (size - length) / max(1, total - size))
    return range(at, at + length)


def _ended(row: Row, width: int, mark: str) -> Row:
    """Return a row with a mark in its last cell."""
    used = sum(cell_len(text) for text, _ in row)
    return (*row, (" " * (width - used - 1), ""), (mark, ""))


class PlainPane(TextPane):
    """Title, sentence, formulas and numbers of a step, one below the other."""

    STYLES = "plain"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"plain--title"}

    def show(self, told: ToldStep) -> None:
        """Show a step, where the graph has no room."""
        if not self.display:
            return
        lines = (told.sentence, *told.notes, *told.lines)
        self.put_lines([("title", told.title), *(("", line) for line in lines)])


class ScrolledPane(TextPane, can_focus=True):
    """A pane whose arrows scroll it where it is in focus and has more than is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [("up,k", "rows(-1)", ""), ("down,j", "rows(1)", "")]

    def action_rows(self, count: int) -> None:
        """Scroll where the pane is in focus; where all is seen, the arrows select boxes."""
        if not self.scrolls:
            raise SkipAction
        self.scroll_rows(count)


class NodePane(ScrolledPane):
    """Value, chain rule and local derivatives of a node."""

    STYLES = "node"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"node--{kind}" for kind in _KINDS}


class DerivationPane(NodePane):
    """Values, then the chain rule, as far as they are known; follows the steps by scrolling."""

    def __init__(self, charset: Charset) -> None:
        super().__init__(charset)
        self.display = False

    def show_at(self, lines: Sequence[WorkedLine], current: tuple[int, str]) -> None:
        """Show a derivation, with the lines about one node's value or adjoint marked."""
        told, here = [], []
        for number, line in enumerate(lines):
            if line.part == "heading":
                told.append(("heading", line.text))
            elif (line.node, line.part) == current:
                here.append(number)
                told.append(("current", f"▸ {line.text}"))
            else:
                told.append((line.part, f"  {line.text}"))
        self.put_lines(told)
        if here:
            self.scroll_to_line(here[0])


class UnitsPane(NodePane):
    """The layer of a box, a row per unit."""

    def __init__(self, charset: Charset) -> None:
        super().__init__(charset)
        self.display = False

    def show(self, lines: Sequence[str]) -> None:
        """Show a table, its head set off."""
        top = self.top
        head, rows = lines[:1], lines[1:]
        self.put_lines([("heading", line) for line in head] + [("grid", line) for line in rows])
        self.scroll_rows(top)


class ListingPane(NodePane):
    """The text of the file, with the line of the step marked."""

    def __init__(self, charset: Charset) -> None:
        super().__init__(charset)
        self.display = False

    def all_spelled(self, texts: Sequence[str]) -> Sequence[str]:
        """Return texts in the characters of the terminal; they are the author's, comments too."""
        return [ascii_text(text) for text in texts] if self.charset == "ascii" else texts

    def show(self, rows: Sequence[str], current: int) -> None:
        """Show rows counted from 1; the current one is in view."""
        wide = len(str(len(rows)))
        told = []
        for number, row in enumerate(rows, 1):
            here = number == current
            told.append(
                ("current" if here else "grid", f"{'▸' if here else ' '}{number:{wide}} {row}")
            )
        self.put_lines(told)
        self.scroll_to_line(max(0, current - 1))


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
