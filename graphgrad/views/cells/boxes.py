"""Plain data of a graph drawn in character cells: boxes in, placed boxes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from graphgrad.views.cells.nets import Wiring

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.nets import Net

__all__ = [
    "CellBox",
    "CellLayout",
    "PlacedBox",
    "Size",
    "check_boxes",
    "folded_ports",
    "relabel",
]

# Indexes of a layout that do not change with the text in its boxes.
_INDEXES = ("wired", "boxes_by_row", "net_bounds", "wiring")

Size = Literal["large", "full", "compact", "dense", "mini"]
"""How large boxes are drawn; a `dense` one says name, value and adjoint in one row."""


@dataclass(frozen=True, slots=True)
class CellBox:
    """One line or operation of the graph, as it is to be drawn.

    Args:
        key: identity, unique within one picture.
        title: written into the upper border.
        rows: text inside the box, by convention the value first and the adjoint second.
        sources: keys of the operands in slot order, repeated when an operand repeats.
        group: the group the box belongs to, dotted when nested; used by `collapse`.
        state: free word that reaches the style tags, as in `box.error`.
        brief: whether a closed group says as little as it can, where there is little room.
    """

    key: int
    title: str
    rows: tuple[str, ...]
    sources: tuple[int, ...]
    group: str = ""
    state: str = ""
    brief: bool = False

    def lines(self, size: Size) -> tuple[tuple[str, ...], ...]:
        """Return what stands in each row of the box: a text, or two where they share a row.

        Beside a name and before an adjoint, a value needs no sign of its own.

        >>> CellBox(0, "w", ("v 2", "∇ 8"), ()).lines("dense")
        (('2', '∇8'),)
        """
        if size == "dense" and self.rows and self.state != "group":
            value, *rest = self.rows
            return ((value.removeprefix("v "), *(row.replace("∇ ", "∇", 1) for row in rest)),)
        return tuple((row,) for row in self.rows)


class PlacedBox(NamedTuple):
    """A box at its place; `ports` holds one row per operand, `exit` the row of the output.

    `indent` is the column inside the box at which its rows of text begin.
    """

    box: CellBox
    x: int
    y: int
    width: int
    height: int
    ports: tuple[int, ...]
    exit: int
    indent: int

    def covers(self, x: int, y: int) -> bool:
        """Tell whether the cell belongs to the box, border included."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True)
class CellLayout:
    """A drawn graph without its ink: sizes and places in cells, origin at the upper left."""

    boxes: tuple[PlacedBox, ...]
    nets: tuple[Net, ...]
    width: int
    height: int
    size: Size
    charset: Charset

    @cached_property
    def placed(self) -> dict[int, PlacedBox]:
        """Placed boxes by key."""
        return {placed.box.key: placed for placed in self.boxes}

    @cached_property
    def wired(self) -> dict[int, Net]:
        """Nets by the key of their source; a box without consumers has none."""
        return {net.source: net for net in self.nets}

    @cached_property
    def boxes_by_row(self) -> tuple[tuple[int, ...], ...]:
        """Per row, the positions in `boxes` of the boxes that stand on it."""
        rows: list[list[int]] = [[] for _ in range(self.height)]
        for index, placed in enumerate(self.boxes):
            for row in range(placed.y, placed.y + placed.height):
                rows[row].append(index)
        return tuple(map(tuple, rows))

    @cached_property
    def net_bounds(self) -> tuple[tuple[int, int, int, int], ...]:
        """Per net, its leftmost column, highest row, rightmost column and lowest row."""
        return tuple(net.bounds() for net in self.nets)

    @cached_property
    def wiring(self) -> Wiring:
        """The cells of the nets, row by row."""
        return Wiring(self.nets, self.width, self.height)


def check_boxes(boxes: Iterable[CellBox]) -> None:
    """Refuse repeated keys and sources that do not come first.

    Raises:
        ValueError: naming the box at fault.

    >>> check_boxes([CellBox(1, "z", (), (0,))])
    Traceback (most recent call last):
    ValueError: box 1 ('z'): source 0 is no earlier box; give the boxes in topological order
    """
    seen: set[int] = set()
    for box in boxes:
        for source in box.sources:
            if source not in seen:
                fault = f"source {source} is no earlier box; give the boxes in topological order"
                msg = f"box {box.key} ({box.title!r}): {fault}"
                raise ValueError(msg)
        if box.key in seen:
            msg = f"box {box.key} ({box.title!r}): the key is taken; give each box its own key"
            raise ValueError(msg)
        seen.add(box.key)


def folded_ports(sources: Iterable[int], folds: Mapping[int, int]) -> tuple[int, ...]:
    """Return operands in the order of their ports; neighbours in one fold share a port.

    A sum of three hundred terms, of which six are in view, is not three hundred rows high.

    >>> folded_ports((4, 5, 6, 7, 5), {5: -1, 6: -1})
    (4, -1, 7, -1)
    """
    found: list[int] = []
    for source in sources:
        key = folds.get(source, source)
        if source not in folds or found[-1:] != [key]:
            found.append(key)
    return tuple(found)


def relabel(layout: CellLayout, boxes: Iterable[CellBox]) -> CellLayout:
    """Return the same places with new titles, rows and states; longer text is clipped.

    Lay out once with the widest text to come (every value and adjoint), then relabel per step.

    Raises:
        ValueError: if the boxes are not those of the layout, with the same sources.
    """
    fresh = {box.key: box for box in boxes}
    moved: list[PlacedBox] = []
    for placed in layout.boxes:
        old, new = placed.box, fresh.get(placed.box.key)
        if new is None or new.sources != old.sources or len(fresh) != len(layout.boxes):
            fault = "boxes or sources differ from the layout's; call layout() for a new graph"
            msg = f"box {old.key} ({old.title!r}): {fault}"
            raise ValueError(msg)
        moved.append(placed if new is old else PlacedBox(new, *placed[1:]))
    result = replace(layout, boxes=tuple(moved))
    for name in _INDEXES:
        result.__dict__[name] = getattr(layout, name)
    return result
