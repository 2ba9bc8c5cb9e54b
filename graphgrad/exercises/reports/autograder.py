"""Mark answers in Python: for nbgrader cells, pytest autograders, and scripts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.exercises.files.exercise import Exercise, Step
from graphgrad.exercises.files.read_exercise import (
    exercise_of_gg,
    exercise_of_text,
    load_exercise,
    read_exercise,
)
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import Marked, declared_draw, mark_sheet
from graphgrad.exercises.grading.mistakes import mistake_text
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.reading.targets import given_text
from graphgrad.exercises.reports.report_formats import plain_report
from graphgrad.exercises.reports.report_lines import mark_lines
from graphgrad.exercises.truth.steps import Truth, targets_of
from graphgrad.expr.dialect import STRICT
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.source.leaves import literal

__all__ = ["Graded", "assert_answer", "mark"]

Source = Graph | str | os.PathLike[str]


@dataclass(frozen=True)
class _OfGraph(Variant):
    """A graph as the only variant of an exercise."""

    given: Graph

    @cached_property
    def graph(self) -> Graph:
        """Return the graph."""
        return self.given


@dataclass(frozen=True, repr=False)
class Graded:
    """Marked answers.

    Attributes:
        marked: every step with its mark.
    """

    marked: Marked

    def __repr__(self) -> str:
        return f"<Graded: {self.total:g} of {float(self.marked.total):g}>"

    def __str__(self) -> str:
        """Return the report in lines."""
        return plain_report(self.marked).rstrip("\n")

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        return {"text/plain": str(self)}

    def points(self, step: str) -> float:
        """Return what a step earned: the last line of an nbgrader test cell.

        nbgrader takes the value of the cell's last expression for partial credit, but a 0 for full
        points; so a step that earns nothing fails, with the reasons. Reasons are printed where only
        a part is earned.

        Args:
            step: its id, such as ``dL/dw``.

        Raises:
            AssertionError: if the step earns nothing.
            UsageError: if there is no such step.

        Source: nbgrader, ``nbgrader/utils.py``, determine_grade and get_partial_grade.
        """
        __tracebackhide__ = True
        found = self._step(step)
        if found.points <= 0:
            raise AssertionError(self.reasons(step))
        if found.points < found.step.points:
            print(self.reasons(step))  # noqa: T201 -- the notebook shows it under the cell
        return float(found.points)

    def reasons(self, step: str) -> str:
        """Return why a step has its mark: the teacher's own words where the exercise has some."""
        found = self._step(step)
        language = self.marked.variant.exercise.language or None
        word = text(f"check.status.{found.mark.status}", language)
        lines = [f"{given_text(found.mark.given, language) or found.step.id}: {word}"]
        lines += [f"  {line}" for line in mark_lines(self.marked, found.mark, language)]
        if found.mistake is not None:
            lines.append(f"  {mistake_text(found.step, found.mistake, language)}")
        return "\n".join(lines)

    @property
    def total(self) -> float:
        """Return the points of all steps together."""
        return float(self.marked.points)

    def _step(self, step: str) -> StepMark:
        for found in self.marked.steps:
            if step in (found.step.id, found.step.label):
                return found
        known = ", ".join(found.step.id for found in self.marked.steps)
        raise UsageError("classroom.explain.step", got=step, known=known)


def mark(
    exercise: Source,
    answers: str | Mapping[str, Any],
    *,
    draw: int | None = None,
    values: Mapping[str, Any] | None = None,
    asked: Sequence[str] = (),
    student: str = "",
) -> Graded:
    r"""Mark answers to an exercise, with the points of its file.

    Args:
        exercise: a graph; the path of an exercise file or `.gg` file; or the text of one.
        answers: the lines of a sheet, or numbers, arrays and formulas by step.
        draw: the variant; otherwise the one the sheet's heading names, or 1.
        values: the variant's own values by variable, instead of a draw.
        asked: of a graph or a `.gg` file, the steps that count; all where none is named.
        student: whose answers they are.

    Returns:
        The marks; ``points("dL/dw")`` of one step, ``total`` of all.

    Raises:
        FileError: if the file cannot be read; SourceError if it is not valid.

    >>> graded = mark("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2", {"z": 5, "dL/dz": 10})
    >>> graded.points("dL/dz"), graded.total
    (1.0, 1.0)
    """
    sheet = answers if isinstance(answers, str) else _sheet(answers)
    variant = _variant(exercise, tuple(asked), draw or declared_draw(sheet), values)
    return Graded(mark_sheet(variant, sheet, student=student))


def assert_answer(
    exercise: Source,
    step: str,
    answer: Any,
    *,
    earlier: Mapping[str, Any] | None = None,
    draw: int | None = None,
) -> None:
    r"""Fail with the teacher's sentence unless an answer earns all its points, for pytest.

    Args:
        exercise: as for `mark`.
        step: what was asked, such as ``dL/dw``.
        answer: a number, an array, or a formula as text.
        earlier: answers to earlier steps, from which this one may follow.
        draw: the variant.

    Raises:
        AssertionError: if it does not, with the reasons.

    >>> exercise = "input x = 3\nparam w = 2\nz = w*x\nloss L = z^2"
    >>> assert_answer(exercise, "dL/dw", "2*z*x")
    >>> assert_answer(exercise, "dL/dw", 18)
    Traceback (most recent call last):
        ...
    AssertionError: dL/dw = 18: wrong
      It looks as if the exponent did not come down as a factor (in L).
    """
    __tracebackhide__ = True
    given = {name: value for name, value in (earlier or {}).items() if name != step}
    answers = {**given, step: answer}
    graded = mark(exercise, answers, draw=draw, asked=tuple(answers))
    found = graded._step(step)
    if found.points < found.step.points:
        raise AssertionError(graded.reasons(step))


# ---- what is marked ----


def _variant(
    exercise: Source, asked: tuple[str, ...], draw: int | None, values: Mapping[str, Any] | None
) -> Variant:
    if isinstance(exercise, Graph):
        return _of_graph(exercise, asked)
    family = Family(_read(exercise, asked))
    if values is not None:
        return family.given(draw or 0, {name: _exact(value) for name, value in values.items()})
    return family.variant(draw or 1)


def _read(exercise: str | os.PathLike[str], asked: tuple[str, ...]) -> Exercise:
    if isinstance(exercise, str) and "\n" in exercise:
        is_file = exercise.lstrip().startswith("+++")
        return read_exercise(exercise) if is_file else exercise_of_text(exercise, "", asked)
    if os.fspath(exercise).lower().endswith(".gg"):
        return exercise_of_gg(exercise, asked)
    return load_exercise(exercise)


def _of_graph(graph: Graph, asked: tuple[str, ...]) -> Variant:
    steps = tuple(Step(name, name) for name in asked or targets_of(graph))
    Truth(graph, [step.id for step in steps])  # a step that asks for nothing is refused
    title = graph.heading.title_in()
    return _OfGraph(Exercise("graph", "", title=title, steps=steps), 0, {}, graph)


def _exact(value: Any) -> Any:
    return literal(value, STRICT) if isinstance(value, str) else literal(_written(value), STRICT)


def _sheet(answers: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} = {_written(value)}" for name, value in answers.items()) + "\n"


def _written(value: Any) -> str:
    """Return an answer as a sheet writes it: formulas as they are, arrays row by row.

    >>> _written("2*z"), _written(-0.5), _written([[1, 2.5], [3, 4]])
    ('2*z', '-0.5', '[[1, 2.5], [3, 4]]')
    """
    if isinstance(value, str):
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    return format(value, "d") if isinstance(value, bool) else str(value)
