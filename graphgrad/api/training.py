"""Offer `gg.train`: a training by a recipe, on a graph or on a handle, in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.leaf import Leaf
from graphgrad.api.recording.ancestry import ancestry
from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.log import Entry, Run, kept
from graphgrad.layers.training.loop import Training, rated
from graphgrad.layers.training.many_rows import judge_of, objective_of
from graphgrad.layers.training.recipe import Plan, check_recipe, with_keys
from graphgrad.layers.training.state import Iterate
from graphgrad.messages.catalogue import Worded
from graphgrad.source.gg import again
from graphgrad.source.programs.typed_recipes import read_call, read_recipe
from graphgrad.views.text.trouble import training_error

__all__ = ["Trained", "train"]


class Trained:
    """What a training came to.

    Attributes:
        graph: the graph that was trained.
        plan: how.
        log: an entry per update: loss, rate, norm of the gradient, losses after epochs.
        stopped: the rule that ended it, None if it made all its updates.
    """

    def __init__(self, training: Training, run: Run) -> None:
        self.graph: Graph = training.objective.graph
        self.plan: Plan = training.plan
        self.log: list[Entry] = run.entries
        self.stopped = None if run.fired is None else run.fired.name
        self._end: Iterate = run.end

    @property
    def loss(self) -> float:
        """Return the last loss, over all rows that train."""
        return self._end.loss if self._end.full is None else self._end.full

    @property
    def losses(self) -> list[float]:
        """Return the loss before every update and at the end."""
        return [entry.loss for entry in self.log]

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters at the end, by name."""
        return self._end.values

    @property
    def average(self) -> dict[str, Any] | None:
        """Return the average of the points on the way, where one was asked for."""
        average = self._end.average
        return None if average is None else self._end.layout.by_name(average)

    def __repr__(self) -> str:
        return f"<Trained in {self._end.number} updates, loss {self.loss:.6g}>"


def train(
    source: Graph | Handle,
    recipe: str = "",
    *,
    point: Mapping[str, Any] | None = None,
    watch: Callable[[Iterate], Any] | None = None,
    **keys: Any,
) -> Trained:
    r"""Train the parameters of a graph, or of everything a handle is computed from.

    Args:
        source: a graph, whose table is gone through; or a handle, whose parameters are changed.
        recipe: what a `train` line says: ``"adam(rate=0.01), batch=4"``; the file's own if empty.
        point: values of leaves instead of the graph's own.
        watch: called with every point on the way.
        keys: keys of a `train` line, which hold before the recipe: ``epochs=200``;
            ``schedule`` may be any function of k, the updates done.

    Raises:
        UsageError: if something is unknown or does not fit.
        NonFiniteError: if a value leaves the finite numbers, with step and node.

    >>> import graphgrad as gg
    >>> w = gg.param("w", 1)
    >>> gg.train(w**2, "momentum(rate=0.1)", steps=3).losses[-1]
    0.00384...
    >>> round(w.value, 3)
    0.062
    """
    graph = source.graph() if isinstance(source, Handle) else source
    plan = _plan(graph, recipe, keys)
    graph_of = again(graph)
    objective = objective_of(graph, point, graph_of=graph_of)
    plan = rated(objective, plan)
    judge = judge_of(objective, graph_of, plan.draw)
    training, run = Training(objective, plan, judge=judge), Run()
    kept(training.run(), run, watch)
    error = training_error(run.end)
    if error is not None:
        raise error
    found = Trained(training, run)
    if isinstance(source, Handle):
        _set_values(source, found.values)
    return found


def _plan(graph: Graph, text: str, keys: dict[str, Any]) -> Plan:
    own = graph.heading.recipe or Recipe(Call("gd"))
    recipe = read_recipe(text) if text else own
    function = keys.pop("schedule") if callable(keys.get("schedule")) else None
    given: list[tuple[str, Any]] = []
    for name, value in keys.items():
        for one in value if isinstance(value, list) else [value]:
            given.append((name, read_call(one) if _is_call(name, one) else one))
    plan = check_recipe(with_keys(recipe, given))
    return plan if function is None else replace(plan, function=function)


def _is_call(name: str, value: Any) -> bool:
    return isinstance(value, str) and name in ("schedule", "clip", "stop", "average")


def _set_values(handle: Handle, values: Mapping[str, Any]) -> None:
    """Give the leaves of a handle their trained values."""
    used = ancestry(*handle.place()).leaves.values()
    leaves = {leaf.name: leaf for leaf in used if isinstance(leaf, Leaf)}
    for name, value in values.items():
        if name not in leaves:
            raise UsageError("name.unknown", name=name, near=Worded("near.none"), known="")
        leaves[name].value = value
