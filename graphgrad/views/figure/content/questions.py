"""Hold what the page of a graph asks: numbers, and what counts as each of them.

The number rule is stated once, in `graphgrad.exercises.reading.number_rule`. What it says about
everything that may be typed for a number is worked out there and travels with the page, so that its
script only looks up.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["Accepted", "Limits", "Question", "Questions", "RangeVerdict"]


class RangeVerdict(NamedTuple):
    """A verdict on every number between two decimals, both included."""

    low: str
    high: str
    verdict: str


class Accepted(NamedTuple):
    """What may be typed for one number.

    A verdict is a status (``right``, ``rounded``, ``rough`` or ``wrong``), followed by ``:`` and
    the id of a remark where there is one. What stands nowhere here is wrong.

    Attributes:
        exact: the number as a fraction, right however it is written; empty if it is irrational.
        decimals: ``(-231e-3, verdict with decimals, verdict without)``: the digits without zeros in
            front, the place of the last one, and the verdicts on ``-0.231`` and on ``-231e-3``.
        ranges: verdicts on numbers of more digits than `Limits.finest`; the first that fits holds.
    """

    exact: str
    decimals: tuple[tuple[str, str, str], ...]
    ranges: tuple[RangeVerdict, ...]


class Limits(NamedTuple):
    """How long a number may be: its digits, its exponent, and how many digits are no noise."""

    digits: int
    exponent: int
    finest: int


class Question(NamedTuple):
    """A number that is asked for before it is shown.

    Attributes:
        node: the node whose value or adjoint it is.
        part: which of the two.
        asked: its name as an answer sheet writes it, as in ``dL/dw`` or ``p[2]``.
        answer: the number, as it is shown once it was answered.
        accepted: what may be typed.
    """

    node: int
    part: Literal["value", "adjoint"]
    asked: str
    answer: str
    accepted: Accepted


class Questions(NamedTuple):
    """All that a page asks, in the order of the boxes."""

    asked: tuple[Question, ...]
    limits: Limits
