"""Simulated students of networks with arrays: the first wrong step, and no wrong name."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg
from tests.exercises.array_students import EXERCISES, Exercise, Slip, sheet, slips_of, worked

SAME = {
    "swapped": ("transposed",),
    "transposed": ("swapped",),
    "lost_path": ("statistic_as_constant",),
}
"""Other names of the same answer: x W is the product with W transposed."""
LEAST_NAMED = 0.95


def marked(exercise: Exercise, slip: Slip | None = None):
    return check(read_gg(exercise.source), sheet(worked(exercise, slip)), decimal="point")


def one_slip_each(exercise: Exercise, report_to: Counter) -> None:
    for slip in slips_of(exercise):
        report, step = marked(exercise, slip), slip.step_of(exercise)
        wrong = {mark.id: mark for mark in report.marks if mark.status == "wrong"}
        report_to["students"] += 1
        if report.first_wrong != step or set(wrong) != {step}:
            report_to["steps"] += 1
            report_to[f"STEP {exercise.name} {slip} {report.first_wrong} {sorted(wrong)}"] += 1
            continue
        labels = {label for label, _ in wrong[step].mistakes}
        report_to["named"] += bool(labels)
        if not labels or not labels <= {slip.label, *SAME.get(slip.label, ())}:
            report_to[f"{'WRONG' if labels else 'none'} {exercise.name} {slip} {labels}"] += 1


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_a_right_sheet_of_arrays_is_right(exercise: Exercise) -> None:
    assert {mark.status for mark in marked(exercise).marks} == {"right"}


SLOW = ("attention", "batch norm", "shared in time")


@pytest.mark.parametrize(
    "exercise",
    [
        pytest.param(e, id=e.name, marks=pytest.mark.slow if e.name in SLOW else ())
        for e in EXERCISES
    ],
)
def test_one_slip_is_found_alone_and_no_name_is_wrong(exercise: Exercise) -> None:
    counts: Counter = Counter()
    one_slip_each(exercise, counts)
    told = [line for line in counts if line.startswith(("STEP", "WRONG"))]
    assert not told
    assert counts["students"] >= 5


@pytest.mark.slow
def test_students_with_one_mistake_are_told_which(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter = Counter()
    for exercise in EXERCISES:
        one_slip_each(exercise, counts)
    with capsys.disabled():
        sys.stdout.write(f"\n{counts['named']} of {counts['students']} students named\n")
    assert not [line for line in counts if line.startswith(("STEP", "WRONG"))]
    assert counts["students"] >= 150
    assert counts["named"] >= LEAST_NAMED * counts["students"]
