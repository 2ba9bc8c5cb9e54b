"""Draw variants with nice numbers: kinks, saturation, trivial answers, collisions are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.files.draws import drawn_values
from graphgrad.exercises.files.graphs import graph_of
from graphgrad.exercises.files.model import Exercise
from graphgrad.exercises.files.rejections import reason_against
from graphgrad.exercises.files.truth import Truth, Value
from graphgrad.exercises.misconceptions.collisions import Collisions
from graphgrad.graph.graph import Graph
from graphgrad.messages import Worded
from graphgrad.trace.trace import Trace

__all__ = ["MOST_ATTEMPTS", "Family", "Variant"]

MOST_ATTEMPTS = 200
MOST_COMPARED = 12
"""Of so many fit variants the one with the fewest colliding mistakes is taken."""


@dataclass(frozen=True)
class Variant:
    """An exercise with numbers.

    Attributes:
        exercise: the exercise.
        draw: the number it was drawn by; 0 where nothing is drawn.
        values: the values of its variables, by name.
    """

    exercise: Exercise
    draw: int
    values: Mapping[str, Any]

    @cached_property
    def graph(self) -> Graph:
        """Return its graph."""
        return graph_of(self.exercise, self.values)

    @cached_property
    def trace(self) -> Trace:
        """Return its graph run forward and backward."""
        return record(self.graph)

    @cached_property
    def truth(self) -> dict[str, Value]:
        """Return what each step comes to."""
        return Truth(self.graph, self.exercise.asked).at()


class Family:
    """All variants of one exercise.

    Args:
        exercise: the exercise.

    Raises:
        SourceError: if a formula is wrong or a step asks for nothing, with the place.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.graph = graph_of(exercise, drawn_values(exercise, 1, 0))
        for step in exercise.steps:
            try:
                Truth(self.graph, [step.id])
            except GraphgradError as error:
                place = exercise.place(step.line)
                raise error if place is None else error.at(place) from None
        self.truth = Truth(self.graph, exercise.asked)

    def variant(self, draw: int = 1) -> Variant:
        """Return the variant of a draw.

        Raises:
            SourceError: if none of many attempts gives numbers that are fit for an exercise.
        """
        exercise = self.exercise
        if not exercise.is_drawn:
            return Variant(exercise, 0, {v.name: v.value for v in exercise.variables})
        reasons: Counter[str] = Counter()
        fit: list[tuple[int, int, dict[str, Any]]] = []
        for attempt in range(MOST_ATTEMPTS):
            values = drawn_values(exercise, draw, attempt)
            reason = self.reason_against(values)
            if reason:
                reasons[reason] += 1
                continue
            fit.append((self._collisions(values), attempt, values))
            if fit[-1][0] == 0 or len(fit) == MOST_COMPARED:
                break
        if fit:
            return Variant(exercise, draw, min(fit, key=lambda found: found[:2])[2])
        commonest = min(reasons, key=lambda reason: (-reasons[reason], reason))
        raise SourceError(
            "classroom.variant.none",
            draw=draw,
            attempts=MOST_ATTEMPTS,
            why=Worded(f"classroom.reject.{commonest}"),
            place=exercise.place(1),
        )

    def reason_against(self, values: Mapping[str, Any]) -> str:
        """Return why values are not fit for an exercise; empty if they are."""
        return reason_against(self.exercise, self.graph, self.truth, values)

    @cached_property
    def collisions(self) -> Collisions:
        """Return what counts the mistakes that values cannot tell apart."""
        return Collisions(self.truth)

    def _collisions(self, values: Mapping[str, Any]) -> int:
        """Return how many mistakes collide; the fewest win, because none may be out of reach."""
        return self.collisions.count(values) if "collision" in self.exercise.avoid else 0

    def given(self, draw: int, values: Mapping[str, Any]) -> Variant:
        """Return the variant of values that were frozen."""
        return Variant(self.exercise, draw, values)
