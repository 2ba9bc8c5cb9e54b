"""Tell what a figure of a step knows, and what the step acts on."""

from __future__ import annotations

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Edge
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.parts import Part, Use
from graphgrad.views.figure.dot.dot_figure import EdgeState

__all__ = ["Always", "Moment", "moment_of"]


class Always:
    """The moment of a figure without a step: everything is known, nothing is going on."""

    timeless = True

    def knows_value(self, _part: Part) -> bool:
        """Tell whether a part's value is known."""
        return True

    def knows_adjoint(self, _part: Part) -> bool:
        """Tell whether a part's adjoint is known."""
        return True

    def is_current(self, _part: Part) -> bool:
        """Tell whether the step acts on a part."""
        return False

    def edge_state(self, _part: Part, _use: Use) -> EdgeState:
        """Return how far an edge is."""
        return "forward"

    def is_current_edge(self, _part: Part, _use: Use) -> bool:
        """Tell whether the step acts on an edge."""
        return False


class Moment(Always):
    """The state after a step of a trace."""

    timeless = False

    def __init__(self, trace: Trace, step: int) -> None:
        self.trace = trace
        self.state = trace.state(step)
        self.step = trace.steps.step(step) if step else None

    def knows_value(self, part: Part) -> bool:
        """Tell whether a part's value is known."""
        return self.state.value(part.node) is not None

    def knows_adjoint(self, part: Part) -> bool:
        """Tell whether a part's adjoint is known."""
        return self.state.adjoint(part.node) is not None

    def is_current(self, part: Part) -> bool:
        """Tell whether the step acts on a part; a pullback to another part acts on the edge."""
        step = self.step
        if step is None or step.node not in part.nodes:
            return False
        if step.slot is None:
            return True
        return self.trace.graph.columns.parents_of(step.node)[step.slot] in part.nodes

    def edge_state(self, part: Part, use: Use) -> EdgeState:
        """Return how far an edge is: read forward, pulled back, or neither yet."""
        if self.trace.steps.forward_index[part.node] > self.state.index:
            return "pending"
        pulled = [self.trace.steps.pullback_index(edge) for edge in self._edges(part, use)]
        return "backward" if 0 < max(pulled, default=0) <= self.state.index else "forward"

    def is_current_edge(self, part: Part, use: Use) -> bool:
        """Tell whether the step reads or pulls back along an edge, or sums what came along it."""
        step = self.step
        if step is None or step.phase == "seed":
            return False
        if step.phase == "accumulate":
            return use.source == step.node and self.edge_state(part, use) == "backward"
        slot = step.slot
        return any(
            edge.target == step.node and slot in (None, edge.slot)
            for edge in self._edges(part, use)
        )

    def _edges(self, part: Part, use: Use) -> list[Edge]:
        """Return the edges of the graph that one edge of the figure stands for."""
        columns = self.trace.graph.columns
        return [
            Edge(use.source, node, slot)
            for node in part.nodes
            for slot, parent in enumerate(columns.parents_of(node))
            if parent == use.source and (part.composite or slot == use.slot)
        ]


def moment_of(trace: Trace | None, step: int | None) -> Always:
    """Return the moment after a step; None shows everything at once.

    Raises:
        UsageError: if the trace has no such step.
    """
    if trace is None or step is None:
        return Always()
    count = len(trace.steps)
    if not 0 <= step <= count:
        raise UsageError("figure.no_step", got=step, last=count)
    return Moment(trace, step)
