"""Hold answers to what an exercise demands of their form: digits, decimals, formulas."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from graphgrad.exercises.files.model import Exercise, Step
from graphgrad.exercises.printed import Printed, printed_entries
from graphgrad.exercises.report import Mark
from graphgrad.exercises.verdict import Note

__all__ = ["meets_demands"]

_JUDGED = ("right", "rounded", "follow-on")


def meets_demands(exercise: Exercise, step: Step, mark: Mark) -> Mark:
    """Return a mark, lowered where the answer is not written as the exercise demands."""
    if mark.status not in _JUDGED or mark.answer is None or not mark.answer.links:
        return mark
    if step.kind == "symbolic" and mark.status == "right" and _only_numbers(mark):
        return _lowered(mark, "wrong", Note("classroom.mark.formula_wanted"))
    if mark.method != "rounding":
        return mark
    printed = printed_entries(mark.answer.links[-1].reading.expression) or []
    wanted = exercise.decimals or step.digits or exercise.digits
    short = max((_missing(exercise, p, wanted) for p in printed), default=0)
    if short <= 0:
        return mark
    kind = "decimals" if exercise.decimals is not None else "digits"
    note = Note(f"classroom.mark.few_{kind}", {"wanted": wanted})
    return _lowered(mark, "rounded" if short == 1 else "rough", note)


def _missing(exercise: Exercise, printed: Printed, wanted: int) -> int:
    """Return how many digits a printed number has too few; whole numbers are exact."""
    if not printed.decimals:
        return 0
    return wanted - (printed.decimals if exercise.decimals is not None else printed.digits)


def _lowered(mark: Mark, status: Literal["rounded", "rough", "wrong"], note: Note) -> Mark:
    said = ("check.few_digits", "check.too_few_digits")
    notes = tuple(n for n in mark.notes if n.message_id not in said)
    return replace(mark, status=status, notes=(*notes, note))


def _only_numbers(mark: Mark) -> bool:
    answer = mark.answer
    assert answer is not None
    items = [item for link in answer.links for item in link.reading.expression.items]
    return not any(item.kind == "name" for item in items) and mark.method == "rounding"
