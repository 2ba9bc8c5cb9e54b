"""Judge an answer to a question: numbers by the number rule, formulas by the decision procedure.

An answer that is no answer, such as the name of what is asked for, is refused with the reason.
"""

from __future__ import annotations

import re
from math import isclose
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.judging.judge import Judge, Judgement
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink
from graphgrad.expr.dialect import FOLDED
from graphgrad.expr.lenient import parse_answer
from graphgrad.messages.catalogue import text
from graphgrad.ops.shapes import entries
from graphgrad.stepping.quiz.allowed import refusal, refused_side
from graphgrad.stepping.quiz.likely import Likely
from graphgrad.stepping.quiz.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.graph.graph import Graph
    from graphgrad.stepping.quiz.question import Question
    from graphgrad.trace.trace import Trace

__all__ = ["LARGEST", "Examiner", "Reply"]

LARGEST = 400
"""In a graph of more nodes only signs and the next node are asked."""

_JOINT = re.compile(r"(?<![<>!=:])[=≈](?![=>])")
"""What joins the parts of z = w*x ≈ 6; no part of a relation."""
_ROUNDED = 0.06
"""What rounding to a digit or two may change, as in 2/3 = 0.7."""
_NO_ANSWER = ("check.undefined_here", "check.shape")
"""What is said of answers that are no number at all here, or one of another shape."""

_SAID = re.compile(
    r"^(?:(?:it|the sign|el signo|su signo|esto?)?\s*(?:is|'s|es|sale|tiene signo)\s+|signo\s+)"
)
"""What may stand before a sign that is said in words."""
_POSITIVE = ("+", "+1", "1", ">0", "positive", "positivo", "positiva", "pos", "plus", "más", "mas",
             "+ve", "greater than zero", "greater than 0", "above zero", "mayor que cero",
             "mayor que 0", "mayor a cero", "mayor a 0", "bigger than 0", "sign +")  # fmt: skip
_NEGATIVE = ("-", "-1", "<0", "negative", "negativo", "negativa", "neg", "minus", "menos", "-ve",
             "less than zero", "less than 0", "below zero", "menor que cero", "menor que 0",
             "menor a cero", "menor a 0", "smaller than 0", "sign -")  # fmt: skip


class Reply(NamedTuple):
    """What an answer came to.

    Attributes:
        status: right, rounded, rough, undecided, wrong, or unreadable: not read, or refused.
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
        self.likely = Likely(self.terms)

    def reply(self, question: Question, answer: str) -> Reply:
        """Return how an answer stands to the truth, and the likely mistake if it is wrong."""
        answer = answer.strip()
        if not answer:
            return Reply("unreadable", text("predict.empty"))
        if question.kind == "next":
            return self._next(question, answer)
        if question.kind == "sign":
            return _sign(question, answer)
        try:
            other = refused_side(self.reference, question, answer)
            return Reply("unreadable", other) if other else self._judged(question, answer)
        except GraphgradError as error:
            return Reply("unreadable", str(error))

    def _judged(self, question: Question, answer: str) -> Reply:
        *before, shown = (part.strip() for part in _JOINT.split(answer))
        expression = parse_answer(shown, self.reference.vocabulary).expression
        refused = refusal(self.reference, question, expression)
        if refused:
            return Reply("unreadable", refused)
        read = self.reference.read(expression)
        other = next((part for part in before if self._is_other_number(part, read)), "")
        if other:
            return Reply("unreadable", text("predict.unequal", left=other, right=shown))
        truth = self.terms.asked(question)
        if question.kind == "partial" and self._is_only_number(read, truth):
            return Reply("unreadable", text("predict.formula_wanted"))
        judgement = self._compared(read, "truth", truth)
        notes = " ".join(text(note.message_id, **note.fields) for note in judgement.notes)
        if any(note.message_id in _NO_ANSWER for note in judgement.notes):
            return Reply("unreadable", notes)
        if judgement.status in ("right", "rounded"):
            return Reply(judgement.status, _joined(text("predict.right"), notes))
        if judgement.status == "rough":
            return Reply("rough", notes)
        if judgement.status == "undecided":
            return Reply("undecided", _joined(text("predict.undecided"), notes))
        slip = self.likely.slip(question, read)
        words, name = (notes, "") if slip is None else (slip.words, slip.name)
        return Reply("wrong", _joined(text("predict.wrong"), words), name)

    def _is_other_number(self, part: str, read: ReadLink) -> bool:
        """Tell whether a part of a chain is a number far from its last one: 2*2 = 6."""
        try:
            given = self.reference.read(parse_answer(part, self.reference.vocabulary).expression)
        except GraphgradError:
            return False  # the name of what is asked for, or words
        sides = [side.balls for side in (given, read)]
        if given.has_names or any(not balls or isinstance(balls[0], str) for balls in sides):
            return False
        left, right = (float(balls[0]) for balls in sides if balls)
        return not isclose(left, right, rel_tol=_ROUNDED, abs_tol=_ROUNDED)

    def _is_only_number(self, read: ReadLink, truth: Any) -> bool:
        """Tell whether a number was given where the formula has names."""
        asked_names = self.reference.pool.names([term.id for term in entries(truth)])
        return bool(asked_names) and not read.has_names

    def _compared(self, read: ReadLink, reading: str, wanted: Any) -> Judgement:
        return self.judge.judge(read, Asked(None, (self.reference.wanted(reading, wanted),)))

    def _next(self, question: Question, answer: str) -> Reply:
        """Judge a name; a word that names no line is no answer."""
        first, *others = question.truth
        name = self.reference.vocabulary.name(answer)
        if name is None:
            return Reply("unreadable", text("predict.no_line", got=answer))
        if name == first:
            return Reply("right", text("predict.right"))
        if name in others:
            return Reply("right", text("predict.next_too", name=first))
        return Reply("wrong", _not_next(self.trace, question, name))


def _not_next(trace: Trace, question: Question, name: str) -> str:
    """Return why a line is not the next one: it has its turn behind it, or before it."""
    graph = trace.graph
    node = graph.line(graph.line_index[name]).root
    if not question.is_backward:
        if graph.is_leaf(node):
            return text("predict.next_given", name=name)
        if node < question.node:
            return text("predict.next_has_value", name=name)
        line = graph.line(graph.line_of(node))
        read = (p for n in line.nodes for p in graph.columns.parents_of(n))
        between = (p for p in read if question.node <= p < line.nodes.start)
        waits = next((p for p in between if not graph.is_leaf(p)), node)  # leaves are given
        return text("predict.next_waits", name=name, other=_line_name(graph, waits))
    if trace.adjoints is None or trace.adjoints[node] is None:
        return text("predict.next_constant", name=name)
    if node > question.node:
        return text("predict.next_has_adjoint", name=name)
    waits = next((e.target for e in trace.uses(node) if e.target <= question.node), node)
    return text("predict.next_awaits", name=name, other=_line_name(graph, waits))


def _line_name(graph: Graph, node: int) -> str:
    return graph.line_names[graph.line_of(node)]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _sign(question: Question, answer: str) -> Reply:
    word = " ".join(answer.casefold().translate(FOLDED).split()).strip(".!()«»\"'")
    word = _SAID.sub("", word).replace("−", "-").replace("> ", ">").replace("< ", "<")
    if word not in _POSITIVE + _NEGATIVE:
        return Reply("unreadable", text("predict.sign_wanted"))
    right = (word in _POSITIVE) == (question.truth > 0)
    return Reply("right" if right else "wrong", text(f"predict.{'right' if right else 'wrong'}"))
