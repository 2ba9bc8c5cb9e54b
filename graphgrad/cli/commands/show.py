"""Draw the graph of a file in the terminal."""

from __future__ import annotations

import shutil
import sys

from graphgrad.autodiff.record import record
from graphgrad.cli.command import command_of, flag
from graphgrad.cli.inputs import Source, point_and_names, read_point
from graphgrad.cli.options import detail_option, entries_option, point_options, source_options
from graphgrad.cli.output import line_width, write
from graphgrad.errors import LimitError
from graphgrad.views.cells.boxes import CellBox, CellLayout
from graphgrad.views.cells.characters import Charset
from graphgrad.views.cells.groups import collapse
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from graphgrad.views.run_boxes import cell_boxes
from graphgrad.views.text.entries import Detail

__all__ = ["command"]

EXAMPLE = """\
graphgrad show samples/linear_regression.gg
graphgrad show samples/xor_sigmoid.gg --ascii | less -S\
"""
MOST_BOXES = 1_500


@command_of("show", example=EXAMPLE)
@source_options
@point_options
@detail_option
@entries_option
@flag("--ascii", help="show.option.ascii")
@flag("--collapse", help="show.option.collapse", name="folded")
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    detail: Detail,
    zoom: str,
    ascii: bool,  # noqa: A002 -- the name of the option
    folded: bool,
) -> None:
    """Print the graph in characters, with values and adjoints."""
    point = read_point(settings)
    graph = Source(file, expression, point, zoom).graph(row)
    point, _ = point_and_names(graph, point)
    boxes = cell_boxes(record(graph, point), detail)
    if folded:
        boxes = list(collapse(boxes, {box.group for box in boxes if box.group}).boxes)
    if len(boxes) > MOST_BOXES:
        raise LimitError("show.too_many", got=len(boxes), limit=MOST_BOXES)
    charset: Charset = "ascii" if ascii else "unicode"
    placed = _fitting(boxes, charset)
    write("\n".join(line.rstrip() for line in paint(placed, charset=charset).lines))


def _fitting(boxes: list[CellBox], charset: Charset) -> CellLayout:
    """Return the fullest layout that fits the terminal; a pipe is as wide as it needs to be."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else line_width()
    full = layout(boxes, size="full", charset=charset, fit=width)
    if full.width <= width:
        return full
    compact = layout(boxes, size="compact", charset=charset, fit=width)
    return compact if compact.width <= width else full
