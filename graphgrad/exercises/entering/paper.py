"""Hold what one student wrote on paper, and the file it is typed into."""

from __future__ import annotations

import re
from pathlib import Path

from graphgrad.exercises.files.roster import Student, plain_name
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.grading.students import heading_student
from graphgrad.exercises.sheets.document import template_of
from graphgrad.source.text import read_text
from graphgrad.views.files import write_output

__all__ = ["Paper", "file_stem", "paper_of"]

_LINE = re.compile(r"(?P<name>[^=#]+?)\s*=(?P<rest>.*)")


def file_stem(student: str) -> str:
    """Return a student's id as the name of a file on every system.

    >>> file_stem("Ruiz, Ana (A12)")
    'Ruiz_Ana_A12'
    """
    return re.sub(r"[^\w.-]+", "_", student).strip("._") or "student"


class Paper:
    """The answers of one student, by step.

    Args:
        student: whose they are.
        variant: the exercise with the student's numbers.
        path: the file.
    """

    def __init__(self, student: Student, variant: Variant, path: Path) -> None:
        self.student = student
        self.variant = variant
        self.path = path
        self.answers: dict[str, str] = {}
        self.others: list[str] = []
        if path.exists():
            self._read(read_text(path))

    def _read(self, text: str) -> None:
        """Take over a file that was begun; lines that answer no step are kept as they are."""
        asked = self.variant.exercise.asked
        for line in text.splitlines():
            found = _LINE.match(line.strip())
            name = found["name"] if found else ""
            if found and name in asked:
                if found["rest"].strip():
                    self.answers[name] = found["rest"].strip()
            elif line.strip() and not heading_student(line.encode()):
                self.others.append(line.rstrip())

    @property
    def open_step(self) -> int:
        """Return the place of the first step without an answer; the number of steps if none."""
        asked = self.variant.exercise.asked
        return next((k for k, name in enumerate(asked) if name not in self.answers), len(asked))

    def text(self) -> str:
        """Return the file."""
        who = f"{self.student.id} {self.student.name}".rstrip()
        head = template_of(self.variant, who).split("\n")[0]
        asked = self.variant.exercise.asked
        lines = [f"{name} = {self.answers.get(name, '')}".rstrip() for name in asked]
        return "\n".join([head, *lines, *self.others]) + "\n"

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            FileError: if it cannot be written.
        """
        write_output(self.path, self.text())


def paper_of(folder: Path, student: Student, variant: Variant) -> Paper:
    """Return a student's paper, as far as it was typed in; another student's file is left alone."""
    own = {plain_name(name) for name in (student.id, student.name, f"{student.id} {student.name}")}
    stem, number = file_stem(student.id), 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        path = folder / f"{name}.txt"
        whose = "" if not path.exists() else heading_student(path.read_bytes())
        if not whose or whose in own:
            return Paper(student, variant, path)
        number += 1
