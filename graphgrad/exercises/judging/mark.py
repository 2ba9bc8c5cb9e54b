"""Hold the marks of an answer sheet, tell what each status means, and write them as JSON.

Of several answers to one step the last counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple, Self

from graphgrad.errors import GraphgradError
from graphgrad.exercises.deciding.verdict import Counterexample, Note
from graphgrad.exercises.reading.answer_sheet import Answer
from graphgrad.exercises.reading.targets import row_of, step_text
from graphgrad.graph import display
from graphgrad.messages.catalogue import text

__all__ = ["FORMAT", "STATUSES", "Mark", "Report", "counting"]


FORMAT = "graphgrad-report/1"


class Status(NamedTuple):
    """What it means that a step has a status.

    Attributes:
        sign: so that colour is never the only carrier of meaning.
        is_true: whether the answer is true as far as it goes.
        is_fine: whether there is nothing to correct.
        is_credited: whether it earns the step's point: doubt and follow-on errors cost nothing.
    """

    sign: str
    is_true: bool = False
    is_fine: bool = False
    is_credited: bool = False


STATUSES: Final[Mapping[str, Status]] = {
    "right": Status("✓", is_true=True, is_fine=True, is_credited=True),
    "rounded": Status("≈", is_true=True, is_fine=True, is_credited=True),
    "rough": Status("~", is_true=True),
    "follow-on": Status("→", is_credited=True),
    "undecided": Status("?", is_fine=True, is_credited=True),
    "wrong": Status("✗"),
    "unreadable": Status("!"),
    "unknown-name": Status("!"),
    "missing": Status("·"),
}
"""Every status of a step; its words stand in the catalogue under ``check.status``."""


@dataclass(frozen=True)
class Mark:
    """The mark of one step.

    Attributes:
        id: the step, as ``z`` or ``dL/dw``.
        status: one of ``STATUSES``.
        line: its line on the sheet; 0 if it is missing there.
        given: what the student wrote.
        read_as: how it was read.
        expected: the true value, for the key.
        method: how the status was found.
        reading: which meaning of a derivative was compared: total, local, entries or jacobian.
        points: at how many points two formulas agreed.
        cases: how many sign cases a proof went through.
        counterexample: a point at which the answer is another number than it should be.
        assumed: declared relations without which it would be wrong.
        consistent_with: the earlier steps from which it follows.
        notes: remarks.
        error: why it could not be read.
        answer: the answer itself.
        mistakes: what a wrong answer looks like: labels of mistakes and the lines they are made in.
        wrong_entries: the subscripts of an array's entries that are wrong by themselves.
        following_entries: those that only follow from earlier wrong answers.
        scope: the row of the exercise's data it is about, or ``mean`` or ``sum`` of all rows; the
            id begins with it.
    """

    id: str
    status: str
    line: int = 0
    given: str = ""
    read_as: str = ""
    expected: str = ""
    method: str = ""
    reading: str = ""
    points: int = 0
    cases: int = 0
    counterexample: Counterexample | None = None
    assumed: tuple[str, ...] = ()
    consistent_with: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    error: GraphgradError | None = None
    answer: Answer | None = None
    mistakes: tuple[tuple[str, str], ...] = ()
    wrong_entries: tuple[str, ...] = ()
    following_entries: tuple[str, ...] = ()
    scope: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return the mark of an answer before it is judged."""
        given, target = answer.text, answer.target
        name = given.partition("=")[0].strip() if target is None else target.id
        notes: list[Note] = []
        for remark in answer.remarks:
            note = Note(remark.message_id, remark.fields)
            notes += [] if note in notes else [note]
        return cls(name, "unreadable", answer.line, given, notes=tuple(notes), answer=answer)

    def to_json(self, *, key: bool, language: str | None = None) -> dict[str, Any]:
        """Return the mark as one JSON object."""
        found: dict[str, Any] = {
            "id": self.id,
            "status": self.status,
            "line": self.line or None,
            "given": self.given or None,
            "read_as": self.read_as or None,
            "method": self.method or None,
            "reading": self.reading or None,
            "points": self.points,
            "cases": self.cases,
            "counterexample": _point(self.counterexample),
            "assumed": list(self.assumed),
            "misconceptions": [
                {
                    "label": label,
                    "where": where or None,
                    "text": text(f"classroom.mistake.{label}", language),
                }
                for label, where in self.mistakes
            ],
            "consistent_with": list(self.consistent_with),
            "notes": [{"id": note.message_id, **note.fields} for note in self.notes],
        }
        if self.scope:
            found["row"] = row_of(self.scope) or self.scope
        if self.error is not None:
            found["error"] = _error(self.error, language)
        if key:
            found["expected"] = self.expected or None
        return found


