"""Build one update as a graph: what can be drawn, stepped through and checked like any other.

Leaves are the parameter ``w``, what the optimizer kept (``w.m``) and the gradient of each sample
(``w.g1``); lines are what a board would name, and ``w.new``. Without data, the forward and the
backward pass stand in front, so that the graph is a whole step of training.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, Final

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_line
from graphgrad.graph.emit import Ref
from graphgrad.graph.graph import Graph, Heading
from graphgrad.layers.apply import LayerEmitter
from graphgrad.layers.optimizers.optimizer import Hyper
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import hyper_of, numbers
from graphgrad.layers.training.updates import Update
from graphgrad.messages.catalogue import near

__all__ = ["Given", "UpdateEmitter", "asked_settings", "clipped", "update_graph"]

MOST_SAMPLES: Final = 16
MOST_NODES: Final = 400


def update_graph(training: Training, update: Update, names: Sequence[str] = ()) -> Graph:
    """Return an update as a graph; its output is the last parameter's new value.

    Args:
        training: the training that it is part of.
        update: the update.
        names: the parameters to show; all if empty.

    Raises:
        UsageError: if one of the names is no parameter.
    """
    known = training.objective.layout.names
    for name in names:
        if name not in known:
            listed = ", ".join(known)
            raise UsageError(
                "training.no_parameter", name=name, known=listed, near=near(name, known)
            )
    return _Building(training, update, list(names) or known).graph()


class UpdateEmitter(LayerEmitter):
    """The namespace of an update whose values are nodes."""

    def sum(self, value: Ref) -> Ref:
        """Return the sum of all entries; a number is its own."""
        return value if self.shape(value) == () else self.call("sum", value)


class Given:
    """The settings of an update: numbers that are used are constants of the graph."""

    def __init__(self, hyper: Any, nodes: dict[str, Ref]) -> None:
        self._hyper = hyper
        self._nodes = nodes

    def __getattr__(self, name: str) -> Any:
        return self._nodes.get(name, getattr(self._hyper, name))


class _Noting:
    """The settings of an update on numbers, noting which are asked for."""

    def __init__(self, hyper: Any) -> None:
        self.hyper = hyper
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.hyper, name)
        if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
            self.asked.append(name)
        return value


class _Building:
    def __init__(self, training: Training, update: Update, names: list[str]) -> None:
        self.training = training
        self.plan = training.plan
        self.update = update
        self.names = names
        self.layout = training.objective.layout
        self.builder = GraphBuilder()
        self.taken = set(self.layout.names)
        self.hyper: Hyper = hyper_of(self.plan, update.iterate.number, update.iterate.rate)

    def graph(self) -> Graph:
        parameters = self._whole() if self._is_whole() else self._leaves()
        settings = self._constants(asked_settings(self.plan, self.hyper))
        gradients = self._clipped(parameters)
        last = 0
        for name in self.names:
            last = self._moved(name, parameters[name][0], gradients[name], settings)
        of_loss = self.training.objective.graph.heading
        heading = Heading(of_loss.title, titles=of_loss.titles)
        return self.builder.freeze(last, heading=heading)

    # ---- what is given ----

    def _is_whole(self) -> bool:
        graph = self.training.objective.graph
        small = len(graph) <= MOST_NODES and self.plan.optimizer.row.look_ahead is None
        return self.training.objective.table is None and small

    def _whole(self) -> dict[str, tuple[int, int]]:
        """Copy forward and backward pass; return each parameter and its adjoint."""
        graph = self.training.objective.graph
        values = self.training.objective.given | self.layout.by_name(self.update.iterate.vector)
        both = gradient_graph(graph)
        renumbered: dict[int, int] = {}
        found: dict[str, tuple[int, int]] = {}
        for line in both.lines():
            copy_line(both, self.builder, line, renumbered)
            self.taken.add(line.name)
            if line.name in values:
                self.builder.defaults[renumbered[line.root]] = values[line.name]
        for name in self.names:
            adjoint = both.find(graph.adjoint_name(name))
            node = both.find(name)
            assert node is not None
            zero = None if adjoint is None else renumbered[adjoint]
            found[name] = (renumbered[node], self._zeros(name) if zero is None else zero)
        return found

    def _zeros(self, name: str) -> int:
        shape = self.layout.shapes[self.layout.names.index(name)]
        value = self.layout.by_name(self.update.iterate.vector * 0)[name]
        return self.builder.leaf_line(f"{name}.g", "input", value, shape)

    def _leaves(self) -> dict[str, tuple[int, int]]:
        return {name: self._given(name) for name in self.names}

    def _given(self, name: str) -> tuple[int, int]:
        """Append a parameter and its gradient, added up over the samples of the batch."""
        shape = self.layout.shapes[self.layout.names.index(name)]
        value = self.layout.by_name(self.update.iterate.vector)[name]
        node = self.builder.leaf_line(name, "param", value, shape)
        samples = self.update.samples
        if not 1 < len(samples) <= MOST_SAMPLES:
            total = self.update.total / self.update.divisor
            mean = self.layout.by_name(total)[name]
            return node, self.builder.leaf_line(f"{name}.g", "input", mean, shape)
        m = UpdateEmitter(self.builder, name, name)
        parts = [
            m.ref(
                self._leaf(
                    f"{name}.g{sample.row}", self.layout.by_name(sample.gradient)[name], shape
                )
            )
            for sample in samples
        ]
        total_ref = parts[0]
        for part in parts[1:]:
            total_ref = total_ref + part
        total_ref = m.line("total", total_ref)
        if self.update.divisor == 1:
            return node, total_ref.node
        return node, m.line("g", total_ref / self.update.divisor).node

    def _leaf(self, name: str, value: Any, shape: tuple[int, ...]) -> int:
        node = self.builder.leaf("input", value, shape)
        group = name.rpartition(".")[0]
        self.builder.end_line(name, group=group)
        return node

    def _constants(self, asked: Sequence[str]) -> dict[str, Ref]:
        """Append the settings that are used, as constants with their own names."""
        m = UpdateEmitter(self.builder, "", "")
        found: dict[str, Ref] = {}
        for name in asked:
            free = name
            while free in self.taken:
                free += "_"
            node = self.builder.leaf_line(free, "const", getattr(self.hyper, name))
            found[name] = m.ref(node)
        return found

    # ---- what is made of it ----

    def _clipped(self, parameters: dict[str, tuple[int, int]]) -> dict[str, Ref]:
        m = UpdateEmitter(self.builder, "clip", "clip")
        gradients = {name: m.ref(parameters[name][1]) for name in self.names}
        clip = self.plan.clip
        if clip is None:
            return gradients
        limit = self.builder.leaf_line(f"{m.name}.limit", "const", clip.settings["limit"])
        made = clipped(m, self.plan, list(gradients.values()), m.ref(limit))
        return {
            name: UpdateEmitter(self.builder, name, name).line("clipped", gradient)
            for name, gradient in zip(self.names, made, strict=True)
        }

    def _moved(self, name: str, node: int, gradient: Ref, settings: dict[str, Ref]) -> int:
        row = self.plan.optimizer.row
        slots = row.slots(self.plan.optimizer.settings)
        results = {slot.name: f"{name}.{slot.name}_new" for slot in slots}
        m = UpdateEmitter(self.builder, name, name, results=results)
        shape = self.layout.shapes[self.layout.names.index(name)]
        before = SimpleNamespace(
            **{
                slot.name: m.ref(
                    self._leaf(
                        f"{name}.{slot.name}",
                        self.layout.by_name(self.update.slots[slot.name])[name],
                        shape,
                    )
                )
                for slot in slots
            }
        )
        h, w = Given(self.hyper, settings), m.ref(node)
        if row.look_ahead is not None:
            m.line("ahead", row.look_ahead(m, w, before, h))
        moved, _ = row.update(m, w, gradient, before, h)
        return m.line("new", moved).node


def asked_settings(plan: Plan, hyper: Hyper) -> list[str]:
    """Return the settings that an update reads, in the order in which it does."""
    row, noting = plan.optimizer.row, _Noting(hyper)
    kept = SimpleNamespace(**{slot.name: 1.0 for slot in row.slots(plan.optimizer.settings)})
    if row.look_ahead is not None:
        row.look_ahead(numbers(), 1.0, kept, noting)
    row.update(numbers(), 1.0, 1.0, kept, noting)
    return list(dict.fromkeys(noting.asked))


def clipped(m: UpdateEmitter, plan: Plan, gradients: Sequence[Ref], limit: Ref) -> Iterator[Ref]:
    """Yield the gradients of all parameters as a plan's clip changes them, one by one."""
    clip = plan.clip
    assert clip is not None
    hyper = Hyper(**clip.settings, rate=0.0, k=1)
    yield from clip.row.clip(m, list(gradients), Given(hyper, {"limit": limit}))
