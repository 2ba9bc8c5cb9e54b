"""Say in words what a mark came to, line by line, for every writer of reports."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from graphgrad.exercises.grading.marked import Marked, decimal_text
from graphgrad.exercises.grading.mistakes import mistake_text
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.report import Mark
from graphgrad.exercises.report_text import report_text
from graphgrad.exercises.sheets.printed_numbers import in_decimals, with_commas
from graphgrad.messages import text

__all__ = ["Row", "mark_lines", "rows_of", "summary_lines"]


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
    rows = [_row(marked, step, key, language) for step in marked.steps]
    rows += [
        Row(
            mark.id, mark.status, text(f"check.status.{mark.status}", language), mark.given,
            tuple(mark_lines(marked, mark, language)), "", mark.id == marked.report.first_wrong,
            _expected(marked, mark) if key else "",
        )
        for mark in marked.report.marks
        if mark.id not in asked and mark.id.partition("[")[0] not in asked
    ]  # fmt: skip
    return rows


def _row(marked: Marked, step: StepMark, key: bool, language: str | None) -> Row:
    mark = step.mark
    details = mark_lines(marked, mark, language)
    if step.mistake is not None:
        details.append(mistake_text(step.step, step.mistake, language))
    if step.charged_with:
        details.append(text("classroom.report.charged", language, step=step.charged_with))
    if step.others:
        details.append(text("classroom.report.last_counts", language, count=step.others + 1))
    return Row(
        step.step.id,
        mark.status,
        text(f"check.status.{mark.status}", language),
        mark.given,
        tuple(details),
        with_commas(
            marked.variant.exercise,
            f"{decimal_text(step.points)}/{decimal_text(step.step.points)}",
        ),
        mark.id == marked.report.first_wrong,
        _expected(marked, mark) if key else "",
    )


def _expected(marked: Marked, mark: Mark) -> str:
    return in_decimals(marked.variant.exercise, mark.expected)


def mark_lines(marked: Marked, mark: Mark, language: str | None = None) -> list[str]:
    """Return what is to be said of one mark."""
    alone = replace(marked.report, marks=(mark,), first_wrong="", notes=())
    lines = report_text(alone, language=language)
    end = lines.index("") if "" in lines else len(lines)
    plain = [line.removeprefix("    ") for line in lines[1:end]]
    exercise = marked.variant.exercise
    return [line if line.startswith(" ") else with_commas(exercise, line) for line in plain]


def summary_lines(marked: Marked, language: str | None = None) -> list[str]:
    """Return the first wrong step and the points."""
    lines = []
    if marked.report.first_wrong:
        lines.append(text("check.report.first", language, step=marked.report.first_wrong))
    fields = {"points": decimal_text(marked.points), "max": decimal_text(marked.total)}
    points = text("classroom.report.points", language, **fields)
    lines.append(with_commas(marked.variant.exercise, points))
    return lines
