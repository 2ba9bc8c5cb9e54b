"""Mark a sheet over several rows of an exercise's data: each row, and what is over all of them.

Every row is marked as a sheet of its own at the row's numbers. A mean or a sum is compared with the
truth, then with what the student's own rows lead to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.errors import SourceError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.judging.mark import Mark, Report, counting
from graphgrad.exercises.marking.following import Following, Given
from graphgrad.exercises.marking.step_marker import Marker
from graphgrad.exercises.reading.answer_sheet import Answer, Link, Target
from graphgrad.exercises.reading.targets import row_of, row_scope, scope_words, scoped
from graphgrad.exercises.truth.over_data import OverData
from graphgrad.exercises.truth.quantities import counted
from graphgrad.exercises.truth.reference import Candidate, Reference
from graphgrad.exercises.truth.sides import Asked, ReadLink

if TYPE_CHECKING:
    from graphgrad.exercises.misconceptions.lookup import Namer

__all__ = ["RowMarkers"]


class RowMarkers:
    """The markers of one sheet, one per row that it answers.

    Args:
        reference: the truth about the exercise; its point is that of answers without a row.
        digits: how many significant digits a rounded number must show.
    """

    def __init__(self, reference: Reference, digits: int) -> None:
        self.reference = reference
        self.digits = digits
        self.data = OverData(reference)
        self._markers: dict[str, Marker] = {}

    def marker(self, scope: str) -> Marker:
        """Return the marker of a row, of the mean or sum of all, or of answers without a row.

        Raises:
            SourceError: if the exercise has no such row.
        """
        if scope not in self._markers:
            self._markers[scope] = self._new(scope)
        return self._markers[scope]

    def _new(self, scope: str) -> Marker:
        if not scope:
            return Marker(self.reference, self.digits)
        table = self.reference.graph.heading.table
        if table is None or table.whole:
            raise SourceError("answer.no_rows", got=scope_words(scope))
        row = row_of(scope)
        if not row:
            rows = [self.marker(row_scope(row)) for row in self.data.rows]
            return OverAll(self.data, self.digits, scope, rows)
        marker = Marker(self.data.row(row), self.digits, scope)
        if "" in self._markers:
            marker.following.carry(self._markers[""].following)
        return marker

    def mark(self, answers: Sequence[Answer]) -> list[Mark]:
        """Return the marks in the order of the answers, without the student's own names."""
        answers = [self._in_batch(answer) for answer in answers]
        places: dict[str, list[int]] = {}
        for place, answer in enumerate(answers):
            places.setdefault(answer.scope, []).append(place)
        found: dict[int, Mark] = {}
        for scope in sorted(places, key=_scope_order):
            given = [answers[place] for place in places[scope]]
            try:
                marks = self.marker(scope).mark(given)
            except SourceError as error:
                marks = [replace(Mark.of(answer), error=error) for answer in given]
            kept = [p for p in places[scope] if not _is_own(answers[p], marks)]
            for place, mark in zip(kept, marks, strict=True):
                found[place] = _about(mark, scope)
        return [found[place] for place in sorted(found)]

    def _in_batch(self, answer: Answer) -> Answer:
        """Return an answer on one row as one on that row of arrays, after ``data all``.

        A formula is that of every row.
        """
        table, row, target = self.reference.graph.heading.table, row_of(answer.scope), answer.target
        if table is None or not table.whole or not row or target is None:
            return answer
        if target.kind in ("claim", "own"):
            return replace(answer, scope="")
        wanted = self.reference.asked(target._replace(entry=())).wanted
        if not wanted or shape_of(wanted[0].value)[:1] != (len(table.rows),):
            return answer
        if any(self.reference.has_names(link.reading.expression) for link in answer.links):
            return replace(answer, scope="")
        return replace(answer, scope="", target=target._replace(entry=(row, *target.entry)))

    def with_mistakes(self, report: Report) -> Report:
        """Return a report with the mistake that a wrong answer fits, where it is unique."""
        if not any(mark.status == "wrong" for mark in report.marks):
            return report
        namers = self.namers(report.marks)
        found = []
        for mark in report.marks:
            named = namers[mark.scope].name(mark) if mark.scope in namers else None
            mistakes = () if named is None else ((named.label, named.where),)
            found.append(replace(mark, mistakes=mistakes))
        return replace(report, marks=tuple(found))

    def namers(self, marks: Sequence[Mark]) -> dict[str, Namer]:
        """Return who names the mistakes of each row that has a wrong answer."""
        found = {}
        for mark in marks:
            if mark.status == "wrong" and mark.scope not in found:
                own = [other for other in counting(marks) if other.scope == mark.scope]
                found[mark.scope] = self.marker(mark.scope).namer(own)
        return found

    def first_wrong(self, marks: Sequence[Mark]) -> str:
        """Return the first wrong step on the sheet that depends on no other wrong one.

        Values come before derivatives, these before updates, and rows before what is over them.
        """
        wrong = [mark for mark in counting(marks) if mark.status == "wrong"]
        if not wrong:
            return ""
        earliest = min(map(self._stage, wrong))
        wrong = [mark for mark in wrong if self._stage(mark) == earliest]
        targets = [mark.answer.target if mark.answer else None for mark in wrong]
        for mark, target in zip(wrong, targets, strict=True):
            rows = [t for m, t in zip(wrong, targets, strict=True) if m.scope == mark.scope]
            if not any(target and other and self._precedes(other, target) for other in rows):
                return mark.id
        return wrong[0].id

    def _precedes(self, first: Target, second: Target) -> bool:
        """Tell whether a step is worked out from another of its kind.

        A derivative is worked out from those of what lies between, a value from earlier ones.
        """
        if "count" in (first.kind, second.kind):
            parts = [counted(self.reference.graph, each.name).keys() for each in (first, second)]
            return first.kind == second.kind and parts[0] < parts[1]
        (of, wrt), (later, below) = self._ends(first), self._ends(second)
        if (of, wrt) == (later, below) or min(of, wrt, later, below) < 0:
            return False
        depends = self.reference.depends
        return depends(later, of) and (wrt == of or depends(wrt, below))

    def _ends(self, target: Target) -> tuple[int, int]:
        """Return the lines that a derivative is of and in; twice its line for a value."""
        graph = self.reference.graph
        name = graph.line_index.get(target.name, -1)
        if target.kind == "delta":
            return graph.line_of(graph.output), name
        return name, graph.line_index.get(target.wrt, -1) if target.wrt else name

    def _stage(self, mark: Mark) -> tuple[int, ...]:
        inside = 9 if mark.answer is None else self.marker(mark.scope).order(mark.answer)[0]
        return _scope_order(mark.scope)[0], inside

    def missing(self, asked: Sequence[str], marks: Sequence[Mark]) -> list[Mark]:
        """Return a mark for each step that was asked for and not answered.

        Raises:
            SourceError: if one is no step of the exercise.
        """
        found = []
        for text in asked:
            scope, name = scoped(text, step=True)
            own = [replace(m, id=scoped(m.id, step=True)[1]) for m in marks if m.scope == scope]
            found += [_about(mark, scope) for mark in self.marker(scope).missing([name], own)]
        return found


