"""Stand neurons in columns, layer after layer, with straight lines between all of two columns.

Who stands in which column, and the lanes of lines that pass others by, are those of `columns`. Only
lines are between two columns, and in a column only what stands there and lanes, so that no line
crosses a box: a bias stands above its neuron, in the strip of the column that no line enters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.geometry.places import Point, Rect, Reserved
from graphgrad.views.figure.layout.columns.coordinates import heights, straightened
from graphgrad.views.figure.layout.columns.laid import ENGINE
from graphgrad.views.figure.layout.columns.lanes import Stop, lanes_of
from graphgrad.views.figure.layout.columns.pulls import pulls_of
from graphgrad.views.figure.layout.columns.spacing import LANES, Extent
from graphgrad.views.figure.layout.columns.standing import Columns, columns_of, stacked
from graphgrad.views.figure.layout.columns.steps import following
from graphgrad.views.figure.layout.dot_output import Layout
from graphgrad.views.figure.layout.frames import layer_frames
from graphgrad.views.figure.layout.neuron_lines import NeuronLines, straight

__all__ = ["in_neuron_columns"]

_BETWEEN, _LEAST_BETWEEN, _BETWEEN_BOXES, _BESIDE_LANE = 0.34, 9.0, 26.0, 14.0
_LEAST_ROOM = 0.6
_STEM, _BETWEEN_BIASES = 7.0, 4.0
_USUAL = 40.0
"""The height of a neuron below which all round it is smaller as well."""
_LINES, _FAN, _ARROWS, _MOST_FAN = 30.0, 84.0, 46.0, 260.0
_WIDE, _WIDE_ON_PAGE = 1.5, 2.0
_TALL = 200.0
"""The height of columns between which lines are so steep that these stand apart as usual."""
_FRAME = 8.0
_LABELS = 1.35
"""How wide the room for labels is between two columns, in parts of the widest label."""
_SLIDE, _MIDDLE = 16 / 9, 0.5
_STEPS = 600.0
"""How strongly the steps of a recurrence are pulled into one row; all else pulls with 2 to 6."""
_ALONG = 0.3
"""Where along a line its label stands: near its source, where lines are farther apart."""


def in_neuron_columns(
    diagram: Diagram, reserved: Reserved, wider: float = 1.0, room: float = 1.0
) -> Layout:
    """Return where everything goes.

    Args:
        diagram: circles of neurons, squares of biases, and boxes.
        reserved: the room of every part.
        wider: how much more than the usual room is left between columns.
        room: how much of the least of it, where a figure is set close.
    """
    biases = {box.id for box in diagram.boxes if box.drawn == "bias"}
    rest = diagram._replace(
        boxes=tuple(box for box in diagram.boxes if box.id not in biases),
        edges=tuple(edge for edge in diagram.edges if edge.source not in biases),
    )
    ways = (
        _Columns(diagram, rest, columns, reserved, (wider, room))
        for columns in stacked(rest, columns_of(rest, 0))
    )
    return max((way.layout() for way in ways), key=_room_on_a_slide)


class _Columns:
    """Hold what stands where.

    Args:
        diagram: all of it.
        rest: without biases, which stand above their neurons.
        columns: who stands in which column.
        reserved: the room of every part.
        room: how much wider columns stand apart than usual, and how much of the least room is left.
    """

    def __init__(
        self,
        diagram: Diagram,
        rest: Diagram,
        columns: Columns,
        reserved: Reserved,
        room: tuple[float, float],
    ) -> None:
        self.diagram, self.rest, self.reserved = diagram, rest, reserved
        self.wider, self.room = room
        self.frame = _FRAME * max(self.room, 0.5)
        self.box = {box.id: box for box in rest.boxes}
        self.biases: dict[str, list[str]] = {}
        for box in diagram.boxes:
            if box.drawn == "bias":
                self.biases.setdefault(box.beside, []).append(box.id)
        self.lanes = lanes_of(rest, columns, reserved._replace(labels={}, wires={}))
        self.top, self.low = self._ends_of_groups()
        self.extents = [self._extent(stop) for stop in self.lanes.stops]
        ranks = self.lanes.ranks = [self._in_order(rank) for rank in self.lanes.ranks]
        settled = heights(ranks, self._pulls(), self._apart)
        self.y = straightened(settled, ranks, self.lanes.chains(), self._apart)
        self.left: list[float] = []
        self.right: list[float] = []
        self._place_columns()
        self.boxes = dict(self._stood())

    def layout(self) -> Layout:
        """Return where everything goes, from the top left of the drawing."""
        held = self.diagram, self.boxes, self.reserved
        frames = {number: frame for number, frame, _ in layer_frames(*held, self.frame)}
        titles = [title for _, _, title in layer_frames(*held, self.frame)]
        circles = {box for box, held in self.box.items() if held.drawn == "unit"}
        sides = self.left, self.right
        lines = NeuronLines(self.lanes, self.boxes, circles, sides, self.y, titles)
        curves = {edge.id: lines.curve(edge) for edge in self.rest.edges}
        for edge in self.diagram.edges:
            if edge.id not in curves:
                curves[edge.id] = _stem(self.boxes[edge.source], self.boxes[edge.target])
        rects = (*self.boxes.values(), *frames.values())
        points = [point for curve in curves.values() for point in curve]
        xs = [*(r.left for r in rects), *(r.right for r in rects), *(p.x for p in points)]
        ys = [*(r.top for r in rects), *(r.bottom for r in rects), *(p.y for p in points)]
        dx, dy = -min(xs, default=0.0), -min(ys, default=0.0)
        curves = {e: tuple(Point(p.x + dx, p.y + dy) for p in c) for e, c in curves.items()}
        return Layout(
            max(xs, default=0.0) + dx,
            max(ys, default=0.0) + dy,
            {box: rect.moved(dx, dy) for box, rect in self.boxes.items()},
            {edge.id: curves[edge.id] for edge in self.diagram.edges},
            {edge: _along(curve) for edge, curve in curves.items()},
            {number: rect.moved(dx, dy) for number, rect in frames.items()},
            ENGINE,
        )

    # ---- heights ----

    def _in_order(self, rank: list[int]) -> list[int]:
        """Return a column, boxes that stand in a stack in the order in which they are read."""
        stops = self.lanes.stops
        if not any(other in rank for stop in rank for other in self.lanes.ahead[stop]):
            return rank
        return sorted(rank, key=lambda stop: (stops[stop].kind == "unit", stop))

    def _pulls(self) -> list[dict[int, float]]:
        """Return what pulls stops to one height; most of all neurons of one name in other steps."""
        pulls, unit = pulls_of(self.lanes, (), in_rows=True), self.lanes.unit
        for one, other in following(self.rest):
            pulls[unit[one]][unit[other]] = pulls[unit[other]][unit[one]] = _STEPS
        return pulls

    def _ends_of_groups(self) -> tuple[dict[str, str], set[str]]:
        """Return which box carries the title of a group above it, and which ends a group."""
        top: dict[str, str] = {}
        low: set[str] = set()
        stops = self.lanes.stops
        for rank in self.lanes.ranks:
            found: dict[str, list[str]] = {}
            for stop in rank:
                if stops[stop].group in self.reserved.titles:
                    found.setdefault(stops[stop].group, []).append(stops[stop].name)
            top.update((boxes[0], group) for group, boxes in found.items())
            low.update(boxes[-1] for boxes in found.values())
        return top, low

    def _extent(self, stop: Stop) -> Extent:
        """Return how far a box reaches with its biases above it, and the title of its layer."""
        if stop.kind != "unit":
            return Extent(0.0, 0.0, 0.0)
        size = self.reserved.boxes[stop.name]
        up = size.height / 2 + self._over(stop.name)
        wide = max(size.width, self._across(stop.name))
        if stop.name in self.top:
            title = self.reserved.titles[self.top[stop.name]]
            up += self.frame + title.height
            wide = max(wide, title.width) + 2 * self.frame
        return Extent(up, size.height / 2 + self.frame * (stop.name in self.low), wide / 2)

    def _over(self, neuron: str) -> float:
        """Return how high the biases of a neuron stand above it."""
        high = [self.reserved.boxes[bias].height for bias in self.biases.get(neuron, ())]
        return max(high) + self._stem(neuron) if high else 0.0

    def _stem(self, neuron: str) -> float:
        """Return how far a bias stands above its neuron: nearer to a small one."""
        return _STEM * self.room * min(self.reserved.boxes[neuron].height / _USUAL, 1.0)

    def _across(self, neuron: str) -> float:
        """Return how wide the biases of a neuron are beside one another."""
        wide = [self.reserved.boxes[bias].width for bias in self.biases.get(neuron, ())]
        return math.fsum(wide) + _BETWEEN_BIASES * max(len(wide) - 1, 0)

    def _apart(self, one: int, other: int) -> float:
        """Return the least distance of the middles of two neighbours of a column."""
        first, second = self.lanes.stops[one], self.lanes.stops[other]
        if {first.kind, second.kind} == {"lane"}:
            gap = LANES
        elif first.kind != second.kind:
            gap = _BESIDE_LANE * max(self.room, _LEAST_ROOM)
        elif self.box[first.name].drawn and self.box[second.name].drawn:
            high, over = self.reserved.boxes[second.name].height, self._over(second.name)
            least = _LEAST_BETWEEN * self.room * min(high / _USUAL, 1.0)
            gap = max(_BETWEEN * high - over, least)
        else:
            gap = _BETWEEN_BOXES * max(self.room, _LEAST_ROOM)
        return self.extents[one].down + gap + self.extents[other].up

    # ---- columns ----

    def _place_columns(self) -> None:
        """Give every column its place: as wide as a slide is, if lines need the room."""
        ranks, extents = self.lanes.ranks, self.extents
        widths = [2 * max((extents[s].wide for s in rank), default=0.0) for rank in ranks]
        fans = [self._is_fan(number) for number in range(len(ranks) - 1)]
        gaps = [self._least_gap(number, is_fan=fan) for number, fan in enumerate(fans)]
        tops = [self.y[s] - extents[s].up for rank in ranks for s in rank]
        lows = [self.y[s] + extents[s].down for rank in ranks for s in rank]
        high = max(lows, default=0.0) - min(tops, default=0.0)
        wide = high * (_WIDE if self.room == 1.0 else _WIDE_ON_PAGE)  # with a legend below it
        spare = max(wide - math.fsum((*widths, *gaps)), 0.0) / max(sum(fans), 1)
        place = 0.0
        for number, width in enumerate(widths):
            self.left.append(place)
            self.right.append(place + width)
            gap = gaps[number] if number < len(gaps) else 0.0
            if number < len(gaps) and fans[number]:
                gap = max(gap, min(gap + spare, _MOST_FAN))
            place += width + gap * self.wider

    def _is_fan(self, number: int) -> bool:
        """Tell whether weights cross the room after a column."""
        weights = (edge for edge in self.rest.edges if edge.weight is not None)
        return any(self._rank(e.source) <= number < self._rank(e.target) for e in weights)

    def _rank(self, box: str) -> int:
        return self.lanes.stops[self.lanes.unit[box]].rank

    def _least_gap(self, number: int, *, is_fan: bool) -> float:
        """Return the least room after a column, for lines and for the labels that begin there."""
        labels = self.reserved.labels
        begun = (edge.id for edge in self.rest.edges if self._rank(edge.source) == number)
        told = max((labels[edge].width for edge in begun if edge in labels), default=0.0)
        tall = max(self._height(number), self._height(number + 1)) / _TALL
        usual = _LINES + (_FAN - _LINES) * min(tall, 1.0) if is_fan else _ARROWS
        return max(usual * self.room, _LABELS * told)

    def _height(self, number: int) -> float:
        """Return how high a column is from the middle of its first box to that of its last."""
        rank, stops = self.lanes.ranks[number], self.lanes.stops
        ys = [self.y[stop] for stop in rank if stops[stop].kind == "unit"]
        return max(ys, default=0.0) - min(ys, default=0.0)

    def _stood(self) -> Iterator[tuple[str, Rect]]:
        """Yield every box in its column, and biases above their neurons."""
        reach = [self._reach(rank) for rank in self.lanes.ranks]
        sides = [self._side(number) for number in range(len(reach))]
        for box, number in self.lanes.unit.items():
            rank = self.lanes.stops[number].rank
            size = self.reserved.boxes[box]
            wide = reach[rank] if self.box[box].drawn else self.extents[number].wide
            room = self.right[rank] - self.left[rank] - 2 * wide
            middle = self.left[rank] + wide + room * sides[rank]
            rect = Rect(middle - size.width / 2, self.y[number] - size.height / 2, *size)
            yield box, rect
            left = middle - self._across(box) / 2
            for bias in self.biases.get(box, ()):
                held = self.reserved.boxes[bias]
                yield bias, Rect(left, rect.top - self._stem(box) - held.height, *held)
                left += held.width + _BETWEEN_BIASES

    def _reach(self, rank: Sequence[int]) -> float:
        """Return how far the neurons of a column reach to each side."""
        stops = self.lanes.stops
        neurons = (s for s in rank if stops[s].kind == "unit" and self.box[stops[s].name].drawn)
        return max((self.extents[stop].wide for stop in neurons), default=0.0)

    def _side(self, number: int) -> float:
        """Return at which side of a column neurons stand: boxes keep out of the way of lines."""
        weights = [edge for edge in self.rest.edges if edge.weight is not None]
        arriving = any(self._rank(edge.target) == number for edge in weights)
        leaving = any(self._rank(edge.source) == number for edge in weights)
        return _MIDDLE if arriving == leaving else 0.0 if arriving else 1.0


def _room_on_a_slide(layout: Layout) -> float:
    """Return how far a layout can grow on a slide."""
    return min(_SLIDE / layout.width, 1.0 / layout.height)


def _stem(bias: Rect, neuron: Rect) -> tuple[Point, ...]:
    """Return the short line from a bias down to its neuron."""
    return straight(Point(bias.centre.x, bias.bottom), Point(neuron.centre.x, neuron.top))


def _along(curve: Sequence[Point]) -> Point:
    """Return where along a line its label is to stand."""
    start, end = curve[0], curve[-1]
    return Point(start.x + (end.x - start.x) * _ALONG, start.y + (end.y - start.y) * _ALONG)
