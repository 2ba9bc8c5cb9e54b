"""Tell what is out of view: tags where wires leave it, and a map of the layout in a few cells."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from graphgrad.views.cells.ascii_spelling import ascii_text
from graphgrad.views.cells.characters import CUT
from graphgrad.views.text.cell_width import clipped, width

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from graphgrad.views.cells.boxes import CellLayout
    from graphgrad.views.cells.characters import Charset
    from graphgrad.views.cells.nets import Net

__all__ = ["MAP_MARKS", "EdgeTag", "Side", "View", "minimap", "viewport_tags"]

Side = Literal["left", "right", "top", "bottom"]
Point = tuple[int, int]

_ARROWS: Final[dict[Side, str]] = {"left": "←", "right": "→", "top": "↑", "bottom": "↓"}
_LONGEST = 20
# Ground and box out of view, ground and box in view, current box.
MAP_MARKS: Final[dict[Charset, str]] = {"unicode": " ·░■◆", "ascii": " .:o@"}

# Sides at the start and the end of a run, by whether it is level and whether it goes forwards.
_DIRECTIONS: Final[dict[tuple[bool, bool], tuple[Side, Side]]] = {
    (True, True): ("left", "right"),
    (True, False): ("right", "left"),
    (False, True): ("top", "bottom"),
    (False, False): ("bottom", "top"),
}


class View(NamedTuple):
    """A visible rectangle of a layout, in its cells."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, point: Point) -> bool:
        """Tell whether a cell is visible."""
        inside = self.x <= point[0] < self.x + self.width
        return inside and self.y <= point[1] < self.y + self.height


class EdgeTag(NamedTuple):
    """A text to be written over the cells from `(x, y)` on, inside the view.

    `keys` are the boxes out of view to which the wire leads, or the one it comes from.
    """

    x: int
    y: int
    text: str
    side: Side
    keys: tuple[int, ...]


def viewport_tags(
    layout: CellLayout, view: View, *, charset: Charset | None = None
) -> tuple[EdgeTag, ...]:
    """Return a tag for every wire that is seen to leave the view towards a box out of it.

    Tags cover cells of wires and blanks only; where a box leaves no room they shrink. Where a tag
    would touch another, or hide the end of another wire, it is an arrow alone.

    >>> from graphgrad.views.cells.placing import layout
    >>> from graphgrad.views.cells.boxes import CellBox
    >>> chain = [CellBox(0, "x", (), ()), CellBox(1, "log", (), (0,)), CellBox(2, "y", (), (1,))]
    >>> [(tag.text, tag.side) for tag in viewport_tags(layout(chain), View(5, 0, 13, 3))]
    [('← x', 'left'), ('→ y', 'right')]
    """
    leaving: dict[tuple[Side, Point], dict[int, None]] = {}
    for net, bounds in zip(layout.nets, layout.net_bounds, strict=True):
        if _cut(bounds, view):
            for side, point, key in _departures(net, view):
                leaving.setdefault((side, point), {})[key] = None
    ends = {point for _, point in leaving}
    taken: set[Point] = set()
    tags: list[EdgeTag] = []
    for (side, point), keys in sorted(leaving.items(), key=_reading_order):
        tag = _tag(layout, view, side, point, tuple(keys), charset or layout.charset)
        if _touched(tag) & (taken | ends - {point}):
            arrow = tag.text[0] if tag.text[0] != "-" else tag.text[1]
            tag = tag._replace(x=point[0], text=arrow)
        if point not in taken:
            taken |= _touched(tag) if len(tag.text) > 1 else {point}
            tags.append(tag)
    return tuple(tags)


def _touched(tag: EdgeTag) -> set[Point]:
    """Return the cells of a tag, and those right beside it."""
    return {(tag.x + offset, tag.y) for offset in range(-1, width(tag.text) + 1)}


def _reading_order(entry: tuple[tuple[Side, Point], object]) -> tuple[bool, int, int, Side]:
    """Sort tags at the sides before those above and below, then line by line."""
    (side, (x, y)), _ = entry
    return side in {"top", "bottom"}, y, x, side


def _cut(bounds: tuple[int, int, int, int], view: View) -> bool:
    """Tell whether a net, with a cell of the boxes at its ends, is partly in view."""
    first, last = (bounds[0] - 1, bounds[1]), (bounds[2] + 1, bounds[3])
    apart = first[0] >= view.x + view.width or last[0] < view.x
    apart = apart or first[1] >= view.y + view.height or last[1] < view.y
    return not apart and not (view.holds(first) and view.holds(last))


