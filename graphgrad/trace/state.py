"""Tell what is known after a step: a pure function of the trace and the step's index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphgrad.graph.graph import Edge

if TYPE_CHECKING:
    from graphgrad.trace.trace import Trace

__all__ = ["State"]


class State:
    """What has been computed after ``index`` steps; going back is asking for a smaller index."""

    __slots__ = ("index", "trace")

    def __init__(self, trace: Trace, index: int) -> None:
        self.trace = trace
        self.index = index

    def value(self, node: int) -> Any:
        """Return a node's value, or None if it is not computed yet."""
        known = self.trace.steps.forward_index[node] <= self.index
        return self.trace.values[node] if known else None

    def adjoint(self, node: int) -> Any:
        """Return a node's adjoint, or None before it is seeded or accumulated."""
        start = self.trace.steps.backward_index[node]
        return self.trace.adjoint(node) if 0 < start <= self.index else None

    def contributions(self, node: int) -> list[tuple[Edge, Any]]:
        """Return the contributions to a node's adjoint that have been pulled back so far."""
        steps = self.trace.steps
        return [
            (edge, self.trace.contribution(edge))
            for edge in self.trace.uses(node)
            if 0 < steps.pullback_index(edge) <= self.index
        ]
