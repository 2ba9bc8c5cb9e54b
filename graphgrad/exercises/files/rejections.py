"""Say why drawn values are not fit for an exercise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.exercises.files.model import Exercise
from graphgrad.exercises.files.truth import Truth, Value
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import first_trouble, is_finite

__all__ = ["reason_against"]

_NEAR_KINK = 1e-9
_PRINTS_AS_WHOLE = 5e-5
_SATURATING = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}


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
    found = truth.at(values)
    if any(entry is None for value in found.values() for entry in value.entries):
        return "domain"
    if "saturated" in exercise.avoid and any(map(_prints_whole, found.values())):
        return "saturated"
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
    return any(_any(abs(distance) < _NEAR_KINK) for distance in distances)


def _saturated(trace: Trace, node: int) -> bool:
    ends = _SATURATING.get(trace.graph.columns.row(node).name, ())
    value = trace.values[node]
    return any(_any(abs(value - end) < _PRINTS_AS_WHOLE) for end in ends)


def _any(found: Any) -> bool:
    return bool(found.any()) if hasattr(found, "any") else bool(found)


def _prints_whole(value: Value) -> bool:
    """Tell whether an entry that is not 0 or 1 is printed as 0.0000 or 1.0000."""
    return any(
        entry != whole and abs(entry - whole) < _PRINTS_AS_WHOLE
        for entry in value.floats
        for whole in (0.0, 1.0)
    )


def _trivial(value: Value) -> bool:
    """Tell whether an answer is 0 or ±1; of an array, whether all its entries are."""
    return all(entry in (0.0, 1.0, -1.0) for entry in value.floats)
