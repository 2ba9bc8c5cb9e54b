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
from graphgrad.graph.graph import Graph
from graphgrad.messages import Worded
from graphgrad.trace.trace import Trace

__all__ = ["MOST_ATTEMPTS", "Family", "Variant"]

MOST_ATTEMPTS = 200


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
        for attempt in range(MOST_ATTEMPTS):
            values = drawn_values(exercise, draw, attempt)
            reason = self.reason_against(values)
            if not reason:
                return Variant(exercise, draw, values)
            reasons[reason] += 1
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

    def given(self, draw: int, values: Mapping[str, Any]) -> Variant:
        """Return the variant of values that were frozen."""
        return Variant(self.exercise, draw, values)
