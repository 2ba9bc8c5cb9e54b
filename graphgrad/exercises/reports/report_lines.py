"""Say in words what a mark came to, line by line, for every writer of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graphgrad.exercises.deciding.verdict import CONDITIONS, Counterexample, Verdict
from graphgrad.exercises.files.spelling import decimal_text, in_decimals, with_commas
from graphgrad.exercises.grading.graded_sheet import Marked
from graphgrad.exercises.grading.mistakes import mistake_text
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.judging.at_the_point import HERE, MANY
from graphgrad.exercises.judging.mark import STATUSES, Mark, Report
from graphgrad.exercises.reading.targets import given_text, scope_words, scoped, step_text
from graphgrad.messages.catalogue import text
from graphgrad.views.text.numbers import with_commas as with_commas_told

__all__ = [
    "Row",
    "about_text",
    "mark_lines",
    "reasons_of",
    "report_text",
    "rows_of",
    "summary_lines",
    "verdict_text",
]

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_MATRIX = re.compile(r"\[[^\[\]]*;[^\[\]]*\]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


class Row(NamedTuple):
    """One line of a report.

    Attributes:
        id: the step.
        status: its word in the code.
        word: its word for the reader.
        given: what the student wrote.
        details: the reasons.
        points: what it earned, and of how many.
        is_first: whether it is the first wrong step.
        expected: the true value, on a key.
    """

    id: str
    status: str
    word: str
    given: str
    details: tuple[str, ...]
    points: str
    is_first: bool
    expected: str


def rows_of(marked: Marked, *, key: bool = False, language: str | None = None) -> list[Row]:
    """Return a report line by line: the steps of the exercise, then whatever else was answered."""
    asked = {step.step.id for step in marked.steps}
    rows = [_step_row(marked, step, key, language) for step in marked.steps]
    rows += [
        _row(marked, mark, mark_lines(marked, mark, language), key, language)
        for mark in marked.report.counted
        if mark.id not in asked and mark.id.partition("[")[0] not in asked
    ]
    return rows


def _step_row(marked: Marked, step: StepMark, key: bool, language: str | None) -> Row:
    details = mark_lines(marked, step.mark, language)
    if step.mistake is not None:
        details.append(mistake_text(step.step, step.mistake, language))
    if step.charged_with:
        details.append(text("classroom.report.charged", language, step=step.charged_with))
    if step.others:
        details.append(text("classroom.report.last_counts", language, count=step.others + 1))
    points = f"{decimal_text(step.points)}/{decimal_text(step.step.points)}"
    row = _row(marked, step.mark, details, key, language)
    return row._replace(id=step.step.called, points=with_commas(marked.variant.exercise, points))


def _row(marked: Marked, mark: Mark, details: list[str], key: bool, language: str | None) -> Row:
    return Row(
        mark.id,
        mark.status,
        text(f"check.status.{mark.status}", language),
        given_text(mark.given, language),
        tuple(details),
        points="",
        is_first=mark.id == marked.report.first_wrong,
        expected=in_decimals(marked.variant.exercise, mark.expected) if key else "",
    )


def mark_lines(marked: Marked, mark: Mark, language: str | None = None) -> list[str]:
    """Return what is to be said of one mark, with the exercise's decimal sign.

    What points into the answer, its line and its caret, stays as the student wrote it.
    """
    exercise = marked.variant.exercise
    return [
        line if line.startswith(" ") else with_commas(exercise, line)
        for line in reasons_of(mark, language=language)
    ]


def summary_lines(marked: Marked, language: str | None = None) -> list[str]:
    """Return the first wrong step and the points."""
    lines = []
    if marked.report.first_wrong:
        called = {step.step.id: step.step.called for step in marked.steps}
        step = marked.report.first_text(language, called)
        lines.append(text("check.report.first", language, step=step))
    fields = {"points": decimal_text(marked.points), "max": decimal_text(marked.total)}
    points = text("classroom.report.points", language, **fields)
    lines.append(with_commas(marked.variant.exercise, points))
    return lines


def report_text(
    report: Report, *, key: bool = False, language: str | None = None, comma: bool = False
) -> list[str]:
    """Return the lines of a report; what a student wrote stays as it is written.

    Args:
        report: the marks.
        key: whether to show the expected values.
        language: one of `LANGUAGES`; otherwise the language in force.
        comma: whether the file that is marked against writes its numbers with a comma.
    """
    if not report.marks:
        return [text("check.report.empty", language)]
    words = {mark.status: text(f"check.status.{mark.status}", language) for mark in report.marks}
    width = max(map(len, words.values()))
    lines = []
    for mark in report.marks:
        sign, word = STATUSES[mark.status].sign, words[mark.status]
        lines.append(
            f"{sign} {word:<{width}}  {about_text(mark.id, mark.given, language)}".rstrip()
        )
        for line in reasons_of(mark, key=key, language=language):
            told = comma and not line.startswith(" ")  # what points into the answer is its own
            lines.append(f"    {with_commas_told(line) if told else line}")
        if mark not in report.counted:
            lines.append(f"    {text('check.report.replaced', language)}")
    lines.append("")
    for note in report.notes:
        lines.append(text(note.message_id, language, **note.fields))
    if report.first_wrong:
        step = report.first_text(language)
        lines.append(text("check.report.first", language, step=step))
    elif all(STATUSES[mark.status].is_fine for mark in report.counted):
        lines.append(text("check.report.none", language))
    fields = {"score": report.score, "max": len(report.counted)}
    lines.append(text("check.report.score", language, **fields))
    return lines


def about_text(step: str, given: str, language: str | None = None) -> str:
    """Return what a student wrote, behind the row that the step is about; else the step.

    >>> about_text("row 2: z", "z = 3", "es"), about_text("mean: L", "", "en")
    ('fila 2: z = 3', 'mean: L')
    """
    scope, _ = scoped(step, step=True)
    if not scope or not given:
        return given_text(given, language) if given else step_text(step, language)
    words = scope_words(scope)
    return f"{text(words.message_id, language, **words.fields)}: {given}"


def reasons_of(mark: Mark, *, key: bool = False, language: str | None = None) -> Iterator[str]:
    """Yield what is to be said of one mark, line by line.

    Args:
        mark: the mark.
        key: whether to tell the expected value.
        language: ``en`` or ``es``; otherwise the language in force.
    """
    if mark.error is not None:
        yield mark.error.body(language)
        if mark.error.place is not None:
            yield from mark.error.place.caret().splitlines()
    if mark.read_as and _plain(mark.read_as) != _plain(mark.given):
        yield text("check.report.read", language, text=_read_text(mark, language))
    conditions = [note for note in mark.notes if note.message_id in CONDITIONS]
    for note in conditions:
        yield text(note.message_id, language, **note.fields)
    yield from _how_known(mark, language, everywhere=not conditions)
    told = (*CONDITIONS, *HERE)
    for note in [note for note in mark.notes if note.message_id not in told]:
        yield text(note.message_id, language, **note.fields)
    for label, where in mark.mistakes:
        what = text(f"classroom.mistake.{label}", language)
        message = "classroom.report.mistake_at" if where else "classroom.report.mistake"
        yield text(message, language, what=what, where=where)
    if key and mark.expected:
        yield text("check.report.expected", language, text=mark.expected)


def _plain(answer: str) -> str:
    """Return an answer without blanks and with decimal points.

    >>> _plain("h1 = max(0,5; z)") == _plain("h1 = max(0.5, z)")
    True
    """
    return _COMMA.sub(".", "".join(answer.split())).replace(";", ",")


def _read_text(mark: Mark, language: str | None) -> str:
    """Return how an answer was read, with its step as the reader calls it."""
    target = mark.answer.target if mark.answer else None
    if target is None or target.kind not in ("shape", "count", "update", "delta"):
        return _in_decimals_of(mark)
    sized = target.kind in ("shape", "count")  # whole numbers, where each comma separates two
    read = mark.read_as if sized else _in_decimals_of(mark)
    return read.replace(target.id, step_text(target.id, language), 1)


def _in_decimals_of(mark: Mark) -> str:
    """Return how an answer was read, with the decimal sign it was written with."""
    if not _COMMA.search(mark.given) or _POINT.search(mark.given):
        return mark.read_as
    matrices = _MATRIX.sub(lambda found: found[0].replace(", ", " "), mark.read_as)
    return _POINT.sub(",", matrices.replace(", ", "; "))


def _how_known(mark: Mark, language: str | None, *, everywhere: bool) -> Iterator[str]:
    """Yield how the status is known."""
    point = mark.counterexample
    if mark.method == "normal-form" and mark.status == "right":
        message = "check.report.cases" if mark.cases > 1 else "check.report.proved"
        message = message if everywhere else "check.report.proved_there"
        yield text(message, language, cases=mark.cases)
    if mark.method == "sympy" and mark.status == "right":
        yield text("check.report.sympy", language)
    if mark.method == "points" and mark.status == "undecided":
        yield text("check.report.points", language, points=mark.points)
    here = [note for note in mark.notes if note.message_id in HERE]
    for note in here:
        yield text(note.message_id, language, **note.fields)
    if point is not None and not (here and len(point.at) > MANY):
        at, left, right = _at_point(point, language)
        message = "check.report.counterexample" if at else "check.report.value"
        yield text(message, language, at=at, student=left, expected=right)
    if mark.consistent_with:
        steps = ", ".join(step_text(step, language) for step in mark.consistent_with)
        yield text("check.report.follows", language, steps=steps)
    if mark.assumed:
        yield text("check.report.assumed", language, texts=", ".join(mark.assumed))


def _at_point(point: Counterexample, language: str | None) -> tuple[str, str, str]:
    """Return a point in words, and what both sides are there."""
    undefined = text("check.report.undefined", language)
    left, right = (undefined if v == "undefined" else v for v in (point.left, point.right))
    return ", ".join(f"{name} = {value}" for name, value in point.at.items()), left, right


def verdict_text(verdict: Verdict, language: str | None = None) -> list[str]:
    """Return the lines of a comparison of two formulas: the verdict with its sign, then why."""
    signs = {"equal": "right", "different": "wrong", "undecided": "undecided"}
    lines = [f"{STATUSES[signs[verdict.status]].sign} {verdict.headline(language)}"]
    if verdict.status == "equal" and verdict.method == "normal-form" and not verdict.conditions:
        message = "check.report.cases" if verdict.cases > 1 else "check.report.proved"
        lines.append(text(message, language, cases=verdict.cases))
    if verdict.counterexample is not None:
        at, left, right = _at_point(verdict.counterexample, language)
        lines.append(text("check.report.sides", language, at=at or "-", left=left, right=right))
    if verdict.assumed:
        lines.append(text("check.report.assumed", language, texts=", ".join(verdict.assumed)))
    told = [note for note in verdict.notes if note not in verdict.conditions]
    lines += [text(note.message_id, language, **note.fields) for note in (*told, *verdict.remarks)]
    return [lines[0], *(f"    {line}" for line in lines[1:])]
