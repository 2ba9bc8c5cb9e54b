"""Find what cannot be one box: lines of others stand between its own, so it would go round.

A group that is left and entered again, from ``a.p`` to ``b.r`` to ``a.q``, would be read by what
it reads. A drawing of a graph has no circles, so such a group is drawn line by line.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from graphlib import CycleError, TopologicalSorter

from graphgrad.views.figure.content.diagram import Diagram

__all__ = ["left_open"]


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
