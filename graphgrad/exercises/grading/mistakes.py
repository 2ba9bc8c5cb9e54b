"""Hold answers to the form that was asked for, name mistakes, and charge each of them once.

An exercise may demand digits, decimals or formulas. A mistake that is made at parallel places is
charged once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any, Literal

from graphgrad.exercises.algebra.enclosures import ball, precision
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.files.exercise import Exercise, Step
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.judging.mark import Mark, Report
from graphgrad.exercises.marking.over_rows import RowMarkers
from graphgrad.exercises.misconceptions.lookup import Named
from graphgrad.exercises.misconceptions.parallel import Parallel
from graphgrad.exercises.reading.number_rule import DIGITS, Printed, printed_entries, same
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.steps import Value
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text

__all__ = [
    "charged_once",
    "meets_demands",
    "mistake_json",
    "mistake_text",
    "named",
    "own_words",
]

_JUDGED = ("right", "rounded", "follow-on")


def named(reference: Reference, report: Report, steps: Sequence[StepMark]) -> tuple[StepMark, ...]:
    """Return the steps with their mistakes named, where a name is unique."""
    if not any(step.mark.status == "wrong" for step in steps):
        return tuple(steps)
    namers = RowMarkers(reference, DIGITS).namers(report.marks)
    return tuple(
        replace(step, mistake=namers[step.mark.scope].name(step.mark))
        if step.mark.scope in namers
        else step
        for step in steps
    )


def charged_once(
    exercise: Exercise, graph: Graph, steps: Sequence[StepMark]
) -> tuple[StepMark, ...]:
    """Return the steps with points given back where the same mistake was charged already.

    It is the same if it is made at the same operation of parallel lines, which the graph cannot
    tell apart, or once more at the same place; both times in a value or both times in a derivative.
    """
    if exercise.charge != "mistake":
        return tuple(steps)
    parallel = Parallel(graph)
    first: dict[tuple[Hashable, ...], str] = {}
    found = []
    for step in steps:
        keys = [] if step.mistake is None else _keys(parallel, step.step.id, step.mistake)
        before = next((first[key] for key in keys if key in first), "")
        for key in keys:
            first.setdefault(key, before or step.step.id)
        given_back = replace(step, points=step.step.points, charged_with=before)
        found.append(given_back if before else step)
    return tuple(found)


def _keys(parallel: Parallel, step: str, mistake: Named) -> list[tuple[Hashable, ...]]:
    """Return what identifies a mistake: its label, value or derivative, and each place that fits.

    Who takes a step of gradient descent for the gradient does so wherever one is asked for.
    """
    of, _, wrt = step.partition("/d")
    kind = (mistake.label, bool(wrt))
    if mistake.label == "update":
        return [kind]
    target = wrt or of
    return [
        (*kind, op, colour)
        for line, op in mistake.places
        for colour in sorted(parallel.places(line if op else target, op))
    ]


def mistake_text(step: Step | None, mistake: Named, language: str | None = None) -> str:
    """Return a mistake in words: the lecturer's own where the step has some."""
    if mistake.where and (step is None or mistake.label not in step.feedback):
        what = text(f"classroom.mistake.{mistake.label}", language)
        return text("classroom.report.mistake_at", language, what=what, where=mistake.where)
    return own_words(step, mistake.label, language)


def own_words(step: Step | None, label: str, language: str | None = None) -> str:
    """Return the lecturer's sentence on a mistake, else the one of the catalogue."""
    if step is not None and label in step.feedback:
        return step.feedback[label]
    what = text(f"classroom.mistake.{label}", language)
    return text("classroom.report.mistake", language, what=what)


def mistake_json(mistake: Named, language: str | None = None) -> dict[str, Any]:
    """Return a mistake as a JSON object."""
    return {
        "label": mistake.label,
        "where": mistake.where or None,
        "text": text(f"classroom.mistake.{mistake.label}", language),
    }


def meets_demands(exercise: Exercise, step: Step, mark: Mark, truth: Value) -> Mark:
    """Return a mark, lowered where the answer is not written as the exercise demands.

    An entry that is exactly the true one needs no more digits.
    """
    if mark.status not in _JUDGED or mark.answer is None or not mark.answer.links:
        return mark
    if step.kind == "symbolic" and mark.status == "right" and _only_numbers(mark):
        return _lowered(mark, "wrong", Note("classroom.mark.formula_wanted"))
    if mark.method != "rounding":
        return mark
    printed = printed_entries(mark.answer.links[-1].reading.expression) or []
    wanted = exercise.decimals or step.digits or exercise.digits
    rounded = _rounded(printed, truth)
    short = max((_missing(exercise, p, wanted) for p in rounded), default=0)
    if short <= 0:
        return mark
    kind = "decimals" if exercise.decimals is not None else "digits"
    note = Note(f"classroom.mark.few_{kind}", {"wanted": wanted})
    return _lowered(mark, "rounded" if short == 1 else "rough", note)


def _rounded(printed: Sequence[Printed], truth: Value) -> list[Printed]:
    """Return the numbers that are not exactly the true ones."""
    if len(printed) != len(truth.entries):
        return list(printed)
    with precision():
        return [
            number
            for number, entry in zip(printed, truth.entries, strict=True)
            if entry is None or not same(entry, ball(number.value))
        ]


def _missing(exercise: Exercise, printed: Printed, wanted: int) -> int:
    """Return how many digits a printed number has too few; whole numbers are exact."""
    if not printed.decimals:
        return 0
    return wanted - (printed.decimals if exercise.decimals is not None else printed.digits)


def _lowered(mark: Mark, status: Literal["rounded", "rough", "wrong"], note: Note) -> Mark:
    said = ("check.few_digits", "check.too_few_digits")
    notes = tuple(n for n in mark.notes if n.message_id not in said)
    return replace(mark, status=status, notes=(*notes, note))


def _only_numbers(mark: Mark) -> bool:
    answer = mark.answer
    assert answer is not None
    items = [item for link in answer.links for item in link.reading.expression.items]
    return not any(item.kind == "name" for item in items) and mark.method == "rounding"
