"""Draw numbers that are the same on every platform and in every release."""

from __future__ import annotations

import hashlib
import hmac
from fractions import Fraction
from typing import Any

from graphgrad.exercises.files.exercise import Exercise, Variable

__all__ = ["LARGEST_DRAW", "Draws", "drawn_values", "personal_draw"]

LARGEST_DRAW = 2**53
LARGEST_PERSONAL = 10**8
"""Short enough to be copied by hand."""
_WORD = 2**64


class Draws:
    """A stream of whole numbers: SHA-256 over a key and a counter.

    Args:
        key: what the stream depends on.

    >>> stream = Draws("sigmoid-1", 17, 0)
    >>> [stream.below(10) for _ in range(5)]
    [2, 6, 4, 5, 0]
    """

    def __init__(self, *key: str | int) -> None:
        self.key = "\0".join(map(str, key))
        self.counter = 0
        self.words: list[int] = []

    def below(self, limit: int) -> int:
        """Return a number from 0 to limit - 1, each equally often."""
        most = _WORD - _WORD % limit
        while True:
            word = self._word()
            if word < most:
                return word % limit

    def _word(self) -> int:
        if not self.words:
            data = f"{self.key}\0{self.counter}".encode()
            digest = hashlib.sha256(data).digest()
            self.counter += 1
            self.words = [int.from_bytes(digest[i : i + 8], "big") for i in (24, 16, 8, 0)]
        return self.words.pop()


def drawn_values(exercise: Exercise, draw: int, attempt: int) -> dict[str, Any]:
    """Return the exact values of all variables, in the order of the file."""
    stream = Draws(exercise.id, draw, attempt)
    return {variable.name: _drawn(variable, stream) for variable in exercise.variables}


def _drawn(variable: Variable, stream: Draws) -> Any:
    if variable.value is not None:
        return variable.value
    own_shape = tuple(getattr(variable.choices[0], "shape", ())) if variable.choices else ()
    if not variable.shape or own_shape:
        return _entry(variable, stream)
    import numpy as np

    array = np.empty(variable.shape, dtype=object)
    for index in np.ndindex(*variable.shape):
        array[index] = _entry(variable, stream)
    return array


def _entry(variable: Variable, stream: Draws) -> Any:
    if variable.choices:
        return variable.choices[stream.below(len(variable.choices))]
    while True:
        value = variable.low + variable.step * stream.below(variable.count)
        if value or not variable.nonzero:
            return Fraction(value)


def personal_draw(exercise_id: str, student: str, secret: bytes, again: int = 0) -> int:
    """Return the draw of one student, which without the secret nobody can tell.

    Args:
        exercise_id: the exercise.
        student: the student's id.
        secret: the secret of the course.
        again: which further draw, where another student has the first one's variant.

    >>> personal_draw("sigmoid-1", "A12", b"secret") == personal_draw("sigmoid-1", "A12", b"other")
    False
    """
    message = f"graphgrad-variant/1\0{exercise_id}\0{student}" + (f"\0{again}" if again else "")
    digest = hmac.new(secret, message.encode(), hashlib.sha256).digest()
    return 1 + int.from_bytes(digest[:8], "big") % LARGEST_PERSONAL
