"""Name the one likely mistake behind a wrong answer to a question.

Three rows of mistakes are tried in turn: what is typical of the question, what is made at an
operation (the catalogue that marks exercises), and what may have been mixed up or written badly:
another line's number, digits cut off. A mistake is named where one alone fits in its row, or where
one says more than the others: a sign, a path left out, rather than a factor that happens to be 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.exercises.algebra.enclosures import precision
from graphgrad.exercises.misconceptions.catalogue import Mistake, mistakes_of
from graphgrad.exercises.misconceptions.lookup import Namer
from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.exercises.reading.number_rule import is_cut_off
from graphgrad.messages.catalogue import text
from graphgrad.ops.shapes import Shape
from graphgrad.views.text.narrate import adjoint_name, joined_names

if TYPE_CHECKING:
    from graphgrad.exercises.truth.sides import ReadLink
    from graphgrad.stepping.quiz.question import Question
    from graphgrad.stepping.quiz.terms import Terms

__all__ = ["Likely", "Slip", "typical_mistakes"]

_WHOLE = {"sign": "sign", "factor_two": "two", "half": "two"}
_OTHERS = {"value": "other_value", "adjoint": "other_adjoint"}
_FIRST = ("sign", "no_activation", "sum", "factor", "upstream", "function", "product", "value")
"""Of several mistakes with one result, the one that is named."""
_TRIVIAL = (0, 1, -1)
_SCALAR: Shape = ()
_BENT = frozenset({"relu", "leaky_relu", "elu", "abs"})


class Slip(NamedTuple):
    """A likely mistake: its name, and what is said about it."""

    name: str
    words: str


class Likely:
    """Looks wrong answers up among the mistakes that are likely for a question."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.namer = Namer(terms.reference, ())

    def slip(self, question: Question, read: ReadLink) -> Slip | None:
        """Return the one mistake an answer fits, None if none or several do."""
        rows = (typical_mistakes, _at_operations, _mixed_up)
        for row in rows if question.kind != "value" else (_at_operations, *rows[::2]):
            fitting = self.namer.fitting(read, list(row(self.terms, question)))
            labels = {mistake.label for mistake in fitting}
            first = next((label for label in _FIRST if label in labels), "")
            if first or len(labels) == 1:
                kept = [mistake for mistake in fitting if first in ("", mistake.label)]
                return _worded(self.terms, kept)
            if labels:
                return None
        return self._cut_off(question, read)

    def _cut_off(self, question: Question, read: ReadLink) -> Slip | None:
        """Return that the digits of a number were cut off instead of rounded."""
        balls = self.terms.reference.balls(self.terms.asked(question))
        if not read.printed or not balls or isinstance(balls[0], str):
            return None
        with precision():
            cut = read.printed[0].digits > 1 and is_cut_off(read.printed[0], balls[0])
        return Slip("cut_off", text("predict.mistake.cut_off")) if cut else None


def _worded(terms: Terms, fitting: list[Mistake]) -> Slip:
    label, places = fitting[0].label, list(dict.fromkeys(m.where for m in fitting))
    if fitting[0].op in _OTHERS:
        names = places
        if fitting[0].op == "adjoint":
            names = [adjoint_name(terms.graph, terms.node_of(place)) for place in places]
        return Slip(label, text(f"predict.mistake.{label}", name=joined_names(names)))
    if fitting[0].op == "":
        return Slip(label, text(f"predict.mistake.{label}"))
    what = text(f"classroom.mistake.{label}")
    message = "classroom.report.mistake_at" if len(places) == 1 else "classroom.report.mistake"
    return Slip(label, text(message, what=what, where=places[0]))


# ---- typical of the question ----


def typical_mistakes(terms: Terms, question: Question) -> Iterator[Mistake]:
    """Yield wrong answers that are often given to a kind of question."""
    truth = terms.asked(question)
    found: list[tuple[str, object]] = []
    if question.kind == "adjoint":
        found += _of_adjoint(terms, question.node)
    elif question.kind == "contribution":
        found.append(("factor", terms.adjoint(question.node)))
        found.append(("upstream", terms.local(question.node, question.source)))
        found.append(("value", terms.value(question.node)))
    elif question.kind == "partial":
        local = terms.local(question.node, question.source)
        found.append(("product", terms.adjoint(question.node) * local))
        found.append(("function", terms.value(question.node)))
    found += [("sign", -truth), ("two", 2 * truth), ("two", truth / 2)]
    for label, value in found:
        if str(value) != str(truth):  # where the upstream adjoint is 1 its factor is no mistake
            yield Mistake(label, "", "", value)


def _of_adjoint(terms: Terms, node: int) -> Iterator[tuple[str, object]]:
    consumers = terms.consumers(node)
    several = len(consumers) > 1
    for target in consumers:
        upstream = terms.adjoint(target)
        if terms.graph.columns.shape(target):  # no number is the local derivative of an array
            yield from [("sum", terms.through(target, node))] if several else ()
            continue
        local = terms.local(target, node)
        yield "factor", upstream
        yield ("sum" if several else "upstream"), (upstream * local if several else local)
    yield "value", terms.value(node)


# ---- made at an operation ----


def _at_operations(terms: Terms, question: Question) -> Iterator[Mistake]:
    """Yield the mistakes of the catalogue that are made at an operation."""
    target = _target(terms, question)
    mistakes = [] if target is None else mistakes_of(terms.reference, target)
    yield from (mistake for mistake in mistakes if mistake.op and mistake.label not in _WHOLE)
    yield from _of_bend(terms, question)


def _target(terms: Terms, question: Question) -> Target | None:
    graph = terms.graph
    name = graph.name(question.node)
    if question.kind == "value":
        return Target("value", name)
    if question.kind == "adjoint":
        return Target("derivative", graph.name(graph.output), name)
    return None


def _of_bend(terms: Terms, question: Question) -> Iterator[Mistake]:
    """Yield what the other side of a bend would give: relu and its kin have two branches."""
    graph, pool = terms.graph, terms.reference.pool
    op, name = graph.columns.row(question.node).name, graph.name(question.node)
    if op not in _BENT:
        return
    if question.kind == "value" and op == "relu":
        yield Mistake("wrong_branch", name, op, pool.number(0))
    elif question.kind == "contribution":
        local = terms.local(question.node, question.source)
        other = 1 - local if op == "relu" else -local
        yield Mistake("wrong_branch", name, op, terms.adjoint(question.node) * other)


# ---- mixed up ----


def _mixed_up(terms: Terms, question: Question) -> Iterator[Mistake]:
    """Yield the number of another line; for a value, also what is wrong with a whole answer."""
    graph = terms.graph
    if question.kind == "partial":
        return
    for line in graph.lines():
        if graph.columns.shape(line.root) != _SCALAR or line.root == question.node:
            continue
        if question.kind == "value":
            yield from _of_line(terms, line.root, "value")
        elif terms.trace.adjoint(line.root) is not None:
            yield from _of_line(terms, line.root, "adjoint")


def _of_line(terms: Terms, node: int, kind: str) -> Iterator[Mistake]:
    """Yield the value or the adjoint of a line, unless it may well come from elsewhere."""
    number = terms.trace.values[node] if kind == "value" else terms.trace.adjoint(node)
    if number not in _TRIVIAL:
        value = terms.value(node) if kind == "value" else terms.adjoint(node)
        yield Mistake(_OTHERS[kind], terms.graph.name(node), kind, value)
