"""Find what overlaps in a picture, from what its SVG draws."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .reading import Box, Picture

Overlap = tuple[str, str, str]
_ENDS = 2.0
_STRAY = 1.0


def overlaps_of(picture: Picture) -> list[Overlap]:
    """Return every overlap as what is wrong and the ids of the two parts."""
    found = [*_edges_through_boxes(picture), *_boxes(picture), *_labels(picture)]
    return [*found, *_titles(picture), *_texts(picture), *_off_the_page(picture)]


def _edges_through_boxes(picture: Picture) -> Iterator[Overlap]:
    for edge, points in picture.curves.items():
        for box, rect in picture.boxes.items():
            inset = _ENDS if box in picture.ends[edge] else 0.0
            if any(rect.holds(x, y, inset) for x, y in points):
                yield "edge through box", edge, box


def _boxes(picture: Picture) -> Iterator[Overlap]:
    for (one, rect), (other, second) in combinations(picture.boxes.items(), 2):
        if rect.meets(second):
            yield "boxes", one, other


def _labels(picture: Picture) -> Iterator[Overlap]:
    """Labels touch no box, no other label and no other edge, and are nearest to their own."""
    for (one, rect), (other, second) in combinations(picture.labels.items(), 2):
        if rect.meets(second):
            yield "labels", one, other
    for edge, label in picture.labels.items():
        for box, rect in picture.boxes.items():
            if label.meets(rect):
                yield "label on box", edge, box
        away = {other: _distance(label, points) for other, points in picture.curves.items()}
        own = away.pop(edge)
        for other, distance in away.items():
            if distance <= 0:
                yield "label on edge", edge, other
            elif distance <= own:
                yield "label nearer to another edge", edge, other


def _titles(picture: Picture) -> Iterator[Overlap]:
    """Titles of groups touch no box and no label."""
    for group, title in picture.titles.items():
        for box, rect in picture.boxes.items():
            if title.meets(rect):
                yield "title on box", group, box
        for edge, label in picture.labels.items():
            if title.meets(label):
                yield "title on label", group, edge


def _texts(picture: Picture) -> Iterator[Overlap]:
    """The texts of a box lie inside of its outline, round corners included."""
    for box, rects in picture.inside.items():
        outline = picture.boxes[box]
        for rect in rects:
            corners = [(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
            if not all(outline.holds(x, y) for x, y in corners):
                yield "text over outline", box, ""


def _off_the_page(picture: Picture) -> Iterator[Overlap]:
    _, _, width, height = map(float, (picture.root.get("viewBox") or "").split())
    page = Box(-_STRAY, -_STRAY, width + _STRAY, height + _STRAY)
    for part, rect in [*picture.boxes.items(), *picture.labels.items(), *picture.titles.items()]:
        if not (page.holds(rect.left, rect.top) and page.holds(rect.right, rect.bottom)):
            yield "off the page", part, ""
    for edge, points in picture.curves.items():
        if not all(page.holds(x, y) for x, y in points):
            yield "off the page", edge, ""


def _distance(label: Box, points: list[tuple[float, float]]) -> float:
    return min(label.distance(x, y) for x, y in points)
