"""Unroll the first updates of a training into one graph, as they are worked by hand.

Each update is forward, backward and what the optimizer makes of it; the next one starts from its
parameters. Lines carry the number of the update: ``z[1]``, ``dL_dz[1]``, ``g[1]``, ``m[1]``,
``w[1]``; where there are several parameters, ``g_w[1]`` and ``m_w[1]``. The output is the loss
after the last update. `update_graph.py` has one update at the numbers where a training stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from types import SimpleNamespace
from typing import Any, Final

from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.blocks import StepLine
from graphgrad.graph.emit import Ref
from graphgrad.graph.graph import Graph, Heading
from graphgrad.layers.optimizers.optimizer import Hyper
from graphgrad.layers.training.batches import batches
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.many_rows import objective_of
from graphgrad.layers.training.modes import modes_of
from graphgrad.layers.training.rates import rate_at
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import hyper_of
from graphgrad.layers.training.step_passes import Passes, in_step
from graphgrad.layers.training.update_graph import Given, UpdateEmitter, asked_settings, clipped

__all__ = ["rows_of", "step_graph"]

MOST_NODES: Final = 4_000


def step_graph(graph: Graph, plan: Plan, count: int) -> Graph:
    r"""Return the first updates of a training as one graph.

    Args:
        graph: what is trained; its values are where the training starts.
        plan: how, with a rate.
        count: how many updates.

    Raises:
        UsageError: if an update depends on more than gradients: losses, drawn masks.
        LimitError: if the graph would be too large to be worked by hand.

    >>> from graphgrad.layers.training.recipe import plain_plan
    >>> from graphgrad.source.gg import read_gg
    >>> net = read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    >>> names = step_graph(net, plain_plan("momentum", rate=0.5), 1).line_names
    >>> names[-4:]
    ['m[1]', 'w[1]', 'z[2]', 'L[2]']
    """
    training = _training(graph, plan)
    rows = list(islice(rows_of(training), count + 1))
    size = len(graph) * (2 * sum(map(len, rows[:-1])) + len(rows[-1]))
    if size > MOST_NODES:
        raise LimitError("training.steps_large", got=size, limit=MOST_NODES)
    return _Unrolling(training, rows).graph()


def _training(graph: Graph, plan: Plan) -> Training:
    objective = objective_of(graph, None, at_once=False)
    schedule = plan.schedule
    if modes_of(graph, None, plan.draw) is not None:
        raise UsageError("training.steps_drawn")
    if schedule is not None and schedule.row.watch is not None:
        raise UsageError("training.steps_watched", got=schedule.row.name)
    return Training(objective, plan)


def rows_of(training: Training) -> Iterator[tuple[int, ...]]:
    """Yield the rows of the first updates, without end; what takes all at once is one pass."""
    table, train = training.objective.table, training.parts.train
    for batch in batches(train, training.plan):
        whole = table is not None and table.whole
        if whole and len(batch.rows) < len(train):
            raise UsageError("training.steps_whole")
        yield (1,) if whole else batch.rows


class _Unrolling:
    def __init__(self, training: Training, rows: list[tuple[int, ...]]) -> None:
        self.training = training
        self.plan = training.plan
        self.rows = rows
        table = training.objective.table
        self.parameters = training.objective.layout.names
        graph = training.objective.graph
        whole = table is None or table.whole
        self.passes = Passes(graph, self.parameters, None if whole else table)
        self.builder, self.lines = self.passes.builder, self.passes.lines

    def graph(self) -> Graph:
        where = self.passes.leaves()
        named = self._settings()
        kept = self._slots()
        count = len(self.rows) - 1
        for number in range(1, count + 1):
            where, kept = self._step(number, where, kept, named)
        output = self.passes.loss(count + 1, self.rows[-1], where)
        heading = self.passes.one.heading
        heading = Heading(
            heading.title,
            titles=heading.titles,
            conventions=heading.conventions,
            assumptions=heading.assumptions,
            recipe=heading.recipe,
            steps=tuple(self.lines),
        )
        return self.builder.freeze(output, loss=True, heading=heading)

    def _hyper(self, number: int) -> Hyper:
        epoch = (number - 1) // self.plan.updates_per_epoch(len(self.training.parts.train))
        rate = rate_at(self.plan, number - 1, epoch, {})
        exact = {"rate": _exact(rate)}
        hyper = hyper_of(self.plan, number - 1, rate)
        for name, value in vars(hyper).items():
            exact.setdefault(name, _exact(value) if isinstance(value, float) else value)
        return Hyper(**exact)

    def _settings(self) -> dict[str, Ref]:
        """Append the settings that an update uses as constants; a schedule's rate per update."""
        m = UpdateEmitter(self.builder, "", "")
        changes = self.plan.schedule is not None or self.plan.function is not None
        found: dict[str, Ref] = {}
        first = self._hyper(1)
        for name in asked_settings(self.plan, first):
            if name == "k" or (name == "rate" and changes):
                continue
            found[name] = m.ref(self._constant(name, getattr(first, name)))
        for number in range(1, len(self.rows)) if changes else ():
            line = in_step(self._free("rate"), number)
            found[f"rate {number}"] = m.ref(self._constant(line, self._hyper(number).rate))
            self.lines.append(StepLine(line, "rate", number))
        return found

    def _constant(self, name: str, value: Any) -> int:
        return self.builder.leaf_line(self._free(name), "const", value)

    def _free(self, name: str) -> str:
        while name in self.passes.one.line_index or name in self.builder.line_names:
            name += "_"
        return name

    def _slots(self) -> dict[str, dict[str, int]]:
        """Append what the optimizer has kept before the first update."""
        import numpy as np

        chosen, found = self.plan.optimizer, dict[str, dict[str, int]]()
        shapes = dict(zip(self.parameters, self.training.objective.layout.shapes, strict=True))
        for parameter in self.parameters:
            found[parameter] = {}
            for slot in chosen.row.slots(chosen.settings):
                shape, value = shapes[parameter], _exact(slot.initial)
                whole = np.full(shape, value, dtype=object) if shape else value
                name = in_step(self.passes.called(slot.name, parameter), 0)
                found[parameter][slot.name] = self.builder.leaf_line(name, "const", whole, shape)
                self.lines.append(StepLine(name, slot.name, 0, parameter))
        return found

    # ---- an update ----

    def _step(
        self,
        number: int,
        where: dict[str, int],
        kept: dict[str, dict[str, int]],
        named: dict[str, Ref],
    ) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
        """Append one update; return the new parameters and what is kept."""
        hyper = self._hyper(number)
        nodes = {name: ref for name, ref in named.items() if " " not in name}
        if f"rate {number}" in named:
            nodes["rate"] = named[f"rate {number}"]
        settings = Given(hyper, nodes)
        gradients = self._gradients(number, self._ahead(number, where, kept, settings))
        after, kept_after = dict[str, int](), dict[str, dict[str, int]]()
        for name, gradient in self._clipped(number, gradients).items():
            m = self._emitter(number, name)
            slots = SimpleNamespace(**{slot: m.ref(node) for slot, node in kept[name].items()})
            moved, new = self.plan.optimizer.row.update(
                m, m.ref(where[name]), m.ref(gradient), slots, settings
            )
            after[name] = m.line("new", moved).node
            kept_after[name] = {slot: value.node for slot, value in new.items()}
        return after, kept_after

    def _emitter(self, number: int, parameter: str) -> _StepEmitter:
        return _StepEmitter(self, number, parameter)

    def _ahead(
        self, number: int, where: dict[str, int], kept: dict[str, dict[str, int]], settings: Any
    ) -> dict[str, int]:
        """Return the point at which the gradient is taken."""
        ahead = self.plan.optimizer.row.look_ahead
        if ahead is None:
            return where
        found = {}
        for name in self.parameters:
            m = self._emitter(number, name)
            slots = SimpleNamespace(**{slot: m.ref(node) for slot, node in kept[name].items()})
            found[name] = m.line("ahead", ahead(m, m.ref(where[name]), slots, settings)).node
        return found

    def _gradients(self, number: int, at: dict[str, int]) -> dict[str, int]:
        """Append forward and backward pass of every row, and their mean per parameter."""
        rows = self.rows[number - 1]
        if len(rows) == 1:
            known = self.passes.both_ways(number, rows[0], at, 0)
            return {name: known[name] for name in self.parameters}
        each = [self.passes.both_ways(number, row, at, row) for row in rows]
        divide = {"batch": len(rows), "data": len(self.training.parts.train), "none": 1}
        divisor, found = divide[self.plan.divide], {}
        for name in self.parameters:
            m = self._emitter(number, name)
            total = m.ref(each[0][name])
            for known in each[1:]:
                total = total + m.ref(known[name])
            found[name] = m.line("g", total / divisor if divisor > 1 else total).node
        return found

    def _clipped(self, number: int, gradients: dict[str, int]) -> dict[str, int]:
        if self.plan.clip is None:
            return gradients
        m = self._emitter(number, "")
        limit = m.number(_exact(self.plan.clip.settings["limit"]))
        made = clipped(m, self.plan, [m.ref(gradients[name]) for name in self.parameters], limit)
        pairs = zip(self.parameters, made, strict=True)
        return {name: self._emitter(number, name).line("clipped", g).node for name, g in pairs}


class _StepEmitter(UpdateEmitter):
    """The namespace of an update of one parameter: its lines carry the number of the update."""

    def __init__(self, unrolling: _Unrolling, number: int, parameter: str) -> None:
        super().__init__(unrolling.builder, parameter, f"{number}")
        self.unrolling = unrolling
        self.update = number

    def line(self, name: str, value: Any) -> Ref:
        """Name a value as a board does: m[1], and w[1] for the new w."""
        called = name if not self.name else self.unrolling.passes.called(name, self.name)
        called = self.name if name == "new" else called
        whole = in_step(called, self.update)
        self.results = {name: whole}
        self.unrolling.lines.append(StepLine(whole, name, self.update, self.name))
        return super().line(name, value)


def _exact(value: Any) -> Any:
    """Return a number as it is written: 0.9 is 9/10."""
    return Fraction(str(value)) if isinstance(value, float) else value
