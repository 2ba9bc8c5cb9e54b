"""Mark an answer sheet."""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.limited import Done, limited
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.cli.options import (
    collapse_option,
    depth_option,
    entries_option,
    json_option,
    point_options,
    stable_option,
    state_option,
)
from graphgrad.cli.output import write
from graphgrad.errors import LimitError, UsageError
from graphgrad.files.reading import read_standard_input, told_missing
from graphgrad.graph.blocks import Depth
from graphgrad.messages.catalogue import language
from graphgrad.source.text import decode_handed, read_handed, read_text

__all__ = ["command"]

_OPINION = 20

EXAMPLE = """\
graphgrad check samples/linear_regression.gg answers.txt
graphgrad check samples/linear_regression.gg answers.txt --ask dL/dw --key --json\
"""


@command_of("check", example=EXAMPLE, seconds=None)
@argument("exercise", metavar="word.exercise", help="check.argument.exercise")
@argument("answers", metavar="word.answers", help="check.argument.answers")
@option(
    "--decimal",
    kind=OneOf("auto", "point", "comma"),
    default="auto",
    help="check.option.decimal",
)
@option("--ask", multiple=True, metavar="word.name", help="check.option.ask")
@option("--digits", kind=Whole(1, 15), default=3, metavar="word.whole", help="check.option.digits")
@flag("--key", help="check.option.key")
@option(
    "--seconds",
    kind=Whole(1, 3_600),
    default=60,
    metavar="word.whole",
    help="check.option.seconds",
)
@point_options
@state_option
@stable_option
@depth_option(None)
@collapse_option
@entries_option
@json_option
def command(
    exercise: str,
    answers: str,
    decimal: str,
    ask: tuple[str, ...],
    digits: int,
    key: bool,
    seconds: int,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    detail: Depth | None,
    collapse: tuple[str, ...],
    zoom: str,
    as_json: bool,
) -> int:
    """Mark the answers of one student."""
    if exercise != "-":
        read_text(exercise)  # of two files that are missing, the first is named
    if Path(exercise).suffix.lower() in (".md", ".markdown"):
        if settings or row is not None or state or stable or ask or detail is not None:
            raise UsageError("check.exercise_file", path=exercise)
        from graphgrad.cli.exercise_commands.ex_options import answer_data

        given = _FileJob(exercise, answers, answer_data(answers), key, as_json)
        done = limited(_exercise_file, given, seconds)
        write(done.text)
        return done.status
    with told_missing("file.missing_answers"):
        handed = answers != "-"
        sheet = read_handed(answers) if handed else decode_handed(read_standard_input(), "-")
    options = {"decimal": decimal, "asked": ask, "digits": digits}
    job = _Job(
        exercise, sheet, options, settings, row, key, as_json, zoom, detail, collapse, state, stable
    )
    done = limited(_marked, job, seconds)
    if done.undecided:
        with suppress(LimitError):  # sympy may take any time: what is known stays
            done = limited(_marked, job._replace(asked_of_sympy=True), min(seconds, _OPINION))
    write(done.text)
    return done.status


class _Job(NamedTuple):
    """What the worker needs to mark a sheet."""

    exercise: str
    sheet: str
    options: dict[str, Any]
    settings: tuple[str, ...]
    row: int | None
    key: bool
    as_json: bool
    zoom: str
    detail: Depth | None
    collapse: tuple[str, ...]
    state: str | None = None
    stable: bool = False
    asked_of_sympy: bool = False


def _marked(job: _Job) -> Done:
    """Mark a sheet; runs in the worker."""
    from graphgrad.cli.inputs import Source, read_point
    from graphgrad.exercises.deciding.sympy_opinion import asked_of_sympy
    from graphgrad.exercises.marking.marker import check
    from graphgrad.exercises.reports.report_lines import report_text

    options = dict(job.options)
    point = read_point(job.settings)
    source = Source(job.exercise, None, point, job.zoom, job.state, stable=job.stable)
    graph = source.graph(job.row)
    point, _ = source.at(graph)
    if job.detail is not None and not options["asked"]:
        from graphgrad.exercises.truth.steps import targets_of

        options["asked"] = targets_of(graph, job.detail, job.collapse)
    with asked_of_sympy() if job.asked_of_sympy else nullcontext():
        report = check(graph, job.sheet, point=point, **options)
    if job.as_json:
        found = report.to_json(key=job.key, language=language())
        shown = json.dumps(found, ensure_ascii=False, indent=1)
    else:
        shown = "\n".join(report_text(report, key=job.key, comma=graph.heading.comma))
    undecided = any(mark.status == "undecided" for mark in report.counted)
    return Done(shown, report.exit_status, undecided)


class _FileJob(NamedTuple):
    """What the worker needs to mark answers to an exercise file."""

    exercise: str
    answers: str
    data: bytes
    key: bool
    as_json: bool


def _exercise_file(job: _FileJob) -> Done:
    """Mark answers to an exercise file, which says itself what it asks and how it is marked."""
    from graphgrad.cli.exercise_commands.ex_options import Chosen
    from graphgrad.exercises.reports.report_formats import plain_report

    marked = Chosen(job.exercise).marked(job.answers, job.data)
    if job.as_json:
        found = marked.to_json(key=job.key, language=language())
        shown = json.dumps(found, ensure_ascii=False, indent=1)
    else:
        shown = plain_report(marked, key=job.key).rstrip("\n")
    return Done(shown, marked.report.exit_status, undecided=False)
