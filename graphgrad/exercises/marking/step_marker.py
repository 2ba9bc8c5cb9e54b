"""Mark the answers of one sheet: against the truth, then against what the student wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.algebra.building import shape_of, subscript
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.judging.judge import RANK, Judge, Judgement, aligned
from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.marking.claims import Claims
from graphgrad.exercises.marking.following import Following
from graphgrad.exercises.marking.own_names import (
    OwnNames,
    circular_answers,
    differentials_of,
)
from graphgrad.exercises.marking.rounding import Rounding
from graphgrad.exercises.reading.answer_sheet import Answer, Link, Target, parse_target
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.exercises.truth.quantities import counted
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink, laid_out

if TYPE_CHECKING:
    from graphgrad.exercises.misconceptions.lookup import Namer

__all__ = ["Marker"]

_UNKNOWN = "answer.unknown_name"
_SUBSCRIPT = re.compile(r"\[[\d,]+\]")
_TOO_LARGE = "check.too_many_terms"


class Marker:
    """Mark the answers of one sheet in the order of the computation.

    Args:
        reference: the truth about the exercise.
        digits: how many significant digits a rounded number must show.
        scope: the row of the exercise's data that the answers are about; empty without one.
    """

    def __init__(self, reference: Reference, digits: int, scope: str = "") -> None:
        self.reference = reference
        self.digits = digits
        self.scope = scope
        self.judge = Judge(reference, digits)
        self.following = Following(reference, scope)
        self.claims = Claims(reference, self.judge, self.following)
        self.rounding = Rounding(reference)
        self.own = OwnNames(reference)

    def mark(self, answers: Sequence[Answer]) -> list[Mark]:
        """Return the marks in the order of the answers, without the student's own names."""
        return [self._with_commas_told(mark) for mark in self._in_order(answers)]

    def _in_order(self, answers: Sequence[Answer]) -> list[Mark]:
        marks: dict[int, Mark] = {}
        for place, answer in enumerate(answers):
            if answer.target is not None and answer.target.kind == "own":
                error = self.own.keep(answer)
                if error is not None:
                    marks[place] = self._unread(Mark.of(answer), error)
        closing = circular_answers(self.own, answers)
        for place, answer in sorted(enumerate(answers), key=lambda each: self.order(each[1])):
            if place in closing:
                error = SourceError("check.circular_with", names=closing[place])
                marks[place] = self._unread(Mark.of(answer), error)
            if place not in marks and (answer.target is None or answer.target.kind != "own"):
                marks[place] = self._marked(answer)
        return [marks[place] for place in sorted(marks)]

    def order(self, answer: Answer) -> tuple[int, ...]:
        """Sort values, derivatives as the backward pass meets them, then what they update."""
        target = answer.target
        index = self.reference.graph.line_index
        if target is None or target.kind in ("claim", "own"):
            return (3, answer.line)
        if target.kind == "shape":
            return (-1, index.get(target.name, 0), answer.line)
        if target.kind == "count":  # that of a layer before those of what it is part of
            return (-1, len(index) + len(counted(self.reference.graph, target.name)), answer.line)
        if target.kind == "update":
            return (2, -index.get(target.name, 0), answer.line)
        if target.kind == "delta":
            of = self.reference.graph.line_of(self.reference.graph.output)
            return (1, of, -index.get(target.name, 0), answer.line)
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
            mark = self._step(blank, answer, answer.target)
            if mark.status == "wrong":
                self._refuse_differentials(answer)
            return mark
        except GraphgradError as error:
            if error.message_id == _TOO_LARGE:
                raise
            return self._unread(blank, error)

    def _with_commas_told(self, mark: Mark) -> Mark:
        ragged = mark.error is not None and mark.error.message_id == "source.ragged_rows"
        if not ragged and mark.method != "shape":
            return mark
        from graphgrad.exercises.judging.other_readings import with_commas_told  # few answers

        return with_commas_told(mark, self.asked)

    def _refuse_differentials(self, answer: Answer) -> None:
        """Refuse an answer that is a relation of differentials and no derivative.

        Raises:
            SourceError: with the derivative to write.
        """
        found = differentials_of(answer, self.reference.graph)
        if found and answer.target is not None:
            left = f"d{answer.target.wrt}"
            raise SourceError("check.differentials", left=left, right=found)

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
        asked = self.asked(target)
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

    def asked(self, target: Target) -> Asked:
        """Return what a target asks for."""
        return self.reference.asked(target)

    def read(self, link: Link) -> ReadLink:
        """Return a formula with what it is worth here."""
        return self.reference.read(link.reading.expression)

    def _judged(self, link: Link, asked: Asked) -> tuple[ReadLink, Judgement]:
        """Read and judge one formula; of few digits a mistake is likelier than a rounding."""
        read = laid_out(self.read(link), asked)
        found = self.judge.judge(read, asked)
        if found.few_digits and self._is_a_mistake(asked, read):
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
        if self.explained_by_rounding(asked, read):
            return replace(
                mark, status="rounded", method="rounding", notes=blank.notes, wrong_entries=()
            )
        followed = self.following.explain(asked.target, read)
        if followed.status == "wrong":
            shape = shape_of(asked.wanted[0].value)
            return partly_following(mark, shape, followed.entries, followed.sources)
        return replace(
            mark,
            status=followed.status,
            method="follow-through",
            consistent_with=followed.sources,
            counterexample=None,
            notes=blank.notes,
            wrong_entries=(),
        )

    def _is_a_mistake(self, asked: Asked, read: ReadLink) -> bool:
        from graphgrad.exercises.misconceptions.catalogue import is_exactly_a_mistake

        return is_exactly_a_mistake(self.reference, asked, read)

    def namer(self, marks: Sequence[Mark]) -> Namer:
        """Return who names the mistakes of these answers."""
        from graphgrad.exercises.misconceptions.lookup import Namer  # a right sheet needs none

        return Namer(self.reference, marks)

    def explained_by_rounding(self, asked: Asked, read: ReadLink) -> bool:
        """Tell whether a number is the true one with rounding carried along.

        Shapes come first: the right numbers in another arrangement were not rounded into it.
        """
        shapes = (shape_of(wanted.value) for wanted in asked.wanted)
        if all(aligned(read.value, shape) is None for shape in shapes):
            return False
        return self.rounding.explains(asked, read, self.digits)

    # ---- the whole sheet ----

    def missing(self, asked: Sequence[str], marks: Sequence[Mark]) -> list[Mark]:
        """Return a mark for each step that was asked for and not answered."""
        answered = {mark.id for mark in marks}
        found = []
        for text in asked:
            target = parse_target(text, self.reference.vocabulary)
            if target is None:
                raise SourceError("check.not_a_step", got=text)
            if not answered & {target.id, target._replace(entry=()).id}:
                wanted = self.asked(target).wanted
                if not wanted:
                    raise SourceError("check.not_a_step", got=text)
                found.append(Mark(target.id, "missing", expected=wanted[0].text))
        return found


