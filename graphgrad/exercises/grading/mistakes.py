"""Name the mistakes of a marked sheet, and charge one mistake at parallel places once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from graphgrad.exercises.files.model import Exercise, Step
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.misconceptions.lookup import Named, Namer
from graphgrad.exercises.misconceptions.parallel import Parallel
from graphgrad.exercises.reference import Reference
from graphgrad.exercises.report import Report
from graphgrad.graph.graph import Graph
from graphgrad.messages import text

__all__ = ["charged_once", "mistake_json", "mistake_text", "named", "own_words"]


def named(graph: Graph, report: Report, steps: Sequence[StepMark]) -> tuple[StepMark, ...]:
    """Return the steps with their mistakes named, where a name is unique."""
    if not any(step.mark.status == "wrong" for step in steps):
        return tuple(steps)
    namer = Namer(Reference(graph), report.marks)
    return tuple(
        replace(step, mistake=namer.name(step.mark)) if step.mark.status == "wrong" else step
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
