"""Type in answers from paper, student by student."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from graphgrad.cli.command import command_of, option
from graphgrad.cli.exercise_commands.ex_options import (
    ask_option,
    exercise_argument,
    frozen_of,
    read_family,
)
from graphgrad.cli.exercise_commands.ex_sheet import folder_of
from graphgrad.cli.option_types import Whole
from graphgrad.cli.output import finish, write
from graphgrad.errors import UsageError
from graphgrad.exercises.classroom.enter_paper import Clerk, Paper, paper_of
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.frozen import Frozen
from graphgrad.exercises.files.roster import Student, plain_name, read_roster
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.messages.catalogue import text

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex enter samples/exercises/sigmoid_neuron.md --student A12 --draw 17 -o answers
graphgrad ex enter EXERCISE --roster class.csv --variants sheets/variants.json -o answers
graphgrad ex grade EXERCISE answers --variants sheets/variants.json -o marks\
"""

Ask = Callable[[str], str | None]


@command_of("ex.enter", example=EXAMPLE, seconds=None)
@exercise_argument
@option("--roster", metavar="word.file", help="classroom.enter.option.roster")
@option("--student", metavar="word.name", help="classroom.enter.option.student")
@option("--variants", metavar="word.file", help="classroom.grade.option.variants")
@option(
    "--draw", kind=Whole(1, LARGEST_DRAW), metavar="word.whole", help="classroom.enter.option.draw"
)
@ask_option
@option("-o", "--output", metavar="word.folder", help="classroom.enter.option.output")
def command(
    exercise: str,
    roster: str | None,
    student: str | None,
    variants: str | None,
    draw: int | None,
    ask: tuple[str, ...],
    output: str | None,
) -> None:
    """Ask for answers and write them down."""
    if variants is not None and draw is not None:
        raise UsageError("classroom.enter.draw")
    if output is None:
        raise UsageError("classroom.enter.folder")
    family = read_family(exercise, ask)
    frozen = frozen_of(family, variants)
    students = read_roster(roster) if roster is not None else []
    if student is not None:
        known = {s.id: s for s in students}
        students = [known.get(student, Student(plain_name(student)))]
    elif not students and frozen is not None:
        students = list(frozen.students)
    folder = folder_of(output)
    asker = asker_of()
    write(text("classroom.enter.help"))
    named = student is not None or not students
    for one in students or _asked_students(asker):
        variant = _variant(family, one, frozen, draw, asker)
        if variant is None or not _typed_in(paper_of(folder, one, variant), asker, named):
            return


def _asked_students(asker: Ask) -> Iterator[Student]:
    """Yield the students that are typed in, until an empty line."""
    while True:
        name = plain_name(asker(f"{text('classroom.sheet.student')}: ") or "")
        if not name or name in (":q", ":s", ":quit", ":salir"):
            return
        yield Student(name)


def _typed_in(paper: Paper, asker: Ask, named: bool) -> bool:
    """Type in one paper; return whether to go on with the next student.

    A paper that is complete is opened again only where its student was named.
    """
    clerk = Clerk(paper)
    if clerk.done and not named:
        write(text("classroom.enter.complete", student=paper.student.id))
        return True
    if clerk.done:
        clerk.position = 0
    paper.save()
    write(f"\n{paper.student.id}  {paper.student.name}".rstrip())
    while not clerk.done:
        line = asker(clerk.prompt)
        for shown in clerk.obey(":q" if line is None else line):
            write(shown)
    fields = {"count": len(paper.answers), "total": len(clerk.exercise.steps)}
    write(text("classroom.enter.saved", path=str(paper.path), **fields))
    return not clerk.stopped


def _variant(
    family: Family, student: Student, frozen: Frozen | None, draw: int | None, asker: Ask
) -> Variant | None:
    """Return the variant on a paper, asked for where no option says it; None to stop."""
    if frozen is not None:
        return frozen.variant(family, student.id)
    while draw is None and family.exercise.is_drawn:
        line = asker(f"{student.id}, {text('classroom.sheet.variant')}: ")
        if line is None or line.strip() in (":q", ":s", ":quit", ":salir"):
            return None
        if line.strip().isdecimal() and 1 <= int(line) <= LARGEST_DRAW:
            draw = int(line)
        else:
            write(text("classroom.enter.variant", got=line.strip()))
    return family.variant(draw or 1)


def asker_of() -> Ask:
    """Return what asks for a line: with editing on a terminal, with an echo where it is a pipe."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(ImportError):  # Windows edits lines by itself
            import readline  # noqa: F401 -- input() edits lines once it is there
        return _ask_person
    return _ask_pipe


def _ask_person(prompt: str) -> str | None:
    finish()
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        write("")
        return None


def _ask_pipe(prompt: str) -> str | None:
    line = sys.stdin.readline()
    write(f"{prompt}{line.rstrip()}")
    return line.rstrip("\r\n") if line else None
