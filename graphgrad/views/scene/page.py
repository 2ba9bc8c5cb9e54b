"""Put a scene on a page: everything inside, a margin around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graphgrad.views.scene.curves import sampled
from graphgrad.views.scene.places import Point, Rect
from graphgrad.views.scene.scene import Blank, Scene, SceneText

__all__ = ["on_page"]

_MARGIN = 12.0


def on_page(scene: Scene) -> Scene:
    """Return a scene moved so that all of it lies on the page."""
    found = list(_extents(scene))
    if not found:
        return scene
    left = min(rect.left for rect in found) - _MARGIN
    top = min(rect.top for rect in found) - _MARGIN
    right = max(rect.right for rect in found) + _MARGIN
    bottom = max(rect.bottom for rect in found) + _MARGIN
    moved = shifted(scene, -left, -top)
    sizes = [t.size for t in _texts(scene)]
    return replace(moved, width=right - left, height=bottom - top, smallest=min(sizes, default=0.0))


def shifted(scene: Scene, dx: float, dy: float) -> Scene:
    """Return a scene with all its parts moved."""
    boxes = (
        replace(b, rect=b.rect.moved(dx, dy), texts=_moved(b.texts, dx, dy)) for b in scene.boxes
    )
    edges = (
        replace(
            e,
            curve=tuple(Point(p.x + dx, p.y + dy) for p in e.curve),
            texts=_moved(e.texts, dx, dy),
            label=None if e.label is None else e.label.moved(dx, dy),
        )
        for e in scene.edges
    )
    groups = (
        replace(g, rect=g.rect.moved(dx, dy), text=_moved((g.text,), dx, dy)[0])
        for g in scene.groups
    )
    blanks: Iterator[Blank] = (replace(b, rect=b.rect.moved(dx, dy)) for b in scene.blanks)
    legend = (
        replace(entry, rect=entry.rect.moved(dx, dy), text=_moved((entry.text,), dx, dy)[0])
        for entry in scene.legend
    )
    return replace(
        scene,
        boxes=tuple(boxes),
        edges=tuple(edges),
        groups=tuple(groups),
        blanks=tuple(blanks),
        legend=tuple(legend),
    )


def _moved(texts: tuple[SceneText, ...], dx: float, dy: float) -> tuple[SceneText, ...]:
    return tuple(replace(text, x=text.x + dx, baseline=text.baseline + dy) for text in texts)


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
