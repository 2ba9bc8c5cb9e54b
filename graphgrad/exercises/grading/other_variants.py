"""Find answers that fit the variant of another student."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from graphgrad.exercises.files.frozen import Frozen
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.grading.file_job import FileMarks

__all__ = ["Fits"]

_LEAST = 3
_MORE = 2
_SLACK = 1e-12


class Fits:
    """The values of all variants of a class, to be compared with what somebody answered.

    Args:
        family: the exercise.
        frozen: the variants.
    """

    def __init__(self, family: Family, frozen: Frozen) -> None:
        self.family = family
        self.students = [student.id for student in frozen.students]
        self.frozen = frozen

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return per step an array: the step's value in every student's variant."""
        import numpy as np

        rows: dict[str, list[float]] = {}
        for student in self.students:
            for name, value in self.family.truth.at(self.frozen.values[student]).items():
                rows.setdefault(name, []).append(value.floats[0] if not value.shape else np.nan)
        return {name: np.array(row) for name, row in rows.items()}

    def better(self, student: str, marks: FileMarks) -> str:
        """Return whose variant an answer fits clearly better than its own; empty if nobody's.

        Steps that have the same value in both variants say nothing and are left out.
        """
        wrong = [name for name, s in marks.statuses.items() if s in ("wrong", "follow-on")]
        if len(wrong) < _LEAST or len(marks.numbers) < _LEAST:
            return ""
        import numpy as np

        own = self.students.index(student)
        hits = np.zeros(len(self.students), dtype=int)
        for name, (low, high) in marks.numbers.items():
            values = self.values[name]
            slack = _SLACK * (1 + abs(high))
            inside = (values >= low - slack) & (values <= high + slack)
            hits += inside & (values != values[own])
            hits -= (values != values[own]) & inside[own]
        hits[own] = 0
        best = int(hits.argmax())
        fits = hits[best] >= max(_LEAST, _MORE, (len(marks.numbers) + 1) // 2)
        return self.students[best] if fits else ""
