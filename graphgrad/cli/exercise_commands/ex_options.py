"""Share what the commands on exercises have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphgrad.cli.command import argument, option
from graphgrad.cli.option_types import Whole
from graphgrad.errors import UsageError
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.exercises.files.frozen import Frozen, read_frozen
from graphgrad.exercises.files.read_exercise import exercise_of_gg, load_exercise
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.files.reading import read_bytes, read_standard_input, told_missing
from graphgrad.source.text import read_handed

if TYPE_CHECKING:
    from graphgrad.exercises.grading.graded_sheet import Marked

__all__ = [
    "Chosen",
    "answer_data",
    "ask_option",
    "exercise_argument",
    "frozen_of",
    "gathered",
    "read_family",
    "variant_options",
]

LARGEST = 2**20

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


@dataclass(frozen=True)
class Chosen:
    """What EXERCISE and the options of a command choose; read when it is first asked for.

    Attributes:
        exercise: the path of the exercise.
        draw: the number of ``--draw``.
        variants: the path of ``--variants``.
        student: whose variant it is.
        ask: the steps of ``--ask``.
    """

    exercise: str
    draw: int | None = None
    variants: str | None = None
    student: str | None = None
    ask: tuple[str, ...] = ()

    @cached_property
    def family(self) -> Family:
        """The exercise with all its variants."""
        return read_family(self.exercise, self.ask)

    @cached_property
    def frozen(self) -> Frozen | None:
        """The variants of ``--variants``."""
        return frozen_of(self.family, self.variants)

    def variant(self) -> Variant:
        """Return the one variant; draw 1 where the options choose none.

        Raises:
            UsageError: if the options contradict each other.
        """
        return self._variant_of(self.draw, self.student)

    def _variant_of(self, draw: int | None, student: str | None) -> Variant:
        if self.frozen is None:
            return self.family.variant(1 if draw is None else draw)
        if student is None or draw is not None:
            raise UsageError("classroom.usage.variants")
        return self.frozen.variant(self.family, student)

    def marked(self, path: str, data: bytes | None = None) -> Marked:
        """Return the marks of a file against the variant chosen, or the one it names itself.

        Args:
            path: the file of answers; ``-`` for standard input.
            data: what the file holds, where it is read already.
        """
        from graphgrad.exercises.classroom.answer_file import Register, answer_text, heading_student
        from graphgrad.exercises.grading.graded_sheet import declared_draw, mark_sheet

        frozen = self.frozen
        data = answer_data(path) if data is None else data
        sheet = answer_text(data, path)
        who = self.student
        if frozen is not None and who is None:
            head = heading_student(data)
            found = Register(frozen.students).named(head)
            who = head if found is None else found.id
        draw, declared = self.draw, declared_draw(sheet)
        if draw is None and frozen is None and declared and declared <= LARGEST_DRAW:
            draw = declared
        return mark_sheet(self._variant_of(draw, who), sheet, student=who or "")


def gathered(function: Function) -> Function:
    """Hand a command what EXERCISE, ``--ask`` and the options of variants choose, as one value."""

    @wraps(function)
    def command(
        exercise: str,
        draw: int | None,
        variants: str | None,
        student: str | None,
        ask: tuple[str, ...],
        **others: Any,
    ) -> Any:
        return function(Chosen(exercise, draw, variants, student, ask), **others)

    return command


def answer_data(path: str) -> bytes:
    """Return what a file of answers, or standard input, holds."""
    if path == "-":
        return read_standard_input(LARGEST)
    with told_missing("file.missing_answers"):
        if path.lower().endswith((".txt", ".md")):
            return read_handed(path).encode("utf-8")
        return read_bytes(path, LARGEST)
