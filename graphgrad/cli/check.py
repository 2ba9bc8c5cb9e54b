"""Mark an answer sheet."""

from __future__ import annotations

import json
import sys

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.kinds import OneOf, Whole
from graphgrad.cli.options import json_option, point_options
from graphgrad.cli.output import write
from graphgrad.cli.reading import check_names, read_graph, read_point
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
