"""Export an exercise to a learning platform."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphgrad.cli.command import command_of, option
from graphgrad.cli.exercise_commands.ex_options import (
    Chosen,
    ask_option,
    exercise_argument,
    gathered,
    variant_options,
)
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.cli.options import force_option
from graphgrad.cli.output import write
from graphgrad.errors import UsageError
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.platforms.moodle import OWN_QUIZ, moodle_xml
from graphgrad.exercises.platforms.nbgrader import nbgrader_notebook
from graphgrad.exercises.platforms.stack_question import stack_xml
from graphgrad.files.writing import write_output

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex export samples/exercises/sigmoid_neuron.md --draws 20 -o questions.xml
graphgrad ex export samples/exercises/sigmoid_neuron.md --draws 20 --format stack -o stack.xml
graphgrad ex export samples/exercises/sigmoid_neuron.md --format nbgrader -o neuron.ipynb\
"""

WRITERS: dict[str, tuple[Callable[[Sequence[Variant]], str], bytes]] = {
    "cloze": (moodle_xml, f"<!--{OWN_QUIZ}-->".encode()),
    "stack": (stack_xml, f"<!--{OWN_QUIZ}-->".encode()),
    "nbgrader": (lambda variants: nbgrader_notebook(variants[0]), b'"import graphgrad as gg'),
}
"""What writes for a platform, and the mark by which a file of ours is known; a new platform is one
entry here."""


@command_of("ex.export", example=EXAMPLE)
@exercise_argument
@variant_options
@option("--draws", kind=Whole(1, 2_000), metavar="word.whole", help="classroom.export.option.draws")
@ask_option
@option(
    "--format", "kind", kind=OneOf(*WRITERS), default="cloze", help="classroom.export.option.format"
)
@option("-o", "--output", metavar="word.file", help="classroom.check.option.output")
@force_option
@gathered
def command(
    chosen: Chosen,
    draws: int | None,
    kind: str,
    output: str | None,
    force: bool,
) -> None:
    """Write variants for a platform."""
    family = chosen.family
    if draws is not None and (chosen.draw is not None or chosen.variants is not None):
        raise UsageError("classroom.usage.roster")
    if draws is not None and kind == "nbgrader":
        raise UsageError("classroom.export.one")
    if draws is not None and family.exercise.is_drawn:
        variants = [family.variant(number) for number in range(1, draws + 1)]
    else:
        variants = [chosen.variant()]
    writer, own = WRITERS[kind]
    written = writer(variants)
    if output is None:
        write(written, end="")
    else:
        write_output(output, written, own=own, force=force)
        write(output)
