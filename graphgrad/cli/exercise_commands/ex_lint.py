"""Check an exercise file: that it can be read, and that its variants are fit."""

from __future__ import annotations

from functools import partial

from graphgrad.cli.command import argument, command_of, option
from graphgrad.cli.exercise_commands.ex_options import read_family
from graphgrad.cli.option_types import Whole
from graphgrad.cli.output import complain, write
from graphgrad.cli.refusals import status_of
from graphgrad.exercises.files.lint import distinct_variants, findings
from graphgrad.messages.catalogue import text

__all__ = ["command"]


@command_of("ex.lint", example="graphgrad ex lint samples/exercises/sigmoid_neuron.md")
@argument("files", metavar="word.exercise", help="classroom.argument.exercises", many=True)
@option(
    "--draws",
    kind=Whole(1, 10_000),
    metavar="word.whole",
    help="classroom.lint.option.draws",
    default=20,
)
def command(files: tuple[str, ...], draws: int) -> int:
    """Read exercise files and try their variants."""
    worst = 0
    for file in files:
        worst = max(worst, status_of(partial(_checked, file, draws)))
    return worst


def _checked(file: str, draws: int) -> int:
    family = read_family(file)
    found = findings(family, draws)
    exercise = family.exercise
    write(
        text(
            "classroom.lint.fine",
            path=file,
            steps=len(exercise.steps),
            points=f"{float(exercise.total):g}",
            draws=draws if exercise.is_drawn else 1,
            different=distinct_variants(family, draws),
        )
    )
    for finding in found:
        complain(f"{file}: {text(finding.message_id, **finding.fields)}")
    return 1 if found else 0
