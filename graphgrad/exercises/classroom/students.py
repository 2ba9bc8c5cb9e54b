"""Tell whose file a submission is: by its folder or name, by Moodle's full name, by its heading."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from graphgrad.errors import GraphgradError
from graphgrad.exercises.classroom.answer_text import decoded
from graphgrad.exercises.classroom.submissions import Submission
from graphgrad.exercises.files.roster import Student, plain_name

__all__ = ["Register", "heading_student"]

_HEAD = 65_536
"""How many bytes of a file are looked at for its heading; cuts no letter of a usual file."""

_HEADING = re.compile(
    r"(?im)\b(?:alumno|alumna|student|nombre|name)\s*:[ \t]*([^:\r\n]{1,200}?)(?=\s+\w+\s*:|\s*$)"
)


class Register:
    """The students of a class, found by any of their names.

    Args:
        students: the class; empty where it is not known.
    """

    def __init__(self, students: Iterable[Student]) -> None:
        self.students = tuple(students)
        self._found: dict[str, Student] = {}
        for student in self.students:
            self._found.setdefault(_key(student.id), student)
        for student in self.students:
            if student.name:
                self._found.setdefault(_key(student.name), student)
                self._found.setdefault(_key(f"{student.id} {student.name}"), student)
        turned = Counter(_turned(student.name) for student in self.students)
        for student in self.students:
            if turned[_turned(student.name)] == 1:
                self._found.setdefault(_turned(student.name), student)

    def named(self, text: str) -> Student | None:
        """Return the student that an id, a name, or both, as on a sheet, belong to."""
        return self._found.get(_key(text), self._found.get(_turned(text))) if text else None

    def student_of(self, submission: Submission) -> tuple[Student, str]:
        """Return whose file it is, and the message id of what is odd about that."""
        head = heading_student(submission.data)
        names = [submission.name, submission.stem, _file_stem(submission.path), head]
        if not self.students:
            name = submission.name or head or submission.stem
            return Student(name, submission.name), ""
        found = next(filter(None, map(self.named, names)), None)
        if found is None:
            return Student(head or submission.stem), "classroom.flag.stranger"
        other = self.named(head)
        odd = other is not None and other != found
        return found, "classroom.flag.other_name" if odd else ""


def heading_student(data: bytes) -> str:
    """Return the student that a file's heading names.

    >>> heading_student(b"variante: 3  alumno: A12")
    'A12'
    """
    try:
        head = decoded(data[:_HEAD], "")[:4000]
    except GraphgradError:
        return ""
    found = _HEADING.search(head)
    return plain_name(found[1]) if found else ""


def _file_stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _key(name: str) -> str:
    """Return what spellings of one name share: no accents, one case, single blanks."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def _turned(name: str) -> str:
    """Return what "Ana Ruiz" and "Ruiz, Ana" share; several words only."""
    words = sorted(_key(name.replace(",", " ")).split())
    return "\n".join(words) if len(words) > 1 else ""
