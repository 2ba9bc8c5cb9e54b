"""Ask about steps, where the answer is not on the screen already; keep tries, score and results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphgrad.files.reading import told_refusal
from graphgrad.messages.catalogue import text
from graphgrad.stepping.quiz.examiner import LARGEST, Examiner, Reply
from graphgrad.stepping.quiz.question import (
    Question,
    chosen_question,
    hint_for,
    question_text,
    questions_about,
)
from graphgrad.stepping.quiz.results import add_result
from graphgrad.views.text.narrate_stops import entry_of
from graphgrad.views.text.numbers import inline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphgrad.trace.trace import Trace
    from graphgrad.views.text.stops import Stops

__all__ = ["MOST_TRIES", "PAUSE", "Quiz", "fair_questions"]

MOST_TRIES = 3
TRIES_BEFORE_HINT = 2
PAUSE = 3
"""Stops from one question to the next: one in three is asked."""

_LIGHT = ("sign", "next")
_NUMBERS = ("value", "adjoint", "contribution")


class Quiz:
    """A round of questions.

    Attributes:
        question: the open one.
        reply: what was said about the last answer, or the last question asked.
        closed: how many questions were closed.
        right: how many of them were answered without being shown.
        wrong: how many tries were wrong.
        fault: why the last answer could not be saved; results are kept no longer then.
        is_round: whether one step in three is asked; otherwise each question is asked for.
    """

    def __init__(self, results: Path | None = None) -> None:
        self.results = results
        self.question: Question | None = None
        self.words = ""
        self.reply = ""
        self.closed = self.right = self.wrong = self.turn = 0
        self.is_round = False
        self.tries = self.hints = 0
        self.last = -PAUSE
        self.fault = ""
        self._trace: Trace | None = None
        self._point: Mapping[str, Any] = {}
        self._examiner: Examiner | None = None

    # ---- asking ----

    def is_due(self, position: int) -> bool:
        """Tell whether a stop of a round is far enough from the last question."""
        return self.is_round and self.question is None and abs(position - self.last) >= PAUSE

    def ask(self, trace: Trace, stops: Stops, point: Mapping[str, Any], position: int) -> bool:
        """Ask about a stop; tell whether there was something to ask."""
        questions = fair_questions(trace, stops, position)
        if len(trace.graph) > LARGEST:
            questions = [question for question in questions if question.kind in _LIGHT]
        question = chosen_question(questions, self.turn)
        if question is None:
            return False
        self.open(question, trace, point)
        return True

    def open(self, question: Question, trace: Trace, point: Mapping[str, Any]) -> None:
        """Ask a question."""
        self.question, self.reply = question, ""
        self.words = question_text(trace.graph, question)
        self.turn += 1
        self.tries = self.hints = 0
        if self._trace is not trace:
            self._trace, self._point, self._examiner = trace, point, None

    # ---- answering ----

    def commit(self, answer: str) -> Reply:
        """Judge an answer; a right one, or the third wrong one, closes the question.

        The second wrong one brings the hint of its own accord.
        """
        question, trace = self._open
        if self._examiner is None:
            self._examiner = Examiner(trace, self._point)
        reply = self._examiner.reply(question, answer)
        if reply.status != "unreadable":
            self.tries += 1
        self.wrong += reply.status == "wrong"
        self._save(question, answer, reply)
        self.reply = reply.words
        if reply.passed:
            self._close(right=True)
        elif self.tries >= MOST_TRIES:
            self._close(right=False)
        elif reply.status == "wrong" and self.tries == TRIES_BEFORE_HINT:
            self.hint()
            self.reply = f"{reply.words}\n{self.reply}"
        return reply

    def reveal(self) -> None:
        """Give the answer away."""
        question, _ = self._open
        self._save(question, "", Reply("revealed", ""))
        self.reply = ""
        self._close(right=False)

    def hint(self) -> None:
        """Say what to look at."""
        question, trace = self._open
        self.hints += 1
        self.reply = hint_for(trace, question)

    @property
    def _open(self) -> tuple[Question, Trace]:
        """Return the open question and its trace."""
        assert self.question is not None
        assert self._trace is not None
        return self.question, self._trace

    def _close(self, *, right: bool) -> None:
        question, _ = self._open
        self.closed += 1
        self.right += right
        self.last = question.position
        told = f"{question.asked} = {question.answer}"
        if question.kind == "next":
            told = text("predict.next_is", name=question.answer)
        self.reply = f"{self.reply} {told}".strip()
        self.question = None

    @property
    def score(self) -> str:
        """Return how many were asked and tried, how many were right, and the wrong tries."""
        tried = self.question is not None and self.tries > 0
        return text("predict.score", asked=self.closed + tried, right=self.right, wrong=self.wrong)

    # ---- what is hidden ----

    @property
    def limit(self) -> int | None:
        """Return the last stop that may be shown while a question is open."""
        return None if self.question is None else self.question.position - 1

    @property
    def hidden(self) -> frozenset[tuple[int, int]]:
        """Return the local derivatives that are asked for, as (node, source)."""
        question = self.question
        if question is None or question.kind != "partial":
            return frozenset()
        return frozenset({(question.node, question.source)})

    # ---- results ----

    def _save(self, question: Question, answer: str, reply: Reply) -> None:
        """Add one JSON line to the file of results."""
        if self.results is None:
            return
        _, trace = self._open
        heading = trace.graph.heading
        record = {
            "source": heading.title_in() or heading.path,
            "kind": question.kind,
            "asked": question.asked or question.answer,
            "answer": answer,
            "expected": question.answer,
            "status": reply.status,
            "mistake": reply.mistake or None,
            "try": self.tries,
            "hints": self.hints,
        }
        try:
            add_result(self.results, record)
        except OSError as error:
            self.fault = text("predict.unwritable", path=self.results, why=told_refusal(error))
            self.results = None


def fair_questions(trace: Trace, stops: Stops, position: int) -> list[Question]:
    """Return what can be asked about a stop and cannot be read off elsewhere.

    Where a local derivative is 1, say, a contribution is the adjoint that came in.
    """
    questions = questions_about(trace, stops, position)
    if not questions:
        return []
    seen = _numbers_before(trace, stops, questions[0])
    return [q for q in questions if q.kind not in _NUMBERS or q.answer not in seen]


def _numbers_before(trace: Trace, stops: Stops, question: Question) -> set[str]:
    """Return the numbers known right before a stop, near the node it acts on."""
    state = trace.state(stops.stop(question.position - 1).last)
    graph = trace.graph
    seen = {"0"}
    whole = stops.fold == "line"
    for node in (end - 1 for end in graph.line_ends) if whole else range(len(graph)):
        for number in (state.value(node), state.adjoint(node)):
            if number is not None:
                seen.add(inline(number))
    near = dict.fromkeys([question.node, *(edge.target for edge in trace.uses(question.node))])
    for node in near:
        if state.value(node) is not None:
            partials = entry_of(trace, node, stops.fold).partials
            seen |= {inline(partial.value) for partial in partials if partial.value is not None}
    return seen
