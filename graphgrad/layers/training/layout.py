"""Lay all parameters of a graph into one flat vector, so that an update is one line of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import Shape

__all__ = ["Layout", "length"]

MOST_SHOWN: Final = 4
"""How many parameters a table shows: numbers, in the order of the file."""


class Layout:
    """Where each parameter stands in the vector.

    Attributes:
        names: the parameters, in the order of the file.
        nodes: their nodes.
        shapes: their shapes.
        ends: one past the last entry of each.
        layers: the layer of each: its group, the part of its name before the last dot, or its name.
    """

    def __init__(self, graph: Graph) -> None:
        still = frozenset(graph.heading.frozen)
        found = (line for line in graph.lines() if graph.role(line.root) == "parameter")
        lines = [line for line in found if line.name not in still]
        if not lines:
            raise UsageError("train.no_parameters")
        self.names = [line.name for line in lines]
        self.nodes = [line.root for line in lines]
        self.shapes: list[Shape] = [graph.columns.shape(node) for node in self.nodes]
        self.layers = [line.group or line.name.rpartition(".")[0] or line.name for line in lines]
        self.ends: list[int] = []
        for shape in self.shapes:
            self.ends.append(self.size + _count(shape))

    @property
    def size(self) -> int:
        """Return the length of the vector."""
        return self.ends[-1] if self.ends else 0

    @property
    def shown(self) -> list[str]:
        """Return the names of the first parameters that are numbers: what a table has room for."""
        named = zip(self.names, self.shapes, strict=True)
        return [name for name, shape in named if not shape][:MOST_SHOWN]

    def flat(self, values: Mapping[str, Any]) -> Any:
        """Return values by name as one vector."""
        import numpy as np

        vector = np.empty(self.size)
        start = 0
        for name, end in zip(self.names, self.ends, strict=True):
            vector[start:end] = np.ravel(to_float(values[name]))
            start = end
        return vector

    def parts(self, vector: Any) -> list[Any]:
        """Return the value of each parameter: a float, or a view of the vector."""
        found, start = [], 0
        for shape, end in zip(self.shapes, self.ends, strict=True):
            found.append(vector[start:end].reshape(shape) if shape else float(vector[start]))
            start = end
        return found

    def by_name(self, vector: Any) -> dict[str, Any]:
        """Return the value of each parameter by its name."""
        return dict(zip(self.names, self.parts(vector), strict=True))

    def entries(self, most: int) -> list[tuple[str, int]]:
        """Return the first numbers: parameters, then entries of arrays, each with its place."""
        found: list[tuple[str, int]] = []
        starts = zip(self.names, self.shapes, [0, *self.ends], strict=False)
        ordered = sorted(starts, key=lambda named: bool(named[1]))
        for name, shape, start in ordered:
            for place in range(min(_count(shape), most - len(found))):
                found.append((name + _subscript(shape, place), start + place))
        return found

    def norms(self, vector: Any) -> dict[str, float]:
        """Return the length of the part of a vector that belongs to each layer."""
        lengths: dict[str, list[float]] = {}
        start = 0
        for layer, end in zip(self.layers, self.ends, strict=True):
            lengths.setdefault(layer, []).append(length(vector[start:end]))
            start = end
        return {layer: math.hypot(*parts) for layer, parts in lengths.items()}


def length(vector: Any) -> float:
    """Return the length of a vector, also where its squares are too large for a float."""
    largest = float(abs(vector).max(initial=0.0))
    if not 1e-100 < largest < 1e100:
        return largest * length(vector / largest) if 0 < largest < math.inf else largest
    return float((vector * vector).sum() ** 0.5)


def _subscript(shape: Shape, place: int) -> str:
    """Return the subscript of an entry as a file writes it: ``[2,1]``."""
    parts: list[str] = []
    for length_ in reversed(shape):
        place, rest = divmod(place, length_)
        parts.append(str(rest + 1))
    return f"[{','.join(reversed(parts))}]" if parts else ""


def _count(shape: Shape) -> int:
    count = 1
    for length in shape:
        count *= length
    return count
