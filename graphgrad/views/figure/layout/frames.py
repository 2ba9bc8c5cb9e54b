"""Draw the frames of groups round boxes that were laid out without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graphgrad.graph.groups import group_parts, within
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.geometry.places import Rect, Reserved, Size, title_inset
from graphgrad.views.figure.layout.dot_output import Layout
from graphgrad.views.figure.layout.label_places import around

__all__ = ["framed", "layer_frames", "tangled"]

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
        inside = {b.id for b in diagram.boxes if within(b.group, group.name)}
        if not inside:
            continue
        inner = [
            frame
            for other, frame in frames.items()
            if within(diagram.groups[other].name, group.name)
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


def layer_frames(
    diagram: Diagram, boxes: Mapping[str, Rect], reserved: Reserved, air: float
) -> Iterator[tuple[int, Rect, Rect]]:
    """Yield the frames round layers of neurons: number of the group, frame, its title at the top.

    Args:
        diagram: the boxes and groups.
        boxes: where the boxes went.
        reserved: the room of titles.
        air: between a layer and its frame.
    """
    for number, group in enumerate(diagram.groups):
        own = {box.id for box in diagram.boxes if box.group == group.name}
        rects, title = [boxes[box] for box in own], reserved.titles[group.name]
        left, right = min(r.left for r in rects), max(r.right for r in rects)
        wide = max(right - left, title.width) + 2 * air
        top = min(r.top for r in rects) - air - title.height
        high = max(r.bottom for r in rects) + air - top
        frame = Rect((left + right - wide) / 2, top, wide, high)
        if not any(frame.overlaps(rect) for box, rect in boxes.items() if box not in own):
            begin = frame.left + title_inset(wide, title.width)
            yield number, frame, Rect(begin, top, title.width, title.height + air / 2)


def tangled(diagram: Diagram) -> bool:
    """Tell whether some group reads another that reads it: one would stand before itself.

    So it is in the graph of a gradient, whose adjoints stand in the groups of their lines.
    """
    place = {box.id: (*group_parts(box.group), box.id)[0] for box in diagram.boxes}
    after: dict[str, dict[str, None]] = {}
    arriving = dict.fromkeys(place.values(), 0)
    for edge in diagram.edges:
        ends = place[edge.source], place[edge.target]
        if ends[0] != ends[1] and ends[1] not in after.setdefault(ends[0], {}):
            after[ends[0]][ends[1]] = None
            arriving[ends[1]] += 1
    free = [name for name, count in arriving.items() if not count]
    for name in free:
        for target in after.get(name, ()):
            arriving[target] -= 1
            if not arriving[target]:
                free.append(target)
    return len(free) < len(arriving)


def _around(rects: Iterable[Rect], title: Size) -> Rect:
    """Return the frame of some rectangles, its title below them: edges arrive from above."""
    found = list(rects)
    left, top = min(r.left for r in found) - _AIR, min(r.top for r in found) - _AIR
    right, bottom = max(r.right for r in found) + _AIR, max(r.bottom for r in found) + _AIR
    width = max(right - left, title.width + 2 * _AIR)
    return Rect(left, top, width, bottom - top + title.height)
