"""Say what a stepper trains by: the file's `train` line, words typed, or plain descent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from graphgrad.graph.graph import Graph
from graphgrad.layers.training.log import check_points
from graphgrad.layers.training.loop import Training, rated
from graphgrad.layers.training.many_rows import judge_of, objective_of
from graphgrad.layers.training.recipe import STEPS, Plan, check_recipe, plain_plan, with_keys
from graphgrad.source.gg import again
from graphgrad.source.programs.typed_recipes import read_recipe

__all__ = ["MOST_STEPS", "plan_for", "training_of"]

MOST_STEPS: Final = 100_000


def plan_for(graph: Graph, typed: str = "") -> Plan | None:
    """Return the plan of a training, None where what was typed is none.

    Args:
        graph: the graph, with what its file says.
        typed: ``50 0.1`` for steps and a rate, or what a `train` line says.

    Raises:
        SourceError, UsageError: if it is a recipe that does not fit.
    """
    if typed[:1].isalpha():
        return check_recipe(read_recipe(typed))
    given = _numbers(typed)
    if given is None:
        return None
    steps, rate = given
    if graph.heading.recipe is None:
        return plain_plan(steps=STEPS if steps is None else steps, rate=rate)
    keys = {"steps": steps, "rate": rate}
    found = [(key, Fraction(value)) for key, value in keys.items() if value is not None]
    return check_recipe(with_keys(graph.heading.recipe, found))


def training_of(graph: Graph, point: Mapping[str, Any] | None, plan: Plan) -> Training:
    """Return the training of a graph that is stepped through, from its present values."""
    graph_of = again(graph)
    objective = objective_of(graph, point, graph_of=graph_of, at_once=not plan.plain)
    plan = rated(objective, plan)
    training = Training(objective, plan, judge=judge_of(objective, graph_of, plan.draw))
    check_points(objective.layout, training.total)  # each can be entered afterwards
    return training


def _numbers(typed: str) -> tuple[int | None, float | None] | None:
    """Return steps and rate, None if left out; nothing where they are no numbers within reason."""
    words = typed.replace(",", ".").split()
    try:
        steps = int(words[0]) if words else None
        rate = float(words[1]) if len(words) > 1 else None
    except ValueError:
        return None
    bounded = steps is None or 0 < steps <= MOST_STEPS
    fine = len(words) <= 2 and bounded and (rate is None or 0 < rate < math.inf)
    return (steps, rate) if fine else None
