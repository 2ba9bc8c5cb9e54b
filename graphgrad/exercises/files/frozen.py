"""Freeze the variants of a class in a file, so that no later release can reshuffle them."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphgrad.errors import GraphgradError, SourceError, UsageError
from graphgrad.exercises.files.draws import personal_draw
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.exercises.files.instance import spelled
from graphgrad.exercises.files.roster import Student
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.expr.dialect import STRICT
from graphgrad.files.checked import Checked, DataError, checked_json
from graphgrad.source.leaves import literal
from graphgrad.source.text import read_text

__all__ = ["FORMAT", "Frozen", "freeze", "numbers_of", "read_frozen", "read_secret"]

FORMAT = "graphgrad-variants/1"
_SHORTEST_SECRET = 16
_MOST_DRAWS = 200
Numbers = tuple[str, ...]
"""The values of a variant, spelled."""


@dataclass(frozen=True)
class Frozen:
    """The variants of a class.

    Attributes:
        exercise: the exercise's id.
        print: the SHA-256 of the exercise file they were drawn from.
        students: who they belong to.
        draws: per student's id, the draw.
        values: per student's id, the values of the variables.
    """

    exercise: str
    print: str
    students: tuple[Student, ...]
    draws: Mapping[str, int]
    values: Mapping[str, Mapping[str, Any]]

    def variant(self, family: Family, student: str) -> Variant:
        """Return a student's variant.

        Raises:
            UsageError: if the student is not in the file.
        """
        if student not in self.values:
            raise UsageError("classroom.frozen.no_student", got=student, known=len(self.students))
        return family.given(self.draws[student], self.values[student])

    def sharing(self) -> int:
        """Return how many students have the variant of another one."""
        counts = Counter(numbers_of(values) for values in self.values.values())
        return sum(count for count in counts.values() if count > 1)

    def text(self) -> str:
        """Return the file, as JSON."""
        students = [
            {
                "id": student.id,
                "name": student.name,
                "draw": self.draws[student.id],
                "values": {k: spelled(v) for k, v in self.values[student.id].items()},
            }
            for student in self.students
        ]
        found = {"format": FORMAT, "exercise": self.exercise, "sha256": self.print}
        return json.dumps({**found, "students": students}, ensure_ascii=False, indent=1) + "\n"


def freeze(family: Family, students: Iterable[Student], secret: bytes) -> Frozen:
    """Return the variants of a class, each drawn by an HMAC of the student's id.

    No two students have the same one while further draws give others; the earlier in the list
    keeps it, so that students added at the end change nobody's.

    Raises:
        SourceError: if the exercise has no fit variant for a student.
    """
    exercise = family.exercise
    students = tuple(students)
    draws: dict[str, int] = {}
    values: dict[str, Mapping[str, Any]] = {}
    taken: set[Numbers] = set()
    tries = _MOST_DRAWS if exercise.is_drawn else 1
    for student in students:
        for again in range(tries):
            variant = family.variant(personal_draw(exercise.id, student.id, secret, again))
            if again == 0 or numbers_of(variant.values) not in taken:
                draws[student.id], values[student.id] = variant.draw, dict(variant.values)
            if numbers_of(variant.values) not in taken:
                break
        else:
            tries = 1  # there are hardly any others: the rest of a large class does not wait
        taken.add(numbers_of(values[student.id]))
    return Frozen(exercise.id, fingerprint(exercise), students, draws, values)


def numbers_of(values: Mapping[str, Any]) -> Numbers:
    """Return what two variants share that are the same."""
    return tuple(spelled(value) for value in values.values())


def fingerprint(exercise: Exercise) -> str:
    """Return the SHA-256 of an exercise file's text."""
    return hashlib.sha256("\n".join(exercise.lines).encode()).hexdigest()


def read_secret(path: str | os.PathLike[str]) -> bytes:
    """Return the secret of a course: the content of a file, without blanks around it.

    Raises:
        FileError: if it cannot be read; UsageError if it is too short to be one.
    """
    secret = read_text(path).strip().encode()
    if len(secret) < _SHORTEST_SECRET:
        raise UsageError("classroom.secret.short", path=str(path), limit=_SHORTEST_SECRET)
    return secret


def read_frozen(path: str | os.PathLike[str], exercise: Exercise) -> Frozen:
    """Read a file of variants.

    Raises:
        FileError: if it cannot be read.
        SourceError: if it is no such file, or belongs to another exercise.
    """
    text = read_text(path)
    try:
        table = checked_json(text)
        table["format"].one_of([FORMAT])
        name = table["exercise"].text()
        frozen = _frozen(table, name)
    except DataError as error:
        raise SourceError(
            "classroom.frozen.format", path=str(path), expected=FORMAT, why=error.why
        ) from None
    if name != exercise.id:
        raise SourceError("classroom.frozen.other", path=str(path), got=name, expected=exercise.id)
    names = {variable.name for variable in exercise.variables}
    for student, found in frozen.values.items():
        if set(found) != names:
            raise SourceError("classroom.frozen.names", path=str(path), student=student)
    return frozen


def _frozen(table: Checked, name: str) -> Frozen:
    rows = table["students"].items()
    students = tuple(_student(row) for row in rows)
    draws = {row["id"].text(): row["draw"].whole(0) for row in rows}
    values = {row["id"].text(): _values(row["values"]) for row in rows}
    written = table.get("sha256")
    print_ = "" if written is None else written.text()
    return Frozen(name, print_, students, draws, values)


def _student(row: Checked) -> Student:
    name = row.get("name")
    return Student(row["id"].text(), "" if name is None else name.text())


def _values(row: Checked) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.pairs().items()}


def _value(data: Checked) -> Any:
    try:
        found = literal(data.text(), STRICT)
    except GraphgradError:
        found = None
    if found is None:
        data.refuse("value")
    return found
