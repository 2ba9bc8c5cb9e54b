"""Write the key of an exercise: what every step comes to."""

from __future__ import annotations

from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.exercise_commands.ex_options import (
    Chosen,
    ask_option,
    exercise_argument,
    gathered,
    variant_options,
)
from graphgrad.cli.exercise_commands.ex_sheet import SheetOptions, folder_of, for_class, written
from graphgrad.cli.option_types import OneOf
from graphgrad.cli.options import force_option
from graphgrad.exercises.sheets.sheet_writers import WRITERS

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex key samples/exercises/sigmoid_neuron.md --draw 17
graphgrad ex key EXERCISE --variants sheets/variants.json --student A12 -o key.html
graphgrad ex key EXERCISE --variants sheets/variants.json -o keys\
"""


@command_of("ex.key", example=EXAMPLE)
@exercise_argument
@variant_options
@ask_option
@option("-o", "--output", metavar="word.file", help="classroom.key.option.output")
@option(
    "--format", "ending", kind=OneOf(*WRITERS), default="html", help="classroom.sheet.option.format"
)
@flag("--no-figure", help="classroom.sheet.option.no_figure")
@force_option
@gathered
def command(
    chosen: Chosen,
    output: str | None,
    force: bool,
    ending: str,
    no_figure: bool,
) -> None:
    """Write a key."""
    frozen = chosen.frozen
    how = SheetOptions(ending, key=True, figure=not no_figure, force=force)
    everyone = chosen.student is None and chosen.draw is None
    if frozen is not None and everyone and output is not None:
        for_class(chosen.family, frozen, folder_of(output), how)
    else:
        written(chosen, output, how)
