"""Write a variant as a notebook for nbgrader: one cell to answer in, one test cell per step.

The student answers in the lines of a sheet, as on paper. Each test cell is worth its step's points
and ends in what the step earned, which nbgrader takes for partial credit. The exercise, from which
every answer could be computed, stands between the marks of hidden tests, which nbgrader removes
from what students get.

Source: nbgrader, ``nbgrader/nbgraderformat/v3.json`` (metadata of cells) and "Creating and grading
assignments" (hidden tests, partial credit); nbformat 4.5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from graphgrad.exercises.files.exercise import Step
from graphgrad.exercises.files.instance import spelled
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.reading.targets import given_text
from graphgrad.exercises.sheets.sheet import Block, document_of
from graphgrad.exercises.sheets.worked_steps import Work
from graphgrad.messages.catalogue import text

__all__ = ["nbgrader_notebook"]

HIDDEN, SHOWN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
SOLUTION, SOLVED = "### BEGIN SOLUTION", "### END SOLUTION"


def nbgrader_notebook(variant: Variant, *, language: str | None = None) -> str:
    """Return the instructor's version of an assignment, with its solution, as JSON.

    Args:
        variant: the exercise with its numbers.
        language: otherwise the exercise's.
    """
    language = language or variant.exercise.language or None
    cells = [*_reading(variant, language), _answers(variant, language), _setup(variant)]
    cells += [_test(step, language) for step in variant.exercise.steps]
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number:02d}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": [dict(sorted(cell.items())) for cell in cells],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


# ---- cells ----


def _reading(variant: Variant, language: str | None) -> Iterator[dict[str, Any]]:
    """Yield the text of the exercise; nbgrader restores these cells if a student changes them."""
    document = document_of(variant, figure=False, language=language)
    lines = [f"# {document.title}", ""]
    for block in document.blocks:
        lines += [*_block(block, document.language), ""]
    lines.append(text("classroom.nbgrader.how", language))
    yield _cell("markdown", "\n".join(lines), _grading("reading", locked=True))


def _block(block: Block, language: str) -> Iterator[str]:
    if block.kind == "text":
        yield block.text
    for question in block.questions:
        points = text("classroom.sheet.points", language, points=question.points)
        hint = f" ({question.hint})" if question.hint else ""
        yield f"- `{question.id}`{hint} *{points}*"


def _answers(variant: Variant, language: str | None) -> dict[str, Any]:
    """Return the cell in which the student completes the lines."""
    exercise = variant.exercise
    blank = "\n".join(f"{step.id} = " for step in exercise.steps)
    work = Work(variant)
    solved = "\n".join(f"{step.id} = {work.answer(step)}" for step in exercise.steps)
    hint = text("classroom.sheet.hand_in_notebook", language)
    lines = [f"# {hint}", f'answers = """\n{blank}\n"""']
    lines += [SOLUTION, f'answers = """\n{solved}\n"""', SOLVED]
    return _cell("code", "\n".join(lines), _grading("answers", solution=True))


def _setup(variant: Variant) -> dict[str, Any]:
    """Return the hidden cell that marks the whole sheet; it is worth nothing by itself."""
    exercise = variant.exercise
    source = exercise.source or "\n".join(exercise.lines)
    values = {name: spelled(value) for name, value in variant.values.items()}
    lines = ["import graphgrad as gg", "exercise = ("]
    lines += [f"    {line + chr(10)!r}" for line in source.split("\n")]
    lines += [")", f"values = {values!r}"]
    lines.append(f"graded = gg.mark(exercise, answers, draw={variant.draw or 1}, values=values)")
    code = "\n".join([HIDDEN, *lines, SHOWN])
    return _cell("code", code, _grading("marking", grade=True, locked=True, points=0))


def _test(step: Step, language: str | None) -> dict[str, Any]:
    label = given_text(step.label or step.id, language)
    comment = text("classroom.nbgrader.test", language, step=label)
    code = f"# {comment}\n{HIDDEN}\ngraded.points({step.id!r})\n{SHOWN}"
    name = re.sub(r"\W+", "_", step.id, flags=re.ASCII).strip("_")
    grading = _grading(f"step_{name}", grade=True, locked=True, points=float(step.points))
    return _cell("code", code, grading)


def _grading(
    grade_id: str,
    *,
    grade: bool = False,
    locked: bool = False,
    solution: bool = False,
    points: float | None = None,
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return found if points is None else {**found, "points": points}


def _cell(kind: str, source: str, grading: dict[str, Any]) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "metadata": {"nbgrader": grading},
        "source": source.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}
