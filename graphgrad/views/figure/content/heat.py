"""Tell numbers by colour: one signed scale for a whole figure, arrays as small grids of cells.

A colour stands for the root of a number's share of the largest one, so that small numbers are seen
and larger ones are still told apart. An array of more than a few cells is drawn with one cell per
stretch of entries, for the entry that is farthest from 0.
Source of the signed grid: Hinton diagrams, as in Hinton and Shallice, Lesioning an attractor
network, Psychological Review 98, 1991.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from graphgrad.ops.evaluate import to_float
from graphgrad.views.figure.content.diagram import Diagram, DiagramEdge
from graphgrad.views.figure.content.scene_options import Heat, SceneOptions

__all__ = [
    "EdgeHeat",
    "HeatGrid",
    "edge_heat",
    "grid_of",
    "heat_level",
    "heat_scale",
    "number_at",
    "on_one_scale",
]

_MOST_ROWS, _MOST_COLUMNS, _MOST_PLANES = 16, 16, 6


class HeatGrid(NamedTuple):
    """An array as cells.

    Attributes:
        rows: the level of each cell, from -1 to 1; NaN where there is no cell or no number.
        each: how many entries a cell stands for at most.
    """

    rows: tuple[tuple[float, ...], ...]
    each: int = 1

    @property
    def across(self) -> int:
        """Return how many cells a row has."""
        return len(self.rows[0])


def heat_level(number: float, largest: float) -> float:
    """Return the level of a number on the scale of a figure, from -1 to 1.

    >>> heat_level(-1.0, 4.0), heat_level(4.0, 4.0), heat_level(0.0, 0.0)
    (-0.5, 1.0, 0.0)
    """
    if not math.isfinite(number):
        return math.nan
    share = min(abs(number) / largest, 1.0) if largest else 0.0
    return math.copysign(math.sqrt(share), number)


def number_at(level: float, largest: float) -> float:
    """Return the number that a level stands for.

    >>> number_at(-0.5, 4.0)
    -1.0
    """
    return math.copysign(level * level * largest, level)


def heat_scale(diagram: Diagram, heat: Heat) -> float:
    """Return the largest number, by size, of what a figure tells by colour; 0 for none."""
    if not heat:
        return 0.0
    sizes = (size for value in _told(diagram, heat) for size in _sizes(value))
    return max([diagram.scales[0], *sizes])


def _told(diagram: Diagram, heat: Heat) -> Iterator[Any]:
    if heat == "contribution":
        for edge in diagram.edges:
            yield from _on_line(edge, heat, weights=False)
        return
    for box in diagram.boxes:
        for shown in (box, *box.frontier):
            yield shown.value if heat == "value" else shown.adjoint


def _sizes(value: Any) -> Iterable[float]:
    """Yield the sizes of the finite numbers of a value that may be its largest."""
    return (abs(end) for end in _ends(value) if math.isfinite(end))


def _ends(value: Any) -> list[float]:
    """Return the least and the largest finite number of a value, and one that is not finite."""
    if value is None:
        return []
    found = to_float(value)
    if not hasattr(found, "shape"):
        return [found]
    import numpy as np

    finite = np.isfinite(found)
    kept = found[finite]
    ends = [float(kept.min()), float(kept.max())] if kept.size else []
    return ends if finite.all() else [*ends, math.nan]


class EdgeHeat(NamedTuple):
    """What lines tell by colour and width.

    Attributes:
        heat: what they tell.
        largest: the largest number of it; 0 for nothing.
        weights: whether only the lines of weights tell it.
    """

    heat: Heat
    largest: float

    weights: bool = False

    def level(self, edge: DiagramEdge) -> float | None:
        """Return the level of an edge: of an array, that of the entry farthest from 0."""
        told = _on_line(edge, self.heat, weights=self.weights)
        ends = [end for value in told for end in _ends(value)]
        return heat_level(_farthest(ends), self.largest) if ends else None


def edge_heat(diagram: Diagram, options: SceneOptions) -> EdgeHeat:
    """Return what the lines of a figure tell: weights their value, if nothing is asked for."""
    heat: Heat = options.heat
    neurons = options.style == "neurons"
    if neurons:
        heat = heat or "value"
    elif heat != "contribution":
        return EdgeHeat("", 0.0)
    biases = {box.id for box in diagram.boxes if box.drawn == "bias"}
    lines = [edge for edge in diagram.edges if edge.source not in biases] or diagram.edges
    told = (value for edge in lines for value in _on_line(edge, heat, weights=neurons))
    sizes = (size for value in told for size in _sizes(value))
    return EdgeHeat(heat, max([diagram.scales[1], *sizes]), neurons)


def on_one_scale(diagrams: Sequence[Diagram], options: SceneOptions) -> list[Diagram]:
    """Return diagrams whose colours mean the same."""
    cells = max(heat_scale(diagram, options.heat) for diagram in diagrams)
    lines = max(edge_heat(diagram, options).largest for diagram in diagrams)
    return [diagram._replace(scales=(cells, lines)) for diagram in diagrams]


def _on_line(edge: DiagramEdge, heat: Heat, *, weights: bool) -> list[Any]:
    """Return what the line of an edge tells."""
    if weights and edge.weight is None:
        return []
    if heat == "contribution":
        told = [value for _, value in edge.brought]
        return told + ([] if edge.contribution is None else [edge.contribution])
    if not heat or edge.weight is None:
        return []
    return [edge.weight.value if heat == "value" else edge.weight.gradient]


def grid_of(value: Any, largest: float) -> HeatGrid:
    """Return a number or an array as cells; the planes of an array of more axes side by side.

    >>> grid_of(1.0, 4.0)
    HeatGrid(rows=((0.5,),), each=1)
    """
    found = to_float(value)
    if not hasattr(found, "shape") or not found.shape:
        return HeatGrid(((heat_level(float(found), largest),),))
    planes = found.reshape((-1, *(1, *found.shape)[-2:]))
    count, high, wide = planes.shape
    deep = _stretch(count, _MOST_PLANES)
    beside = _stretch(count, deep)
    down, across = _stretch(high, _MOST_ROWS), _stretch(wide, _MOST_COLUMNS // min(beside, 2))
    rows = []
    for top in range(0, high, down):
        row: list[float] = []
        for first in range(0, count, deep):
            row += [math.nan] if row else []
            for left in range(0, wide, across):
                cell = planes[first : first + deep, top : top + down, left : left + across]
                row.append(heat_level(_farthest(cell.ravel().tolist()), largest))
        rows.append(tuple(row))
    return HeatGrid(tuple(rows), deep * down * across)


def _stretch(count: int, most: int) -> int:
    return math.ceil(count / most)


def _farthest(entries: Sequence[float]) -> float:
    """Return the entry farthest from 0; one that is no number is always told."""
    return max(entries, key=lambda entry: math.inf if math.isnan(entry) else abs(entry))
