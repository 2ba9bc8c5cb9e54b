"""Tell training from judging: masks drawn anew for each update, running statistics of batch norm.

What a layer's row says exists in one mode only (`Parameter.mode`) is kept here, beside the graph:
masks and noise of training, and the running means of what batches had, which judging takes as
given.

Source: Srivastava et al., Dropout, JMLR 2014, section 4; Ioffe and Szegedy, Batch normalization,
ICML 2015, algorithm 2; the weight of a new batch, 0.1, and the unbiased variance are PyTorch's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from graphgrad.graph.blocks import Block
from graphgrad.graph.graph import Graph
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import find_layer
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.evaluate import to_float

__all__ = ["Modes", "modes_of"]

_NEW: Final = 0.1
"""The weight of a new batch in a running statistic."""


class Drawn(NamedTuple):
    """A leaf that is drawn anew for each update."""

    leaf: str
    parameter: Parameter
    owner: str


class Averaged(NamedTuple):
    """A leaf of judging that is the running mean of a line of training."""

    leaf: str
    line: str


class Modes:
    """What a graph has in training only and in judging only.

    Attributes:
        drawn: the leaves that are drawn.
        averaged: the leaves that are running means.
        running: their values.
        number: the update that the next masks are for.
    """

    def __init__(
        self,
        drawn_leaves: Sequence[Drawn],
        averaged: Sequence[Averaged],
        running: Mapping[str, Any],
        draw: int,
    ) -> None:
        self.drawn = tuple(drawn_leaves)
        self.averaged = tuple(averaged)
        self.running = dict(running)
        self.initial = dict(running)
        self.draw = draw
        self.number = 0
        self._passes = 0

    def start(self, running: Mapping[str, Any]) -> None:
        """Take up the running statistics of a saved run, or those of the very start."""
        self.running = self.initial | dict(running)

    def begin(self, number: int, running: Mapping[str, Any]) -> None:
        """Draw for another update from here on, whose batch has not been seen yet."""
        self.number, self._passes = number, 0
        self.start(running)

    def masks(self, graph: Graph) -> dict[str, Any]:
        """Return the drawn leaves of the next pass."""
        self._passes += 1
        found: dict[str, Any] = {}
        for one in self.drawn:
            node = graph.find(one.leaf)
            if node is not None:
                sized = one.parameter._replace(shape=graph.columns.shape(node))
                owner = f"{one.owner}:{self.number}.{self._passes}"
                found[one.leaf] = to_float(drawn(sized, owner, self.draw))
        return found

    def given(self, graph: Graph, *, judging: bool) -> list[int]:
        """Return the leaves of a graph that change from pass to pass."""
        names = [*self.running] if judging else [one.leaf for one in self.drawn]
        return [node for node in map(graph.find, names) if node is not None]

    def statistics(self, graph: Graph) -> list[int]:
        """Return the nodes whose values go into the running statistics."""
        found = (graph.find(one.line) for one in self.averaged)
        return [node for node in found if node is not None]

    def absorb(self, graph: Graph, values: Sequence[Any] | Mapping[int, Any]) -> None:
        """Take the statistics of a pass into the running ones.

        Args:
            graph: the graph.
            values: the values of its nodes, or at least of `statistics`.
        """
        import numpy as np

        for leaf, line in self.averaged:
            node = graph.find(line)
            if node is None:
                continue
            new = np.ravel(values[node]).reshape(np.shape(self.running[leaf]))
            if leaf.endswith(".var"):
                new = new * _unbiased(graph, node)
            self.running[leaf] = (1 - _NEW) * self.running[leaf] + _NEW * new


def _unbiased(graph: Graph, node: int) -> float:
    """Return n/(n - 1) for the n numbers that a variance was taken of."""
    import math

    parent = graph.columns.parents_of(node)[0]
    count = math.prod(graph.columns.shape(parent)) // math.prod(graph.columns.shape(node))
    return count / (count - 1) if count > 1 else 1.0


def modes_of(graph: Graph, judging: Graph | None, draw: int) -> Modes | None:
    """Return what a graph has in one mode only, None where both modes are the same graph.

    Args:
        graph: in training.
        judging: in the other mode, where it could be had.
        draw: what masks are drawn from.
    """
    leaves: list[Drawn] = []
    averaged: list[Averaged] = []
    for block in graph.heading.blocks:
        row = find_layer(block.kind)
        if row is not None:
            leaves += [one for one in _drawn(graph, block, row) if graph.find(one.leaf) is not None]
            averaged += _averaged(block, row)
    running = {}
    for one in averaged:
        node = None if judging is None else judging.find(one.leaf)
        if judging is not None and node is not None:
            running[one.leaf] = to_float(judging.defaults[node])
    averaged = [one for one in averaged if one.leaf in running]
    return Modes(leaves, averaged, running, draw) if leaves or averaged else None


def _owner(block: Block) -> str:
    return block.owner or block.outputs[0]


def _drawn(graph: Graph, block: Block, row: Layer) -> list[Drawn]:
    nodes = [graph.find(name) for name in block.inputs]
    if len(nodes) < sum(not name.endswith(("?", "*")) for name in row.inputs):
        return []  # applied to an array that was given in Python, which has no line to ask
    shapes = tuple(None if node is None else graph.columns.shape(node) for node in nodes)
    own = _owner(block)
    found = row.leaves(shapes, dict(block.settings), training=True)
    return [Drawn(f"{own}.{one.name}", one, own) for one in found if one.mode == "train"]


def _averaged(block: Block, row: Layer) -> list[Averaged]:
    own, output = _owner(block), block.outputs[0]
    return [Averaged(f"{own}.{leaf}", f"{output}.{line}") for leaf, line in row.statistics.items()]
