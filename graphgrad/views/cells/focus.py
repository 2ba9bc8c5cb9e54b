"""The neighbourhood of one box: a small graph to draw in place of a large one."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from graphgrad.views.cells.model import CellBox, check_boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["Surroundings", "neighbourhood"]

_MORE = "… +{count} more"


class Surroundings:
    """The boxes of a graph with their neighbours, to be cut out around one box after another."""

    def __init__(self, boxes: Iterable[CellBox]) -> None:
        given = tuple(boxes)
        check_boxes(given)
        self._by_key = {box.key: box for box in given}
        self._place = {box.key: place for place, box in enumerate(given)}
        self._consumers = _consumers(given)
        self._fold_key = min(self._by_key, default=0) - 1

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
    others from such a fold, so that every operand keeps its port. A box all of whose operands are
    out of view is drawn without ports, `… z`; one with consumers out of view as `z …`. Folds have
    the state `fold` and keys below all others.

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
        sources = tuple(fold.key if source in hidden else source for source in box.sources)
        return [fold, replace(box, sources=sources)]
