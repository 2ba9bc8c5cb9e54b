"""Write the expected value of a step as text."""

from __future__ import annotations

from graphgrad.exercises.applying import shape_of
from graphgrad.exercises.balls import precision, shown
from graphgrad.exercises.reference import Candidate, Reference

__all__ = ["expected_text"]

_DIGITS = 10


def expected_text(reference: Reference, candidate: Candidate) -> str:
    """Return the true value at the exercise's point; empty where it gives no numbers."""
    values = reference.balls(candidate.value)
    if values is None:
        return ""
    with precision(256):
        texts = [shown(value, _DIGITS) for value in values]
    return _nested(texts, shape_of(candidate.value))


def _nested(texts: list[str], shape: tuple[int, ...]) -> str:
    """Return texts as nested brackets, row by row.

    >>> _nested(["1", "2", "3", "4"], (2, 2))
    '[[1, 2], [3, 4]]'
    """
    if not shape:
        return texts[0]
    width = len(texts) // shape[0]
    rows = [texts[i * width : (i + 1) * width] for i in range(shape[0])]
    return f"[{', '.join(_nested(row, shape[1:]) for row in rows)}]"
