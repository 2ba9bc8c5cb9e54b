"""Choose the row of each item: as near to what it is wired to as the order allows, few bends."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphgrad.views.cells.layers import Lattice

__all__ = ["Heights", "assign_lines", "held_lines", "isotonic", "isotonic_median", "straighten"]

_ROUNDS = 6
_BUDGET = 20_000
_STRAIGHT = 4.0
_FAINT = 0.1
_TURNS = 4
_LONG, _WIRE, _STAY = 4, 2, 1
_HELD = 1_000_000

# A wished row and how much it is wished.
Vote = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heights:
    """Vertical sizes of the items.

    Args:
        above: per item, the rows above its line; the line holds its exit and its first port.
        below: per item, the rows from its line down, the line included.
        gap: empty rows kept between two boxes.
    """

    above: list[int]
    below: list[int]
    gap: int


def assign_lines(order: list[list[int]], lattice: Lattice, heights: Heights) -> list[int]:
    """Return the line of every item; the uppermost item starts on row 0.

    Each layer in turn is moved towards the mean of its neighbours by isotonic regression, so that
    the order and the gaps hold and nothing overlaps; then near-straight wires are made straight.
    """
    offsets = [_offsets(layer, lattice.box_count, heights) for layer in order]
    line = [0.0] * len(lattice.layer)
    for layer, offset in zip(order, offsets, strict=True):
        for item, least in zip(layer, offset, strict=True):
            line[item] = float(least)
    levels = range(len(order))
    for turn in range(max(1, min(_ROUNDS, _BUDGET // max(len(line), 1)))):
        for level in levels[::-1]:
            _settle(order[level], offsets[level], line, lattice, (turn > 0, True))
        for level in levels:
            _settle(order[level], offsets[level], line, lattice, (True, turn > 0))
    whole = _whole(order, offsets, line)
    straighten(order, offsets, whole, lattice)
    top = min((row - above for row, above in zip(whole, heights.above, strict=True)), default=0)
    return [row - top for row in whole]


def held_lines(
    order: list[list[int]],
    lattice: Lattice,
    heights: Heights,
    line: Sequence[int],
    held: Mapping[int, int],
) -> list[int]:
    """Return the lines of all items with some of them where they are held, if there is room.

    Args:
        order: the items of every layer, those that are held in the order of their rows.
        lattice: the items.
        heights: their sizes.
        line: where they would stand else.
        held: the rows of some.
    """
    found = list(line)
    shift = sorted(row - line[item] for item, row in held.items())[len(held) // 2]
    for layer in order:
        distances = _offsets(layer, lattice.box_count, heights)
        votes = [
            [(held[item] - distance, _HELD)]
            if item in held
            else [(line[item] + shift - distance, _STAY)]
            for item, distance in zip(layer, distances, strict=True)
        ]
        for item, distance, place in zip(layer, distances, isotonic_median(votes), strict=True):
            found[item] = place + distance
    above = min((row - up for row, up in zip(found, heights.above, strict=True)), default=0)
    return [row - min(above, 0) for row in found]


def _offsets(layer: list[int], box_count: int, heights: Heights) -> list[int]:
    """Return the least distance of each item's line from the first line of its layer."""
    offsets = [0]
    for upper, lower in pairwise(layer):
        boxes = upper < box_count and lower < box_count
        distance = heights.below[upper] + heights.above[lower] + (heights.gap if boxes else 0)
        offsets.append(offsets[-1] + distance)
    return offsets


def _settle(
    layer: list[int],
    offsets: list[int],
    line: list[float],
    lattice: Lattice,
    sides: tuple[bool, bool],
) -> None:
    """Move one layer towards the items before it, after it, or both (`sides`)."""
    wishes: list[float] = []
    weights: list[float] = []
    for item, offset in zip(layer, offsets, strict=True):
        wish, weight = _wish(item, line, lattice, sides)
        wishes.append(wish - offset)
        weights.append(weight)
    for item, offset, place in zip(layer, offsets, isotonic(wishes, weights), strict=True):
        line[item] = offset + place


