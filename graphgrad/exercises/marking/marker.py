"""Mark an answer sheet, each answer about the numbers it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.judging.mark import Report
from graphgrad.exercises.marking.over_rows import RowMarkers
from graphgrad.exercises.reading.answer_sheet import read_sheet
from graphgrad.exercises.reading.number_rule import DIGITS
from graphgrad.exercises.truth.reference import Reference
from graphgrad.expr.decimals import Decimal
from graphgrad.graph.graph import Graph

__all__ = ["check", "report_on"]


def check(
    graph: Graph,
    answers_text: str,
    *,
    decimal: Decimal = "auto",
    asked: Sequence[str] = (),
    digits: int = DIGITS,
    point: Mapping[str, Any] | None = None,
    name_mistakes: bool = True,
) -> Report:
    r"""Mark answers to an exercise, which is any graph.

    Args:
        graph: the exercise; its leaves' values are its numbers.
        answers_text: one step per line: ``z = 7``, ``a = sigmoid(z)``, ``dL/dw = 2(a-y)x = -12``;
            over the rows of a graph with data, ``row 2: z = 7``, ``mean: L = 3`` or a table.
        decimal: how decimals are written: ``comma``, ``point`` or ``auto``.
        asked: the steps that were asked for; one that is not answered is ``missing``.
        digits: how many significant digits a rounded number must show.
        point: values of leaves by name, instead of the graph's own.
        name_mistakes: whether to say what a wrong answer looks like, where one mistake fits.

    Returns:
        A report with one mark per step, in the order of the sheet.

    Raises:
        SourceError: if a step asked for is no step of the exercise.
        LimitError: if the exercise or the sheet is too large to be decided.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    >>> [mark.status for mark in check(graph, "z = 5\ndL/dz = 10\ndz/dw = x").marks]
    ['wrong', 'follow-on', 'right']
    """
    scalar = not any(map(graph.columns.shape, range(len(graph))))
    if scalar and any("[" in name for name in graph.line_names):
        from graphgrad.graph.zooms.gathered import gathered, gathered_point

        graph, point = gathered(graph), gathered_point(graph, point or {})
    markers = RowMarkers(Reference(graph, point), digits)
    report = _report(markers, answers_text, decimal, asked)
    return markers.with_mistakes(report) if name_mistakes else report


def report_on(
    reference: Reference,
    answers_text: str,
    *,
    decimal: Decimal = "auto",
    asked: Sequence[str] = (),
    digits: int = DIGITS,
) -> Report:
    """Mark answers as `check` does, without naming mistakes.

    What was read and worked out stays in the reference, for whoever names them.
    """
    return _report(RowMarkers(reference, digits), answers_text, decimal, asked)


def _report(
    markers: RowMarkers, answers_text: str, decimal: Decimal, asked: Sequence[str]
) -> Report:
    reference = markers.reference
    heading = reference.graph.heading
    sheet = read_sheet(answers_text, reference.vocabulary, decimal, heading.table)
    marks = markers.mark(sheet.answers)
    marks += markers.missing(asked, marks)
    return Report(
        sheet.heading.get("exercise") or heading.title_in(),
        sheet.heading.get("student", ""),
        tuple(marks),
        first_wrong=markers.first_wrong(marks),
        notes=tuple(
            Note("check.assumption_ignored", {"text": text}) for text in reference.assumed[1]
        ),
    )
