"""Sum up a class: a line per student, then what the lecturer has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from graphgrad.exercises.classroom.class_files import remarks
from graphgrad.exercises.classroom.class_marks import ClassMarks, Entry
from graphgrad.exercises.files.roster import Student
from graphgrad.exercises.files.spelling import decimal_text, with_commas
from graphgrad.messages.catalogue import text

__all__ = ["summary_json", "summary_lines"]

FORMAT = "graphgrad-class/1"
_MOST_SHOWN = 40


def summary_lines(marks: ClassMarks) -> list[str]:
    """Return the summary for the terminal."""
    listed = marks.counted()
    counted = [e for e in listed if e.marks is not None]
    total = decimal_text(marks.family.exercise.total)
    exercise = marks.family.exercise
    width = max((len(shown_student(e.student)) for e in listed[:_MOST_SHOWN]), default=0)
    lines = []
    for entry in listed[:_MOST_SHOWN]:
        first = entry.marks.first_wrong if entry.marks is not None else ""
        told = text("check.report.first", step=first) if first else ""
        points = with_commas(exercise, f"{decimal_text(entry.points)}/{total}")
        if entry.marks is None:
            points = text("classroom.grade.no_mark")
        lines.append(f"{shown_student(entry.student):<{width}}  {points:>9}  {told}".rstrip())
    if len(listed) > _MOST_SHOWN:
        lines.append("…")
    lines += ["", *_lists(marks)]
    lines.append(text("classroom.grade.counts", marked=len(counted), files=_files(marks)))
    if counted:
        mean = decimal_text(
            sum((e.points for e in counted), start=0 * counted[0].points) / len(counted)
        )
        lines.append(with_commas(exercise, text("classroom.grade.mean", mean=mean, max=total)))
    lines += _common(counted)
    return lines


def shown_student(student: Student) -> str:
    """Return a student's id, and the name where one is known."""
    return student.id if student.name in ("", student.id) else f"{student.id}  {student.name}"


def _files(marks: ClassMarks) -> int:
    return sum(entry.submission is not None for entry in marks.entries)


def _lists(marks: ClassMarks) -> Iterator[str]:
    """Yield the files with a problem, those with a note, and the students without one."""
    for entry in [*marks.with_problem(), *(e for e in marks.flagged() if not e.problem)]:
        path = "" if entry.submission is None else entry.submission.path
        yield f"! {path}: {' '.join(remarks(entry))}"
    missing = marks.missing()
    if missing:
        names = ", ".join(shown_student(student) for student in missing)
        yield text("classroom.grade.missing", names=names)


def _common(counted: list[Entry]) -> list[str]:
    """Return at which step most first went wrong."""
    first = Counter(e.marks.first_wrong for e in counted if e.marks and e.marks.first_wrong)
    found = sorted(first.items(), key=lambda item: (-item[1], item[0]))[:3]
    if not found:
        return []
    shown = ", ".join(f"{step} ({count})" for step, count in found)
    return [text("classroom.grade.common", steps=shown)]


def summary_json(marks: ClassMarks, *, reports: bool = False) -> dict[str, Any]:
    """Return the summary as one JSON object.

    Args:
        marks: the class.
        reports: whether every file's whole report is in it.
    """
    return {
        "format": FORMAT,
        "exercise": marks.family.exercise.id,
        "max": float(marks.family.exercise.total),
        "files": [_file(entry, reports) for entry in marks.entries if entry.submission],
        "missing": [student.id for student in marks.missing()],
    }


def _file(entry: Entry, reports: bool) -> dict[str, Any]:
    found = entry.marks
    result: dict[str, Any] = {
        "student": entry.student.id,
        "name": entry.student.name or None,
        "file": "" if entry.submission is None else entry.submission.path,
        "counts": entry.counts,
        "problem": entry.problem or None,
        "draw": None if found is None else found.draw or None,
        "points": None if found is None else float(entry.points),
        "first_wrong": None if found is None else found.first_wrong or None,
        "steps": {} if found is None else dict(found.statuses),
        "notes": [{"id": note.message_id, **note.fields} for note in entry.notes],
    }
    if reports and found is not None:
        result["report"] = dict(found.report)
    return result
