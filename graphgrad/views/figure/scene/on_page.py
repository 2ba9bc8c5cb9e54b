"""Put a scene on a page, with a margin, clear titles, and edges that reach rounded outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from graphgrad.views.figure.geometry.places import Point, Rect, Size, sampled
from graphgrad.views.figure.scene.scene import Blank, Scene, SceneGroup, SceneHeat, SceneText
from graphgrad.views.figure.typeset.label_rows import Label

__all__ = ["LARGEST", "filling", "on_page", "to_solid", "touching", "with_clear_titles"]


LARGEST = 2.0
"""How much larger than its natural size a scene gets on a page."""
_MARGIN = 12.0
_INSET = 8.0
_AIR = 2.0
_STEP = 0.25
_FARTHEST = 12.0


def on_page(scene: Scene, margin: float = _MARGIN) -> Scene:
    """Return a scene moved so that all of it lies on the page, with a margin."""
    found = list(_extents(scene))
    if not found:
        return scene
    left = min(rect.left for rect in found) - margin
    top = min(rect.top for rect in found) - margin
    right = max(rect.right for rect in found) + margin
    bottom = max(rect.bottom for rect in found) + margin
    moved = shifted(scene, -left, -top)
    sizes = [t.size for t in _texts(scene)]
    return moved._replace(width=right - left, height=bottom - top, smallest=min(sizes, default=0.0))


def filling(scene: Scene, page: Size, margin: float = 1.0) -> Scene:
    """Return a scene in the middle of a page, as large as it gets."""
    scale = min(page.width / scene.width, page.height / scene.height) * margin
    scale = min(scale, LARGEST)
    width, height = page.width / scale, page.height / scale
    moved = shifted(scene, (width - scene.width) / 2, (height - scene.height) / 2)
    return moved._replace(width=width, height=height, scale=scale)


def shifted(scene: Scene, dx: float, dy: float) -> Scene:
    """Return a scene with all its parts moved."""
    boxes = (
        b._replace(
            rect=b.rect.moved(dx, dy),
            texts=_moved(b.texts, dx, dy),
            heat=_moved_cells(b.heat, dx, dy),
            solid=b.solid and b.solid._replace(front=b.solid.front.moved(dx, dy)),
        )
        for b in scene.boxes
    )
    edges = (
        e._replace(
            curve=tuple(Point(p.x + dx, p.y + dy) for p in e.curve),
            texts=_moved(e.texts, dx, dy),
            label=None if e.label is None else e.label.moved(dx, dy),
            heat=_moved_cells(e.heat, dx, dy),
        )
        for e in scene.edges
    )
    groups = (
        g._replace(rect=g.rect.moved(dx, dy), text=_moved((g.text,), dx, dy)[0])
        for g in scene.groups
    )
    blanks: Iterator[Blank] = (b._replace(rect=b.rect.moved(dx, dy)) for b in scene.blanks)
    legend = (
        entry._replace(rect=entry.rect.moved(dx, dy), text=_moved((entry.text,), dx, dy)[0])
        for entry in scene.legend
    )
    return scene._replace(
        boxes=tuple(boxes),
        edges=tuple(edges),
        groups=tuple(groups),
        blanks=tuple(blanks),
        legend=tuple(legend),
    )


def _moved(texts: tuple[SceneText, ...], dx: float, dy: float) -> tuple[SceneText, ...]:
    return tuple(text._replace(x=text.x + dx, baseline=text.baseline + dy) for text in texts)


def _moved_cells(heat: tuple[SceneHeat, ...], dx: float, dy: float) -> tuple[SceneHeat, ...]:
    return tuple(cells._replace(rect=cells.rect.moved(dx, dy)) for cells in heat)


def _texts(scene: Scene) -> Iterator[SceneText]:
    for box in scene.boxes:
        yield from box.texts
    for edge in scene.edges:
        yield from edge.texts
    yield from (group.text for group in scene.groups)
    yield from (entry.text for entry in scene.legend)


def _extents(scene: Scene) -> Iterator[Rect]:
    for box in scene.boxes:
        yield box.rect
    for edge in scene.edges:
        xs, ys = zip(*sampled(edge.curve), strict=True)
        left, top = min(xs), min(ys)
        yield Rect(left, top, max(xs) - left, max(ys) - top)
        if edge.label is not None:
            yield edge.label
    yield from (group.rect for group in scene.groups)
    yield from (text.rect for text in _texts(scene))
    yield from (entry.rect for entry in scene.legend)


def with_clear_titles(scene: Scene) -> Scene:
    """Return a scene whose titles stand clear of edges, labels and boxes where they can."""
    if not scene.groups:
        return scene
    points = [point for edge in scene.edges for point in sampled(edge.curve)]
    taken = [box.rect for box in scene.boxes]
    taken += [edge.label for edge in scene.edges if edge.label is not None]
    groups = tuple(_cleared(group, points, taken) for group in scene.groups)
    return scene._replace(groups=groups)


def _cleared(group: SceneGroup, points: Sequence[Point], taken: Sequence[Rect]) -> SceneGroup:
    best, least = group.text, _crossings(group.text, points, taken)
    for text in _places(group):
        if least == 0:
            break
        found = _crossings(text, points, taken)
        if found < least:
            best, least = text, found
    return group._replace(text=best)


def _places(group: SceneGroup) -> Iterator[SceneText]:
    """Yield places along the top of the frame from left to right, then along its bottom."""
    text, rect = group.text, group.rect
    room = rect.width - text.ink.width - 2 * _INSET
    for baseline in (text.baseline, rect.bottom - 0.5 * text.size):
        for part in (0.0, 1.0, 0.5, 0.25, 0.75):
            yield text._replace(x=rect.left + _INSET + part * max(room, 0.0), baseline=baseline)


def _crossings(text: SceneText, points: Sequence[Point], taken: Sequence[Rect]) -> int:
    rect = text.rect.grown(_AIR)
    on = sum(rect.left < p.x < rect.right and rect.top < p.y < rect.bottom for p in points)
    return on + 100 * sum(rect.overlaps(other) for other in taken)


def touching(curve: tuple[Point, ...], rect: Rect, radius: float) -> tuple[Point, ...]:
    """Return a spline whose start is moved into a rounded corner, if it hangs before one.

    Args:
        curve: it starts on the border of the rectangle.
        rect: the outline.
        radius: of its corners.
    """
    start, ahead = curve[0], next((p for p in curve[1:] if p != curve[0]), curve[-1])
    length = hypot(ahead.x - start.x, ahead.y - start.y)
    if not radius or not length or _inside(start, rect, radius):
        return curve
    dx, dy = (start.x - ahead.x) / length, (start.y - ahead.y) / length
    gone = 0.0
    while gone < _FARTHEST:
        gone += _STEP
        point = Point(start.x + dx * gone, start.y + dy * gone)
        if _inside(point, rect, radius):
            third = Point(start.x + dx * gone / 2, start.y + dy * gone / 2)
            return (point, third, third, *curve)
    return curve


def _inside(point: Point, rect: Rect, radius: float) -> bool:
    """Tell whether a point lies in a rectangle with round corners, or on its straight sides."""
    slack = 0.3
    x = min(point.x - rect.left, rect.right - point.x)
    y = min(point.y - rect.top, rect.bottom - point.y)
    if x < -slack or y < -slack:
        return False
    if x >= radius or y >= radius:
        return True
    return hypot(radius - x, radius - y) <= radius + slack


def to_solid(curve: tuple[Point, ...], rect: Rect, label: Label) -> tuple[Point, ...]:
    """Return a spline that starts at the block of a tensor instead of at the room round it."""
    wide, high, deep = next(row.solid for row in label.rows if row.solid and row.solid[0])
    start, middle = curve[0], rect.centre
    front = Rect(middle.x - (wide + deep) / 2, middle.y - (high - deep / 2) / 2, wide, high)
    ahead = curve[1]
    if abs(ahead.x - start.x) < abs(ahead.y - start.y):
        return curve
    side = front.left if start.x < middle.x else front.right + deep / 2
    y = min(max(start.y, front.top), front.bottom)
    third = (side - start.x) / 3, (y - start.y) / 3
    inner = [Point(side - k * third[0], y - k * third[1]) for k in range(3)]
    return (*inner, *curve)
