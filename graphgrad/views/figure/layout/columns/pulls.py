"""Say how strongly stops of neighbouring columns pull one another to one height."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise

from graphgrad.views.figure.layout.columns.lanes import Lanes
from graphgrad.views.figure.layout.columns.steps import following

__all__ = ["pulls_of"]

_LANE, _USUAL, _SPINE, _STEPS = 6.0, 2.0, 9.0, 3.0
"""Lanes are straight before boxes are, and the main chain before all."""


def pulls_of(lanes: Lanes, spine: Container[str], *, in_rows: bool) -> list[dict[int, float]]:
    """Return per stop how strongly each other stop pulls it to its own height.

    Args:
        lanes: what stands in each column.
        spine: the edges of the longest chain.
        in_rows: whether boxes of one name and another step pull one another as well.
    """
    pulls: list[dict[int, float]] = [{} for _ in lanes.stops]

    def pull(one: int, other: int, weight: float) -> None:
        pulls[one][other] = max(pulls[one].get(other, 0.0), weight)
        pulls[other][one] = max(pulls[other].get(one, 0.0), weight)

    for edge, path in lanes.paths.items():
        for one, other in pairwise(path):
            ends = "unit" in (lanes.stops[one].kind, lanes.stops[other].kind)
            pull(one, other, _SPINE if edge in spine else _USUAL if ends else _LANE)
    if in_rows:
        for box, after in following(lanes.diagram):
            if box in lanes.unit and after in lanes.unit:
                pull(lanes.unit[box], lanes.unit[after], _STEPS)
    return pulls
