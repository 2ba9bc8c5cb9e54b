"""Mark a class: a folder, one folder per student, or Moodle's submissions zip."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from graphgrad.cli.command import argument, command_of, option
from graphgrad.cli.exercise_commands.ex_options import (
    ask_option,
    exercise_argument,
    frozen_of,
    read_family,
)
from graphgrad.cli.exercise_commands.ex_sheet import folder_of
from graphgrad.cli.option_types import Real, Whole
from graphgrad.cli.options import force_option, json_option, scheduler_option
from graphgrad.cli.output import progress_bar, write
from graphgrad.errors import UsageError
from graphgrad.exercises.classroom.class_files import (
    feedback_zip,
    filled_worksheet,
    from_moodle,
    marks_csv,
    moodle_worksheet,
)
from graphgrad.exercises.classroom.class_marks import SECONDS, ClassMarks, mark_class
from graphgrad.exercises.classroom.class_summary import summary_json, summary_lines
from graphgrad.exercises.classroom.submissions import read_submissions
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.roster import read_roster
from graphgrad.files.writing import check_apart, check_free, write_output
from graphgrad.messages.catalogue import text
from graphgrad.source.text import read_handed

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex grade EXERCISE submissions.zip --variants sheets/variants.json -o marks
graphgrad ex grade EXERCISE answers/ --roster class.csv --csv marks.csv\
"""


@command_of("ex.grade", example=EXAMPLE, seconds=None)
@exercise_argument
@argument("files", metavar="word.folder", help="classroom.grade.argument.files")
@option("--variants", metavar="word.file", help="classroom.grade.option.variants")
@option("--roster", metavar="word.file", help="classroom.grade.option.roster")
@option(
    "--draw", kind=Whole(1, LARGEST_DRAW), metavar="word.whole", help="classroom.grade.option.draw"
)
@ask_option
@option("-o", "--output", metavar="word.folder", help="classroom.grade.option.output")
@option("--csv", "csv_file", metavar="word.file", help="classroom.grade.option.csv")
@option("--worksheet", metavar="word.file", help="classroom.grade.option.worksheet")
@option("--workers", kind=Whole(1, 64), metavar="word.whole", help="classroom.grade.option.workers")
@option(
    "--seconds",
    kind=Real(positive=True),
    metavar="word.number",
    help="classroom.grade.option.seconds",
    default=SECONDS,
)
@scheduler_option
@force_option
@json_option
def command(
    exercise: str,
    files: str,
    variants: str | None,
    roster: str | None,
    draw: int | None,
    ask: tuple[str, ...],
    output: str | None,
    csv_file: str | None,
    worksheet: str | None,
    workers: int | None,
    seconds: float,
    scheduler: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Mark all files; 0 where grading itself worked."""
    if scheduler is not None and workers is not None:
        raise UsageError("cluster.workers")
    family = read_family(exercise, ask)
    wanted = _wanted(output, csv_file, worksheet)
    for path in wanted:
        check_free(path, force=force)  # before the class is marked, not after
    marks = mark_class(
        family,
        read_submissions(files),
        students=read_roster(roster) if roster is not None else (),
        frozen=frozen_of(family, variants),
        draw=draw,
        workers=workers,
        seconds=seconds,
        progress=progress_bar("classroom.grade.progress"),
        scheduler=scheduler,
    )
    places = _written(marks, wanted, force=force)
    if as_json:
        write(json.dumps(summary_json(marks), ensure_ascii=False, indent=1))
        return 0
    write("\n".join([*summary_lines(marks), *places]))
    if len(places) < len(wanted):
        write(text("classroom.grade.no_moodle"))
    return 0


Wanted = dict[Path, Callable[[ClassMarks], bytes | str | None]]
"""The files to write, and what writes them."""


def _wanted(output: str | None, csv_file: str | None, worksheet: str | None) -> Wanted:
    """Return what the options ask for; what cannot be read or made is told before marking."""
    wanted: Wanted = {} if csv_file is None else {Path(csv_file): marks_csv}
    moodle: Callable[[ClassMarks], str | None] = _moodle
    if worksheet is not None:
        given, path = read_handed(worksheet), worksheet
        moodle = lambda marks: filled_worksheet(given, marks, path)  # noqa: E731 -- one of two
    if output is not None:
        folder = folder_of(output)
        if csv_file is not None:
            names = ("marks.csv", "moodle.csv", "feedback.zip", "marks.json")
            check_apart({"--csv": csv_file} | {f"-o, {name}": folder / name for name in names})
        wanted[folder / "marks.csv"] = marks_csv
        wanted[folder / "moodle.csv"] = moodle
        wanted[folder / "feedback.zip"] = feedback_zip
        wanted[folder / "marks.json"] = _reports
    return wanted


def _reports(marks: ClassMarks) -> str:
    return json.dumps(summary_json(marks, reports=True), ensure_ascii=False) + "\n"


def _written(marks: ClassMarks, wanted: Wanted, *, force: bool) -> list[str]:
    """Write what was asked for and there is; return the places."""
    contents = {path: writer(marks) for path, writer in wanted.items()}
    found = {path: content for path, content in contents.items() if content is not None}
    for path, content in found.items():
        write_output(path, content, force=force)
    return [str(path) for path in found]


def _moodle(marks: ClassMarks) -> str | None:
    """Return the worksheet that needs none to start from; None where it would be empty."""
    return moodle_worksheet(marks) if from_moodle(marks) else None
