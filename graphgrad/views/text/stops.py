"""Fold the steps of a pass: one stop per line, per node or per edge."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from graphgrad.trace.steps import Step
from graphgrad.trace.trace import Trace

if TYPE_CHECKING:
    from graphgrad.graph.blocks import Depth
    from graphgrad.views.text.entries import Detail

__all__ = [
    "USUAL_FOLD",
    "Fold",
    "Stop",
    "StopPhase",
    "Stops",
    "detail_at",
    "detail_of",
    "usual_fold",
]

Fold = Literal["line", "node", "edge"]
USUAL_FOLD: Fold = "line"
"""What one step is in the stepper and in figures, unless something else is asked for."""
StopPhase = Literal["start", "forward", "seed", "accumulate", "pullback", "backward"]


class Stop(NamedTuple):
    """A place to stand between two events.

    Attributes:
        position: counted from 1; 0 is the start, where only leaves are given.
        phase: of its step; ``backward`` where accumulate and pullbacks are one stop.
        node: the node, the last one of its line where lines are folded; -1 at the start.
        last: the index of the last step of the trace that is done.
        step: the trace's own step, where nothing is folded.
    """

    position: int
    phase: StopPhase
    node: int
    last: int
    step: Step | None = None


def usual_fold(depth: Depth | None) -> Fold:
    """Return what one step of a figure is: what one of its boxes is, a line or an operation."""
    return USUAL_FOLD if detail_at(depth) == "line" else "node"


def detail_at(depth: Depth | None) -> Detail:
    """Return what an entry or a box is at a depth, groups aside: a line, or an operation."""
    return "op" if depth == "op" else "line"


def detail_of(fold: Fold) -> Detail:
    """Return what one box of a figure is where this is one step: a line, or an operation."""
    return "line" if fold == "line" else "op"


class Stops:
    """The stops of a pass, numbered without storing their steps.

    Args:
        trace: the pass.
        fold: what one stop is.
        closed: the closed group of a line, by its position: where lines are folded, neighbours in
            one group are one stop, at the last of them forward and the first backward.
    """

    def __init__(
        self, trace: Trace, fold: Fold = USUAL_FOLD, closed: Mapping[int, str] | None = None
    ) -> None:
        self.trace = trace
        self._closed = closed or {}
        self.fold = fold
        self.nodes = array("I")
        self.indexes = array("I")
        self.forward_count = 0
        self.has_seed = trace.adjoints is not None
        if fold == "edge":
            self.forward_count = len(trace.steps.forward_nodes)
            return
        self._fold_forward()
        self.forward_count = len(self.nodes)
        if self.has_seed:
            self.nodes.append(trace.graph.output)
            self.indexes.append(trace.steps.seed)
            self._fold_backward()

    def __len__(self) -> int:
        return len(self.trace.steps) if self.fold == "edge" else len(self.nodes)

    @property
    def seed(self) -> int:
        """Return the position of the seed, or the last one if there is no backward pass."""
        return self.forward_count + 1 if self.has_seed else len(self)

    def stop(self, position: int) -> Stop:
        """Return a stop; positions outside are moved to the nearest end."""
        position = max(0, min(position, len(self)))
        if position == 0:
            return Stop(0, "start", -1, 0)
        if self.fold == "edge":
            step = self.trace.steps.step(position)
            return Stop(position, step.phase, step.node, position, step)
        phase: StopPhase = "backward" if position > self.seed else "seed"
        if position <= self.forward_count:
            phase = "forward"
        return Stop(position, phase, self.nodes[position - 1], self.indexes[position - 1])

    def of_index(self, index: int) -> int:
        """Return the position of the stop that contains a step of the trace."""
        return index if self.fold == "edge" else bisect_left(self.indexes, index) + 1

    def value_position(self, node: int) -> int:
        """Return where a node gets its value; 0 for a leaf."""
        index = self.trace.steps.forward_index[node]
        return self.of_index(index) if index else 0

    def adjoint_position(self, node: int) -> int:
        """Return where a node gets its adjoint; 0 if it never does."""
        index = self.trace.steps.backward_index[node]
        return self.of_index(index) if index else 0

    def _fold_forward(self) -> None:
        steps, graph = self.trace.steps, self.trace.graph
        if self.fold == "node":
            self.nodes.extend(steps.forward_nodes)
            self.indexes.extend(range(1, len(steps.forward_nodes) + 1))
            return
        last = -1
        for line, end in enumerate(graph.line_ends):
            if not steps.forward_index[end - 1]:
                continue
            if self._together(line, last):
                self.nodes[-1], self.indexes[-1] = end - 1, steps.forward_index[end - 1]
            else:
                self.nodes.append(end - 1)
                self.indexes.append(steps.forward_index[end - 1])
            last = line

    def _together(self, line: int, other: int) -> bool:
        """Tell whether two lines are of one closed group."""
        group = self._closed.get(line)
        return group is not None and group == self._closed.get(other)

    def _fold_backward(self) -> None:
        steps, graph = self.trace.steps, self.trace.graph
        starts = steps.backward_starts
        line = -1
        for place, node in enumerate(steps.backward_nodes):
            last = starts[place + 1] - 1 if place + 1 < len(starts) else len(steps)
            own = graph.line_of(node)
            if self.fold == "line" and (own == line or self._together(own, line)):
                self.indexes[-1] = last
                line = own
                continue
            line = own
            if last > steps.seed:
                self.nodes.append(node)
                self.indexes.append(last)
