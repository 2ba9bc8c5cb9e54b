"""Share what the commands on exercises have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphgrad.cli.command import argument, option
from graphgrad.cli.kinds import Whole
from graphgrad.errors import UsageError
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.exercises.files.frozen import Frozen, read_frozen
from graphgrad.exercises.files.read_exercise import exercise_of_gg, load_exercise
from graphgrad.exercises.files.variants import Family, Variant

__all__ = [
    "ask_option",
    "chosen_variant",
    "exercise_argument",
    "frozen_of",
    "read_family",
    "variant_options",
]

Function = Callable[..., Any]


def exercise_argument(function: Function) -> Function:
    """Add EXERCISE as ``exercise``."""
    return argument("exercise", metavar="word.exercise", help="classroom.argument.exercise")(
        function
    )


def ask_option(function: Function) -> Function:
    """Add ``--ask NAME``, repeatable, as ``ask``."""
    help_id = "classroom.option.ask"
    return option("--ask", multiple=True, metavar="word.name", help=help_id)(function)


def variant_options(function: Function) -> Function:
    """Add ``--draw N``, ``--variants FILE`` and ``--student ID``."""
    function = option("--student", metavar="word.name", help="classroom.option.student")(function)
    function = option("--variants", metavar="word.file", help="classroom.option.variants")(function)
    return option(
        "--draw", kind=Whole(1, LARGEST_DRAW), metavar="word.whole", help="classroom.option.draw"
    )(function)


def read_family(path: str, ask: tuple[str, ...] = ()) -> Family:
    """Read an exercise with all its variants.

    Raises:
        UsageError: if steps are chosen of an exercise file, which says itself what it asks.
    """
    exercise: Exercise
    if ask and Path(path).suffix.lower() == ".gg":
        exercise = exercise_of_gg(path, ask)
    elif ask:
        raise UsageError("classroom.usage.ask", path=path)
    else:
        exercise = load_exercise(path)
    return Family(exercise)


def frozen_of(family: Family, path: str | None) -> Frozen | None:
    """Read the file of ``--variants``, if it is given."""
    return None if path is None else read_frozen(path, family.exercise)


def chosen_variant(
    family: Family, draw: int | None, frozen: Frozen | None, student: str | None
) -> Variant:
    """Return the variant that the options choose; draw 1 where they choose none.

    Raises:
        UsageError: if the options contradict each other.
    """
    if frozen is not None:
        if student is None or draw is not None:
            raise UsageError("classroom.usage.variants")
        return frozen.variant(family, student)
    return family.variant(1 if draw is None else draw)
