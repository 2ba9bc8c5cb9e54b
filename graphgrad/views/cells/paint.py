"""Paint a layout: rows of characters, each cell with its owner and a style tag."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.views.cells.faces import face_row
from graphgrad.views.cells.glyphs import HEAVY, NET_GLYPHS
from graphgrad.views.cells.wiring import Owner, Wiring, path_arms

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from graphgrad.views.cells.model import CellLayout, Charset, PlacedBox

__all__ = ["CellPicture", "CellRun", "paint"]

Edge = tuple[int, int, int]


class CellRun(NamedTuple):
    """Neighbouring cells of one row with one tag and one owner.

    `width` counts cells, which differs from the length of the text where it has wide or combining
    characters.
    """

    x: int
    width: int
    text: str
    tag: str
    owner: Owner | None


class _Row(NamedTuple):
    """One row of cells: text, tag and owner in parallel; a wide character has an empty cell."""

    texts: list[str]
    tags: list[str]
    owners: list[Owner | None]


@dataclass(frozen=True)
class CellPicture:
    """A painted layout; rows are worked out when they are first asked for.

    Tags are `box`, `title`, `value`, `adjoint`, `row` and `net`, blank cells have none. Parts of
    the current box end in `.current`, those of other boxes in their state if they have one
    (`value.error`); cells of active edges are `net.active`.
    """

    layout: CellLayout
    charset: Charset
    current: int | None
    active: AbstractSet[Edge]

    @property
    def width(self) -> int:
        """Columns of the picture."""
        return self.layout.width

    @property
    def height(self) -> int:
        """Rows of the picture."""
        return self.layout.height

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The picture as plain text, without blanks at the ends of lines."""
        return tuple("".join(self._row(y).texts).rstrip() for y in range(self.height))

    def owner(self, x: int, y: int) -> Owner | None:
        """Return the box or net that a cell belongs to, if any.

        Where two nets cross it is the upright one, which is drawn on top.
        """
        if 0 <= x < self.width and 0 <= y < self.height:
            return self._row(y).owners[x]
        return None

    def runs(self, y: int, start: int = 0, stop: int | None = None) -> tuple[CellRun, ...]:
        """Return the cells of one row between two columns, blank ones included, as runs.

        Half a wide character at either end becomes a blank.
        """
        stop = self.width if stop is None else min(stop, self.width)
        if not 0 <= y < self.height or start >= stop:
            return ()
        row = self._row(y)
        texts, tags, owners = (part[start:stop] for part in row)
        if not texts[0]:
            texts[0] = " "
        if stop < self.width and not row.texts[stop]:
            texts[-1] = " "
        found: list[CellRun] = []
        at = 0
        for (tag, owner), group in groupby(zip(tags, owners, strict=True)):
            end = at + sum(1 for _ in group)
            found.append(CellRun(start + at, end - at, "".join(texts[at:end]), tag, owner))
            at = end
        return tuple(found)

    @cached_property
    def _rows(self) -> dict[int, _Row]:
        return {}

    @cached_property
    def _heavy(self) -> dict[int, list[tuple[int, int, int]]]:
        """Per row, the cells of active edges: column, arms and source."""
        heavy: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for source, target, slot in sorted(self.active):
            net = self.layout.wired.get(source)
            for port in net.ports if net else ():
                if (port.key, port.slot) == (target, slot):
                    for x, y, arms in path_arms(net.path(port)):
                        heavy[y].append((x, arms, source))
        return heavy

    def _row(self, y: int) -> _Row:
        if y not in self._rows:
            self._rows[y] = self._painted(y)
        return self._rows[y]

    def _painted(self, y: int) -> _Row:
        wires = Wiring.of(self.layout).row(y)
        owners = list(wires.owners)
        tags = ["net" if owner else "" for owner in owners]
        arms = bytearray(wires.arms)
        for x, heavy, source in self._heavy.get(y, ()):
            owner = owners[x]
            if owner is not None and owner.key == source:
                arms[x] = arms[x] & ~heavy | heavy << HEAVY
                tags[x] = "net.active"
        texts = list(arms.decode("latin-1").translate(NET_GLYPHS[self.charset]))
        row = _Row(texts, tags, owners)
        for index in self.layout.boxes_by_row[y]:
            self._stamp(self.layout.boxes[index], y, row)
        return row

    def _stamp(self, placed: PlacedBox, y: int, row: _Row) -> None:
        """Write one row of a box over the cells."""
        box = placed.box
        current = box.key == self.current
        state = "current" if current else box.state
        suffix = f".{state}" if state else ""
        owner = Owner("box", box.key)
        x = placed.x
        size = self.layout.size
        for cells, part in face_row(placed, y - placed.y, size, self.charset, current=current):
            end = x + len(cells)
            row.texts[x:end] = cells
            row.tags[x:end] = [part + suffix] * len(cells)
            row.owners[x:end] = [owner] * len(cells)
            x = end


def paint(
    layout: CellLayout,
    *,
    charset: Charset | None = None,
    current: int | None = None,
    active: AbstractSet[Edge] = frozenset(),
) -> CellPicture:
    """Return the picture of a layout.

    Args:
        layout: boxes and nets at their places.
        charset: the layout's own unless given; a layout made for Unicode can be painted in ASCII,
            but spellings that no longer fit are cut (`~`).
        current: key of the box to draw with a double border.
        active: `(source, target, slot)` of the edges to draw heavy.

    >>> from graphgrad.views.cells.layout import layout
    >>> from graphgrad.views.cells.model import CellBox
    >>> boxes = [CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0, 0))]
    >>> print("\n".join(paint(layout(boxes), current=1, active={(0, 1, 0)}).lines))
    """
    return CellPicture(layout, charset or layout.charset, current, active)
