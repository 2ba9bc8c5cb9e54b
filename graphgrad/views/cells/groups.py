"""Groups drawn as one box each."""

from __future__ import annotations

from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.views.cells.model import CellBox, check_boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["Collapsed", "collapse"]


class Collapsed(NamedTuple):
    """Boxes in topological order, and for every box given the key of the one that shows it."""

    boxes: tuple[CellBox, ...]
    shown_by: dict[int, int]


def collapse(boxes: Iterable[CellBox], closed: AbstractSet[str]) -> Collapsed:
    """Draw each closed group as one box titled with its name and the number of its members.

    A closed group takes the groups nested in it along. The box has the key of the group's first
    member and no rows. Where a wire leaves a group and comes back into it, one box would make a
    circle: the group becomes two boxes or more, numbered in the order of the data flow.

    >>> chain = [CellBox(0, "x", (), ()), CellBox(1, "a", (), (0,), "net.one")]
    >>> chain += [CellBox(2, "b", (), (1, 0), "net.two"), CellBox(3, "L", (), (2,))]
    >>> found = collapse(chain, {"net"})
    >>> [(box.key, box.title, box.sources) for box in found.boxes]
    [(0, 'x', ()), (1, 'net [2]', (0,)), (3, 'L', (1,))]
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
    outer = {name: next((g for g in groups if _within(name, g)), "") for name in names}
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
        group for group in groups if not any(_within(group, other) for other in groups - {group})
    )


def _within(group: str, outer: str) -> bool:
    return group == outer or group.startswith(f"{outer}.")


def _pieces(boxes: Sequence[CellBox], group: str) -> list[list[CellBox]]:
    """Split the members of a group so that no wire leaves a piece and comes back into it.

    The wave of a member counts how often a path to it has come back into the group.
    """
    wave: dict[int, int] = {}
    pieces: list[list[CellBox]] = []
    inside: set[int] = set()
    for box in boxes:
        if not _within(box.group, group):
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
    return CellBox(piece[0].key, f"{name} [{len(piece)}]", (), outside, piece[0].group, "group")


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
