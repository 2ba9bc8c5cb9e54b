"""Put the stops of each column at heights where their links run straight and nothing overlaps.

Each column is placed best for its neighbours by weighted isotonic regression, the sum of squares
under the order and the least distances (R. E. Barlow and others, "Statistical inference under
order restrictions" (1972), pool adjacent violators); a few sweeps to and fro settle all.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf

__all__ = ["heights", "straightened"]

_SWEEPS, _FEW_SWEEPS, _MANY = 14, 3, 3_000


def heights(
    ranks: Sequence[Sequence[int]],
    pulls: Sequence[Mapping[int, float]],
    apart: Callable[[int, int], float],
) -> list[float]:
    """Return the height of each stop.

    Args:
        ranks: per column the numbers of its stops, in order.
        pulls: per stop how strongly each other stop pulls it to its own height.
        apart: the least distance of two neighbours of a column.
    """
    height = [0.0] * len(pulls)
    offsets = [_offsets(rank, apart) for rank in ranks]
    for rank, offset in zip(ranks, offsets, strict=True):
        middle = offset[-1] / 2 if offset else 0.0
        for stop, place in zip(rank, offset, strict=True):
            height[stop] = place - middle
    pulled = [(tuple(found.items()), math.fsum(found.values())) for found in pulls]
    sweeps = _FEW_SWEEPS if len(pulls) > _MANY else _SWEEPS
    numbers = list(range(len(ranks)))
    for _ in range(sweeps):
        for number in (*numbers, *reversed(numbers)):
            _settle(ranks[number], offsets[number], pulled, height)
    return height


def _offsets(rank: Sequence[int], apart: Callable[[int, int], float]) -> list[float]:
    """Return the heights in a column that stands as close as it can, from 0."""
    found = [0.0] if rank else []
    for one, other in itertools.pairwise(rank):
        found.append(found[-1] + apart(one, other))
    return found


def _settle(
    rank: Sequence[int],
    offset: Sequence[float],
    pulled: Sequence[tuple[tuple[tuple[int, float], ...], float]],
    height: list[float],
) -> None:
    """Place one column best for where the others stand: what is done most often in a layout."""
    blocks: list[tuple[float, float, int]] = []  # wanted, weight, how many stops
    for stop, before in zip(rank, offset, strict=True):
        pulls, weight = pulled[stop]
        if weight:
            wanted = 0.0
            for other, strength in pulls:
                wanted += height[other] * strength
            wanted = wanted / weight - before
        else:
            wanted, weight = height[stop] - before, 0.1
        count = 1
        while blocks and blocks[-1][0] >= wanted:
            mean, heavy, many = blocks.pop()
            total = heavy + weight
            wanted = (mean * heavy + wanted * weight) / total
            weight, count = total, count + many
        blocks.append((wanted, weight, count))
    places = (wanted for wanted, _, count in blocks for _ in range(count))
    for stop, before, place in zip(rank, offset, places, strict=True):
        height[stop] = place + before


def straightened(
    height: Sequence[float],
    ranks: Sequence[Sequence[int]],
    chains: Iterable[Sequence[int]],
    apart: Callable[[int, int], float],
) -> list[float]:
    """Return heights at which each chain of stops runs level for as long as it can.

    Args:
        height: per stop.
        ranks: per column the numbers of its stops, in order.
        chains: stops of columns that follow one another.
        apart: the least distance of two neighbours of a column.
    """
    found = list(height)
    above: dict[int, int] = {}
    below: dict[int, int] = {}
    for rank in ranks:
        for one, other in pairwise(rank):
            above[other], below[one] = one, other

    def room(stop: int) -> tuple[float, float]:
        over, under = above.get(stop), below.get(stop)
        low = -inf if over is None else found[over] + apart(over, stop)
        high = inf if under is None else found[under] - apart(stop, under)
        return min(low, found[stop]), max(high, found[stop])

    def level(run: Sequence[int], low: float, high: float) -> None:
        middle = math.fsum(found[stop] for stop in run) / len(run)
        for stop in run:
            found[stop] = min(max(middle, low), high)

    for chain in chains:
        run: list[int] = []
        low, high = -inf, inf
        for stop in chain:
            least, most = room(stop)
            if run and max(low, least) > min(high, most):
                level(run, low, high)
                run, low, high = [], -inf, inf
            run.append(stop)
            low, high = max(low, least), min(high, most)
        if run:
            level(run, low, high)
    return found
