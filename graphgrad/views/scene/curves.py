"""Measure and cut Bézier splines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from graphgrad.views.scene.scene import Point, Rect

__all__ = ["crosses", "cut_end", "distance", "reversed_curve", "sampled"]

_SAMPLES = 16


def pieces(curve: Sequence[Point]) -> Iterator[tuple[Point, Point, Point, Point]]:
    """Yield the cubic pieces of a spline."""
    for index in range(0, len(curve) - 3, 3):
        a, b, c, d = curve[index : index + 4]
        yield a, b, c, d


def sampled(curve: Sequence[Point], count: int = _SAMPLES) -> list[Point]:
    """Return points along a spline, both ends included."""
    points = [curve[0]]
    for piece in pieces(curve):
        points += [_at(piece, step / count) for step in range(1, count + 1)]
    return points


def crosses(curve: Sequence[Point], rect: Rect) -> bool:
    """Tell whether a spline enters a rectangle."""
    return any(
        rect.left < p.x < rect.right and rect.top < p.y < rect.bottom for p in sampled(curve)
    )


def distance(points: Sequence[Point], rect: Rect) -> float:
    """Return how far the nearest of some points is from a rectangle."""
    return min(
        hypot(
            max(rect.left - p.x, 0.0, p.x - rect.right),
            max(rect.top - p.y, 0.0, p.y - rect.bottom),
        )
        for p in points
    )


def reversed_curve(curve: Sequence[Point]) -> tuple[Point, ...]:
    """Return a spline from its end to its start."""
    return tuple(reversed(curve))


def cut_end(curve: Sequence[Point], length: float) -> tuple[Point, ...]:
    """Return a spline without its last few points of length, for an arrow head to stand there."""
    tip = curve[-1]
    kept = list(curve)
    while len(kept) >= 4:
        piece = (kept[-4], kept[-3], kept[-2], kept[-1])
        if hypot(piece[0].x - tip.x, piece[0].y - tip.y) >= length or len(kept) == 4:
            kept[-4:] = _before(piece, _place(piece, tip, length))
            return tuple(kept)
        del kept[-3:]
    return tuple(curve)


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
    x = sum(w * p.x for w, p in zip(weights, (a, b, c, d), strict=True))
    y = sum(w * p.y for w, p in zip(weights, (a, b, c, d), strict=True))
    return Point(x, y)


def _before(piece: tuple[Point, Point, Point, Point], t: float) -> list[Point]:
    """Return the part of a piece before a parameter (de Casteljau)."""
    a, b, c, d = piece
    ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
    abc, bcd = _between(ab, bc, t), _between(bc, cd, t)
    return [a, ab, abc, _between(abc, bcd, t)]


def _between(a: Point, b: Point, t: float) -> Point:
    return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
