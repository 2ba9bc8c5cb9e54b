"""Mark the files of a class, and say what a lecturer has to look at.

That includes answers that fit the variant of another student.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from graphgrad.exercises.classroom.answer_file import Register
from graphgrad.exercises.classroom.file_job import (
    FileJob,
    FileMarks,
    Setting,
    make_marker,
    shared_picture,
    with_picture,
)
from graphgrad.exercises.classroom.submissions import Submission
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.files.frozen import Frozen
from graphgrad.exercises.files.roster import Student
from graphgrad.exercises.files.variants import Family
from graphgrad.jobs.cluster import pool_for
from graphgrad.jobs.pool import Pool
from graphgrad.messages.catalogue import language

__all__ = ["ClassMarks", "Entry", "mark_class", "without_answers"]


SECONDS = 20.0
_UNREAD = frozenset({"missing", "unreadable", "unknown-name"})
_FAILURES = {
    "time": "classroom.problem.time",
    "memory": "classroom.problem.memory",
    "died": "classroom.problem.memory",
    "own": "classroom.problem.own",
}
_LEAST = 3
_MORE = 2
_SLACK = 1e-12


@dataclass(frozen=True)
class Entry:
    """One file of the class, or a student without one.

    Attributes:
        student: whose it is.
        submission: the file; None where there is none.
        marks: what it came to; None where it was not marked.
        problem: message id of why it was not marked; ``classroom.problem.missing`` without a file.
        notes: what the lecturer has to look at.
        counts: whether this file makes the student's mark.
    """

    student: Student
    submission: Submission | None
    marks: FileMarks | None = None
    problem: str = ""
    notes: tuple[Note, ...] = ()
    counts: bool = True

    @property
    def points(self) -> Fraction:
        """Return the points of the file; a file that was not marked has no grade."""
        return Fraction(0) if self.marks is None else self.marks.points


@dataclass(frozen=True)
class ClassMarks:
    """The marks of a class, sorted by student."""

    family: Family
    entries: tuple[Entry, ...] = field(default=())

    @cached_property
    def picture(self) -> str:
        """Return the graph without numbers, drawn once for all pages."""
        return shared_picture(self.family, self.family.exercise.language or language())

    def page(self, marks: FileMarks) -> str:
        """Return the page for a student."""
        return with_picture(marks.page, self.picture)

    def counted(self) -> list[Entry]:
        """Return the file of each student that makes the mark, or would if it could be marked."""
        return [e for e in self.entries if e.counts and e.submission is not None]

    def with_problem(self) -> list[Entry]:
        """Return the files that were not marked."""
        return [e for e in self.entries if e.problem and e.submission is not None]

    def missing(self) -> list[Student]:
        """Return the students without a file."""
        return [e.student for e in self.entries if e.submission is None]

    def flagged(self) -> list[Entry]:
        """Return the files with notes."""
        return [e for e in self.entries if e.notes]


def mark_class(
    family: Family,
    submissions: Sequence[Submission],
    *,
    students: Iterable[Student] = (),
    frozen: Frozen | None = None,
    draw: int | None = None,
    workers: int | None = None,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] | None = None,
    scheduler: str | None = None,
) -> ClassMarks:
    """Mark all files.

    Args:
        family: the exercise.
        submissions: the files.
        students: the class; those of the frozen variants where none are named.
        frozen: the variants of the class.
        draw: the variant of everyone, where there are no frozen ones.
        workers: how many processes; as many as the machine has processors if None.
        seconds: how long one file may take.
        progress: told how many files are done, and of how many.
        scheduler: the address of a Dask scheduler, whose workers mark instead.
    """
    known = tuple(students) or (frozen.students if frozen else ())
    register = Register(known)
    entries = [_entry(register, submission, frozen) for submission in submissions]
    jobs = {
        place: _job(entry, frozen, draw) for place, entry in enumerate(entries) if not entry.problem
    }
    spoken = family.exercise.language or language()
    setting = Setting(family.exercise, spoken)
    pool = pool_for(make_marker, setting, count=workers, seconds=seconds, scheduler=scheduler)
    _mark(pool, jobs, entries, progress)
    entries = _doubles(_fits(family, entries, frozen))
    entries += _missing(known, entries)
    return ClassMarks(family, tuple(sorted(entries, key=_order)))


def _mark(
    pool: Pool,
    jobs: Mapping[int, FileJob],
    entries: list[Entry],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Let a pool do the jobs, by place, and put what they came to into the entries."""
    places = list(jobs)
    for done, outcome in enumerate(pool.run(jobs.values()), 1):
        place = places[outcome.index]
        entries[place] = _with_outcome(entries[place], outcome.result, outcome.failure)
        if progress is not None:
            progress(done, len(jobs))


