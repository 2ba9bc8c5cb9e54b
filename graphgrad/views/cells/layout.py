"""Lay a graph out in character cells, from left to right."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

from graphgrad.views.cells.ascii import ascii_text
from graphgrad.views.cells.channels import Fan, route
from graphgrad.views.cells.layers import build_lattice
from graphgrad.views.cells.model import CellLayout, PlacedBox, check_boxes
from graphgrad.views.cells.order import order_layers
from graphgrad.views.cells.rows import Heights, assign_lines
from graphgrad.views.cells.sizes import GAP, INSET, Column, box_height, column_of
from graphgrad.views.cells.trunks import Sheet, grow_net

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphgrad.views.cells.channels import Wire
    from graphgrad.views.cells.layers import Lattice
    from graphgrad.views.cells.model import CellBox, Charset, Size

__all__ = ["layout"]

_NARROWEST = 3


def layout(
    boxes: Iterable[CellBox], *, size: Size = "full", charset: Charset = "unicode"
) -> CellLayout:
    """Place boxes and route their nets.

    Args:
        boxes: in topological order.
        size: `full` boxes have a border with the title in it, `compact` boxes none, `mini` boxes
            are one cell wide. Every operand has its own port row in each.
        charset: the one that will be painted; ASCII spellings can be longer (`σ`, `sigmoid`).

    Raises:
        ValueError: if a key repeats or a source is no earlier box.

    >>> from graphgrad.views.cells.model import CellBox
    >>> found = layout([CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0, 0))])
    >>> found.width, found.height, found.placed[1].ports
    (17, 4, (1, 2))
    """
    drawn = tuple(boxes)
    check_boxes(drawn)
    if charset == "ascii":
        drawn = tuple(map(_spelled, drawn))
    index = {box.key: at for at, box in enumerate(drawn)}
    lattice = build_lattice([[index[key] for key in box.sources] for box in drawn])
    order = order_layers(lattice)
    lines = assign_lines(order, lattice, _heights(drawn, lattice, size))
    widths, wires = _routed(order, lines, lattice)
    above = min((wire.low for group in wires.values() for wire in group), default=0)
    if above < 0:  # a bend runs above the uppermost box: move everything down
        lines = [line - above for line in lines]
        widths, wires = _routed(order, lines, lattice)
    columns = [column_of([drawn[at] for at in layer if at < len(drawn)], size) for layer in order]
    left = [0, *accumulate(map(add, widths, (column.width for column in columns)))][: len(order)]
    right = [start + column.width for start, column in zip(left, columns, strict=True)]
    sheet = Sheet(lattice, lines, wires, left, right, [box.key for box in drawn])
    placed = tuple(_placed(at, box, sheet, columns, size) for at, box in enumerate(drawn))
    nets = tuple(grow_net(at, sheet) for at in range(len(drawn)) if lattice.taps[at])
    bottom = max((max(run.y0, run.y1) + 1 for net in nets for run in net.runs), default=0)
    height = max((box.y + box.height for box in placed), default=0)
    return CellLayout(placed, nets, max(right, default=0), max(bottom, height), size, charset)


def _spelled(box: CellBox) -> CellBox:
    """Return the box with its text in ASCII."""
    return replace(box, title=ascii_text(box.title), rows=tuple(map(ascii_text, box.rows)))


def _heights(boxes: Sequence[CellBox], lattice: Lattice, size: Size) -> Heights:
    """Return the vertical sizes of boxes and waypoints."""
    waypoints = len(lattice.layer) - len(boxes)
    return Heights(
        [INSET[size]] * len(boxes) + [0] * waypoints,
        [box_height(box, size) - INSET[size] for box in boxes] + [1] * waypoints,
        GAP[size],
    )


def _channel(
    layer: Sequence[int], lines: Sequence[int], lattice: Lattice
) -> tuple[int, dict[int, tuple[Wire, ...]]]:
    """Route the channel after a layer; return its width and the wires of each item."""
    feeding = [item for item in layer if lattice.taps[item]]
    fans = [
        Fan(lines[item], tuple(sorted(lines[at] + slot for at, slot in lattice.taps[item])))
        for item in feeding
    ]
    channel = route(fans)
    width = max(channel.tracks + 2, _NARROWEST)
    return width, dict(zip(feeding, channel.wires, strict=True))


def _routed(
    order: Sequence[Sequence[int]], lines: Sequence[int], lattice: Lattice
) -> tuple[list[int], dict[int, tuple[Wire, ...]]]:
    """Return the width of the channel after each layer, and the wires of each item."""
    widths: list[int] = []
    wires: dict[int, tuple[Wire, ...]] = {}
    for layer in order:
        width, own = _channel(layer, lines, lattice)
        widths.append(width)
        wires |= own
    return widths, wires


def _placed(
    at: int, box: CellBox, sheet: Sheet, columns: Sequence[Column], size: Size
) -> PlacedBox:
    """Return a box at its place."""
    layer, line = sheet.lattice.layer[at], sheet.line[at]
    ports = tuple(line + slot for slot in range(len(box.sources)))
    return PlacedBox(
        box,
        x=sheet.left[layer],
        y=line - INSET[size],
        width=columns[layer].width,
        height=box_height(box, size),
        ports=ports,
        exit=line,
        indent=columns[layer].indent,
    )
