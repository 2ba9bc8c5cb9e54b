"""Mark one answer file in a worker."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, LimitError
from graphgrad.exercises.classroom.answer_file import answer_text
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import Marked, declared_draw, mark_sheet
from graphgrad.exercises.reading.number_rule import printed_entries
from graphgrad.exercises.reports.html_report import html_report
from graphgrad.exercises.sheets.sheet import structure_of
from graphgrad.messages.catalogue import set_language

__all__ = ["FileJob", "FileMarks", "Setting", "make_marker", "shared_picture", "with_picture"]

_LARGEST_PICTURE = 150_000
_PICTURE = "<!-- graph of the class -->"
"""Stands in a page for the picture, which is sent and kept once; no answer holds it unescaped."""
_FRAME = re.compile(rf"<figure>{_PICTURE}.*?</figure>\n", re.DOTALL)
_KEPT = 64
"""Variants that a worker keeps: drawing one takes about as long as marking a sheet."""


class Setting(NamedTuple):
    """What a worker knows before its first file."""

    exercise: Exercise
    language: str


class FileJob(NamedTuple):
    """A file to mark; without values the variant is the draw's, or the one its heading names."""

    path: str
    data: bytes
    student: str
    draw: int | None = None
    values: Mapping[str, Any] | None = None


class FileMarks(NamedTuple):
    """What a file came to, in plain data.

    Attributes:
        problem: message id of why it was not marked.
        draw: the variant it was marked against.
        declared: the variant its heading names.
        points: earned.
        first_wrong: the first wrong step.
        statuses: per step.
        numbers: per step answered by one number, the least and largest it stands for.
        report: the report as JSON.
        page: the report as HTML, for the student; `with_picture` puts the graph in.
    """

    problem: str = ""
    draw: int = 0
    declared: int | None = None
    points: Fraction = Fraction(0)
    first_wrong: str = ""
    statuses: Mapping[str, str] = {}
    numbers: Mapping[str, tuple[float, float]] = {}
    report: Mapping[str, Any] = {}
    page: str = ""


def make_marker(setting: Setting) -> Callable[[FileJob], FileMarks]:
    """Return the function that marks files; called once in each worker."""
    set_language(setting.language)
    family = Family(setting.exercise)
    drawn = lru_cache(_KEPT)(family.variant)

    def mark(job: FileJob) -> FileMarks:
        try:
            return _marked(family, drawn, job, setting.language)
        except LimitError:
            return FileMarks("classroom.problem.limit")
        except (MemoryError, RecursionError):
            return FileMarks("classroom.problem.memory")
        except GraphgradError as error:
            return FileMarks("classroom.problem.not_text" if error else "")
        except Exception:  # noqa: BLE001 -- one bad file never stops the rest
            return FileMarks("classroom.problem.own")

    return mark


def shared_picture(family: Family, language: str) -> str:
    """Return the graph without numbers, which is the same for all students, drawn once.

    Empty where it is too large to stand on a thousand pages, or cannot be drawn.
    """
    try:
        picture = structure_of(family.variant(1), language).svg
    except GraphgradError:
        return ""
    return picture if len(picture) <= _LARGEST_PICTURE else ""


def with_picture(page: str, picture: str) -> str:
    """Return a page with the picture of the class; where it is empty, without its frame."""
    return page.replace(_PICTURE, picture) if picture else _FRAME.sub("", page)


def _marked(
    family: Family, drawn: Callable[[int], Variant], job: FileJob, language: str
) -> FileMarks:
    text = answer_text(job.data, job.path)
    if job.values is not None:
        variant = family.given(job.draw or 0, job.values)
    else:
        draw = job.draw or declared_draw(text) or 1
        variant = drawn(draw if 1 <= draw <= LARGEST_DRAW else 1)
    marked = mark_sheet(variant, text, student=job.student)
    return FileMarks(
        "",
        marked.variant.draw,
        marked.declared,
        marked.points,
        marked.report.first_wrong,
        {step.step.id: step.mark.status for step in marked.steps},
        _numbers(marked),
        marked.to_json(language=language),
        html_report(marked, language=language, figure=False, picture=_PICTURE),
    )


def _numbers(marked: Marked) -> dict[str, tuple[float, float]]:
    """Return the numbers that were answered, to be compared with other variants."""
    found = {}
    for step in marked.steps:
        answer = step.mark.answer
        if answer is None or not answer.links:
            continue
        printed = printed_entries(answer.links[-1].reading.expression)
        if printed is not None and len(printed) == 1:
            found[step.step.id] = (float(printed[0].low), float(printed[0].high))
    return found
