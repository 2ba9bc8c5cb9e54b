"""Lay a graph out in character cells, from left to right: sizes, rows, channels, columns."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad.views.cells.boxes import CellLayout, PlacedBox, check_boxes
from graphgrad.views.cells.channels import Fan, route
from graphgrad.views.cells.columns import column_of, narrowed, rights_of, spread
from graphgrad.views.cells.layers import build_lattice, order_layers
from graphgrad.views.cells.nets import Net, Sheet, grow_net
from graphgrad.views.cells.row_places import Heights, assign_lines, held_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphgrad.views.cells.boxes import CellBox, Size
    from graphgrad.views.cells.channels import Wire
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.columns import Pair, Place, Saving
    from graphgrad.views.cells.layers import Lattice

__all__ = ["GAP", "INSET", "box_height", "layout"]

# Row of the first port and of the exit, and empty rows between two boxes; beside a text inside.
INSET: Final[dict[Size, int]] = {"large": 2, "full": 1, "compact": 0, "dense": 0, "mini": 0}
GAP: Final[dict[Size, int]] = {"large": 1, "full": 0, "compact": 1, "dense": 0, "mini": 1}

_NARROWEST = 3


class Routing(NamedTuple):
    """The line of every item, the width of the channel after each layer, the wires per item."""

    lines: list[int]
    widths: list[int]
    wires: dict[int, tuple[Wire, ...]]


def layout(
    boxes: Iterable[CellBox],
    *,
    size: Size = "full",
    charset: Charset = "unicode",
    fit: int | None = None,
    kept: Mapping[int, Place] | None = None,
) -> CellLayout:
    """Place boxes and route their nets, data flowing from left to right.

    Args:
        boxes: in topological order.
        size: `full` boxes have a border with the title in it, `large` ones blanks around their text
            too, `compact` boxes no border, `dense` boxes all their text in one row, `mini` boxes
            are one cell wide. Every operand has its own port row in each.
        charset: the one that will be painted; ASCII spellings can be longer (`σ`, `sigmoid`).
        fit: columns there are; a wider picture is laid out without the blanks in titles and, if
            that does not do, without those beside them.
        kept: where some boxes stood before, by key: they stay there as far as their texts allow,
            which are squeezed before a column moves.

    Raises:
        ValueError: if a key repeats or a source is no earlier box.

    >>> from graphgrad.views.cells.boxes import CellBox
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
    stood = {index[key]: place for key, place in (kept or {}).items() if key in index}
    rows = {at: place.line for at, place in stood.items()}
    order = order_layers(lattice, rows)
    heights = _heights(drawn, lattice, size)
    lines = assign_lines(order, lattice, heights)
    rights = rights_of(stood, lattice)
    if rights:
        lines = held_lines(order, lattice, heights, lines, rows)
    routing = _routed(order, lines, lattice)
    columns = _columns(drawn, lattice, size)
    if rights:
        squeezings = _squeezings(drawn, lattice, size)
        columns = narrowed(columns, squeezings, routing.widths, rights)
    for saving in (1, 2):
        if fit is not None and _total(routing, columns) > fit:
            columns = _columns(drawn, lattice, size, saving)
    channels, start = spread(routing.widths, columns, rights)
    sheet = _sheet(drawn, lattice, routing._replace(widths=channels), columns, start)
    placed = tuple(_placed(at, box, sheet, columns, size) for at, box in enumerate(drawn))
    nets = tuple(grow_net(at, sheet) for at in range(len(drawn)) if lattice.taps[at])
    return CellLayout(placed, nets, *_extent(placed, nets), size, charset)


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


def _routed(order: Sequence[Sequence[int]], lines: list[int], lattice: Lattice) -> Routing:
    """Route all channels; where a bend runs above row 0, move everything down."""
    routing = _channels(order, lines, lattice)
    above = min((wire.low for group in routing.wires.values() for wire in group), default=0)
    if above >= 0:
        return routing
    return _channels(order, [line - above for line in lines], lattice)


def _channels(order: Sequence[Sequence[int]], lines: list[int], lattice: Lattice) -> Routing:
    """Route the channel after every layer."""
    widths: list[int] = []
    wires: dict[int, tuple[Wire, ...]] = {}
    for layer in order:
        feeding = [item for item in layer if lattice.taps[item]]
        channel = route([_fan(item, lines, lattice) for item in feeding])
        widths.append(max(channel.tracks + 2, _NARROWEST) if feeding else 0)
        wires |= dict(zip(feeding, channel.wires, strict=True))
    return Routing(lines, widths, wires)


def _fan(item: int, lines: Sequence[int], lattice: Lattice) -> Fan:
    """Return the rows that the net of an item joins in the channel after it."""
    return Fan(lines[item], tuple(sorted(lines[at] + slot for at, slot in lattice.taps[item])))


def _columns(
    boxes: Sequence[CellBox], lattice: Lattice, size: Size, saving: Saving = 0
) -> list[Pair]:
    """Return per layer the column of its leaves and that of its other boxes, as wide or wider."""
    members: list[tuple[list[CellBox], list[CellBox]]] = [([], []) for _ in range(lattice.depth)]
    for box, layer in zip(boxes, lattice.layer, strict=False):
        members[layer][bool(box.sources)].append(box)
    pairs = [
        (column_of(leaves, size, saving), column_of(others, size, saving))
        for leaves, others in members
    ]
    return [(leaf, other._replace(width=max(leaf.width, other.width))) for leaf, other in pairs]


def _placed(at: int, box: CellBox, sheet: Sheet, columns: Sequence[Pair], size: Size) -> PlacedBox:
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


def _squeezings(boxes: Sequence[CellBox], lattice: Lattice, size: Size) -> list[list[Pair]]:
    """Return the columns with less and less room beside their texts."""
    return [_columns(boxes, lattice, size, saving) for saving in (1, 2)]


def _total(routing: Routing, columns: Sequence[Pair]) -> int:
    """Return the width of the picture."""
    return sum(routing.widths) + sum(column.width for _, column in columns)


def _sheet(
    boxes: Sequence[CellBox],
    lattice: Lattice,
    routing: Routing,
    columns: Sequence[Pair],
    start: int,
) -> Sheet:
    """Put layers and channels side by side, from some column on."""
    spans = [column.width for _, column in columns]
    left = [*accumulate(map(add, routing.widths, spans), initial=start)][: len(spans)]
    right = list(map(add, left, spans))
    keys = [box.key for box in boxes]
    return Sheet(lattice, routing.lines, routing.wires, left, right, keys)


def _extent(boxes: Sequence[PlacedBox], nets: Sequence[Net]) -> tuple[int, int]:
    """Return the width and the height of the picture."""
    width = max((box.x + box.width for box in boxes), default=0)
    bottom = max((box.y + box.height for box in boxes), default=0)
    lowest = max((max(run.y0, run.y1) for net in nets for run in net.runs), default=-1)
    return width, max(bottom, lowest + 1)


def box_height(box: CellBox, size: Size) -> int:
    """Return the rows of a box: those of its text, more if it has more operands.

    >>> from graphgrad.views.cells.boxes import CellBox
    >>> box = CellBox(3, "z", ("v 6", "g -4"), (0, 1, 2))
    >>> box_height(box, "full"), box_height(box, "compact"), box_height(box, "mini")
    (5, 3, 3)
    """
    ports = max(len(box.sources), 1)
    if size == "mini":
        return ports
    return max(ports, len(box.lines(size))) + 2 * INSET[size]
