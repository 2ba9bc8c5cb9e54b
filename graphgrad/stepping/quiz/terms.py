"""Hold the truth that questions are about, in terms of the leaves of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphgrad.exercises.truth.reference import Reference
    from graphgrad.stepping.quiz.question import Question
    from graphgrad.trace.trace import Trace

__all__ = ["Terms"]


class Terms:
    """The truth about a graph's lines, in terms of its leaves."""

    def __init__(self, reference: Reference, trace: Trace) -> None:
        self.reference = reference
        self.trace = trace
        self.graph = trace.graph

    def value(self, node: int) -> Any:
        """Return a node's value."""
        return self.reference.truth.at(node)

    def adjoint(self, node: int) -> Any:
        """Return a line's adjoint."""
        return self.reference.truth.swept(self._line(self.graph.output), self._line(node))

    def local(self, node: int, source: int) -> Any:
        """Return the derivative of a line in another that it reads."""
        return self.reference.truth.local(self._line(node), self._line(source))

    def through(self, node: int, source: int) -> Any:
        """Return what a line hands back to another that it reads: one path of several."""
        return self.reference.truth.local(
            self._line(node), self._line(source), seed=self.adjoint(node)
        )

    def asked(self, question: Question) -> Any:
        """Return what a question asks for."""
        if question.kind == "value":
            return self.value(question.node)
        if question.kind == "partial":
            return self.local(question.node, question.source)
        if question.kind == "contribution":
            return self.adjoint(question.node) * self.local(question.node, question.source)
        if question.kind == "adjoint":
            return self.adjoint(question.node)
        return self.reference.pool.number(question.truth)

    def consumers(self, node: int) -> list[int]:
        """Return the lines that read a node and lead to the output, by their last nodes."""
        graph = self.graph
        targets = (edge.target for edge in self.trace.uses(node))
        return list(dict.fromkeys(graph.line_ends[graph.line_of(at)] - 1 for at in targets))

    def node_of(self, name: str) -> int:
        """Return the last node of a line."""
        return self.graph.line(self.graph.line_index[name]).root

    def _line(self, node: int) -> int:
        return self.graph.line_of(node)
