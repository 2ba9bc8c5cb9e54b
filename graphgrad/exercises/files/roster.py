"""Read a list of students."""

from __future__ import annotations

import csv
import io
import os
from typing import NamedTuple

from graphgrad.errors import Place, SourceError
from graphgrad.source.text import read_text

__all__ = ["Student", "plain_name", "read_roster"]

MOST_STUDENTS = 20_000
_LONGEST = 120
_HEADERS = {"id", "student", "alumno", "alumna", "name", "nombre", "identificador", "identifier"}


class Student(NamedTuple):
    """A student: the id that draws the variant, and a name."""

    id: str
    name: str = ""


def read_roster(path: str | os.PathLike[str]) -> list[Student]:
    """Return the students of a file: one per line, ``id`` or ``id;name`` (also with , or tab).

    Raises:
        FileError: if it cannot be read.
        SourceError: if an id comes twice, or there is none.
    """
    lines = [line.split("#")[0] for line in read_text(path).split("\n")]
    found: dict[str, Student] = {}
    for number, line in enumerate(lines, 1):
        cells = _cells(line)
        if not cells or (not found and cells[0].lower() in _HEADERS):
            continue
        place = Place(number, 1, line.rstrip(), str(path), length=len(line.rstrip()) or 1)
        if cells[0] in found or len(found) >= MOST_STUDENTS:
            raise SourceError("classroom.roster.twice", got=cells[0], place=place)
        found[cells[0]] = Student(cells[0], cells[1] if len(cells) > 1 else "")
    if not found:
        raise SourceError("classroom.roster.empty", path=str(path))
    return list(found.values())


def _cells(line: str) -> list[str]:
    separator = next((mark for mark in "\t;," if mark in line), ";")
    rows = list(csv.reader(io.StringIO(line), delimiter=separator))
    cells = [plain_name(cell) for cell in rows[0]] if rows else []
    return cells if cells and cells[0] else []


def plain_name(text: str) -> str:
    r"""Return a name on one line, without control characters.

    >>> plain_name(" Ana \t Ruiz ")
    'Ana Ruiz'
    """
    shown = "".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST])
    return " ".join(shown.split())[:_LONGEST]
