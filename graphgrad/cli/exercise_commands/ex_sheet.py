"""Write exercise sheets: one variant, several, or one per student."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.exercise_commands.ex_options import (
    Chosen,
    ask_option,
    exercise_argument,
    gathered,
    variant_options,
)
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.cli.options import force_option
from graphgrad.cli.output import complain, write
from graphgrad.errors import UsageError
from graphgrad.exercises.files.frozen import Frozen, freeze, read_secret
from graphgrad.exercises.files.roster import Student, read_roster
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.sheets.markdown_sheet import markdown_sheet
from graphgrad.exercises.sheets.sheet import Document, document_of
from graphgrad.exercises.sheets.sheet_writers import WRITERS, check_ending, has_figure, sheet_files
from graphgrad.files.writing import check_same, make_folder, write_output
from graphgrad.messages.catalogue import text

__all__ = ["command", "folder_of", "for_class", "written", "written_files"]
__all__ += ["SheetOptions"]

EXAMPLE = """\
graphgrad ex sheet samples/exercises/sigmoid_neuron.md --draw 17 -o sheet.html
graphgrad ex sheet samples/exercises/sigmoid_neuron.md --draws 30 -o sheets --format tex
graphgrad ex sheet EXERCISE --roster class.csv --secret secret.txt -o sheets\
"""
VARIANTS_FILE = "variants.json"


@command_of("ex.sheet", example=EXAMPLE)
@exercise_argument
@variant_options
@option("--draws", kind=Whole(1, 10_000), metavar="word.whole", help="classroom.sheet.option.draws")
@option("--roster", metavar="word.file", help="classroom.sheet.option.roster")
@option("--secret", metavar="word.file", help="classroom.sheet.option.secret")
@ask_option
@option("-o", "--output", metavar="word.file", help="classroom.sheet.option.output")
@option(
    "--format", "ending", kind=OneOf(*WRITERS), default="html", help="classroom.sheet.option.format"
)
@flag("--no-figure", help="classroom.sheet.option.no_figure")
@force_option
@gathered
def command(
    chosen: Chosen,
    draws: int | None,
    roster: str | None,
    secret: str | None,
    output: str | None,
    ending: str,
    no_figure: bool,
    force: bool,
) -> None:
    """Write sheets."""
    family = chosen.family
    how = SheetOptions(ending, figure=not no_figure, force=force)
    if roster is not None or secret is not None:
        if roster is None or secret is None or chosen.draw or draws or chosen.variants:
            raise UsageError("classroom.usage.roster")
        folder = folder_of(output)
        frozen = _freeze(family, roster, secret, folder, force=force)
        for_class(family, frozen, folder, how)
    elif draws is not None:
        if chosen.draw or chosen.variants:
            raise UsageError("classroom.usage.roster")
        folder = folder_of(output)
        for number in range(1, draws + 1):
            path = folder / f"{number:04d}.{ending}"
            _one(family.variant(number), path, how)
    else:
        written(chosen, output, how)


class SheetOptions(NamedTuple):
    """How sheets are written.

    Attributes:
        ending: their format.
        key: whether they are keys.
        figure: whether the graph is on them, where the format can hold it.
        force: whether files that are there may be replaced.
    """

    ending: str
    key: bool = False
    figure: bool = True
    force: bool = False


def written(chosen: Chosen, output: str | None, how: SheetOptions) -> None:
    """Write one sheet or key to a file, or to standard output: as Markdown, or as ``txt``."""
    variant, student = chosen.variant(), chosen.student or ""
    if output is None:
        document = document_of(variant, key=how.key, student=student, figure=False)
        write(document.template if how.ending == "txt" else markdown_sheet(document), end="")
        return
    with_figure = how.figure and has_figure(check_ending(output))
    document = document_of(variant, key=how.key, student=student, figure=with_figure)
    written_files(document, Path(output), force=how.force)


def written_files(document: Document, path: Path, *, force: bool) -> None:
    """Write the files of a sheet, or none of them, and say which."""
    files = sheet_files(document, path)
    for place, content in files.items():
        check_same(place, content, force=force)
    for place, content in files.items():
        write_output(place, content, force=force)
        write(str(place))


def _freeze(family: Family, roster: str, secret: str, folder: Path, *, force: bool) -> Frozen:
    """Draw the variants of a class and write the file in which they are frozen."""
    frozen = freeze(family, read_roster(roster), read_secret(secret))
    target = folder / VARIANTS_FILE
    write_output(target, frozen.text(), force=force)
    write(str(target))
    sharing = frozen.sharing() if family.exercise.is_drawn else 0
    if sharing:
        found = {"sharing": sharing, "students": len(frozen.students)}
        complain(text("classroom.sheet.sharing", **found))
    return frozen


def for_class(family: Family, frozen: Frozen, folder: Path, how: SheetOptions) -> None:
    """Write one sheet, or key, per student."""
    for student, path in _paths(frozen.students, folder, how.ending):
        variant = frozen.variant(family, student.id)
        who = f"{student.id} {student.name}".rstrip()
        _one(variant, path, how, who)


def _one(variant: Variant, path: Path, how: SheetOptions, student: str = "") -> None:
    wanted = how.figure and has_figure(path.suffix.removeprefix("."))
    document = document_of(variant, key=how.key, student=student, figure=wanted)
    written_files(document, path, force=how.force)


def _paths(
    students: Iterable[Student], folder: Path, ending: str
) -> Iterable[tuple[Student, Path]]:
    """Yield each student with a file name that no other student has."""
    taken: set[str] = set()
    for student in students:
        stem = re.sub(r"[^\w.-]+", "_", student.id).strip("._") or "student"
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        yield student, folder / f"{name}.{ending}"


def folder_of(output: str | None) -> Path:
    """Return the folder of ``-o``, made if it is not there.

    Raises:
        UsageError: if there is none; FileError if it cannot be made.
    """
    if output is None:
        raise UsageError("classroom.usage.folder")
    place = Path(output)
    ending = place.suffix.lower().removeprefix(".")
    if ending in WRITERS and not place.is_dir():
        raise UsageError("classroom.usage.file_for_folder", path=output, folder=place.stem)
    return make_folder(output)
