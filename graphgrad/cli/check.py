"""Mark an answer sheet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.kinds import OneOf, Whole
from graphgrad.cli.options import json_option, point_options
from graphgrad.cli.output import write
from graphgrad.cli.reading import check_names, read_graph, read_point
from graphgrad.errors import UsageError
from graphgrad.exercises import check
from graphgrad.exercises.report_text import report_text
from graphgrad.expr.decimals import Decimal
from graphgrad.messages import language
from graphgrad.source.text import decode, read_text

__all__ = ["command"]

EXAMPLE = """\
graphgrad check samples/linear_regression.gg answers.txt
graphgrad check samples/linear_regression.gg answers.txt --ask dL/dw --key --json\
"""


@command_of("check", example=EXAMPLE)
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
@point_options
@json_option
def command(
    exercise: str,
    answers: str,
    decimal: Decimal,
    ask: tuple[str, ...],
    digits: int,
    key: bool,
    settings: tuple[str, ...],
    row: int | None,
    as_json: bool,
) -> int:
    """Mark the answers of one student."""
    if Path(exercise).suffix.lower() in (".md", ".markdown"):
        if settings or row is not None or ask:
            raise UsageError("check.exercise_file", path=exercise)
        return _exercise_file(exercise, answers, key, as_json)
    point = read_point(settings)
    graph = read_graph(exercise, row=row)
    check_names(graph, point)
    sheet = decode(sys.stdin.buffer.read(), "-") if answers == "-" else read_text(answers)
    report = check(graph, sheet, decimal=decimal, asked=ask, digits=digits, point=point)
    if as_json:
        found = report.to_json(key=key, language=language())
        write(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        write("\n".join(report_text(report, key=key)))
    return report.exit_status


def _exercise_file(exercise: str, answers: str, key: bool, as_json: bool) -> int:
    """Mark answers to an exercise file, which says itself what it asks and how it is marked."""
    from graphgrad.cli.ex_answers import marked_answers
    from graphgrad.cli.ex_options import read_family
    from graphgrad.exercises.export.plain_report import plain_report

    marked = marked_answers(read_family(exercise), answers, None, None, None)
    if as_json:
        found = marked.to_json(key=key, language=language())
        write(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        write(plain_report(marked, key=key).rstrip("\n"))
    return marked.report.exit_status
