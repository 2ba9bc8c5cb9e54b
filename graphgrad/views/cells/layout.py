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
    columns = _columns(drawn, lattice, size)
    spans = [column.width for _, column in columns]
    left = [0, *accumulate(map(add, widths, spans))][: len(order)]
    right = list(map(add, left, spans))
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


def _columns(
    boxes: Sequence[CellBox], lattice: Lattice, size: Size
) -> list[tuple[Column, Column]]:
    """Return per layer the column of its leaves and that of its other boxes, as wide or wider."""
    members: list[tuple[list[CellBox], list[CellBox]]] = [([], []) for _ in range(lattice.depth)]
    for box, layer in zip(boxes, lattice.layer, strict=False):
        members[layer][bool(box.sources)].append(box)
    pairs = [(column_of(leaves, size), column_of(others, size)) for leaves, others in members]
    return [(leaf, other._replace(width=max(leaf.width, other.width))) for leaf, other in pairs]


def _placed(
    at: int, box: CellBox, sheet: Sheet, columns: Sequence[tuple[Column, Column]], size: Size
) -> PlacedBox:
    """Return a box at its place: flush with the channel that follows it."""
    layer, line = sheet.lattice.layer[at], sheet.line[at]
    column = columns[layer][bool(box.sources)]
    return PlacedBox(
        box,
        x=sheet.right[layer] - column.width,
        y=line - INSET[size],
        width=column.width,
        height=box_height(box, size),
        ports=tuple(line + slot for slot in range(len(box.sources))),
        exit=line,
        indent=column.indent,
    )