def _whole(order: list[list[int]], offsets: list[list[int]], line: Sequence[float]) -> list[int]:
    """Round the lines; what stood at its least distance still does."""
    whole = [0] * len(line)
    for layer, distances in zip(order, offsets, strict=True):
        for item, distance in zip(layer, distances, strict=True):
            whole[item] = distance + round(line[item] - distance)
    return whole


def _wish(
    item: int, line: list[float], lattice: Lattice, sides: tuple[bool, bool]
) -> tuple[float, float]:
    """Return the row an item wants, the mean over its wires, and how much it wants it."""
    total = weight = 0.0
    if sides[0]:
        force = _STRAIGHT if item >= lattice.box_count else 1.0
        for slot, pin in enumerate(lattice.pins[item]):
            total += force * (line[pin] - slot)
            weight += force
    if sides[1]:
        for tap, slot in lattice.taps[item]:
            force = _STRAIGHT if tap >= lattice.box_count else 1.0
            total += force * (line[tap] + slot)
            weight += force
    return (total / weight, weight) if weight else (line[item], _FAINT)


def isotonic(wishes: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the non-decreasing numbers nearest to the wishes in weighted least squares.

    Source: Barlow, Bartholomew, Bremner & Brunk, Statistical Inference under Order Restrictions,
    1972, section 1.2 (pool adjacent violators).

    >>> isotonic([1.0, 3.0, 2.0, 5.0], [1.0, 1.0, 1.0, 1.0])
    [1.0, 2.5, 2.5, 5.0]
    """
    pools: list[tuple[float, float, int]] = []
    for wish, weight in zip(wishes, weights, strict=True):
        mean, mass, count = wish, weight, 1
        while pools and pools[-1][0] > mean:
            before, load, size = pools.pop()
            mean = (mean * mass + before * load) / (mass + load)
            mass, count = mass + load, count + size
        pools.append((mean, mass, count))
    return [mean for mean, _, count in pools for _ in range(count)]


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

    Pools adjacent violators as `isotonic` does, with the lower median in place of the mean.

    >>> isotonic_median([[(1, 2)], [(4, 2), (9, 1)], [(3, 2)]])
    [1, 4, 4]
    """
    pools: list[_Pool] = []
    for ballot in ballots:
        pool = _Pool(ballot)
        while pools and pools[-1].median > pool.median:
            pool = pools.pop().joined(pool)
        pools.append(pool)
    return [row for pool in pools for row in repeat(pool.median, pool.count)]


class _Pool:
    """The votes of adjacent items: those up to their lower weighted median, and those above it.

    Two heaps, the smaller pool poured into the larger: thousands of wires of one box are pooled in
    n log n steps.
    """

    __slots__ = ("above", "below", "count", "total", "under")

    def __init__(self, votes: Sequence[Vote]) -> None:
        self.below: list[tuple[int, int]] = []
        self.above: list[tuple[int, int]] = []
        self.under = self.total = 0
        self.count = 1
        self._take(votes)

    @property
    def median(self) -> int:
        """Return the least row that half of the weight asks for, or less."""
        return -self.below[0][0]

    def joined(self, other: _Pool) -> _Pool:
        """Return both pools as one."""
        size = len(self.below) + len(self.above)
        less, more = (self, other) if size < len(other.below) + len(other.above) else (other, self)
        more.count += less.count
        more._take([(-row, force) for row, force in less.below])
        more._take(less.above)
        return more

    def _take(self, votes: Sequence[Vote]) -> None:
        for row, force in votes:
            self.total += force
            if self.below and row <= self.median:
                heappush(self.below, (-row, force))
                self.under += force
            else:
                heappush(self.above, (row, force))
        while 2 * self.under < self.total:
            row, force = heappop(self.above)
            heappush(self.below, (-row, force))
            self.under += force
        while 2 * (self.under - self.below[0][1]) >= self.total:
            row, force = heappop(self.below)
            heappush(self.above, (-row, force))
            self.under -= force
