"""Judge an answer to a question: numbers by the number rule, formulas by the decision procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.answers import Link
from graphgrad.exercises.judging import Judge, Judgement
from graphgrad.exercises.reference import Candidate, Reference
from graphgrad.exercises.term_math import entries
from graphgrad.expr.lenient import parse_answer
from graphgrad.messages import text
from graphgrad.stepping.predict.mistakes import Terms, typical_mistakes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.stepping.predict.question import Question
    from graphgrad.trace import Trace

__all__ = ["LARGEST", "Examiner", "Reply"]

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
            link = self._read(answer)
            return self._judged(question, link)
        except GraphgradError as error:
            return Reply("unreadable", str(error))

    def _read(self, answer: str) -> Link:
        """Read the part behind the last equals sign."""
        shown = answer.rsplit("=", 1)[-1].strip()
        reading = parse_answer(shown, self.reference.vocabulary, "auto")
        return Link("=", reading, shown)

    def _judged(self, question: Question, link: Link) -> Reply:
        truth = self.terms.asked(question)
        if question.kind == "partial" and self._is_only_number(link, truth):
            return Reply("unreadable", text("predict.formula_wanted"))
        judgement = self._compared(link, "truth", truth)
        notes = " ".join(text(note.message_id, **note.fields) for note in judgement.notes)
        if judgement.status in ("right", "rounded"):
            return Reply(judgement.status, _joined(text("predict.right"), notes))
        if judgement.status == "rough":
            return Reply("rough", notes)
        if judgement.status == "undecided":
            return Reply("undecided", _joined(text("predict.undecided"), notes))
        mistake = self._likely(question, link)
        why = text(f"predict.mistake.{mistake}") if mistake else notes
        return Reply("wrong", _joined(text("predict.wrong"), why), mistake)

    def _is_only_number(self, link: Link, truth: Any) -> bool:
        """Tell whether a number was given where the formula has names."""
        asked_names = self.reference.pool.names([term.id for term in entries(truth)])
        return bool(asked_names) and not self.reference.has_names(link.reading.expression)

    def _compared(self, link: Link, reading: str, wanted: Any) -> Judgement:
        return self.judge.judge(link, [Candidate(reading, wanted)])

    def _likely(self, question: Question, link: Link) -> str:
        """Return the one typical mistake that gives the answer; empty if none or several do."""
        found = {
            name
            for name, wanted in typical_mistakes(self.terms, question)
            if self._compared(link, name, wanted).status in ("right", "rounded")
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
