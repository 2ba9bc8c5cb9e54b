"""Read the answers of one student, find their variant, and mark them."""

from __future__ import annotations

import sys

from graphgrad.cli.exercise_commands.ex_options import chosen_variant
from graphgrad.errors import FileError
from graphgrad.exercises.classroom.answer_text import answer_text
from graphgrad.exercises.classroom.students import Register, heading_student
from graphgrad.exercises.files.draws import LARGEST_DRAW
from graphgrad.exercises.files.frozen import Frozen
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.grading.graded_sheet import Marked, declared_draw, mark_sheet
from graphgrad.source.text import read_text

__all__ = ["answer_data", "marked_answers"]

LARGEST = 2**20


def marked_answers(
    family: Family,
    path: str,
    draw: int | None,
    frozen: Frozen | None,
    student: str | None,
    data: bytes | None = None,
) -> Marked:
    """Return the marks of a file against the variant of the options, or the one it names itself.

    Args:
        family: the exercise.
        path: the file of answers; ``-`` for standard input.
        draw: the number of ``--draw``.
        frozen: the variants of ``--variants``.
        student: whose sheet it is; otherwise who its heading names.
        data: what the file holds, where it is read already.
    """
    if data is None:
        data = answer_data(path)
    sheet = answer_text(data, path)
    who = student
    if frozen is not None and who is None:
        head = heading_student(data)
        found = Register(frozen.students).named(head)
        who = head if found is None else found.id
    declared = declared_draw(sheet)
    if draw is None and frozen is None and declared and declared <= LARGEST_DRAW:
        draw = declared
    variant = chosen_variant(family, draw, frozen, who)
    return mark_sheet(variant, sheet, student=who or "")


def answer_data(path: str) -> bytes:
    """Return what a file of answers, or standard input, holds."""
    if path == "-":
        return sys.stdin.buffer.read()
    if path.lower().endswith((".txt", ".md")):
        return read_text(path).encode("utf-8")
    try:
        with open(path, "rb") as stream:
            return stream.read(LARGEST)
    except OSError as error:
        message = "file.missing" if isinstance(error, FileNotFoundError) else "file.denied"
        raise FileError(message, path=path) from None
