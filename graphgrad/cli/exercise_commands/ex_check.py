"""Mark one answer file against a variant."""

from __future__ import annotations

import json
from collections.abc import Callable

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.exercise_commands.ex_options import (
    Chosen,
    ask_option,
    exercise_argument,
    gathered,
    variant_options,
)
from graphgrad.cli.option_types import OneOf
from graphgrad.cli.options import force_option, json_option
from graphgrad.cli.output import write
from graphgrad.exercises.grading.graded_sheet import Marked
from graphgrad.exercises.reports.html_report import html_report
from graphgrad.exercises.reports.report_formats import (
    gradescope_json,
    junit_xml,
    markdown_report,
    plain_report,
)
from graphgrad.files.writing import write_output
from graphgrad.messages.catalogue import language

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
@force_option
@json_option
@gathered
def command(
    chosen: Chosen,
    answers: str,
    key: bool,
    kind: str,
    output: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Mark one file."""
    marked = chosen.marked(answers)
    report = _WRITERS["json" if as_json else kind](marked, key)
    if output is None:
        write(report.rstrip("\n"))
    else:
        write_output(output, report, force=force)
        write(output)
    return marked.report.exit_status


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
