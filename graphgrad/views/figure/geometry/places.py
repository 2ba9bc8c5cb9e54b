"""Hold points, sizes and rectangles on a page, y down from the top left; cut Bézier splines."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import hypot
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["Point", "Rect", "Reserved", "Size", "cut_end", "sampled", "title_inset"]

_TITLE_INSET, _ROOMY = 8.0, 1.7
_SPACING, _FEWEST, _MOST = 7.0, 4, 64


class Point(NamedTuple):
    """A place on the page."""

    x: float
    y: float


class Size(NamedTuple):
    """Width and height in points."""

    width: float
    height: float


class Rect(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the y of its lower side."""
        return self.top + self.height

    @property
    def centre(self) -> Point:
        """Return its middle."""
        return Point(self.left + self.width / 2, self.top + self.height / 2)

    def grown(self, margin: float) -> "Rect":
        """Return it with a margin on all sides."""
        return Rect(
            self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin
        )

    def trimmed(self, above: float, below: float) -> "Rect":
        """Return it less high."""
        return Rect(self.left, self.top + above, self.width, self.height - above - below)

    def overlaps(self, other: "Rect") -> bool:
        """Tell whether it shares more than a border with another."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return it elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.width, self.height)


class Reserved(NamedTuple):
    """The room each part needs.

    Attributes:
        boxes: outer sizes by id of the box.
        circles: ids of the boxes that are circles.
        wires: sizes by id of the edges that have room on both sides in their middle.
        labels: sizes by id of the edge; none where it has no label.
        titles: sizes by name of the group.
        spare: of a box whose middle is a tensor, how much of its room is empty above and below.
    """

    boxes: Mapping[str, Size]
    labels: Mapping[str, Size]
    titles: Mapping[str, Size]
    circles: frozenset[str] = frozenset()
    wires: Mapping[str, Size] = MappingProxyType({})
    spare: Mapping[str, tuple[float, float]] = MappingProxyType({})


def title_inset(wide: float, title: float) -> float:
    """Return how far from the left side of a frame its title begins: in the middle of a narrow one.

    >>> title_inset(100.0, 30.0), title_inset(38.0, 30.0)
    (8.0, 4.0)
    """
    return _TITLE_INSET if wide > title + _ROOMY * _TITLE_INSET else (wide - title) / 2


def pieces(curve: Sequence[Point]) -> Iterator[tuple[Point, Point, Point, Point]]:
    """Yield the cubic pieces of a spline."""
    for index in range(0, len(curve) - 3, 3):
        a, b, c, d = curve[index : index + 4]
        yield a, b, c, d


@lru_cache(maxsize=4096)
def sampled(curve: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return points along a spline a few points of length apart, both ends included."""
    points = [curve[0]]
    for a, b, c, d in pieces(curve):
        length = hypot(b.x - a.x, b.y - a.y) + hypot(c.x - b.x, c.y - b.y)
        length += hypot(d.x - c.x, d.y - c.y)
        count = min(max(int(length / _SPACING) + 1, _FEWEST), _MOST)
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
        points += [
            Point(p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy)
            for p, q, r, s in _weights(count)
        ]
    return tuple(points)


@cache
def _weights(count: int) -> list[tuple[float, float, float, float]]:
    """Return the weights of the four points of a cubic piece at so many steps along it."""
    steps = ((step / count, 1 - step / count) for step in range(1, count + 1))
    return [(u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t) for t, u in steps]


def cut_end(curve: Sequence[Point], length: float) -> tuple[Point, ...]:
    """Return a spline without its last few points of length, for an arrow head to stand there."""
    return _cut_end(tuple(curve), length)


@lru_cache(maxsize=8192)
def _cut_end(curve: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """Return the same for every step of a deck, whose curves stay where they are."""
    tip = curve[-1]
    kept = list(curve)
    while len(kept) >= 4:
        piece = (kept[-4], kept[-3], kept[-2], kept[-1])
        if hypot(piece[0].x - tip.x, piece[0].y - tip.y) >= length or len(kept) == 4:
            kept[-4:] = _before(piece, _place(piece, tip, length))
            return tuple(kept)
        del kept[-3:]
    return curve


def _place(piece: tuple[Point, Point, Point, Point], tip: Point, length: float) -> float:
    """Return the parameter at which a piece comes within a length of the tip."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        point = _at(piece, middle)
        if hypot(point.x - tip.x, point.y - tip.y) > length:
            low = middle
        else:
            high = middle
    return low


def _at(piece: tuple[Point, Point, Point, Point], t: float) -> Point:
    a, b, c, d = piece
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    x = math.fsum(w * p.x for w, p in zip(weights, (a, b, c, d), strict=True))
    y = math.fsum(w * p.y for w, p in zip(weights, (a, b, c, d), strict=True))
    return Point(x, y)


def _before(piece: tuple[Point, Point, Point, Point], t: float) -> list[Point]:
    """Return the part of a piece before a parameter (de Casteljau)."""
    a, b, c, d = piece
    ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
    abc, bcd = _between(ab, bc, t), _between(bc, cd, t)
    return [a, ab, abc, _between(abc, bcd, t)]


def _between(a: Point, b: Point, t: float) -> Point:
    return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
