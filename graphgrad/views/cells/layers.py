"""Layers: in which column each box stands, and where its net passes other columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Lattice", "box_layers", "build_lattice"]


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
