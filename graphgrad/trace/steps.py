"""Number the steps of a pass without storing them: each is computed from its index.

Leaves are given at step 0. Then ``forward`` per computation node; ``seed`` at the output; then in
reverse order per node ``accumulate`` (its contributions and their sum) and ``pullback`` per slot
whose parent depends on an input or a parameter.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from operator import index
from typing import Any, Literal, NamedTuple, overload

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Edge, Graph
from graphgrad.messages.catalogue import quoted, text

__all__ = ["Phase", "Step", "Steps"]

Phase = Literal["forward", "seed", "accumulate", "pullback"]


class Step(NamedTuple):
    """One event; ``slot`` is set for a pullback, which acts on one edge."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which no one needs here
    phase: Phase
    node: int
    slot: int | None = None


class Steps(Sequence[Step]):
    """The steps of one pass; ``steps[0]`` has index 1."""

    def __init__(self, graph: Graph, reached: bytearray | None) -> None:
        self.graph = graph
        self.forward_index = array("I", bytes(4 * len(graph)))
        self.forward_nodes = array("I")
        for node in range(len(graph)):
            if not graph.is_leaf(node):
                self.forward_nodes.append(node)
                self.forward_index[node] = len(self.forward_nodes)
        self.backward_index = array("I", bytes(4 * len(graph)))
        self.backward_nodes = array("I")
        self.backward_starts = array("I")
        self._count = len(self.forward_nodes)
        if reached is not None:
            self._number_backward(reached)

    def _number_backward(self, reached: bytearray) -> None:
        graph = self.graph
        starts, parents, variable = graph.columns.starts, graph.columns.parents, graph.variable
        for node in range(graph.output, -1, -1):
            if reached[node]:
                self.backward_nodes.append(node)
                self.backward_starts.append(self._count + 1)
                self.backward_index[node] = self._count + 1
                slots = sum(variable[p] for p in parents[starts[node] : starts[node + 1]])
                self._count += 1 + slots

    @property
    def seed(self) -> int:
        """Return the index of the seed step, or one past the last step if there is none."""
        return len(self.forward_nodes) + 1

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, item: int) -> Step: ...
    @overload
    def __getitem__(self, item: slice) -> list[Step]: ...
    def __getitem__(self, item: int | slice) -> Step | list[Step]:
        if isinstance(item, slice):
            return [self.step(index + 1) for index in range(*item.indices(self._count))]
        position = self.whole(item)
        position += self._count if position < 0 else 0
        if not 0 <= position < self._count:
            raise IndexError(text("trace.no_step", got=item, last=self._count - 1))
        return self.step(position + 1)

    def whole(self, item: Any) -> int:
        """Return the number of a step as an int of Python.

        Raises:
            UsageError: if it is no whole number.
        """
        try:
            return index(item)
        except TypeError:
            raise UsageError("trace.no_step", got=quoted(item), last=self._count - 1) from None

    def step(self, index: int) -> Step:
        """Return the step with an index from 1."""
        if index <= len(self.forward_nodes):
            return Step(index, "forward", self.forward_nodes[index - 1])
        place = bisect_right(self.backward_starts, index) - 1
        node = self.backward_nodes[place]
        offset = index - self.backward_starts[place]
        if offset == 0:
            return Step(index, "seed" if node == self.graph.output else "accumulate", node)
        return Step(index, "pullback", node, self.slots(node)[offset - 1])

    def slots(self, node: int) -> list[int]:
        """Return the slots of a node through which adjoints are pulled back."""
        variable = self.graph.variable
        parents = self.graph.columns.parents_of(node)
        return [slot for slot, parent in enumerate(parents) if variable[parent]]

    def pullback_index(self, edge: Edge) -> int:
        """Return the index of the step that pulls back along an edge; 0 if there is none."""
        start = self.backward_index[edge.target]
        if not start or not self.graph.variable[edge.source]:
            return 0
        return start + 1 + self.slots(edge.target).index(edge.slot)
