"""Write the key of an exercise: what every step comes to."""

from __future__ import annotations

from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.ex_options import (
    ask_option,
    chosen_variant,
    exercise_argument,
    frozen_of,
    read_family,
    variant_options,
)
from graphgrad.cli.ex_sheet import written

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex key samples/exercises/sigmoid_neuron.md --draw 17
graphgrad ex key EXERCISE --variants sheets/variants.json --student A12 -o key.html\
"""


@command_of("ex.key", example=EXAMPLE)
@exercise_argument
@variant_options
@ask_option
@option("-o", "--output", metavar="word.file", help="classroom.key.option.output")
@flag("--no-figure", help="classroom.sheet.option.no_figure")
def command(
    exercise: str,
    draw: int | None,
    variants: str | None,
    student: str | None,
    ask: tuple[str, ...],
    output: str | None,
    no_figure: bool,
) -> None:
    """Write a key."""
    family = read_family(exercise, ask)
    variant = chosen_variant(family, draw, frozen_of(family, variants), student)
    written(variant, output, key=True, figure=not no_figure, student=student or "")
