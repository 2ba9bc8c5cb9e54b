"""Tell an array's own mistakes from the entries that only follow from earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graphgrad.exercises.answers import Target
from graphgrad.exercises.judging import subscript
from graphgrad.exercises.report import Mark
from graphgrad.exercises.verdict import Note

__all__ = ["entries_named", "partly_following"]

_OWN, _FOLLOWING = "check.entries", "check.entries_follow"


def entries_named(mark: Mark) -> tuple[int, int]:
    """Return how many entries of a marked array are wrong, and how many only follow."""
    counts = {note.message_id: str(note.fields["entries"]).count("[") for note in mark.notes
              if note.message_id in (_OWN, _FOLLOWING)}  # fmt: skip
    return counts.get(_OWN, 0), counts.get(_FOLLOWING, 0)


def partly_following(
    mark: Mark, shape: tuple[int, ...], follows: Sequence[bool], targets: Sequence[Target]
) -> Mark:
    """Return the mark of a wrong array with the entries told apart that follow from earlier steps.

    Args:
        mark: the mark; its note lists the wrong entries.
        shape: of the array.
        follows: per entry, row by row, whether it follows from earlier answers.
        targets: those answers.
    """
    note = next((note for note in mark.notes if note.message_id == _OWN), None)
    following = {subscript(place, shape) for place, found in enumerate(follows) if found}
    wrong = [] if note is None else str(note.fields["entries"]).split(", ")
    own = [entry for entry in wrong if entry not in following]
    if len(own) == len(wrong):
        return mark
    steps = tuple(dict.fromkeys(target.id for target in targets))
    notes = [other for other in mark.notes if other is not note]
    if not own:
        return replace(
            mark, status="follow-on", method="follow-through", consistent_with=steps,
            counterexample=None, notes=tuple(notes),
        )  # fmt: skip
    left = ", ".join(entry for entry in wrong if entry in following)
    notes.append(Note(_OWN, {"entries": ", ".join(own)}))
    notes.append(Note(_FOLLOWING, {"entries": left, "steps": ", ".join(steps)}))
    return replace(mark, notes=tuple(notes))
