"""Draw the graph of a file in the terminal."""

from __future__ import annotations

import shutil
import sys

from graphgrad.autodiff.record import record, settled
from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.inputs import Source, read_point
from graphgrad.cli.options import (
    depth_option,
    entries_option,
    point_options,
    source_options,
    stable_option,
    state_option,
)
from graphgrad.cli.output import line_width, rounded_lines, write
from graphgrad.errors import LimitError
from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import closed_at, closed_groups, groups_of
from graphgrad.graph.groups import parent_group
from graphgrad.views.cells.boxes import CellBox, CellLayout
from graphgrad.views.cells.characters import Charset
from graphgrad.views.cells.ink import paint
from graphgrad.views.cells.placing import layout
from graphgrad.views.run_boxes import cell_boxes, closed_boxes
from graphgrad.views.text.numbers import as_in_file
from graphgrad.views.text.stops import detail_at

__all__ = ["command"]

EXAMPLE = """\
graphgrad show samples/linear_regression.gg
graphgrad show samples/xor_sigmoid.gg --ascii | less -S\
"""
MOST_BOXES = 1_500
_ALL = "*"
"""What ``--collapse`` alone closes: every group."""


@command_of("show", example=EXAMPLE)
@source_options
@point_options
@state_option
@stable_option
@depth_option()
@entries_option
@flag("--ascii", help="show.option.ascii")
@option("--collapse", multiple=True, metavar="word.name", help="show.option.collapse", alone=_ALL)
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    detail: Depth,
    zoom: str,
    ascii: bool,  # noqa: A002 -- the name of the option
    collapse: tuple[str, ...],
) -> None:
    """Print the graph in characters, with values and adjoints."""
    names = [name for name in collapse if name != _ALL]
    if file is None and expression is None and names:
        file = names.pop()  # of ``show --collapse FILE``
        collapse = (*names, _ALL)
    source = Source(file, expression, read_point(settings), zoom, state, stable=stable)
    graph = source.graph(row)
    point, _ = source.at(graph)
    trace, zeros = settled(record(graph, point))
    boxes = cell_boxes(trace, detail_at(detail))
    if _ALL in collapse:
        groups = (group for group in groups_of(graph) if not parent_group(group))
        boxes = closed_boxes(trace, boxes, closed_groups(graph, groups))
    elif names or detail in ("block", "layer"):
        boxes = closed_boxes(trace, boxes, closed_at(graph, detail, names))
    if len(boxes) > MOST_BOXES:
        raise LimitError("show.too_many", got=len(boxes), limit=MOST_BOXES)
    charset: Charset = "ascii" if ascii else "unicode"
    placed = _fitting(boxes, charset)
    drawn = "\n".join(line.rstrip() for line in paint(placed, charset=charset).lines)
    write(as_in_file(graph, "\n".join([drawn, *rounded_lines(zeros)])))


def _fitting(boxes: list[CellBox], charset: Charset) -> CellLayout:
    """Return the fullest layout that fits the terminal; a pipe is as wide as it needs to be."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else line_width()
    full = layout(boxes, size="full", charset=charset, fit=width)
    if full.width <= width:
        return full
    compact = layout(boxes, size="compact", charset=charset, fit=width)
    return compact if compact.width <= width else full
