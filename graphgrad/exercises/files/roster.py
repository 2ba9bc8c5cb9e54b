"""Read a list of students."""

from __future__ import annotations

import os
from typing import NamedTuple

from graphgrad.errors import Place, SourceError
from graphgrad.files.csv_rows import csv_rows
from graphgrad.source.text import read_handed

__all__ = ["Student", "plain_name", "read_roster"]

MOST_STUDENTS = 20_000
_LONGEST = 120
_IDS = (
    "id",
    "identificador",
    "identifier",
    "id number",
    "número de id",
    "numero de id",
    "dni",
    "niu",
    "username",
    "usuario",
    "student",
    "alumno",
    "alumna",
)
_NAMES = ("nombre completo", "full name", "name", "nombre", "first name", "firstname")
_SURNAMES = ("apellidos", "apellido(s)", "apellido", "surname", "last name", "lastname")


class _Columns(NamedTuple):
    """Where a list has its ids and names; a name may be in two columns."""

    id: int = 0
    names: tuple[int, ...] = (1,)


class Student(NamedTuple):
    """A student: the id that draws the variant, and a name."""

    id: str
    name: str = ""


def read_roster(path: str | os.PathLike[str]) -> list[Student]:
    """Return the students of a file: one per line, ``id`` or ``id;name`` (also with , or tab).

    A first line with the columns' names, as Moodle exports it, says where ids, names and surnames
    are; other columns are left out.

    Raises:
        FileError: if it cannot be read.
        SourceError: if an id comes twice, or there is none.
    """
    lines = [line.split("#")[0] for line in read_handed(path).split("\n")]
    found: dict[str, Student] = {}
    lines_of: dict[str, int] = {}
    columns = None
    for number, line in enumerate(lines, 1):
        cells = _cells(line, number, str(path))
        if columns is None and cells:
            columns = _columns(cells)
            if columns is not None:
                continue
            columns = _Columns()
        if not cells or columns is None:
            continue
        place = Place(number, 1, line.rstrip(), str(path), length=len(line.rstrip()) or 1)
        own = cells[columns.id] if columns.id < len(cells) else ""
        if not own:
            continue
        if own in found:
            first = {"line": lines_of[own], "name": found[own].name or own}
            raise SourceError("classroom.roster.twice", got=own, place=place, **first)
        if len(found) >= MOST_STUDENTS:
            raise SourceError("classroom.roster.long", limit=MOST_STUDENTS, place=place)
        lines_of[own] = number
        parts = [cells[column] for column in columns.names if column < len(cells)]
        found[own] = Student(own, " ".join(filter(None, parts)))
    if not found:
        raise SourceError("classroom.roster.empty", path=str(path))
    return list(found.values())


def _columns(cells: list[str]) -> _Columns | None:
    """Return what a line of column names says; None if it is no such line."""
    heads = [cell.casefold() for cell in cells]
    ids, names, surnames = (
        [heads.index(word) for word in words if word in heads]
        for words in (_IDS, _NAMES, _SURNAMES)
    )
    if not ids and heads[0] not in (*_NAMES, *_SURNAMES):
        return None
    own = ids[0] if ids else 0
    named = tuple(c for c in (*names[:1], *surnames[:1]) if c != own)
    return _Columns(own, named)


def _cells(line: str, number: int, path: str) -> list[str]:
    separator = next((mark for mark in "\t;," if mark in line), ";")
    rows = csv_rows(line, separator, path, number)
    cells = [plain_name(cell) for cell in rows[0]] if rows else []
    return cells if any(cells) else []


def plain_name(text: str) -> str:
    r"""Return a name on one line, without control characters.

    >>> plain_name(" Ana \t Ruiz ")
    'Ana Ruiz'
    """
    shown = "".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST])
    return " ".join(shown.split())[:_LONGEST]
