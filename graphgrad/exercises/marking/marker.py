"""Mark an answer sheet: every step against the truth, then against what the student wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.judging.judge import RANK, Judge, Judgement
from graphgrad.exercises.judging.mark import Mark, Report, partly_following
from graphgrad.exercises.marking.claims import Claims
from graphgrad.exercises.marking.following import Following
from graphgrad.exercises.marking.own_names import OwnNames, circular_lines
from graphgrad.exercises.marking.rounding import Rounding
from graphgrad.exercises.misconceptions.catalogue import is_exactly_a_mistake
from graphgrad.exercises.misconceptions.lookup import Namer
from graphgrad.exercises.reading.answer_sheet import Answer, Link, Target, parse_target, read_sheet
from graphgrad.exercises.reading.number_rule import DIGITS
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink
from graphgrad.expr.decimals import Decimal
from graphgrad.graph.graph import Graph

__all__ = ["Marker", "check", "report_on"]

_UNKNOWN = "answer.unknown_name"
_TOO_LARGE = "check.too_many_terms"


def check(
    graph: Graph,
    answers_text: str,
    *,
    decimal: Decimal = "auto",
    asked: Sequence[str] = (),
    digits: int = DIGITS,
    point: Mapping[str, Any] | None = None,
    name_mistakes: bool = True,
) -> Report:
    r"""Mark answers to an exercise, which is any graph.

    Args:
        graph: the exercise; its leaves' values are its numbers.
        answers_text: one step per line: ``z = 7``, ``a = sigmoid(z)``, ``dL/dw = 2(a-y)x = -12``.
        decimal: how decimals are written: ``comma``, ``point`` or ``auto``.
        asked: the steps that were asked for; one that is not answered is ``missing``.
        digits: how many significant digits a rounded number must show.
        point: values of leaves by name, instead of the graph's own.
        name_mistakes: whether to say what a wrong answer looks like, where one mistake fits.

    Returns:
        A report with one mark per step, in the order of the sheet.

    Raises:
        SourceError: if a step asked for is no step of the exercise.
        LimitError: if the exercise or the sheet is too large to be decided.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    >>> [mark.status for mark in check(graph, "z = 5\ndL/dz = 10\ndz/dw = x").marks]
    ['wrong', 'follow-on', 'right']
    """
    if any("[" in name for name in graph.line_names):
        from graphgrad.graph.zooms.gathered import gathered, gathered_point

        graph, point = gathered(graph), gathered_point(graph, point or {})
    reference = Reference(graph, point)
    report = report_on(reference, answers_text, decimal=decimal, asked=asked, digits=digits)
    return _with_mistakes(reference, report) if name_mistakes else report


def report_on(
    reference: Reference,
    answers_text: str,
    *,
    decimal: Decimal = "auto",
    asked: Sequence[str] = (),
    digits: int = DIGITS,
) -> Report:
    """Mark answers as `check` does, without naming mistakes.

    What was read and worked out stays in the reference, for whoever names them.
    """
    sheet = read_sheet(answers_text, reference.vocabulary, decimal)
    marker = Marker(reference, digits)
    marks = marker.mark(sheet.answers)
    marks += marker.missing(asked, marks)
    return Report(
        sheet.heading.get("exercise") or reference.graph.heading.title_in(),
        sheet.heading.get("student", ""),
        tuple(marks),
        first_wrong=marker.first_wrong(marks),
        notes=tuple(
            Note("check.assumption_ignored", {"text": text}) for text in reference.assumed[1]
        ),
    )


def _with_mistakes(reference: Reference, report: Report) -> Report:
    """Return a report with the mistake that a wrong answer fits, where it is unique."""
    if not any(mark.status == "wrong" for mark in report.marks):
        return report
    namer = Namer(reference, report.marks)
    found = []
    for mark in report.marks:
        named = namer.name(mark)
        mistakes = () if named is None else ((named.label, named.where),)
        found.append(replace(mark, mistakes=mistakes))
    return replace(report, marks=tuple(found))


class Marker:
    """Mark the answers of one sheet in the order of the computation."""

    def __init__(self, reference: Reference, digits: int) -> None:
        self.reference = reference
        self.digits = digits
        self.judge = Judge(reference, digits)
        self.following = Following(reference)
        self.claims = Claims(reference, self.judge, self.following)
        self.rounding = Rounding(reference)
        self.own = OwnNames(reference)

    def mark(self, answers: Sequence[Answer]) -> list[Mark]:
        """Return the marks in the order of the answers, without the student's own names."""
        marks: dict[int, Mark] = {}
        for answer in answers:
            if answer.target is not None and answer.target.kind == "own":
                error = self.own.keep(answer)
                if error is not None:
                    marks[answer.line] = self._unread(Mark.of(answer), error)
        closing = circular_lines(self.own, answers)
        for answer in sorted(answers, key=self._order):
            if answer.line in closing:
                error = SourceError("check.circular_with", names=closing[answer.line])
                marks[answer.line] = self._unread(Mark.of(answer), error)
            if answer.line not in marks and (answer.target is None or answer.target.kind != "own"):
                marks[answer.line] = self._marked(answer)
        return [marks[answer.line] for answer in answers if answer.line in marks]

    def _order(self, answer: Answer) -> tuple[int, ...]:
        """Sort values before derivatives, and derivatives as the backward pass meets them."""
        target = answer.target
        index = self.reference.graph.line_index
        if target is None or target.kind in ("claim", "own"):
            return (3, answer.line)
        if target.kind == "value":
            return (0, index.get(target.name, 0), answer.line)
        return (1, index.get(target.name, 0), -index.get(target.wrt, 0), answer.line)

    # ---- one answer ----

    def _marked(self, answer: Answer) -> Mark:
        blank = Mark.of(answer)
        if answer.error is not None:
            return self._unread(blank, answer.error)
        assert answer.target is not None
        blank = replace(blank, read_as=self._read_as(answer))
        try:
            self.own.refuse_circular(answer)
            if answer.target.kind == "claim":
                return self._with(blank, self.claims.judged(answer))
            return self._step(blank, answer, answer.target)
        except GraphgradError as error:
            if error.message_id == _TOO_LARGE:
                raise
            return self._unread(blank, error)

    def _unread(self, blank: Mark, error: GraphgradError) -> Mark:
        unknown = error.message_id == _UNKNOWN
        return replace(blank, status="unknown-name" if unknown else "unreadable", error=error)

    def _read_as(self, answer: Answer) -> str:
        target = answer.target
        assert target is not None
        links = answer.links[1:] if target.kind == "claim" else answer.links
        first = read_as(answer.links[0].reading.expression) if target.kind == "claim" else target.id
        parts = (f" {link.sign} {read_as(link.reading.expression)}" for link in links)
        return first + "".join(parts)

    def _step(self, blank: Mark, answer: Answer, target: Target) -> Mark:
        asked = self.reference.asked(target)
        if not asked.wanted:
            return replace(blank, status="unreadable", notes=(Note("check.no_reference"),))
        reads, judged = zip(*(self._judged(link, asked) for link in answer.links), strict=True)
        place = next((k for k, j in enumerate(judged) if j.status == "wrong"), None)
        if place is None:
            worst = max(judged, key=lambda judgement: RANK.index(judgement.status))
        else:
            worst = judged[place]
        mark = self._with(blank, worst)
        if worst.status == "wrong":
            mark = self._explained(blank, mark, asked, reads[place or 0])
        if mark.status == "wrong" and len(judged) > 1 and place is not None:
            fields = {"number": place + 1, "text": answer.links[place].text}
            mark = replace(mark, notes=(Note("check.link", fields), *mark.notes))
        exact = mark.status == "right" and judged[-1].method == "value"
        self.following.keep(target, reads[-1], mark.status, exact=exact)
        return replace(mark, expected=asked.wanted[0].text)

    def _judged(self, link: Link, asked: Asked) -> tuple[ReadLink, Judgement]:
        """Read and judge one formula; of few digits a mistake is likelier than a rounding."""
        read = self.reference.read(link.reading.expression)
        found = self.judge.judge(read, asked)
        if found.few_digits and is_exactly_a_mistake(self.reference, asked, read):
            found = Judgement("wrong", "value", reading=found.reading)
        return read, found

    def _with(self, blank: Mark, judged: Judgement) -> Mark:
        verdict = judged.verdict
        return replace(
            blank,
            status=judged.status,
            method=judged.method,
            reading=judged.reading,
            points=0 if verdict is None else verdict.points,
            cases=0 if verdict is None else verdict.cases,
            counterexample=None if verdict is None else verdict.counterexample,
            assumed=() if verdict is None else verdict.assumed,
            notes=(*blank.notes, *judged.notes),
            wrong_entries=judged.wrong_entries,
        )

    def _explained(self, blank: Mark, mark: Mark, asked: Asked, read: ReadLink) -> Mark:
        """Return a wrong mark as rounded or follow-on where that explains it."""
        assert asked.target is not None
        if self.rounding.explains(asked, read, self.digits):
            return replace(
                mark, status="rounded", method="rounding", notes=blank.notes, wrong_entries=()
            )
        followed = self.following.explain(asked.target, read)
        if followed.status == "wrong":
            shape = shape_of(asked.wanted[0].value)
            return partly_following(mark, shape, followed.entries, followed.targets)
        return replace(
            mark,
            status=followed.status,
            method="follow-through",
            consistent_with=tuple(dict.fromkeys(t.id for t in followed.targets)),
            counterexample=None,
            notes=blank.notes,
            wrong_entries=(),
        )

    # ---- the whole sheet ----

    def first_wrong(self, marks: Iterable[Mark]) -> str:
        """Return the wrong step that comes first in the computation."""
        wrong = [mark for mark in marks if mark.status == "wrong"]
        if not wrong:
            return ""
        return min(wrong, key=lambda mark: self._order(mark.answer) if mark.answer else (9,)).id

    def missing(self, asked: Sequence[str], marks: Sequence[Mark]) -> list[Mark]:
        """Return a mark for each step that was asked for and not answered."""
        answered = {mark.id for mark in marks}
        found = []
        for text in asked:
            target = parse_target(text, self.reference.vocabulary)
            if target is None:
                raise SourceError("check.not_a_step", got=text)
            if not answered & {target.id, target._replace(entry=()).id}:
                wanted = self.reference.asked(target).wanted
                if not wanted:
                    raise SourceError("check.not_a_step", got=text)
                found.append(Mark(target.id, "missing", expected=wanted[0].text))
        return found
