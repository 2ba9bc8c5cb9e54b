"""Draw outlines of boxes and heads of arrows as SVG elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import hypot

from graphgrad.views.figure.content.diagram import Shape
from graphgrad.views.figure.geometry.places import Point, Rect, cut_end

__all__ = [
    "DASHES",
    "Element",
    "arrow_head",
    "corner_radius",
    "decimal",
    "outline",
    "path_data",
    "shortened",
    "solid_faces",
]

_INNER = 3.4
_STACK = 4.0
_RADIUS: dict[Shape, float] = {"rounded": 8.0, "thick": 8.0, "stack": 6.0, "double": 2.5}
_PILL = 24.0
_ROUNDEST = 0.2
_HEAD, _HALF = 9.5, 3.7

Element = tuple[str, dict[str, str]]
DASHES = "6 3.5"
"""How lines are dashed along which an adjoint was pulled back."""


def decimal(value: float) -> str:
    """Return a coordinate with at most two decimals.

    >>> decimal(12.0), decimal(-0.001), decimal(3.146)
    ('12', '0', '3.15')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def outline(shape: Shape, rect: Rect, border: float) -> Iterator[Element]:
    """Yield the elements of an outline, the filled one first; the border lies inside the rect."""
    inner = rect.grown(-border / 2)
    if shape in ("bare", "solid"):
        yield "rect", {**_rect(inner, 0.0)[1], "fill": "none", "stroke": "none"}
    elif shape == "circle":
        yield _ellipse(inner)
    elif shape == "pill":
        yield _rect(inner, corner_radius(shape, inner))
    elif shape == "stack":
        back = Rect(inner.left + _STACK, inner.top, inner.width - _STACK, inner.height - _STACK)
        front = Rect(back.left - _STACK, back.top + _STACK, back.width, back.height)
        yield _rect(back, _RADIUS["stack"])
        yield _rect(front, _RADIUS["stack"])
    else:
        yield _rect(inner, corner_radius(shape, inner))
    if shape == "double":
        yield "rect", {**_rect(inner.grown(-_INNER), 1.0)[1], "fill": "none"}


def solid_faces(front: Rect, depth: float) -> Iterator[Element]:
    """Yield the faces of a block: the front, and behind it the top and the right side."""
    up = depth / 2
    yield _rect(front, 0.0)
    if depth:
        left, top, right, bottom = front.left, front.top, front.right, front.bottom
        above = [(left, top), (left + depth, top - up), (right + depth, top - up), (right, top)]
        beside = [(right, top), (right + depth, top - up), (right + depth, bottom - up)]
        for corners in (above, [*beside, (right, bottom)]):
            yield "path", {"d": f"M{'L'.join(_pair(Point(x, y)) for x, y in corners)}Z"}


def corner_radius(shape: Shape, rect: Rect) -> float:
    """Return the radius of an outline's corners; 0 for circles, which have none."""
    if shape == "pill":
        return min(rect.height / 2, _PILL)
    return min(_RADIUS.get(shape, 0.0), _ROUNDEST * rect.height)


def arrow_head(curve: Sequence[Point]) -> str:
    """Return the path of a head whose tip is the end of a curve."""
    tip, base = curve[-1], cut_end(curve, _HEAD)[-1]
    length = hypot(tip.x - base.x, tip.y - base.y) or 1.0
    along = Point((tip.x - base.x) / length, (tip.y - base.y) / length)
    foot = Point(tip.x - along.x * _HEAD, tip.y - along.y * _HEAD)
    left = Point(foot.x - along.y * _HALF, foot.y + along.x * _HALF)
    right = Point(foot.x + along.y * _HALF, foot.y - along.x * _HALF)
    return f"M{_pair(tip)}L{_pair(left)}L{_pair(right)}Z"


def shortened(curve: Sequence[Point]) -> tuple[Point, ...]:
    """Return a curve that ends inside its arrow head."""
    return cut_end(curve, _HEAD * 0.8)


def path_data(curve: Sequence[Point]) -> str:
    """Return a Bézier spline as path data."""
    return f"M{_pair(curve[0])}C{' '.join(map(_pair, curve[1:]))}"


def _rect(rect: Rect, radius: float) -> Element:
    attributes = {
        "x": decimal(rect.left),
        "y": decimal(rect.top),
        "width": decimal(rect.width),
        "height": decimal(rect.height),
    }
    if radius:
        attributes["rx"] = decimal(radius)
    return "rect", attributes


def _ellipse(rect: Rect) -> Element:
    middle = rect.centre
    names: Iterable[tuple[str, float]] = (
        ("cx", middle.x),
        ("cy", middle.y),
        ("rx", rect.width / 2),
        ("ry", rect.height / 2),
    )
    return "ellipse", {name: decimal(value) for name, value in names}


def _pair(point: Point) -> str:
    return f"{decimal(point.x)} {decimal(point.y)}"
