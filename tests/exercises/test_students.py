"""Simulated students with one, two and four mistakes: where is the first, what was it, how many."""

from __future__ import annotations

import random
import sys
from collections import Counter

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.misconceptions.lookup import Namer
from graphgrad.exercises.truth.reference import Reference
from graphgrad.source.gg import read_gg
from tests.exercises.students import (
    EXERCISES,
    PARALLEL,
    Slip,
    drawn,
    printed,
    sheet,
    slips_of,
    worked,
)

LEAST_NAMED = 0.9
LONG = ("two inputs", "two layers", "three layers")


def marked(exercise, *slips):
    return check(read_gg(exercise.source), sheet(worked(exercise, slips)), decimal="point")


def roots(report):
    return {mark.id for mark in report.marks if mark.status == "wrong"}


def named(exercise, report, step):
    namer = Namer(Reference(read_gg(exercise.source)), report.marks)
    found = namer.name(next(mark for mark in report.marks if mark.id == step))
    return "" if found is None else found.label


def one_slip_each(exercise, counts):
    for slip in slips_of(exercise):
        report = marked(exercise, slip)
        step = slip.step_of(exercise)
        assert report.first_wrong == step, (exercise.name, slip)
        assert roots(report) == {step}, (exercise.name, slip)
        label = named(exercise, report, step)
        assert label in ("", slip.label), (exercise.name, slip, label)
        counts["students"] += 1
        counts["named"] += bool(label)


@pytest.mark.parametrize(
    "exercise",
    [
        pytest.param(e, id=e.name, marks=pytest.mark.slow if e.name in LONG else ())
        for e in EXERCISES
    ],
)
def test_a_right_sheet_is_right_and_one_slip_is_found_alone(exercise):
    assert {mark.status for mark in marked(exercise).marks} == {"right"}
    counts = Counter()
    one_slip_each(exercise, counts)
    assert counts["students"] >= 10


@pytest.mark.slow
def test_seven_hundred_students_with_one_mistake(capsys):
    total, lines = Counter(), []
    for exercise in EXERCISES:
        counts = Counter()
        for draw in range(3):
            one_slip_each(drawn(exercise, draw), counts)
        lines.append(f"{exercise.name:15} {dict(counts)}")
        total += counts
    lines.append(f"{'all':15} {dict(total)}: {total['named'] / total['students']:.1%} named")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert total["students"] >= 700
    assert total["named"] >= LEAST_NAMED * total["students"]


def pairs(exercise, count):
    """Yield two slips at two steps, of which the second changes more than the first did."""
    rng = random.Random(exercise.name)
    slips = list(slips_of(exercise))
    for _ in range(200):
        first, second = rng.sample(slips, 2)
        steps = first.step_of(exercise), second.step_of(exercise)
        if steps[0] == steps[1] or {s.slot is None for s in (first, second)} == {True, False}:
            continue
        both, right = worked(exercise, (first, second)), worked(exercise)
        if any(printed(both[step]) == printed(right[step]) for step in steps):
            continue  # two signs that cancel cannot be seen
        apart = [
            printed(both[step]) != printed(worked(exercise, (other,))[step])
            for step, other in zip(steps, (second, first), strict=True)
        ]
        if all(apart):
            yield first, second
            count -= 1
        if not count:
            return


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_two_independent_mistakes_are_two_roots(exercise):
    for first, second in pairs(exercise, 8):
        report = marked(exercise, first, second)
        steps = {slip.step_of(exercise) for slip in (first, second)}
        assert roots(report) == steps, (first, second)
        assert report.first_wrong in steps


@pytest.mark.parametrize("label", ["no_activation_derivative", "function_as_derivative"])
def test_one_mistake_in_four_parallel_places_is_four_roots_of_one_name(label):
    slips = [Slip(f"h{k}", label, 0) for k in range(1, 5)]
    report = marked(PARALLEL, *slips)
    steps = [slip.step_of(PARALLEL) for slip in slips]
    assert roots(report) == set(steps) == {f"dL/dz{k}" for k in range(1, 5)}
    assert {named(PARALLEL, report, step) for step in steps} == {label}