def partly_following(
    mark: Mark, shape: tuple[int, ...], follows: Sequence[bool], steps: tuple[str, ...]
) -> Mark:
    """Return the mark of a wrong array with the entries told apart that follow from earlier steps.

    Args:
        mark: the mark, with its wrong entries.
        shape: of the array.
        follows: per entry, row by row, whether it follows from earlier answers.
        steps: those answers, by their ids.
    """
    found = {subscript(place, shape) for place, does in enumerate(follows) if does}
    own = tuple(entry for entry in mark.wrong_entries if entry not in found)
    following = tuple(entry for entry in mark.wrong_entries if entry in found)
    if not following:
        return mark
    about = ("check.entries", "check.entries_sign", "check.entry_here")
    notes = tuple(note for note in mark.notes if note.message_id not in about)
    if not own:
        return replace(
            mark, status="follow-on", method="follow-through", consistent_with=steps,
            counterexample=None, notes=notes, wrong_entries=(),
        )  # fmt: skip
    said = Note("check.entries", {"entries": ", ".join(own)})
    fields = {"entries": ", ".join(following), "steps": ", ".join(steps)}
    signs = [note for note in mark.notes if note.message_id == "check.entries_sign"]
    turned = [entry for note in signs for entry in own if entry in _listed(note)]
    sign = (Note("check.entries_sign", {"entries": ", ".join(turned)}),) if turned else ()
    notes = (said, *sign, Note("check.entries_follow", fields), *notes)
    return replace(mark, notes=notes, wrong_entries=own, following_entries=following)


def _listed(note: Note) -> set[str]:
    """Return the subscripts that a remark names: of ``[1,2], [3,1]`` two."""
    return set(_SUBSCRIPT.findall(note.fields["entries"]))
