"""Route the channel between two layers: upright wires, in columns of their own where they meet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Channel", "Fan", "Wire", "route"]

_SWAP_LIMIT = 60


class Fan(NamedTuple):
    """One net within one channel: the row where it comes in, the rows where it goes out."""

    entry: int
    exits: tuple[int, ...]


@dataclass(slots=True)
class Wire:
    """An upright piece of a fan.

    Args:
        fan: index of the fan.
        entry: row on which it is fed from the left.
        exits: rows, ascending, on which it feeds to the right.
        bent: whether it feeds the next wire of its fan rather than the right side.
        through: whether the level run that feeds it goes on to the right.
        track: its column, counted from the left of the channel.
    """

    fan: int
    entry: int
    exits: tuple[int, ...]
    bent: bool = False
    through: bool = False
    track: int = 0
    low: int = field(init=False)
    high: int = field(init=False)

    def __post_init__(self) -> None:
        self.low = min(self.entry, self.exits[0])
        self.high = max(self.entry, self.exits[-1])


@dataclass(frozen=True, slots=True)
class Channel:
    """A routed channel: the number of its tracks, and each fan's wires from left to right."""

    tracks: int
    wires: tuple[tuple[Wire, ...], ...]


def route(fans: Sequence[Fan]) -> Channel:
    """Give every wire a track so that no two nets share a straight run.

    On a row where one net comes in and another goes out, the first must turn left of the second.
    Where such demands form a circle, one wire of the circle is bent over a free row.

    >>> channel = route([Fan(1, (3,)), Fan(6, (4,))])  # both bend in the same column
    >>> channel.tracks, [wire.track for (wire,) in channel.wires]
    (1, [0, 0])
    >>> channel = route([Fan(1, (3,)), Fan(3, (5,))])
    >>> [wire.track for (wire,) in channel.wires]
    [1, 0]
    >>> route([Fan(1, (2,)), Fan(2, (1,))]).tracks  # a circle
    3
    """
    wires = [wire for index, fan in enumerate(fans) for wire in _wires(index, fan)]
    wires = _unwound(wires, fans)
    followers = _followers(wires)
    rightmost = _place(_ordered(wires, followers), wires, followers)
    grouped: list[list[Wire]] = [[] for _ in fans]
    for wire in wires:
        grouped[wire.fan].append(wire)
    return Channel(rightmost + 1, tuple(tuple(group) for group in grouped))


def _wires(index: int, fan: Fan) -> Iterable[Wire]:
    """Yield the wires of a fan: none if straight, two where a junction would have four arms."""
    above = tuple(row for row in fan.exits if row < fan.entry)
    below = tuple(row for row in fan.exits if row > fan.entry)
    if fan.entry in fan.exits:
        if above:
            yield Wire(index, fan.entry, above, through=True)
        if below:
            yield Wire(index, fan.entry, below, through=True)
    elif fan.exits:
        yield Wire(index, fan.entry, fan.exits)


def _followers(wires: Sequence[Wire]) -> list[int]:
    """Return, per wire, the wire that must stand right of it because it goes out on its row."""
    leaving = {
        row: index for index, wire in enumerate(wires) if not wire.bent for row in wire.exits
    }
    return [leaving.get(wire.entry, -1) for wire in wires]


def _unwound(wires: list[Wire], fans: Sequence[Fan]) -> list[Wire]:
    """Bend one wire of every circle of demands."""
    taken = {row for fan in fans for row in (fan.entry, *fan.exits)}
    followers = _followers(wires)
    bent = {index: _free_row(wires[index], taken) for index in _circles(followers)}
    result: list[Wire] = []
    for index, wire in enumerate(wires):
        if index in bent:
            row = bent[index]
            result.append(Wire(wire.fan, wire.entry, (row,), bent=True))
            result.append(Wire(wire.fan, row, wire.exits))
        else:
            result.append(wire)
    return result


