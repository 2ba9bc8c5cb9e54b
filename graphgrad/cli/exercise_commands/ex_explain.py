"""Work an exercise out, step by step; with a student's answers, where they first go wrong."""

from __future__ import annotations

import json
from pathlib import Path

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.exercise_commands.ex_options import (
    Chosen,
    ask_option,
    exercise_argument,
    gathered,
    variant_options,
)
from graphgrad.cli.exercise_commands.ex_sheet import written_files
from graphgrad.cli.options import entries_option, force_option, json_option
from graphgrad.cli.output import write
from graphgrad.errors import UsageError
from graphgrad.exercises.files.variants import EntryVariant
from graphgrad.exercises.reports.solution import Solution
from graphgrad.exercises.sheets.sheet_writers import check_ending, has_figure

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex explain samples/exercises/sigmoid_neuron.md --draw 17 --step dL/dw
graphgrad ex explain samples/exercises/sigmoid_neuron.md answers.txt
graphgrad ex explain samples/matrix_gradient.gg --step dL/dW --entries scalar
graphgrad ex explain EXERCISE --draw 17 -o solution.html\
"""


@command_of("ex.explain", example=EXAMPLE)
@exercise_argument
@argument(
    "answers", metavar="word.answers", help="classroom.explain.argument.answers", required=False
)
@option("--step", multiple=True, metavar="word.name", help="classroom.explain.option.step")
@variant_options
@ask_option
@option("-o", "--output", metavar="word.file", help="classroom.explain.option.output")
@flag("--no-figure", help="classroom.sheet.option.no_figure")
@entries_option
@force_option
@json_option
@gathered
def command(
    chosen: Chosen,
    answers: str | None,
    step: tuple[str, ...],
    output: str | None,
    force: bool,
    no_figure: bool,
    zoom: str,
    as_json: bool,
) -> None:
    """Show worked steps."""
    if zoom == "scalar":
        if answers is not None:
            raise UsageError("classroom.explain.entries")
        variant = EntryVariant.of(chosen.variant())
        solution = Solution(variant, steps=_with_entries(variant.exercise.asked, step))
    elif answers is None:
        solution = Solution(chosen.variant(), steps=step)
    else:
        marked = chosen.marked(answers)
        solution = Solution(marked.variant, steps=step, marked=marked)
    if output is not None:
        figure = not no_figure and has_figure(check_ending(output))
        document = solution.document(student=chosen.student or "", figure=figure)
        written_files(document, Path(output), force=force)
    elif as_json:
        write(json.dumps(solution.to_json(), ensure_ascii=False, indent=1))
    else:
        write("\n".join(solution.lines()))


def _with_entries(asked: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    """Return the steps chosen; the name of an array stands for all its entries."""
    found = []
    for name in names:
        inside = [step for step in asked if step.startswith(f"{name}[")]
        found += [name] if name in asked or not inside else inside
    return found