def _entry(register: Register, submission: Submission, frozen: Frozen | None) -> Entry:
    student, odd = register.student_of(submission)
    notes = (Note(odd),) if odd else ()
    problem = submission.problem
    if not problem and frozen is not None and student.id not in frozen.values:
        problem = "classroom.problem.no_variant"
    return Entry(student, submission, problem=problem, notes=notes)


def _job(entry: Entry, frozen: Frozen | None, draw: int | None) -> FileJob:
    submission, student = entry.submission, entry.student
    assert submission is not None
    if frozen is not None:
        draw, values = frozen.draws[student.id], frozen.values[student.id]
        return FileJob(submission.path, submission.data, student.id, draw, values)
    return FileJob(submission.path, submission.data, student.id, draw)


def _with_outcome(entry: Entry, marks: FileMarks | None, failure: str) -> Entry:
    if marks is None or marks.problem:
        problem = _FAILURES[failure] if marks is None else marks.problem
        return replace(entry, problem=problem)
    notes = entry.notes
    if marks.declared not in (None, marks.draw) and marks.draw:
        notes = (*notes, Note("classroom.flag.declared", {"got": marks.declared}))
    nothing = without_answers(marks)
    notes = (*notes, nothing) if nothing is not None else notes
    return replace(entry, marks=marks, notes=notes)


def without_answers(marks: FileMarks) -> Note | None:
    """Return what is to be said of a file in which no step is answered, or none legibly."""
    found = set(marks.statuses.values())
    if found == {"missing"}:
        return Note("classroom.flag.empty")
    return Note("classroom.flag.unread") if found and found <= _UNREAD else None


def _fits(family: Family, entries: list[Entry], frozen: Frozen | None) -> list[Entry]:
    """Flag answers that fit another student's variant better than their own."""
    if frozen is None:
        return entries
    fits = Fits(family, frozen)
    found = []
    for entry in entries:
        other = "" if entry.marks is None else fits.better(entry.student.id, entry.marks)
        note = (Note("classroom.flag.fits", {"other": other}),) if other else ()
        found.append(replace(entry, notes=(*entry.notes, *note)))
    return found


def _doubles(entries: list[Entry]) -> list[Entry]:
    """Let the best of several files of a student count, and flag them all."""
    groups: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        groups.setdefault(entry.student.id, []).append(place)
    for places in groups.values():
        if len(places) > 1:
            marked = [p for p in places if entries[p].marks is not None] or places
            best = max(marked, key=lambda p: (entries[p].points, -p))
            for place in places:
                entry = entries[place]
                note = Note("classroom.flag.double", {"count": len(places)})
                notes = (*entry.notes, note)
                entries[place] = replace(entry, counts=place == best, notes=notes)
    return entries


def _missing(students: Iterable[Student], entries: list[Entry]) -> list[Entry]:
    there = {entry.student.id for entry in entries}
    return [
        Entry(student, None, problem="classroom.problem.missing")
        for student in students
        if student.id not in there
    ]


def _order(entry: Entry) -> tuple[str, str, str]:
    path = "" if entry.submission is None else entry.submission.path
    return entry.student.id.casefold(), entry.student.id, path


class Fits:
    """The values of all variants of a class, to be compared with what somebody answered.

    Args:
        family: the exercise.
        frozen: the variants.
    """

    def __init__(self, family: Family, frozen: Frozen) -> None:
        self.family = family
        self.students = [student.id for student in frozen.students]
        self.frozen = frozen

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return per step an array: the step's value in every student's variant."""
        import numpy as np

        rows: dict[str, list[float]] = {}
        for student in self.students:
            for name, value in self.family.truth.at(self.frozen.values[student]).items():
                rows.setdefault(name, []).append(value.floats[0] if not value.shape else np.nan)
        return {name: np.array(row) for name, row in rows.items()}

    def better(self, student: str, marks: FileMarks) -> str:
        """Return whose variant an answer fits clearly better than its own; empty if nobody's.

        Steps that have the same value in both variants say nothing and are left out.
        """
        wrong = [name for name, s in marks.statuses.items() if s in ("wrong", "follow-on")]
        if len(wrong) < _LEAST or len(marks.numbers) < _LEAST:
            return ""
        import numpy as np

        own = self.students.index(student)
        hits = np.zeros(len(self.students), dtype=int)
        for name, (low, high) in marks.numbers.items():
            values = self.values[name]
            slack = _SLACK * (1 + abs(high))
            inside = (values >= low - slack) & (values <= high + slack)
            hits += inside & (values != values[own])
            hits -= (values != values[own]) & inside[own]
        hits[own] = 0
        best = int(hits.argmax())
        fits = hits[best] >= max(_LEAST, _MORE, (len(marks.numbers) + 1) // 2)
        return self.students[best] if fits else ""
