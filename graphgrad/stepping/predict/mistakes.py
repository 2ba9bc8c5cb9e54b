"""List typical wrong answers to a question, as terms to compare an answer with.

Forgetting a factor, a sum or a sign are the classical slips with the chain rule; each has a name
(a message id ``predict.mistake.NAME``), and may stand for several numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.exercises.reference import Reference
    from graphgrad.stepping.predict.question import Question
    from graphgrad.trace import Trace

__all__ = ["Terms", "typical_mistakes"]


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

    def asked(self, question: Question) -> Any:
        """Return what a question asks for."""
        if question.kind == "value":
            return self.value(question.node)
        if question.kind == "partial":
            return self.local(question.node, question.source)
        if question.kind == "contribution":
            return self.adjoint(question.node) * self.local(question.node, question.source)
        return self.adjoint(question.node)

    def consumers(self, node: int) -> list[int]:
        """Return the lines that read a node and lead to the output, by their last nodes."""
        graph = self.graph
        targets = (edge.target for edge in self.trace.uses(node))
        return list(dict.fromkeys(graph.line_ends[graph.line_of(at)] - 1 for at in targets))

    def _line(self, node: int) -> int:
        return self.graph.line_of(node)


def typical_mistakes(terms: Terms, question: Question) -> Iterator[tuple[str, Any]]:
    """Yield names and terms of wrong answers that are often given."""
    truth = terms.asked(question)
    if question.kind == "adjoint":
        yield from _of_adjoint(terms, question.node)
    elif question.kind == "contribution":
        yield "factor", terms.adjoint(question.node)
        yield "upstream", terms.local(question.node, question.source)
        yield "value", terms.value(question.node)
    elif question.kind == "partial":
        yield "product", terms.adjoint(question.node) * terms.local(question.node, question.source)
        yield "function", terms.value(question.node)
    yield "sign", -truth
    yield "two", 2 * truth
    yield "two", truth / 2


def _of_adjoint(terms: Terms, node: int) -> Iterator[tuple[str, Any]]:
    consumers = terms.consumers(node)
    several = len(consumers) > 1
    for target in consumers:
        upstream, local = terms.adjoint(target), terms.local(target, node)
        yield "factor", upstream
        yield ("sum" if several else "upstream"), (upstream * local if several else local)
    yield "value", terms.value(node)
