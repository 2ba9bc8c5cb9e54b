"""Draw the frames of groups round boxes that were laid out without them."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.views.scene.diagram import Diagram
from graphgrad.views.scene.layout import Layout
from graphgrad.views.scene.layout_source import Reserved, Size
from graphgrad.views.scene.places import Rect
from graphgrad.views.scene.placing import around

__all__ = ["framed"]

_AIR = 7.0


def framed(diagram: Diagram, layout: Layout, reserved: Reserved) -> Layout:
    """Return a layout with a frame per group whose boxes stand together; the others have none.

    Args:
        diagram: the boxes and groups.
        layout: where the boxes went.
        reserved: the room of titles and labels.
    """
    frames: dict[int, Rect] = {}
    for number, group in reversed(list(enumerate(diagram.groups))):  # inner ones come last
        inside = {b.id for b in diagram.boxes if f"{b.group}.".startswith(f"{group.name}.")}
        inner = [
            frame
            for other, frame in frames.items()
            if diagram.groups[other].name.startswith(f"{group.name}.")
        ]
        held = [layout.boxes[box] for box in inside]
        held += [
            around(layout.labels[edge.id], reserved.labels[edge.id])
            for edge in diagram.edges
            if edge.id in layout.labels and edge.id in reserved.labels
            if edge.source in inside and edge.target in inside
        ]
        frame = _around([*held, *inner], reserved.titles[group.name])
        strangers = [rect for box, rect in layout.boxes.items() if box not in inside]
        strangers += [other for other in frames.values() if other not in inner]
        if not any(frame.overlaps(other) for other in strangers):
            frames[number] = frame
    return layout._replace(frames=frames)


def _around(rects: Iterable[Rect], title: Size) -> Rect:
    """Return the frame of some rectangles, its title below them: edges arrive from above."""
    found = list(rects)
    left, top = min(r.left for r in found) - _AIR, min(r.top for r in found) - _AIR
    right, bottom = max(r.right for r in found) + _AIR, max(r.bottom for r in found) + _AIR
    width = max(right - left, title.width + 2 * _AIR)
    return Rect(left, top, width, bottom - top + title.height)
