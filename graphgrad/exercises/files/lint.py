"""Find what is valid in an exercise file but hardly meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.files.by_hand import flat_statistic
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.exercises.files.frozen import numbers_of
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.judging.at_the_point import sums_to_1

__all__ = ["distinct_variants", "findings"]

_LOGARITHMS = ("log", "xlogy", "logsumexp", "log_softmax")
_HOLE = re.compile(r"(?<![\w}\^\\])\{([^\W\d]\w*)\}")


def findings(family: Family, draws: int) -> list[Note]:
    """Return remarks on an exercise.

    Args:
        family: the exercise.
        draws: how many variants to try.

    Raises:
        SourceError: if a draw has no fit variant.
    """
    exercise = family.exercise
    found: list[Note] = []
    if not exercise.source:
        found += _holes(exercise)
        found += _unused(exercise)
        found += _zeros(family)
    found += _undeclared_sums(family)
    variants = _variants(family, draws)
    found += _flat(variants)
    different = _different(variants)
    if exercise.is_drawn and different < min(draws, 5):
        found.append(Note("classroom.lint.few_variants", {"got": different, "draws": draws}))
    return found


def distinct_variants(family: Family, draws: int) -> int:
    """Return how many different variants so many draws give."""
    return _different(_variants(family, draws))


def _variants(family: Family, draws: int) -> list[Variant]:
    if not family.exercise.is_drawn:
        return [family.variant()]
    return [family.variant(draw) for draw in range(1, draws + 1)]


def _different(variants: Sequence[Variant]) -> int:
    return len({numbers_of(variant.values) for variant in variants})


def _flat(variants: Sequence[Variant]) -> list[Note]:
    """Return a remark on each line with a spread of 0, which drops what comes through it."""
    found: dict[str, list[int]] = {}
    for variant in variants:
        name = flat_statistic(variant.pictured)
        if name:
            found.setdefault(name, []).append(variant.draw)
    return [
        Note(
            "classroom.lint.flat" if draws[0] else "classroom.lint.flat_always",
            {"name": name, "count": len(draws), "draws": len(variants), "draw": draws[0]},
        )
        for name, draws in found.items()
    ]


def _holes(exercise: Exercise) -> list[Note]:
    names = {variable.name for variable in exercise.variables}
    text = "\n".join(part.text for part in exercise.parts if part.kind == "text")
    unknown = [name for name in dict.fromkeys(_HOLE.findall(text)) if name not in names]
    return [Note("classroom.lint.hole", {"name": name}) for name in unknown]


def _undeclared_sums(family: Family) -> list[Note]:
    """Return a remark on each target that is one-hot, or a distribution, without saying so.

    ``p - t`` is the derivative of cross-entropy where the entries of t add up to 1, and only there.
    """
    graph = family.graph
    if not any(graph.columns.row(node).name in _LOGARITHMS for node in range(len(graph))):
        return []
    said = " ".join((*graph.heading.assumptions, *family.exercise.assumptions))
    drawn = {one.name for one in family.exercise.variables if one.value is None and not one.choices}
    return [
        Note("classroom.lint.sum", {"name": line.name, "sum": declared})
        for line in graph.lines()
        if graph.role(line.root) == "input" and f"sum({line.name}" not in said
        if line.name not in drawn  # whose sum is 1 by chance
        for declared in sums_to_1(
            line.name, graph.columns.shape(line.root), family.truth.reference.point
        )
    ]


def _unused(exercise: Exercise) -> list[Note]:
    formulas = " ".join(line.formula for line in exercise.definitions)
    used = set(re.findall(r"[^\W\d]\w*", formulas))
    return [
        Note("classroom.lint.unused", {"name": variable.name})
        for variable in exercise.variables
        if variable.name not in used
    ]


def _zeros(family: Family) -> list[Note]:
    """Return a remark on each derivative that is 0 because nothing leads from one to the other."""
    truth = family.truth.at()
    return [
        Note("classroom.lint.zero", {"name": name})
        for name, value in truth.items()
        if "/" in name and family.truth.constant(name) and not any(value.floats)
    ]
