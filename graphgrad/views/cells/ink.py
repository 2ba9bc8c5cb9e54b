"""Paint a layout: rows of characters, each cell with its owner and a style tag."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.views.cells.box_faces import face_row
from graphgrad.views.cells.characters import HEAVY, NET_GLYPHS
from graphgrad.views.cells.nets import Owner, path_arms

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from graphgrad.views.cells.boxes import CellLayout, PlacedBox
    from graphgrad.views.cells.characters import Charset

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
        whole = (self._painted(y, 0, self.width) for y in range(self.height))
        return tuple("".join(row.texts).rstrip() for row in whole)

    def owner(self, x: int, y: int) -> Owner | None:
        """Return the box or net that a cell belongs to, if any.

        Where two nets cross it is the upright one, which is drawn on top.
        """
        if not (0 <= x < self.width and 0 <= y < self.height):
            return None
        for index in self.layout.boxes_by_row[y]:
            if self.layout.boxes[index].covers(x, y):
                return Owner("box", self.layout.boxes[index].box.key)
        return self.layout.wiring.row(y).owners[x]

    def runs(self, y: int, start: int = 0, stop: int | None = None) -> tuple[CellRun, ...]:
        """Return the cells of one row between two columns, blank ones included, as runs.

        Half a wide character at either end becomes a blank.
        """
        start, stop = max(start, 0), self.width if stop is None else min(stop, self.width)
        if not 0 <= y < self.height or start >= stop:
            return ()
        texts, tags, owners = self._painted(y, start, stop)
        found: list[CellRun] = []
        at = 0
        for (tag, owner), group in groupby(zip(tags, owners, strict=True)):
            end = at + sum(1 for _ in group)
            found.append(CellRun(start + at, end - at, "".join(texts[at:end]), tag, owner))
            at = end
        return tuple(found)

    def changed_rows(self, before: CellPicture) -> set[int]:
        """Return the rows that may differ from an older picture of the same places.

        Args:
            before: a picture whose layout was relabelled into that of this one, or the same.

        >>> from graphgrad.views.cells.placing import layout
        >>> from graphgrad.views.cells.boxes import CellBox
        >>> found = layout([CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0,))])
        >>> sorted(paint(found, current=1).changed_rows(paint(found)))
        [0, 1, 2]
        """
        rows: set[int] = set()
        pairs = zip(self.layout.boxes, before.layout.boxes, strict=True)
        touched = [new for new, old in pairs if new is not old]
        if self.current != before.current:
            keys = (self.current, before.current)
            touched += [self.layout.placed[key] for key in keys if key in self.layout.placed]
        for placed in touched:
            rows.update(range(placed.y, placed.y + placed.height))
        for edge in self.active ^ before.active:
            ys = [y for _, y in self._corners(edge)]
            rows.update(range(min(ys, default=0), max(ys, default=-1) + 1))
        return rows

    def _corners(self, edge: Edge) -> tuple[tuple[int, int], ...]:
        """Return the corner points of an edge; none if it is not in the layout."""
        source, target, slot = edge
        net = self.layout.wired.get(source)
        port = net.port(target, slot) if net else None
        return net.path(port) if net and port else ()

    @cached_property
    def _heavy(self) -> dict[int, list[tuple[int, int, int]]]:
        """Per row, the cells of active edges: column, arms and source."""
        heavy: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for edge in sorted(self.active):
            points = self._corners(edge)
            for x, y, arms in path_arms(points) if points else ():
                heavy[y].append((x, arms, edge[0]))
        return heavy

    def _painted(self, y: int, start: int, stop: int) -> _Row:
        """Paint the cells of one row between two columns."""
        wires = self.layout.wiring.row(y)
        owners = list(wires.owners[start:stop])
        tags = ["net" if owner else "" for owner in owners]
        arms = bytearray(wires.arms[start:stop])
        for x, heavy, source in self._heavy.get(y, ()):
            if start <= x < stop and (owner := owners[x - start]) and owner.key == source:
                arms[x - start] = arms[x - start] & ~heavy | heavy << HEAVY
                tags[x - start] = "net.active"
        texts = list(arms.decode("latin-1").translate(NET_GLYPHS[self.charset]))
        row = _Row(texts, tags, owners)
        for index in self.layout.boxes_by_row[y]:
            placed = self.layout.boxes[index]
            if placed.x < stop and placed.x + placed.width > start:
                self._stamp(placed, y, start, row)
        return row

    def _stamp(self, placed: PlacedBox, y: int, start: int, row: _Row) -> None:
        """Write one row of a box over the cells, cut at both ends of the row."""
        box = placed.box
        current = box.key == self.current
        state = "current" if current else box.state
        suffix = f".{state}" if state else ""
        texts: list[str] = []
        tags: list[str] = []
        for cells, part in face_row(
            placed, y - placed.y, self.layout.size, self.charset, current=current
        ):
            texts += cells
            tags += [part + suffix] * len(cells)
        first = max(start - placed.x, 0)
        last = min(start + len(row.texts) - placed.x, placed.width)
        if not texts[first]:
            texts[first] = " "
        if last < placed.width and not texts[last]:
            texts[last - 1] = " "
        span = slice(placed.x + first - start, placed.x + last - start)
        row.texts[span] = texts[first:last]
        row.tags[span] = tags[first:last]
        row.owners[span] = [Owner("box", box.key)] * (last - first)


def paint(
    layout: CellLayout,
    *,
    charset: Charset | None = None,
    current: int | None = None,
    active: AbstractSet[Edge] = frozenset(),
) -> CellPicture:
    r"""Return the picture of a layout.

    Args:
        layout: boxes and nets at their places.
        charset: the layout's own unless given; a layout made for Unicode can be painted in ASCII,
            but spellings that no longer fit are cut (`~`).
        current: key of the box to draw with a double border.
        active: `(source, target, slot)` of the edges to draw heavy; edges that are not in the
            layout are ignored.

    >>> from graphgrad.views.cells.placing import layout
    >>> from graphgrad.views.cells.boxes import CellBox
    >>> boxes = [CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0, 0))]
    >>> print("\n".join(paint(layout(boxes), current=1, active={(0, 1, 0)}).lines))
    ┌ x ──┐   ╔ y ══╗
    │ v 3 │━┯━║ v 9 ║
    └─────┘ ╰─║     ║
              ╚═════╝
    """
    return CellPicture(layout, charset or layout.charset, current, active)
