"""Wrap a picture that is too wide: its columns go on in a second band of rows, as text does.

The picture is cut where a channel begins, so that each net is cut once. The nets that go on turn
down at the right of their band, run back below it, and come in again at the left of the next one.
They lie inside one another, hence none crosses another there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from graphgrad.views.cells.boxes import CellLayout, PlacedBox
from graphgrad.views.cells.nets import Net, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad.views.cells.boxes import Size
    from graphgrad.views.cells.nets import Port

__all__ = ["wrapped"]

# Free rows above and below the nets between two bands: boxes without a border need them.
_APART: Final[dict[Size, int]] = {"large": 1, "full": 0, "compact": 1, "dense": 0, "mini": 1}


class _Band(NamedTuple):
    """The columns of a picture from one cut to the next, and where they go.

    Attributes:
        start: the first column of them in the picture.
        stop: the column behind them.
        rows: the rows of the picture that they use, from above; the others are left out.
        coming: the rows on which nets come in, from above.
        leaving: the rows on which nets go on to the next band, from above.
        base: the first row they have in the wrapped picture.
    """

    start: int
    stop: int
    rows: Sequence[int]
    coming: tuple[int, ...]
    leaving: tuple[int, ...]
    base: int = 0

    @property
    def width(self) -> int:
        """Return the columns it needs, those of the nets at both sides included."""
        return len(self.coming) + self.stop - self.start + len(self.leaving)

    @property
    def beyond(self) -> int:
        """Return the column behind its own ones in the wrapped picture."""
        return len(self.coming) + self.stop - self.start

    def at(self, x: int, y: int) -> tuple[int, int]:
        """Return where a cell of the picture goes."""
        return x - self.start + len(self.coming), bisect_left(self.rows, y) + self.base


def wrapped(layout: CellLayout, width: int, height: int) -> CellLayout | None:
    r"""Return the same picture in as few bands as fit a pane; None if they are too high for it.

    >>> from graphgrad.views.cells.boxes import CellBox
    >>> from graphgrad.views.cells.ink import paint
    >>> from graphgrad.views.cells.placing import layout
    >>> boxes = [CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0, 0))]
    >>> found = wrapped(layout(boxes), 10, 9)
    >>> print("\n".join(paint(found).lines))
    ┌ x ──┐
    │ v 3 │─╮
    └─────┘ │
    ╭───────╯
    │  ┌ y ──┐
    ╰┬─│ v 9 │
     ╰─│     │
       └─────┘
    """
    cuts = _cuts(layout)
    chosen = _chosen(layout, cuts, width)
    if chosen is None:
        return None
    bands = _stacked(chosen, layout.size)
    total = bands[-1].base + len(bands[-1].rows)
    if total > height:
        return None
    wide = max(band.width for band in bands)
    return _Wrap(layout, bands).layout(wide, total)


def _cuts(layout: CellLayout) -> list[int]:
    """Return the columns at which no box is cut, one behind the place where nets leave theirs."""
    ends = sorted({box.x + box.width + 1 for box in layout.boxes})
    spans = sorted((box.x, box.x + box.width) for box in layout.boxes)
    found = []
    for cut in ends:
        if cut < layout.width and not any(start < cut <= stop for start, stop in spans):
            found.append(cut)
    return found


def _crossing(layout: CellLayout, cut: int) -> tuple[int, ...]:
    """Return the rows on which nets run over a cut."""
    runs = (run for net in layout.nets for run in net.runs)
    return tuple(sorted(run.y0 for run in runs if run.x0 < cut <= run.x1))


def _chosen(layout: CellLayout, cuts: Sequence[int], width: int) -> list[_Band] | None:
    """Return the fewest bands that are not too wide, those that are low together among them."""
    places = [0, *cuts, layout.width]
    crossed = [(), *(_crossing(layout, cut) for cut in cuts), ()]
    best: list[tuple[int, int, int] | None] = [(0, 0, -1)]
    bands: dict[tuple[int, int], _Band] = {}
    for at in range(1, len(places)):
        ways = []
        for start, before in enumerate(best):
            needed = len(crossed[start]) + places[at] - places[start] + len(crossed[at])
            if before is None or needed > width:
                continue
            rows = _rows(layout, places[start], places[at])
            ends = places[start], places[at], rows
            bands[start, at] = _Band(*ends, crossed[start], crossed[at])
            high = len(rows) + len(crossed[at])
            ways.append((before[0] + 1, before[1] + high, start))
        best.append(min(ways, default=None))
    at, found = len(places) - 1, []
    while at > 0:
        way = best[at]
        if way is None:
            return None
        found.append(bands[way[2], at])
        at = way[2]
    return found[::-1]


def _rows(layout: CellLayout, start: int, stop: int) -> Sequence[int]:
    """Return the rows used between two columns: where a net just goes down there is none.

    Boxes without a border keep the rows between them.
    """
    rows: set[int] = set()
    for box in layout.boxes:
        if start <= box.x < stop:
            rows.update(range(box.y, box.y + box.height))
    for net in layout.nets:
        for run in net.runs:
            if run.x0 < stop and run.x1 >= start:
                rows |= {run.y0, run.y1}
    return sorted(rows) if layout.size == "full" else range(min(rows), max(rows) + 1)


def _stacked(bands: Sequence[_Band], size: Size) -> list[_Band]:
    """Put bands below one another, with room for the nets between them."""
    apart = 2 * _APART[size]
    steps = (len(band.rows) + len(band.leaving) + apart for band in bands[:-1])
    return [
        band._replace(base=base)
        for band, base in zip(bands, accumulate(steps, initial=0), strict=True)
    ]


class _Wrap(NamedTuple):
    """A picture and the bands it goes to."""

    old: CellLayout
    bands: Sequence[_Band]

    def layout(self, width: int, height: int) -> CellLayout:
        """Return the wrapped picture."""
        boxes = tuple(map(self._box, self.old.boxes))
        nets = tuple(map(self._net, self.old.nets))
        return CellLayout(boxes, nets, width, height, self.old.size, self.old.charset)

    def _of(self, x: int) -> int:
        """Return the index of the band that a column goes to."""
        return bisect_right([band.start for band in self.bands], x) - 1

    def _box(self, placed: PlacedBox) -> PlacedBox:
        band = self.bands[self._of(placed.x)]
        x, y = band.at(placed.x, placed.y)
        down = y - placed.y
        ports = tuple(row + down for row in placed.ports)
        return placed._replace(x=x, y=y, ports=ports, exit=placed.exit + down)

    def _net(self, net: Net) -> Net:
        """Return a net whose level runs go from band to band; the others stay whole."""
        runs: list[Run] = []
        pieces: list[dict[int, int]] = []  # per old run, the new one in each band
        for run in net.runs:
            first, last = self._of(run.x0), self._of(run.x1)
            parent = pieces[run.parent][first] if run.parent >= 0 else -1
            start, found = self.bands[first].at(run.x0, run.y0), {}
            for index in range(first, last):
                corners = self._turn(index, run.y0)
                found[index] = len(runs)
                for corner in corners:
                    runs.append(Run(*start, *corner, parent))
                    start, parent = corner, len(runs) - 1
            found[last] = len(runs)
            runs.append(Run(*start, *self.bands[last].at(run.x1, run.y1), parent))
            pieces.append(found)
        ports = [self._at_port(port, pieces[port.run]) for port in net.ports]
        return Net(net.source, tuple(runs), tuple(ports))

    def _at_port(self, port: Port, pieces: dict[int, int]) -> Port:
        index = self._of(port.x)
        x, y = self.bands[index].at(port.x, port.y)
        return port._replace(x=x, y=y, run=pieces[index])

    def _turn(self, index: int, row: int) -> tuple[tuple[int, int], ...]:
        """Return the corners of a net on its way to the next band; the topmost lies outermost."""
        band, following = self.bands[index], self.bands[index + 1]
        rank, count = band.leaving.index(row), len(band.leaving)
        right, left = band.beyond + count - 1 - rank, count - 1 - rank
        below = band.base + len(band.rows) + _APART[self.old.size] + count - 1 - rank
        y, onward = band.at(0, row)[1], following.at(0, row)[1]
        return (right, y), (right, below), (left, below), (left, onward)
