"""Exchange the axes of a drawing; say in whose group stands what stands beside a box."""

from __future__ import annotations

from collections.abc import Mapping

from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.geometry.places import Point, Rect, Reserved, Size
from graphgrad.views.figure.layout.columns.standing import Columns
from graphgrad.views.figure.layout.dot_output import Layout

__all__ = ["exchanged", "stood", "turned"]


def stood(diagram: Diagram, columns: Columns) -> Diagram:
    """Return a diagram in which what stands beside a box is in the group of that box."""
    group = {box.id: box.group for box in diagram.boxes}
    holder = columns.holder()
    boxes = (
        box._replace(group=group[holder[box.id]]) if box.id in holder else box
        for box in diagram.boxes
    )
    return diagram._replace(boxes=tuple(boxes))


def turned(reserved: Reserved) -> Reserved:
    """Return the room of every part with width and height exchanged."""

    def turn(sizes: Mapping[str, Size]) -> dict[str, Size]:
        return {name: Size(size.height, size.width) for name, size in sizes.items()}

    return reserved._replace(
        boxes=turn(reserved.boxes),
        labels=turn(reserved.labels),
        wires=turn(reserved.wires),
        spare={},
    )


def exchanged(layout: Layout) -> Layout:
    """Return a layout with its axes exchanged."""
    return layout._replace(
        width=layout.height,
        height=layout.width,
        boxes={box: Rect(r.top, r.left, r.height, r.width) for box, r in layout.boxes.items()},
        curves={edge: tuple(Point(p.y, p.x) for p in c) for edge, c in layout.curves.items()},
        labels={edge: Point(p.y, p.x) for edge, p in layout.labels.items()},
    )
