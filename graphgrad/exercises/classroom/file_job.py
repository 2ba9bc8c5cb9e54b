"""Mark one answer file in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
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

__all__ = ["FileJob", "FileMarks", "Setting", "make_marker", "shared_picture"]

_LARGEST_PICTURE = 150_000


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
        page: the report as HTML, for the student.
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
    picture = shared_picture(family, setting.language)

    def mark(job: FileJob) -> FileMarks:
        try:
            return _marked(family, job, setting.language, picture)
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


def _marked(family: Family, job: FileJob, language: str, picture: str) -> FileMarks:
    text = answer_text(job.data, job.path)
    marked = mark_sheet(_variant(family, job, text), text, student=job.student)
    return FileMarks(
        "",
        marked.variant.draw,
        marked.declared,
        marked.points,
        marked.report.first_wrong,
        {step.step.id: step.mark.status for step in marked.steps},
        _numbers(marked),
        marked.to_json(language=language),
        html_report(marked, language=language, figure=False, picture=picture),
    )


def _variant(family: Family, job: FileJob, text: str) -> Variant:
    if job.values is not None:
        return family.given(job.draw or 0, job.values)
    declared = declared_draw(text)
    draw = job.draw or declared or 1
    return family.variant(draw if 1 <= draw <= LARGEST_DRAW else 1)


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