def _point(point: Counterexample | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"at": dict(point.at), "student": point.left, "expected": point.right}


def _error(error: GraphgradError, language: str | None) -> dict[str, Any]:
    return {
        "id": error.message_id,
        "text": error.body(language),
        "column": None if error.place is None else error.place.column,
    }


@dataclass(frozen=True, repr=False)
class Report:
    """The marks of one sheet.

    Attributes:
        exercise: the exercise's id or title.
        student: from the sheet's heading.
        marks: one per step, in the order of the sheet, then the missing ones.
        first_wrong: the first wrong step of the computation; empty if there is none.
        notes: remarks on the exercise.
    """

    exercise: str
    student: str
    marks: tuple[Mark, ...]
    first_wrong: str = ""
    notes: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        return f"<Report of {len(self.marks)} steps: {self.score} right>"

    __str__ = display.lines_of
    _repr_mimebundle_ = display.bundle_of_lines

    @cached_property
    def counted(self) -> tuple[Mark, ...]:
        """Return the marks that count: one per step."""
        return tuple(counting(self.marks))

    @property
    def score(self) -> int:
        """Return how many steps earn their point."""
        return sum(STATUSES[mark.status].is_credited for mark in self.counted)

    @property
    def first_wrong_entry(self) -> str:
        """Return the first entry that is wrong by itself in the first wrong step: ``[3,2]``."""
        first = next(
            (m for m in self.counted if m.id == self.first_wrong and m.wrong_entries), None
        )
        return "" if first is None else first.wrong_entries[0]

    def first_text(
        self, language: str | None = None, called: Mapping[str, str] | None = None
    ) -> str:
        """Return the first wrong step, with its first wrong entry, for the reader."""
        step = (called or {}).get(self.first_wrong, self.first_wrong)
        return step_text(step, language) + self.first_wrong_entry

    @property
    def exit_status(self) -> int:
        """Return the command's exit status."""
        found = {mark.status for mark in self.counted}
        if not found or not all(STATUSES[status].is_fine for status in found):
            return 1
        return 5 if "undecided" in found else 0

    def to_json(self, *, key: bool = False, language: str | None = None) -> dict[str, Any]:
        """Return the report as one JSON object, format graphgrad-report/1.

        Args:
            key: whether the expected values are in it.
            language: the language of the texts of errors.
        """
        entry = self.first_wrong_entry
        return {
            "format": FORMAT,
            "exercise": self.exercise,
            "seed": None,
            "student": self.student or None,
            "score": self.score,
            "max": len(self.counted),
            "first_wrong": self.first_wrong or None,
            **({"first_wrong_entry": entry} if entry else {}),
            "steps": [
                mark.to_json(key=key, language=language)
                | ({} if mark in self.counted else {"replaced": True})
                for mark in self.marks
            ],
            "notes": [{"id": note.message_id, **note.fields} for note in self.notes],
        }


def counting(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks that count: of several answers to one step the last.

    Where a whole array is answered, answers to its entries are an aside. A statement that is no
    step replaces no other one.
    """
    last = {mark.id: place for place, mark in enumerate(marks) if mark.status != "missing"}
    return [
        mark
        for place, mark in enumerate(marks)
        if _is_statement(mark)
        or (last.get(mark.id, place) == place and _whole(mark) not in last.keys() - {mark.id})
    ]


def _whole(mark: Mark) -> str:
    """Return the step of the array that a mark is about an entry of, else its own."""
    target = mark.answer.target if mark.answer else None
    if target is None or not target.entry:
        return mark.id
    whole = target._replace(entry=()).id
    return f"{mark.scope}: {whole}" if mark.scope else whole


def _is_statement(mark: Mark) -> bool:
    target = mark.answer.target if mark.answer else None
    return target is not None and target.kind == "claim"