def _circles(followers: Sequence[int]) -> list[int]:
    """Return one member of every circle; each wire has at most one follower.

    >>> _circles([1, 2, 0, 0, -1])
    [0]
    """
    found: list[int] = []
    seen = [-1] * len(followers)
    for start in range(len(followers)):
        at = start
        while at >= 0 and seen[at] < 0:
            seen[at] = start
            at = followers[at]
        if at >= 0 and seen[at] == start:
            found.append(at)
    return found


def _free_row(wire: Wire, taken: set[int]) -> int:
    """Take the row nearest to the middle of a wire on which no net comes in or goes out."""
    middle = (wire.low + wire.high) // 2
    distance = 0
    while True:
        for row in (middle + distance, middle - distance):
            if row not in taken:
                taken.add(row)
                return row
        distance += 1


def _ordered(wires: Sequence[Wire], followers: Sequence[int]) -> list[int]:
    """Order wires from left to right: demands first, then few crossings."""
    waiting = [0] * len(wires)
    for follower in followers:
        if follower >= 0:
            waiting[follower] += 1
    ready = [(_eagerness(wire), index) for index, wire in enumerate(wires) if not waiting[index]]
    heapify(ready)
    ordered: list[int] = []
    while ready:
        _, index = heappop(ready)
        ordered.append(index)
        follower = followers[index]
        if follower >= 0:
            waiting[follower] -= 1
            if not waiting[follower]:
                heappush(ready, (_eagerness(wires[follower]), follower))
    if len(ordered) <= _SWAP_LIMIT:
        _swap(ordered, wires, followers)
    return ordered


def _eagerness(wire: Wire) -> tuple[int, int]:
    """Rank wires: the lowest of those going down first, then the highest of those going up.

    Nested bends in this order do not cross.
    """
    down = wire.entry - wire.low <= wire.high - wire.entry
    return (0, -wire.entry) if down else (1, wire.entry)


def _swap(ordered: list[int], wires: Sequence[Wire], followers: Sequence[int]) -> None:
    """Swap neighbours in place while that removes crossings."""
    for _ in range(len(ordered)):
        swapped = False
        for at in range(len(ordered) - 1):
            left, right = ordered[at], ordered[at + 1]
            if followers[left] == right:
                continue
            gain = _crossings(wires[left], wires[right]) - _crossings(wires[right], wires[left])
            if gain > 0:
                ordered[at], ordered[at + 1] = right, left
                swapped = True
        if not swapped:
            return


def _crossings(left: Wire, right: Wire) -> int:
    """Count crossings of two wires when the first stands left of the second."""
    inside = bisect_left(left.exits, right.high) - bisect_right(left.exits, right.low)
    return max(inside, 0) + (left.low < right.entry < left.high)


def _place(ordered: Sequence[int], wires: Sequence[Wire], followers: Sequence[int]) -> int:
    """Put each wire in the first track right of all it meets; return the last track, or -1."""
    if not ordered:
        return -1
    base = min(wire.low for wire in wires)
    used = [-1] * (max(wire.high for wire in wires) - base + 1)
    tees: set[tuple[int, int]] = set()
    for index in ordered:
        wire = wires[index]
        span = slice(wire.low - base, wire.high - base + 1)
        wire.track = max(wire.track, max(used[span]) + 1)
        if wire.through:
            beyond = wire.entry + (1 if wire.entry == wire.high else -1)
            while (beyond, wire.track) in tees:  # `┴` above `┬` would look like one wire
                wire.track += 1
            tees.add((wire.entry, wire.track))
        used[span] = [wire.track] * (wire.high - wire.low + 1)
        follower = wires[followers[index]]
        if followers[index] >= 0 and _abut(wire, follower):
            follower.track = max(follower.track, wire.track + 2)
    return max(used)


def _abut(left: Wire, right: Wire) -> bool:
    """Tell whether side by side the junctions of two nets would look like one: `┤├`."""
    row = left.entry
    return left.low < row < left.high and right.low < row < right.high
