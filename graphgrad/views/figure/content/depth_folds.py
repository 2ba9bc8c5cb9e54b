"""Close the groups of a figure at a depth: each is one box that says what it is."""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.graph.depth import ClosedGroup, closed_at
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts, parent_group, within
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.fold_boxes import Fold, folded
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.text.group_words import group_summary
from graphgrad.views.text.stops import Stops, usual_fold

__all__ = ["at_depth", "exceptions_in", "stops_of"]

_WAYS = ("auto", "none", "", "repeats")


def exceptions_in(options: SceneOptions) -> tuple[str, ...]:
    """Return the groups that ``collapse`` names, where a depth closes groups."""
    how = options.collapse
    if options.detail not in ("block", "layer") or how in _WAYS or ":" in how:
        return ()
    return tuple(how.replace(",", " ").split())


def stops_of(trace: Trace, options: SceneOptions) -> Stops:
    """Return the steps of a figure: all of a closed group, of a line, of a node, or one event."""
    fold = options.fold or usual_fold(options.detail)
    closed: dict[int, str] = {}
    if fold == "line" and options.detail in ("block", "layer"):
        for group in closed_at(trace.graph, options.detail, exceptions_in(options)):
            closed |= dict.fromkeys(group.lines, group.name)
    return Stops(trace, fold, closed)


def at_depth(diagram: Diagram, graph: Graph, options: SceneOptions) -> Diagram:
    """Return a diagram with the groups closed that a depth closes, but for the exceptions.

    Raises:
        UsageError: if there is no group of a name.
    """
    if options.detail not in ("block", "layer"):
        return diagram
    closed = closed_at(graph, options.detail, exceptions_in(options))
    return folded(diagram, list(_folds(diagram, graph, closed)))


def _folds(diagram: Diagram, graph: Graph, closed: list[ClosedGroup]) -> Iterator[Fold]:
    for group in closed:
        inside = [box for box in diagram.boxes if within(box.group, group.name)]
        if not inside:
            continue
        yield Fold(
            group_parts(group.name)[-1],
            tuple(box.id for box in inside),
            parent_group(group.name),
            summary=group_summary(graph, group),
        )
