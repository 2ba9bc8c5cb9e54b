"""Count the mistakes that one variant cannot tell apart, though formulas could."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.enclosures import Ball, Program, ball, precision
from graphgrad.exercises.misconceptions.catalogue import mistakes_of
from graphgrad.exercises.truth.steps import Truth, point_of
from graphgrad.ops.shapes import entries

__all__ = ["Collisions"]

_BITS = 96
_DIGITS = 6
_RARE = frozenset({"updated_weight", "extra_factor", "function_for_derivative"}) | {
    "derivative_inside",
    "activation_derivative_twice",
    "degrees",
    "inner_forgotten",
    "product_of_derivatives",
    "other_delta",
    "wrong_order",
    "inner_for_outer",
}
"""Mistakes to reject no numbers for: they come once per learning rate, input or line."""
_MOST_WORK = 150_000
"""How often terms are asked for in looking for mistakes: a second."""
_HIDDEN = 5
"""How much worse a mistake is that gives the right number than two that give the same."""


class _Answers(NamedTuple):
    """The right answer to a step (first) and the wrong ones, with their labels."""

    program: Program
    sizes: tuple[int, ...]
    labels: tuple[str, ...]


class Collisions:
    """The mistakes of all steps of an exercise.

    Args:
        truth: the truth about its graph.
    """

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self._known: dict[tuple[Any, ...], int] = {}

    @cached_property
    def answers(self) -> list[_Answers]:
        """Return every step's answers; once they were much work, the right ones alone."""
        found = []
        truth, reference = self.truth, self.truth.reference
        most = reference.pool.work + _MOST_WORK
        for name, target in truth.targets.items():
            tried = mistakes_of(reference, target) if reference.pool.work < most else []
            mistakes = [m for m in tried if m.label not in _RARE]
            scope, over = truth.scopes[name], truth.data
            values = [truth.candidates[name].value, *(over.of(m.value, scope) for m in mistakes)]
            terms = [term.id for value in values for term in entries(value)]
            sizes = tuple(len(entries(value)) for value in values)
            labels = ("", *(mistake.label for mistake in mistakes))
            found.append(_Answers(Program(reference.pool, terms), sizes, labels))
        return found

    @cached_property
    def classes(self) -> list[list[Any]]:
        """Return per step which answers are the same formula, found at a point without pattern."""
        names = list(self.truth.reference.roles)
        point = {name: Fraction(3 * k * k + 7 * k + 11, 13 + k) for k, name in enumerate(names)}
        return [self._values(answers, point) for answers in self.answers]

    def count(self, values: Mapping[str, Any]) -> int:
        """Return how many answers collide at the values of a variant."""
        point = {**self.truth.reference.point, **point_of(values)}
        key = tuple(point.items())
        if key not in self._known:
            steps = zip(self.answers, self.classes, strict=True)
            self._known[key] = sum(
                _collisions(answers.labels, classes, self._values(answers, point))
                for answers, classes in steps
            )
        return self._known[key]

    def _values(self, answers: _Answers, point: Mapping[str, Fraction]) -> list[Any]:
        with precision(_BITS):
            balls = answers.program.run({name: ball(value) for name, value in point.items()})
        texts = [_rounded(value) for value in balls]
        found, start = [], 0
        for size in answers.sizes:
            found.append(tuple(texts[start : start + size]))
            start += size
        return found


def _rounded(value: Ball) -> str:
    return value if isinstance(value, str) else f"{float(value.mid()):.{_DIGITS}g}"


def _collisions(labels: tuple[str, ...], classes: list[Any], values: list[Any]) -> int:
    """Return how many formulas with other labels share their value with one before them."""
    kinds: dict[Any, set[str]] = {}
    for label, kind in zip(labels, classes, strict=True):
        kinds.setdefault(kind, set()).add(label)
    first: dict[Any, Any] = {}
    seen: set[tuple[Any, Any]] = set()
    count = 0
    for kind, value in zip(classes, values, strict=True):
        owner = first.setdefault(value, kind)
        if owner == kind or (owner, kind) in seen or kinds[owner] == kinds[kind]:
            continue
        seen.add((owner, kind))
        count += _HIDDEN if owner == classes[0] else 1
    return count
