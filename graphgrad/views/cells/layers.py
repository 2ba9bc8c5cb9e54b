"""Put boxes, and waypoints of nets that pass them, into layers; order these for few crossings."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Lattice", "box_layers", "build_lattice", "crossings", "order_layers"]

_SWEEPS = 8
_SWITCHES = 6
_BUDGET = 20_000


@dataclass(frozen=True, slots=True)
class Lattice:
    """Boxes and waypoints in layers, so that every connection joins neighbouring layers.

    Items below `box_count` are the boxes in their given order; the others are waypoints, the
    places at which a net crosses a layer between its source and a consumer farther on. A net has
    one waypoint per layer however many consumers it has.

    Args:
        box_count: number of boxes.
        layer: layer of every item.
        origin: the box whose output an item carries (for a box, itself).
        pins: per item and slot, the item of the layer before that feeds it.
        taps: per item, the `(item, slot)` pairs of the next layer that it feeds.
    """

    box_count: int
    layer: list[int]
    origin: list[int]
    pins: list[tuple[int, ...]]
    taps: list[list[tuple[int, int]]]

    @property
    def depth(self) -> int:
        """Number of layers."""
        return max(self.layer, default=-1) + 1


def box_layers(sources: Sequence[Sequence[int]]) -> list[int]:
    """Return longest-path layers; a leaf stands one layer before its first consumer.

    Args:
        sources: per box, the positions of its operands (all of them earlier).

    >>> box_layers([(), (), (0, 1), (), (2, 3)])  # w, x, w*x, b, w*x + b
    [0, 0, 1, 1, 2]
    """
    layer = [0] * len(sources)
    first_use: dict[int, int] = {}
    for box, operands in enumerate(sources):
        layer[box] = max((layer[operand] + 1 for operand in operands), default=0)
        for operand in operands:
            first_use[operand] = min(layer[box], first_use.get(operand, layer[box]))
    for box, operands in enumerate(sources):
        if not operands and box in first_use:
            layer[box] = first_use[box] - 1
    return layer


def build_lattice(sources: Sequence[Sequence[int]]) -> Lattice:
    """Put boxes in layers and one chain of waypoints on every net that spans several.

    >>> lattice = build_lattice([(), (0,), (1,), (0, 2)])
    >>> lattice.layer, lattice.origin, lattice.pins[3]
    ([0, 1, 2, 3, 1, 2], [0, 1, 2, 3, 0, 0], (5, 2))
    """
    layer = box_layers(sources)
    reach = list(layer)
    for box, operands in enumerate(sources):
        for operand in operands:
            reach[operand] = max(reach[operand], layer[box])
    origin = list(range(len(sources)))
    pins: list[tuple[int, ...]] = [()] * len(sources)
    chain = [0] * len(sources)
    for box in range(len(sources)):
        chain[box] = len(origin) - layer[box] - 1
        for level in range(layer[box] + 1, reach[box]):
            pins.append((box if level == layer[box] + 1 else len(origin) - 1,))
            origin.append(box)
            layer.append(level)
    for box, operands in enumerate(sources):
        before = layer[box] - 1
        pins[box] = tuple(at if layer[at] == before else chain[at] + before for at in operands)
    return Lattice(len(sources), layer, origin, pins, _taps(pins))


def _taps(pins: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]]:
    """Turn the pins round: per item, what it feeds."""
    taps: list[list[tuple[int, int]]] = [[] for _ in pins]
    for item, feeds in enumerate(pins):
        for slot, feed in enumerate(feeds):
            taps[feed].append((item, slot))
    return taps


def order_layers(lattice: Lattice, kept: Mapping[int, int] | None = None) -> list[list[int]]:
    """Return the items of every layer from top to bottom.

    Args:
        lattice: the items.
        kept: the rows at which some of them stood before; they stay in that order.

    >>> order_layers(build_lattice([(), (), (1, 0)]), {0: 0, 1: 4})
    [[0, 1], [2]]
    """
    order = _few_crossings(lattice)
    if not kept:
        return order
    held = [
        [(kept[item], place) for place, item in enumerate(layer) if item in kept] for layer in order
    ]
    return [_sorted_by(layer, keyed) for layer, keyed in zip(order, held, strict=True)]


def _few_crossings(lattice: Lattice) -> list[list[int]]:
    """Return the items of every layer so that few connections cross.

    Starts from a walk that visits operands in slot order, improves it by barycentre sweeps, keeps
    the best and ends with swaps of neighbours. Large graphs get fewer sweeps.

    >>> _few_crossings(build_lattice([(), (), (1, 0)]))
    [[1, 0], [2]]
    """
    order = _walk(lattice)
    effort = max(1, _BUDGET // max(len(lattice.layer), 1))
    best, fewest = order, crossings(order, lattice)
    for _ in range(min(_SWEEPS, effort)):
        if not fewest:
            return best
        order = _sweep_right(_sweep_left(order, lattice), lattice)
        order = _sweep_left(order, lattice)
        count = crossings(order, lattice)
        if count < fewest:
            best, fewest = order, count
    for _ in range(min(_SWITCHES, effort)):
        if not _switch(best, lattice):
            break
    return best


def _walk(lattice: Lattice) -> list[list[int]]:
    """Order items by a depth-first walk from the outputs towards the leaves."""
    order: list[list[int]] = [[] for _ in range(lattice.depth)]
    seen = [False] * len(lattice.layer)
    stack = [box for box in range(lattice.box_count) if not lattice.taps[box]][::-1]
    while stack:
        item = stack.pop()
        if not seen[item]:
            seen[item] = True
            order[lattice.layer[item]].append(item)
            stack.extend(reversed(lattice.pins[item]))
    return order


def _places(layer: list[int]) -> dict[int, int]:
    """Return the place of each item in its layer."""
    return {item: index for index, item in enumerate(layer)}


def _first_pins(layer: list[int], lattice: Lattice) -> dict[int, int]:
    """Return the place of each item's first pin among all pins of the layer."""
    first: dict[int, int] = {}
    count = 0
    for item in layer:
        first[item] = count
        count += len(lattice.pins[item]) or 1
    return first


