"""Straight wires: the last move of the lines, which trades nearness for fewer bends."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphgrad.views.cells.layers import Lattice

__all__ = ["isotonic_median", "straighten"]

_TURNS = 4
_LONG, _WIRE, _STAY = 4, 2, 1

# A wished row and how much it is wished.
Vote = tuple[int, int]


def straighten(
    order: list[list[int]], offsets: list[list[int]], line: list[int], lattice: Lattice
) -> None:
    """Move the lines of every layer, in place, to the median of what their wires ask for.

    A median, unlike a mean, is one of the rows asked for: one wire at least becomes straight.
    Wires between waypoints ask with more weight, and every item asks a little to stay.
    """
    levels = range(len(order))
    for turn in range(_TURNS):
        for level in levels[:: -1 if turn % 2 else 1]:
            layer, distances = order[level], offsets[level]
            votes = [
                _votes(item, distance, line, lattice)
                for item, distance in zip(layer, distances, strict=True)
            ]
            places = isotonic_median(votes)
            for item, distance, place in zip(layer, distances, places, strict=True):
                line[item] = place + distance


def _votes(item: int, distance: int, line: Sequence[int], lattice: Lattice) -> list[Vote]:
    """Return the rows an item is asked to stand on, less its distance from the first."""
    waypoint = item >= lattice.box_count
    votes = [(line[item] - distance, _STAY)]
    for slot, pin in enumerate(lattice.pins[item]):
        force = _LONG if waypoint and pin >= lattice.box_count else _WIRE
        votes.append((line[pin] - slot - distance, force))
    for tap, slot in lattice.taps[item]:
        force = _LONG if waypoint and tap >= lattice.box_count else _WIRE
        votes.append((line[tap] + slot - distance, force))
    votes.sort()
    return votes


def isotonic_median(ballots: Sequence[list[Vote]]) -> list[int]:
    """Return non-decreasing rows near the least weighted sum of distances to the votes.

    Pools adjacent violators as in `rows.isotonic`, with the lower median in place of the mean.

    >>> isotonic_median([[(1, 2)], [(4, 2), (9, 1)], [(3, 2)]])
    [1, 4, 4]
    """
    pools: list[tuple[int, list[Vote], int]] = []
    for ballot in ballots:
        votes, count = ballot, 1
        median = _median(votes)
        while pools and pools[-1][0] > median:
            _, others, size = pools.pop()
            votes, count = sorted(others + votes), count + size
            median = _median(votes)
        pools.append((median, votes, count))
    return [row for median, _, count in pools for row in repeat(median, count)]


def _median(votes: Sequence[Vote]) -> int:
    """Return the lower weighted median of sorted votes."""
    half = sum(force for _, force in votes)
    for row, force in votes:
        half -= 2 * force
        if half <= 0:
            return row
    return votes[-1][0]
