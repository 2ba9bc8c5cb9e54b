"""Draw a widget row by row, and on the terminal only the rows that have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad.views.text.numbers import as_in_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.filter import LineFilter
    from textual.geometry import Size

    from graphgrad.views.cells.characters import Charset

__all__ = ["Row", "RowPane"]

Row = tuple[tuple[str, str], ...]
"""Texts and their kinds, from left to right."""

_MOST_STRIPS = 4_000


class RowPane(Widget, can_focus=False):
    """Rows of text in the styles of their kinds.

    A text widget is wrapped, styled and painted whole whenever it changes, and may have the whole
    screen laid out anew. Here a row that is as before costs nothing, and one that was shown before
    keeps the strip that was made for it. There is room for padding, not for a border.

    Attributes:
        charset: the characters the terminal can show.
        rows: what is shown, from the top.
    """

    STYLES: ClassVar[str] = ""
    """What comes before a kind in the name of its component class."""

    GROWS: ClassVar[bool] = False
    """Whether the pane is as high as its rows, and not there while it has none."""

    def __init__(self, charset: Charset = "unicode") -> None:
        super().__init__()
        self.charset = charset
        self.rows: Sequence[Row] = ()
        self._placed_strips: dict[int, Strip] = {}
        self._drawn_strips: dict[Row, Strip] = {}
        self._kind_styles: dict[str, Style] = {}
        self._pad = (0, 0, 0)
        self._filters: Sequence[LineFilter] = ()
        self._background = Color(0, 0, 0)
        if self.GROWS:
            self.display = False

    def spelled(self, text: str) -> str:
        """Return a text as the file writes numbers, in the characters of the terminal."""
        return self.all_spelled([text])[0]

    def all_spelled(self, texts: Sequence[str]) -> Sequence[str]:
        """Return texts as the file writes numbers, in the characters of the terminal."""
        graph = getattr(self.app, "graph", None)  # of an app that steps through one
        if graph is not None and graph.heading.comma:
            texts = [as_in_file(graph, text) for text in texts]
        return [ascii_text(text) for text in texts] if self.charset == "ascii" else texts

    def put(self, rows: Sequence[Row]) -> None:
        """Show rows; those that are not as they were are drawn."""
        old, self.rows = self.rows, rows
        if self.GROWS and len(old) != len(rows):
            self.display = bool(rows)
            self._placed_strips.clear()
            self.refresh(layout=True)
            return
        width, height = self.size
        changed: list[Region] = []
        for y in range(min(height, max(len(rows), len(old)))):
            if y >= len(rows) or y >= len(old) or rows[y] != old[y]:
                self._placed_strips.pop(y, None)
                if changed and changed[-1].bottom == y:
                    changed[-1] = changed[-1].grow((0, 0, 1, 0))
                else:
                    changed.append(Region(0, y, width, 1))
        if changed:
            self.refresh(*changed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows of the pane, padding included."""
        above = self._pad[2]
        strips = [self._strip(y - above) for y in crop.line_range]
        if self.has_focus:
            mark = Strip([Segment(self.spelled("▌"), self.kind_style(""))], 1)
            strips = [Strip.join([mark, strip.crop(1)]) for strip in strips]
        if crop.column_span != (0, self.outer_size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """Return one row without padding."""
        left = self._pad[0]
        return self._strip(y).crop(left, left + self.size.width)

    def _strip(self, y: int) -> Strip:
        strip = self._placed_strips.get(y)
        if strip is None:
            row = self.rows[y] if 0 <= y < len(self.rows) else ()
            strip = self._placed_strips[y] = self._strip_of(row)
        return strip

    def _strip_of(self, row: Row) -> Strip:
        strip = self._drawn_strips.get(row)
        if strip is None:
            if len(self._drawn_strips) >= _MOST_STRIPS:
                self._drawn_strips.clear()
            strip = self._drawn_strips[row] = self._drawn(row)
        return strip

    def _drawn(self, row: Row) -> Strip:
        left, right, _ = self._pad
        width, blank = self.size.width, self.kind_style("")
        segments = [Segment(text, self.kind_style(kind)) for text, kind in row if text]
        used = sum(cell_len(text) for text, _ in row)
        if used > width:
            segments = list(Strip(segments, used).adjust_cell_length(width))
        before = [Segment(" " * left, blank)] if left else []
        rest = right + max(0, width - used)
        after = [Segment(" " * rest, blank)] if rest else []
        strip = Strip([*before, *segments, *after], left + width + right)
        for line_filter in self._filters:
            strip = strip.apply_filter(line_filter, self._background)
        return strip

    def kind_style(self, kind: str) -> Style:
        """Return the style of a kind over that of the pane, from the theme."""
        if kind not in self._kind_styles:
            style = self.rich_style
            for name in self.component_names(kind):
                style += self.get_component_rich_style(name, partial=True)
            self._kind_styles[kind] = style
        return self._kind_styles[kind]

    def component_names(self, kind: str) -> list[str]:
        """Return the component classes whose styles make up that of a kind."""
        return [f"{self.STYLES}--{kind}"] if kind else []

    def on_focus(self) -> None:
        """Draw the bar at the left that says where the focus is."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the bar away."""
        self.refresh()

    def on_resize(self) -> None:
        """Draw rows of another width."""
        self._forget_strips()

    def notify_style_update(self) -> None:
        """Take the styles of another theme."""
        super().notify_style_update()
        self._forget_strips()

    def _forget_strips(self) -> None:
        """Draw every row anew, with the styles and at the size that hold now."""
        self._placed_strips.clear()
        self._drawn_strips.clear()
        self._kind_styles.clear()
        padding = self.styles.padding
        self._pad = padding.left, padding.right, padding.top
        self._filters = self.app.get_line_filters()
        self._background = self.background_colors[1]
        self.refresh()