def _sweep_left(order: list[list[int]], lattice: Lattice) -> list[list[int]]:
    """Sort every layer, last to first, by the mean of the pins that its items feed."""
    result = list(order)
    for level in range(len(order) - 2, -1, -1):
        first = _first_pins(result[level + 1], lattice)
        keyed: list[tuple[float, int]] = []
        for index, item in enumerate(result[level]):
            if taps := lattice.taps[item]:
                keyed.append((sum([first[at] + slot for at, slot in taps]) / len(taps), index))
        result[level] = _sorted_by(result[level], keyed)
    return result


def _sweep_right(order: list[list[int]], lattice: Lattice) -> list[list[int]]:
    """Sort every layer, first to last, by the mean place of the items that feed it."""
    result = list(order)
    for level in range(1, len(order)):
        place = _places(result[level - 1])
        keyed: list[tuple[float, int]] = []
        for index, item in enumerate(result[level]):
            if pins := lattice.pins[item]:
                keyed.append((sum([place[pin] for pin in pins]) / len(pins), index))
        result[level] = _sorted_by(result[level], keyed)
    return result


def _sorted_by(layer: list[int], keyed: Sequence[tuple[float, int]]) -> list[int]:
    """Sort the items that have a key among their own places; the others stay where they are.

    Args:
        layer: the items.
        keyed: `(key, place)` of those that have one, by place; equal keys keep their order.
    """
    result = list(layer)
    for (_, index), (_, source) in zip(keyed, sorted(keyed), strict=True):
        result[index] = layer[source]
    return result


def crossings(order: list[list[int]], lattice: Lattice) -> int:
    """Count the pairs of connections that cross, fan-outs counted branch by branch.

    >>> crossings([[0, 1], [2]], build_lattice([(), (), (1, 0)]))
    1
    """
    count = 0
    for level in range(len(order) - 1):
        first = _first_pins(order[level + 1], lattice)
        above: list[int] = []
        for item in order[level]:
            rows = [first[at] + slot for at, slot in lattice.taps[item]]
            count += sum(len(above) - bisect_right(above, row) for row in rows)
            for row in rows:
                insort(above, row)
    return count


def _switch(order: list[list[int]], lattice: Lattice) -> bool:
    """Swap neighbours in place wherever that removes crossings; tell whether any swap was made."""
    swapped = False
    for level, layer in enumerate(order):
        ends = _ends(order, level, lattice)
        for index in range(len(layer) - 1):
            upper, lower = layer[index], layer[index + 1]
            crossed = _inverted(ends[upper], ends[lower])
            if crossed and _inverted(ends[lower], ends[upper]) < crossed:
                layer[index], layer[index + 1] = lower, upper
                swapped = True
    return swapped


def _ends(
    order: list[list[int]], level: int, lattice: Lattice
) -> dict[int, tuple[list[int], list[int]]]:
    """Return where the connections of each item of a layer end, before and after it, sorted."""
    place = _places(order[level - 1]) if level else {}
    first = _first_pins(order[level + 1], lattice) if level + 1 < len(order) else {}
    return {
        item: (
            sorted([place[pin] for pin in lattice.pins[item]]),
            sorted([first[at] + slot for at, slot in lattice.taps[item]]),
        )
        for item in order[level]
    }


def _inverted(upper: tuple[list[int], list[int]], lower: tuple[list[int], list[int]]) -> int:
    """Count the crossings of the connections of two items, on both sides."""
    count = 0
    for above, below in zip(upper, lower, strict=True):
        if above and below and above[-1] > below[0]:
            count += sum([len(above) - bisect_right(above, row) for row in below])
    return count
