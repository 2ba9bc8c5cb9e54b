"""Join the edges of folded boxes, add up what they bring back, and find what cannot be one box.

A group that is left and entered again, from ``a.p`` to ``b.r`` to ``a.q``, would be read by what
it reads. A drawing of a graph has no circles, so such a group is drawn line by line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from graphgrad.views.figure.content.diagram import Diagram, DiagramEdge
from graphgrad.views.figure.content.operator_signs import edge_words

__all__ = ["folded_edges", "kept_inside", "left_open"]


def folded_edges(
    diagram: Diagram, owner: Mapping[str, str], told: Mapping[str, str]
) -> tuple[tuple[DiagramEdge, ...], dict[str, str]]:
    """Return the edges between what is left, parallel ones of folds as one, and their new ids.

    Args:
        diagram: before folding.
        owner: the fold of each folded box.
        told: the titles of closed groups: an edge that ends there is read aloud so.
    """
    names = {box.id: box.name for box in diagram.boxes} | dict(told)
    kept: dict[tuple[str, str, str], DiagramEdge] = {}
    renamed: dict[str, str] = {}
    for edge in diagram.edges:
        source, target = owner.get(edge.source, edge.source), owner.get(edge.target, edge.target)
        if source == target:
            continue
        plain = source == edge.source and target == edge.target
        key = (source, target, edge.id if plain else "")
        before = kept.get(key)
        if plain:
            kept[key] = edge
        elif before is None:
            bare = edge._replace(source=source, target=target, sign="", partial="", numbers="")
            if source in told or target in told:
                ends = names.get(target, ""), names.get(source, "")
                bare = bare._replace(words=edge_words(*ends, diagram.language))
            brought = _brought(edge, names)
            kept[key] = bare._replace(number=None, contribution=None, brought=brought, formula="")
        else:
            renamed[edge.id] = before.id
            kept[key] = before._replace(
                forward_step=min(before.forward_step, edge.forward_step),
                backward_step=max(before.backward_step, edge.backward_step),
                brought=_added(before.brought, _brought(edge, names)),
            )
    found = tuple(_summed(edge, owner) for edge in kept.values())
    return found, renamed


def kept_inside(
    diagram: Diagram, owner: Mapping[str, str]
) -> dict[str, tuple[tuple[str, Any], ...]]:
    """Return per fold what its own lines bring back to one another, by name: no edge shows it."""
    names = {box.id: box.name for box in diagram.boxes}
    found: dict[str, dict[str, Any]] = {}
    for box in diagram.boxes:
        if box.kept and box.id in owner:
            _add(found.setdefault(owner[box.id], {}), box.kept)
    for edge in diagram.edges:
        fold = owner.get(edge.source)
        if fold is not None and fold == owner.get(edge.target):
            _add(found.setdefault(fold, {}), _brought(edge, names))
    return {fold: tuple(total.items()) for fold, total in found.items()}


def _brought(edge: DiagramEdge, names: Mapping[str, str]) -> tuple[tuple[str, Any], ...]:
    """Return what an edge brings back, by the name of the line that it is brought to."""
    if edge.brought:
        return edge.brought
    if edge.contribution is None:
        return ()
    return ((names[edge.source], edge.contribution),)


def _added(
    first: Sequence[tuple[str, Any]], second: Sequence[tuple[str, Any]]
) -> tuple[tuple[str, Any], ...]:
    total = dict(first)
    _add(total, second)
    return tuple(total.items())


def _add(total: dict[str, Any], more: Sequence[tuple[str, Any]]) -> None:
    """Add what is brought back to a sum by name."""
    for name, value in more:
        total[name] = total[name] + value if name in total else value


def _summed(edge: DiagramEdge, owner: Mapping[str, str]) -> DiagramEdge:
    """Return an edge from a plain box with the sum that it brings back as its contribution."""
    if len(edge.brought) != 1 or edge.source in owner.values():
        return edge
    return edge._replace(contribution=edge.brought[0][1], brought=())


def left_open(diagram: Diagram, folds: Sequence[Collection[str]]) -> set[int]:
    """Return the numbers of the folds that stay open, so that the others close no circle.

    Of a circle of several, one that goes round alone is left open first, else the last.

    Args:
        diagram: the boxes and edges.
        folds: per fold the ids of the boxes that would become one.
    """
    kept = dict(enumerate(folds))
    while circle := _circle(diagram, kept):
        alone = [number for number in circle if _circle(diagram, {number: folds[number]})]
        del kept[(alone or circle)[-1]]
    return set(range(len(folds))) - kept.keys()


def _circle(diagram: Diagram, folds: dict[int, Collection[str]]) -> list[int]:
    """Return the folds of one circle of the folded diagram, in their order; none without one."""
    owner = {box: number for number, boxes in folds.items() for box in boxes}
    sorter: TopologicalSorter[str | int] = TopologicalSorter()
    for edge in diagram.edges:
        source, target = owner.get(edge.source, edge.source), owner.get(edge.target, edge.target)
        if source != target:
            sorter.add(target, source)
    try:
        sorter.prepare()
    except CycleError as error:
        return sorted({place for place in error.args[1] if isinstance(place, int)})
    return []
