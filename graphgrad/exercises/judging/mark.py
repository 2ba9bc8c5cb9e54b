"""Hold the marks of an answer sheet, tell what each status means, and write them as JSON.

An array's own mistakes are told from the entries that only follow from earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, Self

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import subscript
from graphgrad.exercises.deciding.verdict import Counterexample, Note
from graphgrad.exercises.reading.answer_sheet import Answer
from graphgrad.exercises.reading.targets import given_text, row_of, scoped
from graphgrad.graph import display
from graphgrad.messages.catalogue import Worded, text

__all__ = ["FORMAT", "STATUSES", "Mark", "Report", "partly_following", "scope_words", "step_text"]


FORMAT = "graphgrad-report/1"
_SUBSCRIPT = re.compile(r"\[[\d,]+\]")
_QUANTITY = re.compile(r"(?P<word>shape|params|new|delta)(?P<rest>\(.*\)| .+|)")


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

    @property
    def score(self) -> int:
        """Return how many steps earn their point."""
        return sum(STATUSES[mark.status].is_credited for mark in self.marks)

    @property
    def first_wrong_entry(self) -> str:
        """Return the first entry that is wrong by itself in the first wrong step: ``[3,2]``."""
        first = next((m for m in self.marks if m.id == self.first_wrong and m.wrong_entries), None)
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
        found = {mark.status for mark in self.marks}
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
            "max": len(self.marks),
            "first_wrong": self.first_wrong or None,
            **({"first_wrong_entry": entry} if entry else {}),
            "steps": [mark.to_json(key=key, language=language) for mark in self.marks],
            "notes": [{"id": note.message_id, **note.fields} for note in self.notes],
        }


def step_text(step: str, language: str | None = None) -> str:
    """Return the id of a step for the reader: rows, shapes and counts in the reader's language.

    >>> step_text("row 2: dL/dw", "es"), step_text("mean: new w", "es"), step_text("z", "es")
    ('fila 2: dL/dw', 'media: nuevo w', 'z')
    """
    if step.startswith("step "):  # of a training
        return given_text(step, language)
    scope, name = scoped(step, step=True)
    found = _QUANTITY.fullmatch(name)
    if found is not None:
        word = text(f"check.step.{found['word'].strip()}", language)
        name = f"{word}{found['rest']}"
    if not scope:
        return name
    words = scope_words(scope)
    return f"{text(words.message_id, language, **words.fields)}: {name}"


def scope_words(scope: str) -> Worded:
    """Return what an answer is about, to be worded in the reader's language."""
    row = row_of(scope)
    return Worded("check.scope.row" if row else f"check.scope.{scope}", row=row)


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