def _departures(net: Net, view: View) -> Iterator[tuple[Side, Point, int]]:
    """Yield side, last cell in view and box for every end of a net that is out of view."""
    for port in net.ports:
        points = net.path(port)
        start_seen = view.holds((points[0][0] - 1, points[0][1]))
        end_seen = view.holds((port.x + 1, port.y))
        if start_seen and end_seen:
            continue
        pieces = [piece for ends in pairwise(points) if (piece := _in_view(*ends, view))]
        if pieces and not end_seen:
            yield pieces[-1].ahead, pieces[-1].last, port.key
        if pieces and not start_seen:
            yield pieces[0].behind, pieces[0].first, net.source


class _Piece(NamedTuple):
    """The part in view of a straight run, and the sides it points to at its two ends."""

    first: Point
    last: Point
    behind: Side
    ahead: Side


def _in_view(start: Point, end: Point, view: View) -> _Piece | None:
    """Cut a straight run to the view."""
    first, last = _nearest(start, view), _nearest(end, view)
    if not _between(start, first, end):
        return None
    behind, ahead = _DIRECTIONS[start[1] == end[1], end > start]
    return _Piece(first, last, behind, ahead)


def _nearest(point: Point, view: View) -> Point:
    """Return the cell in view that is nearest to a cell."""
    x = min(max(point[0], view.x), view.x + view.width - 1)
    return x, min(max(point[1], view.y), view.y + view.height - 1)


def _between(start: Point, middle: Point, end: Point) -> bool:
    """Tell whether a cell lies on the straight run between two others."""
    xs, ys = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return xs[0] <= middle[0] <= xs[1] and ys[0] <= middle[1] <= ys[1]


def _tag(
    layout: CellLayout,
    view: View,
    side: Side,
    point: Point,
    keys: tuple[int, ...],
    charset: Charset,
) -> EdgeTag:
    """Word a tag and put it on its row, with no more cells than are free of boxes."""
    more = f" +{len(keys) - 1}" if len(keys) > 1 else ""
    title = "".join(clipped(layout.placed[keys[0]].box.title, _LONGEST)) + more
    arrow = _ARROWS[side]
    if charset == "ascii":
        arrow, title = ascii_text(arrow), ascii_text(title)
    left, right = _room(layout, view, point)
    room = min(right - left + 1, max(view.width // 2, 1))  # a wire may be tagged at both sides
    blank = " " if width(arrow) + 1 + width(title) <= room else ""
    text = "".join(clipped(f"{arrow}{blank}{title}", room, CUT[charset]))
    if room <= width(arrow):
        text = arrow[-1]
    start = right if side == "right" else point[0]
    return EdgeTag(max(min(start, right - width(text) + 1), left), point[1], text, side, keys)


def _room(layout: CellLayout, view: View, point: Point) -> tuple[int, int]:
    """Return the first and the last column in view that a row is free of boxes round a cell."""
    x, y = point
    left, right = view.x, view.x + view.width - 1
    for index in layout.boxes_by_row[y]:
        placed = layout.boxes[index]
        if placed.x > x:
            right = min(right, placed.x - 1)
        else:
            left = max(left, placed.x + placed.width)
    return left, right


def minimap(
    layout: CellLayout,
    width: int,
    height: int,
    *,
    view: View | None = None,
    current: int | None = None,
    seen: Container[int] = (),
    charset: Charset | None = None,
) -> tuple[str, ...]:
    """Return at most `height` lines of at most `width` cells, one mark where there are boxes.

    Boxes count as seen if they are in the view, or by their keys where they are drawn elsewhere.

    >>> from graphgrad.views.cells.placing import layout
    >>> from graphgrad.views.cells.boxes import CellBox
    >>> boxes = [CellBox(0, "x", ("v 3",), ()), CellBox(1, "y", ("v 9",), (0, 0))]
    >>> minimap(layout(boxes), 4, 2, current=1)
    ('·', '  ◆')
    """
    marks = MAP_MARKS[charset or layout.charset]
    across = max(-(-layout.width // width), 1)
    down = max(-(-layout.height // height), 1)
    lines = [[0] * -(-layout.width // across) for _ in range(-(-layout.height // down))]
    for placed in layout.boxes:
        row, column = (
            (placed.y + placed.height // 2) // down,
            (placed.x + placed.width // 2) // across,
        )
        mark = 4 if placed.box.key == current else 3 if placed.box.key in seen else 1
        lines[row][column] = max(lines[row][column], mark)
    for row, line in enumerate(lines):
        for column, mark in enumerate(line):
            if view and mark < 2 and _meets(view, column * across, row * down, across, down):
                line[column] = mark + 2
    return tuple("".join(marks[mark] for mark in line).rstrip() for line in lines)


def _meets(view: View, x: int, y: int, across: int, down: int) -> bool:
    """Tell whether the middle of a patch of the layout is in view."""
    return view.holds((x + across // 2, y + down // 2))
