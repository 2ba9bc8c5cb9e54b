"""Order within the layers: few crossings, operands in their slot order."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad.views.cells.layers import Lattice

__all__ = ["crossings", "order_layers"]

_SWEEPS = 8
_SWITCHES = 6
_BUDGET = 20_000


def order_layers(lattice: Lattice) -> list[list[int]]:
    """Return the items of every layer from top to bottom.

    Starts from a walk that visits operands in slot order, improves it by barycentre sweeps, keeps
    the best and ends with swaps of neighbours. Large graphs get fewer sweeps.

    >>> from graphgrad.views.cells.layers import build_lattice
    >>> order_layers(build_lattice([(), (), (1, 0)]))
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


def _ranks(layer: list[int], lattice: Lattice) -> tuple[dict[int, int], dict[int, int]]:
    """Return per item its place in the layer, and the place of its first pin among all pins."""
    place = {item: index for index, item in enumerate(layer)}
    first: dict[int, int] = {}
    count = 0
    for item in layer:
        first[item] = count
        count += max(len(lattice.pins[item]), 1)
    return place, first


def _sweep_left(order: list[list[int]], lattice: Lattice) -> list[list[int]]:
    """Sort every layer, last to first, by the mean of the pins that its items feed."""
    result = list(order)
    for level in range(len(order) - 2, -1, -1):
        first = _ranks(result[level + 1], lattice)[1]

        def mean(item: int, first: dict[int, int] = first) -> float | None:
            taps = lattice.taps[item]
            return sum(first[at] + slot for at, slot in taps) / len(taps) if taps else None

        result[level] = _sorted_by(result[level], mean)
    return result


def _sweep_right(order: list[list[int]], lattice: Lattice) -> list[list[int]]:
    """Sort every layer, first to last, by the mean place of the items that feed it."""
    result = list(order)
    for level in range(1, len(order)):
        place = _ranks(result[level - 1], lattice)[0]

        def mean(item: int, place: dict[int, int] = place) -> float | None:
            pins = lattice.pins[item]
            return sum(place[pin] for pin in pins) / len(pins) if pins else None

        result[level] = _sorted_by(result[level], mean)
    return result


def _sorted_by(layer: list[int], mean: Callable[[int], float | None]) -> list[int]:
    """Sort the items that have a mean among their own places; the others stay where they are."""
    keyed = [(key, index) for index, item in enumerate(layer) if (key := mean(item)) is not None]
    result = list(layer)
    for (_, index), (_, source) in zip(sorted(keyed, key=_index), sorted(keyed), strict=True):
        result[index] = layer[source]
    return result


def _index(pair: tuple[float, int]) -> int:
    return pair[1]


def crossings(order: list[list[int]], lattice: Lattice) -> int:
    """Count the pairs of connections that cross, fan-outs counted branch by branch.

    >>> from graphgrad.views.cells.layers import build_lattice
    >>> crossings([[0, 1], [2]], build_lattice([(), (), (1, 0)]))
    1
    """
    count = 0
    for level in range(len(order) - 1):
        first = _ranks(order[level + 1], lattice)[1]
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
        place = _ranks(order[level - 1], lattice)[0] if level else {}
        first = _ranks(order[level + 1], lattice)[1] if level + 1 < len(order) else {}
        ends = {
            item: (
                sorted(place[pin] for pin in lattice.pins[item]),
                sorted(first[at] + slot for at, slot in lattice.taps[item]),
            )
            for item in layer
        }
        for index in range(len(layer) - 1):
            upper, lower = ends[layer[index]], ends[layer[index + 1]]
            gain = sum(_inverted(upper[side], lower[side]) for side in (0, 1))
            gain -= sum(_inverted(lower[side], upper[side]) for side in (0, 1))
            if gain > 0:
                layer[index], layer[index + 1] = layer[index + 1], layer[index]
                swapped = True
    return swapped


def _inverted(upper: list[int], lower: list[int]) -> int:
    """Count the pairs in which the upper item's end lies below the lower item's."""
    return sum(len(upper) - bisect_right(upper, row) for row in lower)
