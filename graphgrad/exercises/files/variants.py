"""Draw variants with nice numbers: kinks, saturation, spreads of 0, trivial answers are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, LimitError, SourceError
from graphgrad.exercises.algebra.building import subscript
from graphgrad.exercises.files.by_hand import (
    PRINTS_AS_WHOLE,
    any_entry,
    flat_statistic,
    is_dead,
    is_long,
    rows_of,
)
from graphgrad.exercises.files.collisions import Collisions
from graphgrad.exercises.files.draws import drawn_values
from graphgrad.exercises.files.exercise import Exercise, Part, Step
from graphgrad.exercises.files.instance import graph_of
from graphgrad.exercises.truth.steps import Truth, Value
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import first_trouble, is_finite

__all__ = ["MOST_ATTEMPTS", "EntryVariant", "Family", "Variant", "is_long"]


MOST_ATTEMPTS = 200
_MOST_WORK = 400_000
"""Numbers that all attempts compute together; a large graph has fewer of them."""
LARGEST = 200_000
"""Numbers that the graph of an exercise may hold."""
MOST_COMPARED = 12
"""Of so many fit variants the one with the fewest colliding mistakes is taken."""
_NEAR_KINK = 1e-9
_SATURATING = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}


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
    def pictured(self) -> Trace:
        """Return the run that a figure shows; of several updates the passes of the first one."""
        if not self.exercise.updates:
            return self.trace
        return record(graph_of(replace(self.exercise, updates=0), self.values))

    @cached_property
    def truth(self) -> dict[str, Value]:
        """Return what each step comes to."""
        return Truth(self.graph, self.exercise.asked).at()


class EntryVariant(Variant):
    r"""A variant entry by entry: each line of an array is one line per entry, and so is each step.

    >>> from graphgrad.exercises.files.read_exercise import exercise_of_text
    >>> text = "input x = [1, 2]\nparam w = [3, 4]\nz = w*x\nloss L = sum(z^2)"
    >>> EntryVariant.of(Family(exercise_of_text(text)).variant()).exercise.asked[:3]
    ('z[1]', 'z[2]', 'L')
    """

    @classmethod
    def of(cls, variant: Variant) -> EntryVariant:
        """Return a variant entry by entry."""
        steps = tuple(each for step in variant.exercise.steps for each in _entries(variant, step))
        parts = tuple(Part("step", step=number) for number in range(len(steps)))
        exercise = replace(variant.exercise, steps=steps, parts=parts)
        return cls(exercise, variant.draw, variant.values)

    @cached_property
    def graph(self) -> Graph:
        """Return its graph, in numbers only."""
        return scalar_graph(graph_of(self.exercise, self.values))


def _entries(variant: Variant, step: Step) -> list[Step]:
    """Return a step for every entry of an answer; sizes and counts are of whole arrays."""
    if step.id.startswith(("shape(", "params")):
        return []
    shape = variant.truth[step.id].shape
    if not shape:
        return [step]
    size = 1
    for length in shape:
        size *= length
    places = [subscript(place, shape) for place in range(size)]
    return [replace(step, id=step.id + place, label="") for place in places]


class Family:
    """All variants of one exercise.

    Args:
        exercise: the exercise.
        most_work: numbers that the attempts at one variant may compute together.
        most_alike: after so many attempts that all fail for one reason there is no other one.

    Raises:
        SourceError: if a formula is wrong or a step asks for nothing, with the place.
        LimitError: if its graph holds more numbers than anyone could work out.
    """

    def __init__(
        self, exercise: Exercise, *, most_work: int = _MOST_WORK, most_alike: int = MOST_ATTEMPTS
    ) -> None:
        self.exercise = exercise
        self.most_alike = most_alike
        self.graph = graph_of(exercise, drawn_values(exercise, 1, 0))
        held = self.graph.columns.entries()
        if held > LARGEST:
            raise LimitError("classroom.too_large", got=held, limit=LARGEST)
        self.truth = Truth(self.graph, ())
        for step in exercise.steps:
            try:
                self.truth.ask(step.id)
            except GraphgradError as error:
                place = exercise.place(step.line)
                raise error if place is None else error.at(place) from None
        self.attempts = min(MOST_ATTEMPTS, max(1, most_work // (held + self.truth.size)))
        one_pass = held + 2 * len(self.graph)  # a small operation costs as much as a few numbers
        self.dead = max(1, most_work // (one_pass * rows_of(self.graph)))
        """At most so many attempts may be found dead: that is seen after a pass for every row."""

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
        for attempt in range(self.attempts):
            values = drawn_values(exercise, draw, attempt)
            reason = self.reason_against(values)
            if reason:
                reasons[reason] += 1
                alike = len(reasons) == 1 and reasons[reason] >= self.most_alike
                if alike or reasons["dead"] >= self.dead:
                    break
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
            attempts=sum(reasons.values()),
            why=Worded(f"classroom.reject.{commonest}"),
            reasons=frozenset(reasons),
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


def reason_against(
    exercise: Exercise, graph: Graph, truth: Truth, values: Mapping[str, Any]
) -> str:
    """Return why values are not fit: ``domain`` or a word of ``avoid``; empty if they are.

    Args:
        exercise: the exercise.
        graph: its graph, with any values.
        truth: the truth about that graph.
        values: the values of its variables.
    """
    trace = record(graph, values)
    if not all(map(is_finite, trace.values)) or first_trouble(trace) is not None:
        return "domain"
    if "kink" in exercise.avoid and any(_at_kink(trace, n) for n in range(len(graph))):
        return "kink"
    if "saturated" in exercise.avoid and any(_saturated(trace, n) for n in range(len(graph))):
        return "saturated"
    if "flat" in exercise.avoid and flat_statistic(trace):
        return "flat"
    found = truth.at(values)
    if any(entry is None for value in found.values() for entry in value.entries):
        return "domain"
    if "saturated" in exercise.avoid and any(map(_prints_whole, found.values())):
        return "saturated"
    if "dead" in exercise.avoid and is_dead(graph, values):
        return "dead"
    if "long" in exercise.avoid and is_long(graph, values):
        return "long"
    if "trivial" in exercise.avoid:
        moving = [name for name in found if not truth.constant(name)]
        if any(_trivial(found[name]) for name in moving):
            return "trivial"
    return ""


def _at_kink(trace: Trace, node: int) -> bool:
    columns = trace.graph.columns
    row = columns.row(node)
    if not isinstance(row, Elementwise) or row.kinks is None:
        return False
    args = tuple(trace.values[parent] for parent in columns.parents_of(node))
    settings = trace.arithmetic.settings(columns.settings_of(node))
    distances = trace.arithmetic.kink_distances(row, args, settings)
    return any(any_entry(abs(distance) < _NEAR_KINK) for distance in distances)


def _saturated(trace: Trace, node: int) -> bool:
    ends = _SATURATING.get(trace.graph.columns.row(node).name, ())
    value = trace.values[node]
    return any(any_entry(abs(value - end) < PRINTS_AS_WHOLE) for end in ends)


def _prints_whole(value: Value) -> bool:
    """Tell whether an entry that is not 0 or 1 is printed as 0.0000 or 1.0000."""
    return any(
        entry != whole and abs(entry - whole) < PRINTS_AS_WHOLE
        for entry in value.floats
        for whole in (0.0, 1.0)
    )


def _trivial(value: Value) -> bool:
    """Tell whether an answer is 0 or ±1; of an array, whether all its entries are."""
    return all(entry in (0.0, 1.0, -1.0) for entry in value.floats)
