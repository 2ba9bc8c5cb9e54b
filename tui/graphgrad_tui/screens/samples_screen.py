"""Browse the samples: a list, and beside it the formulas and the graph of the chosen one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import language, set_language, text
from graphgrad.source.samples import samples
from graphgrad.stepping.work import Work
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from graphgrad.views.run_boxes import cell_boxes
from graphgrad_tui.session import work_of_file
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from graphgrad.source.samples import Sample
    from graphgrad.views.cells.boxes import CellBox, CellLayout, Size
    from graphgrad.views.cells.characters import Charset

__all__ = ["SamplesScreen"]

_LISTED = 30
"""Columns of the list, where there is room for a preview beside it."""

_MOST_BOXES = 60


class SamplesScreen(ModalScreen[Work | None]):
    """Every sample by name; enter steps through the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,S", "dismiss", ""),
        ("f1", "app.pane_help()", ""),
        ("J", "scroll(2)", ""),
        ("K", "scroll(-2)", ""),
    ]

    def __init__(self, charset: Charset) -> None:
        super().__init__()
        self.charset = charset
        self.samples: list[Sample] = []

    def compose(self) -> ComposeResult:
        """Hold list and preview side by side."""
        with Vertical(id="samples-frame") as frame:
            frame.border_title = text("samples.title")
            frame.border_subtitle = text("samples.close")
            with Horizontal():
                yield OptionList(id="samples-list")
                with VerticalScroll(id="samples-side", can_focus=False):
                    yield Words(id="samples-shown")

    def on_mount(self) -> None:
        """List the samples."""
        listed = self.query_one(OptionList)
        try:
            self.samples = samples()
        except GraphgradError as error:
            self._show(Text(error.text()))
            return
        listed.add_options([Option(sample.name) for sample in self.samples])
        listed.focus()
        listed.highlighted = 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is in the sample, once it is worked out."""
        sample = self.samples[event.option_index]
        width = max(20, self.app.size.width - _LISTED - 6)
        self._preview(sample, width, language())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Step through the sample."""
        try:
            self.dismiss(work_of_file(self.samples[event.option_index].path))
        except GraphgradError as error:
            self._show(Text(error.text()))

    @work(thread=True, exclusive=True)
    def _preview(self, sample: Sample, width: int, code: str) -> None:
        set_language(code, everywhere=False)
        worker = get_current_worker()
        try:
            shown = preview(sample, width, self.charset)
        except GraphgradError as error:
            shown = Text(error.text())
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, shown)

    def _show(self, shown: Text) -> None:
        if self.is_mounted:
            self.query_one("#samples-shown", Words).update(shown)
            self.query_one("#samples-side", VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, rows: int) -> None:
        """Scroll the preview."""
        self.query_one("#samples-side", VerticalScroll).scroll_relative(y=rows, animate=False)


def preview(sample: Sample, width: int, charset: Charset) -> Text:
    """Return title, formulas and graph of a sample; values are not given away."""
    work_ = work_of_file(sample.path)
    graph = work_.trace.graph
    shown = Text(sample.title or sample.name, "bold")
    shown.append(f"\n{text('samples.lines', count=len(graph.line_names))}\n\n", "not bold")
    source = work_.origin.text if work_.origin else ""
    rows = [row for row in source.splitlines() if row.strip() and not row.startswith("gg ")]
    kept = [row for row in rows if not row.lstrip().startswith(("#", "title"))]
    shown.append("\n".join(kept), "not bold")
    placed = _fitting(cell_boxes(work_.trace, "line", work_.trace.state(0)), width, charset)
    if placed is not None:
        drawn = paint(placed, charset=charset)
        shown.append("\n\n" + "\n".join(line.rstrip() for line in drawn.lines), "not bold")
    return shown


def _fitting(boxes: list[CellBox], width: int, charset: Charset) -> CellLayout | None:
    """Return the fullest drawing that fits; none of a graph that needs a screen of its own."""
    if len(boxes) > _MOST_BOXES:
        return None
    short = [replace(box, title=box.title.partition(" ")[0]) for box in boxes]
    sizes: tuple[Size, ...] = ("full", "compact")
    for drawn in (boxes, short):
        for size in sizes:
            placed = layout(drawn, size=size, charset=charset, fit=width)
            if placed.width <= width:
                return placed
    return None
