"""Pick out one route through a diagram; the rest is drawn grey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import near
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["highlighted", "route_of"]


def route_of(diagram: Diagram, names: Sequence[str]) -> frozenset[str]:
    """Return the ids of all boxes and edges on the routes from each name to the next.

    Args:
        diagram: the boxes and edges.
        names: names of lines; a single one is followed to the output.

    Raises:
        UsageError: if there is no box of a name.
    """
    ids = {box.name: box.id for box in diagram.boxes}
    for name in names:
        if name not in ids:
            known = ", ".join(ids)
            raise UsageError("name.unknown", name=name, near=near(name, list(ids)), known=known)
    stops = [ids[name] for name in names]
    if len(stops) == 1:
        stops.append(ids.get(diagram.output, diagram.boxes[-1].id))
    found: set[str] = set()
    for start, end in pairwise(stops):
        after = _reached({start}, ((e.source, e.target) for e in diagram.edges))
        backwards = [(e.target, e.source) for e in reversed(diagram.edges)]
        between = after & _reached({end}, backwards)
        found |= between
        found |= {e.id for e in diagram.edges if e.source in between and e.target in between}
    return frozenset(found)


def highlighted(scene: Scene, route: frozenset[str]) -> Scene:
    """Return a scene in which what is not on a route is dimmed."""
    boxes = tuple(box._replace(dimmed=box.id not in route) for box in scene.boxes)
    edges = tuple(edge._replace(dimmed=edge.id not in route) for edge in scene.edges)
    return scene._replace(boxes=boxes, edges=edges)


def _reached(starts: set[str], edges: Iterable[tuple[str, str]]) -> set[str]:
    """Return what can be reached; edges come in an order in which sources come first."""
    reached = set(starts)
    for source, target in edges:
        if source in reached:
            reached.add(target)
    return reached
