"""Close the groups of a figure at a depth: each is one box that says what it is."""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.graph.depth import closed_groups, groups_at
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts, parent_group, within
from graphgrad.views.figure.content.diagram import LEAF_ROLES, Diagram
from graphgrad.views.figure.content.fold_boxes import Fold, folded
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.text.group_words import group_summary

__all__ = ["at_depth", "exceptions_in"]

_WAYS = ("auto", "none", "", "repeats")


def exceptions_in(options: SceneOptions) -> tuple[str, ...]:
    """Return the groups that ``collapse`` names, where a depth closes groups."""
    how = options.collapse
    if options.detail not in ("block", "layer") or how in _WAYS or ":" in how:
        return ()
    return tuple(how.replace(",", " ").split())


def at_depth(diagram: Diagram, graph: Graph, options: SceneOptions) -> Diagram:
    """Return a diagram with the groups closed that a depth closes, but for the exceptions.

    Raises:
        UsageError: if there is no group of a name.
    """
    if options.detail not in ("block", "layer"):
        return diagram
    names = groups_at(graph, options.detail, exceptions_in(options))
    return folded(diagram, list(_folds(diagram, graph, names)))


def _folds(diagram: Diagram, graph: Graph, names: list[str]) -> Iterator[Fold]:
    for group in closed_groups(graph, names):
        inside = [box for box in diagram.boxes if within(box.group, group.name)]
        if len(inside) == 1 and (not group.parameters or inside[0].role in LEAF_ROLES):
            continue
        yield Fold(
            group_parts(group.name)[-1],
            tuple(box.id for box in inside),
            parent_group(group.name),
            summary=group_summary(graph, group),
        )
