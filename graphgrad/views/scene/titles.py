"""Put the title of each group where no edge runs through it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphgrad.views.scene.curves import sampled
from graphgrad.views.scene.places import Point, Rect
from graphgrad.views.scene.scene import Scene, SceneGroup, SceneText

__all__ = ["with_clear_titles"]

_INSET = 8.0
_AIR = 2.0


def with_clear_titles(scene: Scene) -> Scene:
    """Return a scene whose titles stand clear of edges, labels and boxes where they can."""
    points = [point for edge in scene.edges for point in sampled(edge.curve)]
    taken = [box.rect for box in scene.boxes]
    taken += [edge.label for edge in scene.edges if edge.label is not None]
    groups = tuple(_cleared(group, points, taken) for group in scene.groups)
    return replace(scene, groups=groups)


def _cleared(group: SceneGroup, points: Sequence[Point], taken: Sequence[Rect]) -> SceneGroup:
    best, least = group.text, _crossings(group.text, points, taken)
    for text in _places(group):
        if least == 0:
            break
        found = _crossings(text, points, taken)
        if found < least:
            best, least = text, found
    return replace(group, text=best)


def _places(group: SceneGroup) -> Iterator[SceneText]:
    """Yield places along the top of the frame from left to right, then along its bottom."""
    text, rect = group.text, group.rect
    room = rect.width - text.ink.width - 2 * _INSET
    for baseline in (text.baseline, rect.bottom - 0.5 * text.size):
        for part in (0.0, 1.0, 0.5, 0.25, 0.75):
            yield replace(text, x=rect.left + _INSET + part * max(room, 0.0), baseline=baseline)


def _crossings(text: SceneText, points: Sequence[Point], taken: Sequence[Rect]) -> int:
    rect = text.rect.grown(_AIR)
    on = sum(rect.left < p.x < rect.right and rect.top < p.y < rect.bottom for p in points)
    return on + 100 * sum(rect.overlaps(other) for other in taken)