def _is_own(answer: Answer, marks: Sequence[Mark]) -> bool:
    """Tell whether an answer is a name of the student's own, which has no mark unless it failed."""
    named = answer.target is not None and answer.target.kind == "own"
    return named and not any(mark.answer is answer for mark in marks)


def _about(mark: Mark, scope: str) -> Mark:
    return replace(mark, id=f"{scope}: {mark.id}", scope=scope) if scope else mark


def _scope_order(scope: str) -> tuple[int, int]:
    """Sort answers without a row before rows, and rows before what is over them."""
    row = row_of(scope)
    return (0 if not scope else 1 if row else 2, row)


# ---- what is over all rows ----


class OverAll(Marker):
    """The marker of a mean, or sum, over the rows of the data.

    Args:
        data: the exercise with its data.
        digits: how many significant digits a rounded number must show.
        scope: ``mean`` or ``sum``.
        rows: the markers of all rows that it runs over.
    """

    def __init__(self, data: OverData, digits: int, scope: str, rows: Sequence[Marker]) -> None:
        super().__init__(data.reference, digits, scope)
        self.data = data
        self.rows = rows
        self.following = _FollowingAll(self)
        self._asked: dict[Target, Asked] = {}

    def asked(self, target: Target) -> Asked:
        """Return the mean, or sum, of what a target asks for in each row."""
        if target not in self._asked:
            each = self.reference.asked(target).wanted
            wanted = (
                self.reference.wanted(w.reading, self.data.of(w.value, self.scope)) for w in each
            )
            self._asked[target] = Asked(target, tuple(wanted))
        return self._asked[target]

    def read(self, link: Link) -> ReadLink:
        """Return a formula; one that uses the data stands for its mean, or sum, over all rows."""
        read = super().read(link)
        if not self.data.uses(read.value):
            return read
        value = self.data.of(read.value, self.scope)
        return read._replace(value=value, balls=self.reference.balls(value))

    def explained_by_rounding(self, asked: Asked, read: ReadLink) -> bool:
        """Leave that to the rows: what they were rounded to is on the sheet."""
        return False

    def namer(self, marks: Sequence[Mark]) -> Namer:
        """Return who names the mistakes made with all rows."""
        from graphgrad.exercises.misconceptions.over_all import NamerOfAll

        return NamerOfAll(self.data, self.scope, self.asked, self.read)

    def _marked(self, answer: Answer) -> Mark:
        if answer.error is None and answer.target is not None and answer.target.kind == "claim":
            return self._unread(Mark.of(answer), SourceError("answer.claim_over_rows"))
        return super()._marked(answer)


class _FollowingAll(Following):
    """Recompute what is over all rows from what the student wrote in each."""

    def __init__(self, marker: OverAll) -> None:
        super().__init__(marker.reference, marker.scope)
        self.marker = marker

    def derived(self, target: Target) -> Iterator[tuple[Candidate, list[Given]]]:
        """Yield the mean, or sum, of the answers in the rows, with those it depends on."""
        for row in self.marker.rows:
            self.intervals |= row.following.intervals
            self.printed |= row.following.printed
            self.meant |= row.following.meant
        for right in self.reference.candidates(target):
            found = [_in_row(row, target, right) for row in self.marker.rows]
            values = [
                self.marker.data.in_row(each.value, row_of(row.scope))
                for each, row in zip(found, self.marker.rows, strict=True)
            ]
            used = [given for each in found for given in each.used]
            if used:
                value = self.marker.data.joined(values, self.scope)
                yield Candidate(right.reading, value), used


class _InRow(NamedTuple):
    """What a step comes to in one row, and the answers that it was taken from."""

    value: Any
    used: list[Given]


def _in_row(row: Marker, target: Target, right: Candidate) -> _InRow:
    """Return what a student has in a row: as answered, as it follows, or else the truth."""
    own = next((given for given in row.following.given if given.target == target), None)
    if own is not None:
        return _InRow(own.value, [replace(own, scope=row.scope)])
    for candidate, used in row.following.derived(target):
        if candidate.reading == right.reading:
            return _InRow(candidate.value, [replace(given, scope=row.scope) for given in used])
    return _InRow(right.value, [])
