"""Mark one answer sheet against a variant, and turn statuses into points."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from graphgrad.exercises.files.exercise import Exercise, Step
from graphgrad.exercises.files.spelling import in_decimals
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.grading.mistakes import charged_once, meets_demands, mistake_json, named
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.judging.mark import STATUSES, Mark, Report
from graphgrad.exercises.marking.marker import report_on
from graphgrad.exercises.truth.reference import Reference
from graphgrad.expr.decimals import Decimal, decimal_of

__all__ = ["Marked", "mark_sheet", "without_blanks"]

_BLANK = re.compile(r"^[^=\n]*=[ \t_.]*(#[^\n]*)?$(?!\n[ \t]*[-+\[(|\d.][^=\n]*$)", re.MULTILINE)
"""A line with nothing behind its =, unless a matrix stands below it."""


@dataclass(frozen=True)
class Marked:
    """A marked sheet.

    Attributes:
        variant: the exercise with its numbers.
        report: the marks, as the checker gives them.
        steps: per step of the exercise, in its order.
        student: who answered.
        declared: the draw that the sheet's heading names, if it does.
    """

    variant: Variant
    report: Report
    steps: tuple[StepMark, ...]
    student: str = ""
    declared: int | None = None

    @property
    def points(self) -> Fraction:
        """Return the points earned."""
        return sum((step.points for step in self.steps), Fraction(0))

    @property
    def total(self) -> Fraction:
        """Return the points there are."""
        return self.variant.exercise.total

    def to_json(self, *, key: bool = False, language: str | None = None) -> dict[str, Any]:
        """Return the report as one JSON object, with the draw and the points."""
        found = self.report.to_json(key=key, language=language)
        found["exercise"] = self.variant.exercise.id
        found["seed"] = self.variant.draw or None
        found["student"] = self.student or None
        found["earned"] = float(self.points)
        found["worth"] = float(self.total)
        earned = {step.step.id: step for step in self.steps}
        for entry in found["steps"]:
            step = earned.get(entry["id"])
            entry["earned"] = None if step is None else float(step.points)
            if step is not None and step.mistake is not None:
                entry["misconceptions"] = [mistake_json(step.mistake, language)]
            entry["worth"] = None if step is None else float(step.step.points)
        return found


def mark_sheet(variant: Variant, text: str, *, student: str = "") -> Marked:
    """Mark the text of an answer sheet.

    Args:
        variant: the exercise with its numbers.
        text: the sheet.
        student: who answered; otherwise who the sheet's heading names.

    Raises:
        LimitError: if the sheet is too large.
    """
    exercise = variant.exercise
    wanted = [step.digits or exercise.digits for step in exercise.steps]
    digits = 1 if exercise.decimals is not None else min(wanted, default=exercise.digits)
    reference = Reference(variant.graph)
    report = report_on(
        reference,
        without_blanks(text),
        decimal=_decimal(exercise, text),
        asked=exercise.asked,
        digits=digits,
    )
    report = _demanding(variant, _in_decimals(exercise, report))
    steps = tuple(_step_mark(variant, step, report) for step in exercise.steps)
    steps = charged_once(exercise, variant.graph, named(reference, report, steps))
    return Marked(variant, report, steps, student or report.student, declared_draw(text))


def _decimal(exercise: Exercise, text: str) -> Decimal:
    """Return the decimal sign of a sheet: the exercise's, but where it clearly uses the other."""
    seen = decimal_of(text)
    return seen if {seen, exercise.decimal} == {"comma", "point"} else exercise.decimal


def without_blanks(text: str) -> str:
    r"""Return a sheet without the lines that were left blank, as its template has them.

    >>> without_blanks("z = 1\na =\nL = ______\n2x =")
    'z = 1\n\n\n'
    """
    return _BLANK.sub("", text)


def _in_decimals(exercise: Exercise, report: Report) -> Report:
    """Return a report that shows how answers were read with the exercise's decimal sign."""
    marks = (replace(m, read_as=in_decimals(exercise, m.read_as)) for m in report.marks)
    return replace(report, marks=tuple(marks))


def _demanding(variant: Variant, report: Report) -> Report:
    """Return a report in which answers also meet what the exercise demands of their form."""
    exercise, truth = variant.exercise, variant.truth
    steps = {step.id: step for step in exercise.steps}
    marks = tuple(
        meets_demands(exercise, steps[mark.id], mark, truth[mark.id]) if mark.id in steps else mark
        for mark in report.marks
    )
    if marks == report.marks:
        return report
    # What only its form makes wrong has the right value, so that nothing before it made it so.
    demanded = replace(report, marks=marks)
    pairs = zip(demanded.counted, report.counted, strict=True)
    wrong = [new.id for new, old in pairs if new.status == "wrong" != old.status]
    if report.first_wrong:
        wrong.insert(0, report.first_wrong)
    order = {name: place for place, name in enumerate(exercise.asked)}
    first = min(wrong, key=lambda name: order.get(name, len(order)), default="")
    return replace(demanded, first_wrong=first)


def _step_mark(variant: Variant, step: Step, report: Report) -> StepMark:
    marks = [mark for mark in report.marks if mark.id == step.id]
    given = [mark for mark in marks if mark.status != "missing"]
    entries = [mark for mark in report.marks if mark.id.startswith(f"{step.id}[")]
    if not given and entries:
        return _from_entries(variant, step, entries)
    mark = (given or marks or [Mark(step.id, "missing")])[-1]
    share = _share(variant.exercise, mark)
    if mark.status == "wrong":
        share = _right_entries(variant, step, mark)
    return StepMark(step, mark, step.points * share, max(0, len(given) - 1))


def _share(exercise: Exercise, mark: Mark) -> Fraction:
    if mark.status == "follow-on":
        return exercise.follow_on
    return Fraction(int(STATUSES[mark.status].is_credited))


def _right_entries(variant: Variant, step: Step, mark: Mark) -> Fraction:
    """Return the share of an array's entries that are right, or follow from earlier steps."""
    wrong, following = len(mark.wrong_entries), len(mark.following_entries)
    if not wrong:
        return Fraction(0)
    size = len(variant.truth[step.id].entries)
    return (max(0, size - wrong - following) + variant.exercise.follow_on * following) / size


def _from_entries(variant: Variant, step: Step, marks: list[Mark]) -> StepMark:
    """Return the mark of an array that was answered entry by entry."""
    last = {mark.id: mark for mark in marks}
    size = len(variant.truth[step.id].entries)
    earned = sum((_share(variant.exercise, mark) for mark in last.values()), Fraction(0))
    share = min(Fraction(1), earned / max(1, size))
    worst = next((m for m in last.values() if not STATUSES[m.status].is_credited), None)
    mark = worst or next(iter(last.values()))
    if worst is None and len(last) < size:
        mark = replace(mark, status="missing")
    return StepMark(step, replace(mark, id=step.id), step.points * share)


def declared_draw(text: str) -> int | None:
    """Return the variant that a sheet's heading names.

    >>> declared_draw("alumno: A12  variante: 17")
    17
    """
    found = re.search(r"(?im)\bvariant[e]?\s*:\s*([0-9]{1,16})\b", text[:4000])
    return int(found[1]) if found else None
