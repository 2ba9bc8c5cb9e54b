"""Order each column so that few links cross: by the middle of what a stop is linked to.

K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system
structures" (1981), section 4: sweeps to and fro by barycentres. Crossings are counted as in W.
Barth, M. Jünger, P. Mutzel, "Simple and efficient bilayer cross counting" (2002).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Sequence

__all__ = ["crossings", "ordered"]

Links = Sequence[Sequence[int]]
_SWEEPS, _FEW_SWEEPS, _MANY = 12, 2, 3_000


def ordered(ranks: Sequence[Sequence[int]], behind: Links, ahead: Links) -> list[list[int]]:
    """Return columns in the best order that some sweeps find; the given one wins a draw.

    Args:
        ranks: per column the numbers of its stops.
        behind: per stop those that it is linked to in the column before.
        ahead: the same of the column after.
    """
    best = [list(rank) for rank in ranks]
    least = crossings(best, ahead)
    found = [list(rank) for rank in ranks]
    sweeps = _FEW_SWEEPS if len(behind) > _MANY else _SWEEPS
    for sweep in range(sweeps):
        if not least:
            break
        forth = sweep % 2 == 0
        _swept(found, behind if forth else ahead, forth=forth)
        count = crossings(found, ahead)
        if count < least:
            best, least = [list(rank) for rank in found], count
    return _exchanged(best, behind, ahead) if least and len(behind) < _MANY // 10 else best


def _swept(ranks: list[list[int]], links: Links, *, forth: bool) -> None:
    """Sort every column by the places of what it is linked to in the one before."""
    order = range(1, len(ranks)) if forth else range(len(ranks) - 2, -1, -1)
    for rank in order:
        fixed = ranks[rank - 1 if forth else rank + 1]
        place = {stop: index for index, stop in enumerate(fixed)}
        stretch = max(len(fixed) - 1, 1) / max(len(ranks[rank]) - 1, 1)
        middle = {
            stop: sum(place[other] for other in links[stop]) / len(links[stop])
            if links[stop]
            else index * stretch
            for index, stop in enumerate(ranks[rank])
        }
        ranks[rank].sort(key=middle.__getitem__)


def crossings(ranks: Sequence[Sequence[int]], ahead: Links) -> int:
    """Return how many pairs of links cross between the columns.

    >>> crossings([[0, 1], [2, 3]], [[3], [2], [], []])
    1
    """
    return sum(_between(rank, after, ahead) for rank, after in itertools.pairwise(ranks))


def _between(rank: Sequence[int], after: Sequence[int], ahead: Links) -> int:
    place = {stop: index for index, stop in enumerate(after)}
    count = 0
    seen: list[int] = []
    for stop in rank:
        ends = sorted(place[other] for other in ahead[stop])
        count += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return count


def _exchanged(ranks: list[list[int]], behind: Links, ahead: Links) -> list[list[int]]:
    """Exchange neighbours while that takes crossings away."""
    improved = True
    while improved:
        improved = False
        for number, rank in enumerate(ranks):
            near = [*([ranks[number - 1]] if number else []), *ranks[number + 1 : number + 2]]
            places = {stop: index for other in near for index, stop in enumerate(other)}
            for i in range(len(rank) - 1):
                one, other = rank[i], rank[i + 1]
                gain = sum(
                    _inverted(side[one], side[other], places)
                    - _inverted(side[other], side[one], places)
                    for side in (behind, ahead)
                )
                if gain > 0:
                    rank[i], rank[i + 1] = other, one
                    improved = True
    return ranks


def _inverted(upper: Sequence[int], lower: Sequence[int], places: dict[int, int]) -> int:
    """Return how many links of the upper of two neighbours cross one of the lower."""
    return sum(places[a] > places[b] for a in upper for b in lower)
