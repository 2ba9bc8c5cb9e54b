"""Draw less of a large graph: closed groups as one box each, or only what is near one box."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.graph.groups import within
from graphgrad.views.cells.boxes import CellBox, check_boxes, folded_ports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["Collapsed", "Surroundings", "collapse", "neighbourhood"]

_MORE = "… +{count} more"


class Collapsed(NamedTuple):
    """Boxes in topological order, and for every box given the key of the one that shows it."""

    boxes: tuple[CellBox, ...]
    shown_by: dict[int, int]


def collapse(boxes: Iterable[CellBox], closed: AbstractSet[str]) -> Collapsed:
    """Draw each closed group as one box titled with its name.

    A closed group takes the groups nested in it along. The box has the key of the group's first
    member and no rows: what it says is for others to say. Where a wire leaves a group and comes
    back into it, one box would make a circle: the group becomes two boxes or more, numbered in the
    order of the data flow.

    >>> chain = [CellBox(0, "x", (), ()), CellBox(1, "a", (), (0,), "net.one")]
    >>> chain += [CellBox(2, "b", (), (1, 0), "net.two"), CellBox(3, "L", (), (2,))]
    >>> found = collapse(chain, {"net"})
    >>> [(box.key, box.title, box.sources) for box in found.boxes]
    [(0, 'x', ()), (1, 'net', (0,)), (3, 'L', (1,))]
    >>> found.shown_by[2]
    1
    """
    drawn = tuple(boxes)
    check_boxes(drawn)
    together = _together(drawn, _outermost(closed))
    if together is not None:
        return together
    shown_by = {box.key: box.key for box in drawn}
    for group in _outermost(closed):
        pieces = _pieces(drawn, group)
        merged = {
            piece[0].key: _merged(piece, f"{group} {number}" if len(pieces) > 1 else group)
            for number, piece in enumerate(pieces, 1)
        }
        shown_by |= {box.key: piece[0].key for piece in pieces for box in piece}
        drawn = _sorted(_rewired(drawn, merged, shown_by))
    return Collapsed(drawn, shown_by)


def _together(boxes: tuple[CellBox, ...], groups: Sequence[str]) -> Collapsed | None:
    """Draw every group as one box, in one pass; None if boxes would then make a circle."""
    names = dict.fromkeys(box.group for box in boxes)
    outer = {name: next((g for g in groups if within(name, g)), "") for name in names}
    pieces: dict[str, list[CellBox]] = {}
    for box in boxes:
        if outer[box.group]:
            pieces.setdefault(outer[box.group], []).append(box)
    shown_by = {box.key: box.key for box in boxes}
    for piece in pieces.values():
        shown_by |= dict.fromkeys((box.key for box in piece), piece[0].key)
    merged = {piece[0].key: _merged(piece, name) for name, piece in pieces.items()}
    drawn = _rewired(boxes, merged, shown_by)
    ordered = _sorted(drawn)
    return Collapsed(ordered, shown_by) if len(ordered) == len(drawn) else None


def _outermost(groups: AbstractSet[str]) -> list[str]:
    """Return the groups that lie in no other of them, sorted."""
    return sorted(
        group for group in groups if not any(within(group, other) for other in groups - {group})
    )


def _pieces(boxes: Sequence[CellBox], group: str) -> list[list[CellBox]]:
    """Split the members of a group so that no wire leaves a piece and comes back into it.

    The wave of a member counts how often a path to it has come back into the group.
    """
    wave: dict[int, int] = {}
    pieces: list[list[CellBox]] = []
    inside: set[int] = set()
    for box in boxes:
        if not within(box.group, group):
            wave[box.key] = max((wave[source] for source in box.sources), default=-1)
            continue
        entries = (wave[source] + (source not in inside) for source in box.sources)
        wave[box.key] = max(entries, default=0)
        inside.add(box.key)
        if wave[box.key] == len(pieces):
            pieces.append([])
        pieces[wave[box.key]].append(box)
    return pieces


def _merged(piece: Sequence[CellBox], name: str) -> CellBox:
    """Return the box that stands for the members of a piece."""
    own = {box.key for box in piece}
    sources = dict.fromkeys(source for box in piece for source in box.sources)
    outside = tuple(source for source in sources if source not in own)
    return CellBox(piece[0].key, name, (), outside, piece[0].group, "group")


def _rewired(
    boxes: Iterable[CellBox], merged: Mapping[int, CellBox], shown_by: Mapping[int, int]
) -> list[CellBox]:
    """Put merged boxes in the place of their first members and lead all wires to them."""
    result: list[CellBox] = []
    for box in boxes:
        if shown_by[box.key] not in merged:
            result.append(replace(box, sources=tuple(shown_by[at] for at in box.sources)))
        elif box.key in merged:
            new = merged[box.key]
            sources = dict.fromkeys(shown_by[at] for at in new.sources)
            result.append(replace(new, sources=tuple(sources)))
    return result


def _sorted(boxes: Sequence[CellBox]) -> tuple[CellBox, ...]:
    """Return the boxes in topological order, otherwise as they stand."""
    place = {box.key: index for index, box in enumerate(boxes)}
    waiting = [len(set(box.sources)) for box in boxes]
    users: list[list[int]] = [[] for _ in boxes]
    for index, box in enumerate(boxes):
        for source in set(box.sources):
            users[place[source]].append(index)
    ready = [index for index, count in enumerate(waiting) if not count]
    heapify(ready)
    result: list[CellBox] = []
    while ready:
        index = heappop(ready)
        result.append(boxes[index])
        for user in users[index]:
            waiting[user] -= 1
            if not waiting[user]:
                heappush(ready, user)
    return tuple(result)


class Surroundings:
    """The boxes of a graph with their neighbours, to be cut out around one box after another."""

    def __init__(self, boxes: Iterable[CellBox]) -> None:
        given = tuple(boxes)
        check_boxes(given)
        self._by_key = {box.key: box for box in given}
        self._place = {box.key: place for place, box in enumerate(given)}
        self._consumers = _consumers(given)
        self._fold_key = min(self._by_key, default=0) - 1

    def box(self, key: int) -> CellBox:
        """Return the box of a key."""
        return self._by_key[key]

    def consumers(self, key: int) -> Sequence[int]:
        """Return the boxes that a box feeds, in order, without repetition."""
        return self._consumers[key]

    def in_order(self, keys: Iterable[int]) -> list[CellBox]:
        """Return some boxes in topological order."""
        return [self._by_key[key] for key in sorted(keys, key=self._place.__getitem__)]

    def within(self, key: int, hops: int, fanout_limit: int = 6) -> frozenset[int]:
        """Return the boxes that a walk of some edges from one reaches."""
        return frozenset(_distances(self._by_key, self._consumers, key, hops, fanout_limit))

    def near(
        self, key: int, hops: int, fanout_limit: int = 6, *, more: str = _MORE
    ) -> tuple[CellBox, ...]:
        """Return what `neighbourhood` returns for these boxes."""
        by_key, consumers = self._by_key, self._consumers
        if key not in by_key:
            msg = f"neighbourhood: no box has the key {key}; give one of the keys of the boxes"
            raise KeyError(msg)
        distance = _distances(by_key, consumers, key, hops, fanout_limit)
        view = distance.keys() | _siblings(by_key, distance.keys())
        folds = _Folds(self._fold_key, more)
        drawn: list[CellBox] = []
        ends: list[CellBox] = []
        for box in map(by_key.__getitem__, sorted(view, key=self._place.__getitem__)):
            hidden = [at for at in consumers[box.key] if at not in view]
            folded = hidden and distance.get(box.key, hops) < hops
            if folded:
                ends.append(folds.fold(len(hidden), (box.key,)))
            title = f"{box.title} …" if hidden and not folded else box.title
            drawn += folds.operands(replace(box, title=title), view)
        return (*drawn, *ends)


def neighbourhood(
    boxes: Iterable[CellBox], key: int, hops: int, fanout_limit: int = 6, *, more: str = _MORE
) -> tuple[CellBox, ...]:
    """Return the boxes at most `hops` edges away from one, in topological order.

    From a box with more operands or consumers than the limit only the first are followed; the
    rest is folded into a box titled `more`. A box that keeps only some of its operands gets the
    others from such a fold, neighbours among them through one port (`folded_ports`). A box
    all of whose operands are out of view is drawn without ports, `… z`; one with consumers out of
    view as `z …`. Folds have the state `fold` and keys below all others.

    Raises:
        KeyError: if no box has the key.

    >>> fan = [CellBox(0, "w", (), ())] + [CellBox(i, f"u{i}", (), (0,)) for i in range(1, 16)]
    >>> [box.title for box in neighbourhood(fan, 0, hops=1)]
    ['w', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', '… +9 more']
    """
    return Surroundings(boxes).near(key, hops, fanout_limit, more=more)


def _consumers(boxes: Sequence[CellBox]) -> dict[int, list[int]]:
    """Return the keys of the boxes that each box feeds, without repetition."""
    consumers: dict[int, list[int]] = {box.key: [] for box in boxes}
    for box in boxes:
        for source in dict.fromkeys(box.sources):
            consumers[source].append(box.key)
    return consumers


def _distances(
    by_key: Mapping[int, CellBox],
    consumers: Mapping[int, Sequence[int]],
    key: int,
    hops: int,
    limit: int,
) -> dict[int, int]:
    """Walk outwards from a box, against and along its edges; return the hops to each box met."""
    distance = {key: 0}
    queue = deque([key])
    while queue:
        at = queue.popleft()
        if distance[at] == hops:
            continue
        operands = list(dict.fromkeys(by_key[at].sources))
        for near in (*_first(operands, limit), *_first(consumers[at], limit)):
            if near not in distance:
                distance[near] = distance[at] + 1
                queue.append(near)
    return distance


def _first(keys: Sequence[int], limit: int) -> Sequence[int]:
    """Return the first keys; a fold that would stand for a single one is not worth its room."""
    return keys if len(keys) <= limit + 1 else keys[:limit]


def _siblings(by_key: Mapping[int, CellBox], view: AbstractSet[int]) -> set[int]:
    """Return operands that are alone in being out of view beside others that are not."""
    found: set[int] = set()
    for key in view:
        sources = set(by_key[key].sources)
        hidden = sources - view
        if len(hidden) == 1 and len(sources) > 1:
            found |= hidden
    return found


class _Folds:
    """Makes the boxes that stand for what is out of view."""

    def __init__(self, key: int, more: str) -> None:
        self._key = key
        self._more = more

    def fold(self, count: int, sources: tuple[int, ...]) -> CellBox:
        """Return a new box that stands for some others."""
        fold = CellBox(self._key, self._more.format(count=count), (), sources, state="fold")
        self._key -= 1
        return fold

    def operands(self, box: CellBox, view: AbstractSet[int]) -> list[CellBox]:
        """Return a box with only operands in view, and before it the fold of the others."""
        hidden = set(box.sources) - view
        if not hidden:
            return [box]
        if hidden.issuperset(box.sources):
            return [replace(box, title=f"… {box.title}", sources=())]
        fold = self.fold(len(hidden), ())
        sources = folded_ports(box.sources, dict.fromkeys(hidden, fold.key))
        return [fold, replace(box, sources=sources)]
