"""Compute what every step of an exercise comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import SourceError
from graphgrad.exercises.answers import Target, read_sheet
from graphgrad.exercises.applying import shape_of
from graphgrad.exercises.balls import ball, precision
from graphgrad.exercises.reference import Candidate, Reference
from graphgrad.exercises.term_math import entries
from graphgrad.graph.graph import Graph

__all__ = ["Truth", "Value", "point_of", "target_of"]

_BITS = 128


class Value(NamedTuple):
    """What a step comes to: its shape, and its entries row by row (None: no finite number)."""

    shape: tuple[int, ...]
    entries: tuple[Any, ...]

    @property
    def floats(self) -> list[float]:
        """Return the entries as floats; nan where there is none."""
        return [float("nan") if e is None else float(e) for e in self.entries]


class Truth:
    """The values of the steps of one graph, at any point.

    Args:
        graph: the exercise's graph.
        asked: the ids of its steps.

    Raises:
        SourceError: if a step asks for nothing in the graph.
    """

    def __init__(self, graph: Graph, asked: Iterable[str]) -> None:
        self.reference = Reference(graph)
        self.targets: dict[str, Target] = {}
        self.candidates: dict[str, Candidate] = {}
        for name in asked:
            target = target_of(self.reference, name)
            self.targets[name] = target
            self.candidates[name] = self.reference.candidates(target)[0]

    def at(self, point: Mapping[str, Any] | None = None) -> dict[str, Value]:
        """Return the value of every step.

        Args:
            point: values of leaves by name; the graph's own where there is none.
        """
        if point is not None:
            self.reference.point = {**self.reference.point, **point_of(point)}
        return {name: self._value(found.value) for name, found in self.candidates.items()}

    def _value(self, wanted: Any) -> Value:
        balls = self.reference.balls(wanted)
        shape = shape_of(wanted)
        if balls is None:
            return Value(shape, (None,) * len(entries(wanted)))
        with precision(_BITS):
            return Value(shape, tuple(_number(b) for b in balls))

    def constant(self, name: str) -> bool:
        """Tell whether a step has the same value in every variant: it holds no variable."""
        reference = self.reference
        terms = [term.id for term in entries(self.candidates[name].value)]
        return not reference.pool.names(terms)


def _number(value: Any) -> Any:
    """Return a ball as an arb around its exact middle, None where it has no finite value."""
    if isinstance(value, str) or not value.is_finite():
        return None
    exact = value.unique_fmpz()
    return ball(int(exact)) if exact is not None else value


def target_of(reference: Reference, name: str) -> Target:
    """Return the target of a step's id.

    Raises:
        SourceError: if the graph has no such step.
    """
    sheet = read_sheet(f"{name} = 0", reference.vocabulary, "point")
    target = sheet.answers[0].target if sheet.answers else None
    if target is None or target.kind in ("claim", "own") or not reference.candidates(target):
        raise SourceError("classroom.step.nothing", got=name)
    return target


def point_of(values: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return values by the names of entries, as ``W[1,2]``."""
    point: dict[str, Fraction] = {}
    for name, value in values.items():
        shape = tuple(getattr(value, "shape", ()))
        if not shape:
            point[name] = Fraction(value)
            continue
        import numpy as np

        for index in np.ndindex(*shape):
            place = ",".join(str(k + 1) for k in index)
            point[f"{name}[{place}]"] = Fraction(value[index])
    return point
