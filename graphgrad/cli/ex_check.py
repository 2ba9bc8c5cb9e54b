"""Mark one answer file against a variant."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.ex_options import (
    ask_option,
    chosen_variant,
    exercise_argument,
    frozen_of,
    read_family,
    variant_options,
)
from graphgrad.cli.kinds import OneOf
from graphgrad.cli.options import json_option
from graphgrad.cli.output import write
from graphgrad.errors import FileError
from graphgrad.exercises.export.gradescope import gradescope_json
from graphgrad.exercises.export.html_report import html_report
from graphgrad.exercises.export.junit import junit_xml
from graphgrad.exercises.export.markdown_report import markdown_report
from graphgrad.exercises.export.plain_report import plain_report
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.frozen import Frozen
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.answer_text import answer_text
from graphgrad.exercises.grading.marked import Marked, declared_draw, mark_sheet
from graphgrad.exercises.grading.students import heading_student
from graphgrad.messages import language
from graphgrad.views.files import write_output

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex check samples/exercises/sigmoid_neuron.md answers.txt
graphgrad ex check EXERCISE answers.txt --draw 17 --format html -o report.html\
"""


@command_of("ex.check", example=EXAMPLE)
@exercise_argument
@argument("answers", metavar="word.answers", help="classroom.argument.answers")
@variant_options
@ask_option
@flag("--key", help="check.option.key")
@option(
    "--format",
    "kind",
    kind=OneOf("text", "json", "junit", "html", "md", "gradescope"),
    default="text",
    help="classroom.check.option.format",
)
@option("-o", "--output", metavar="word.file", help="classroom.check.option.output")
@json_option
def command(
    exercise: str,
    answers: str,
    draw: int | None,
    variants: str | None,
    student: str | None,
    ask: tuple[str, ...],
    key: bool,
    kind: str,
    output: str | None,
    as_json: bool,
) -> int:
    """Mark one file."""
    family = read_family(exercise, ask)
    data = _data(answers)
    sheet = answer_text(data, answers)
    frozen = frozen_of(family, variants)
    who = student or (heading_student(data) if frozen is not None else None)
    variant = _variant(family, draw, frozen, who, sheet)
    marked = mark_sheet(variant, sheet, student=who or "")
    report = _WRITERS["json" if as_json else kind](marked, key)
    if output is None:
        write(report.rstrip("\n"))
    else:
        write_output(output, report)
        write(output)
    return marked.report.exit_status


def _data(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    from graphgrad.source.text import read_text

    if path.lower().endswith((".txt", ".md")):
        return read_text(path).encode("utf-8")
    try:
        with open(path, "rb") as stream:
            return stream.read(2**20)
    except OSError as error:
        message = "file.missing" if isinstance(error, FileNotFoundError) else "file.denied"
        raise FileError(message, path=path) from None


def _variant(
    family: Family, draw: int | None, frozen: Frozen | None, who: str | None, sheet: str
) -> Variant:
    """Return the variant of the options, else the one that the sheet's heading names."""
    declared = declared_draw(sheet)
    if draw is None and frozen is None and declared and declared <= LARGEST_DRAW:
        draw = declared
    return chosen_variant(family, draw, frozen, who)


def _json(marked: Marked, key: bool) -> str:
    found = marked.to_json(key=key, language=language())
    return json.dumps(found, ensure_ascii=False, indent=1)


_WRITERS: dict[str, Callable[[Marked, bool], str]] = {
    "text": lambda marked, key: plain_report(marked, key=key),
    "json": _json,
    "junit": lambda marked, key: junit_xml([marked]),
    "html": lambda marked, key: html_report(marked, key=key),
    "md": lambda marked, key: markdown_report(marked, key=key),
    "gradescope": lambda marked, key: gradescope_json(marked),
}
