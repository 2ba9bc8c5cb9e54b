"""Judge an answer to a question: numbers by the number rule, formulas by the decision procedure.

A wrong answer is compared with typical ones: forgetting a factor, a sum or a sign are the classical
slips with the chain rule. Each has a name (``predict.mistake.NAME`` is its message), and may stand
for several numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.functions import entries
from graphgrad.exercises.judging.judge import Judge, Judgement
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink
from graphgrad.expr.lenient import parse_answer
from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphgrad.stepping.quiz.question import Question
    from graphgrad.trace.trace import Trace

__all__ = ["LARGEST", "Examiner", "Reply", "Terms", "typical_mistakes"]

LARGEST = 400
"""In a graph of more nodes only signs and the next node are asked."""

_POSITIVE = ("+", "positive", "positivo", "pos", "+1", "1")
_NEGATIVE = ("-", "−", "negative", "negativo", "neg", "-1")


class Reply(NamedTuple):
    """What an answer came to.

    Attributes:
        status: right, rounded, rough, undecided, wrong or unreadable.
        words: what to say about it.
        mistake: the likely mistake, by name; empty if none or several fit.
    """

    status: str
    words: str
    mistake: str = ""

    @property
    def passed(self) -> bool:
        """Tell whether the answer counts as right."""
        return self.status in ("right", "rounded")


class Examiner:
    """Judges answers about one trace."""

    def __init__(self, trace: Trace, point: Mapping[str, Any]) -> None:
        self.trace = trace
        self.reference = Reference(trace.graph, point)
        self.terms = Terms(self.reference, trace)
        self.judge = Judge(self.reference)

    def reply(self, question: Question, answer: str) -> Reply:
        """Return how an answer stands to the truth, and the likely mistake if it is wrong."""
        answer = answer.strip()
        if not answer:
            return Reply("unreadable", text("predict.empty"))
        if question.kind == "next":
            return _next(question, answer)
        if question.kind == "sign":
            return _sign(question, answer)
        try:
            return self._judged(question, self._read(answer))
        except GraphgradError as error:
            return Reply("unreadable", str(error))

    def _read(self, answer: str) -> ReadLink:
        """Read the part behind the last equals sign."""
        shown = answer.rsplit("=", 1)[-1].strip()
        return self.reference.read(parse_answer(shown, self.reference.vocabulary).expression)

    def _judged(self, question: Question, read: ReadLink) -> Reply:
        truth = self.terms.asked(question)
        if question.kind == "partial" and self._is_only_number(read, truth):
            return Reply("unreadable", text("predict.formula_wanted"))
        judgement = self._compared(read, "truth", truth)
        notes = " ".join(text(note.message_id, **note.fields) for note in judgement.notes)
        if judgement.status in ("right", "rounded"):
            return Reply(judgement.status, _joined(text("predict.right"), notes))
        if judgement.status == "rough":
            return Reply("rough", notes)
        if judgement.status == "undecided":
            return Reply("undecided", _joined(text("predict.undecided"), notes))
        mistake = self._likely(question, read)
        why = text(f"predict.mistake.{mistake}") if mistake else notes
        return Reply("wrong", _joined(text("predict.wrong"), why), mistake)

    def _is_only_number(self, read: ReadLink, truth: Any) -> bool:
        """Tell whether a number was given where the formula has names."""
        asked_names = self.reference.pool.names([term.id for term in entries(truth)])
        return bool(asked_names) and not read.has_names

    def _compared(self, read: ReadLink, reading: str, wanted: Any) -> Judgement:
        return self.judge.judge(read, Asked(None, (self.reference.wanted(reading, wanted),)))

    def _likely(self, question: Question, read: ReadLink) -> str:
        """Return the one typical mistake that gives the answer; empty if none or several do."""
        found = {
            name
            for name, wanted in typical_mistakes(self.terms, question)
            if self._compared(read, name, wanted).status in ("right", "rounded")
        }
        return found.pop() if len(found) == 1 else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _next(question: Question, answer: str) -> Reply:
    first, *others = question.truth
    if answer == first:
        return Reply("right", text("predict.right"))
    if answer in others:
        return Reply("right", text("predict.next_too", name=first))
    return Reply("wrong", text("predict.next_wrong", name=answer))


def _sign(question: Question, answer: str) -> Reply:
    word = answer.casefold()
    if word not in _POSITIVE + _NEGATIVE:
        return Reply("unreadable", text("predict.sign_wanted"))
    right = (word in _POSITIVE) == (question.truth > 0)
    return Reply("right" if right else "wrong", text(f"predict.{'right' if right else 'wrong'}"))


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
        if question.kind == "adjoint":
            return self.adjoint(question.node)
        return self.reference.pool.number(question.truth)

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
