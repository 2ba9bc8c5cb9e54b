"""Unroll the first updates of a training into one graph, as they are worked by hand.

Each update is forward, backward and what the optimizer makes of it; the next one starts from its
parameters. Lines carry the number of the update: ``z[1]``, ``dL_dz[1]``, ``g[1]``, ``m[1]``,
``w[1]``; where there are several parameters, ``g_w[1]`` and ``m_w[1]``. The output is the loss after
the last update. `update_graph.py` has one update at the numbers where a training stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from types import SimpleNamespace
from typing import Any, Final

from graphgrad.autodiff.gradient_graph import adjoint_name, gradient_graph
from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.blocks import StepLine
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_node
from graphgrad.graph.emit import Ref
from graphgrad.graph.graph import Graph, Heading, Line
from graphgrad.layers.optimizers.optimizer import Hyper
from graphgrad.layers.training.batches import batches
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.many_rows import objective_of
from graphgrad.layers.training.rates import rate_at
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import hyper_of
from graphgrad.layers.training.update_graph import Given, UpdateEmitter, asked_settings, clipped

__all__ = ["in_step", "of_parameter", "rows_of", "step_graph"]

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
    >>> step_graph(net, plain_plan("momentum", rate=0.5), 1).line_names
    ['x', 'w', 'rate', 'mu', 'm[0]', 'z[1]', 'L[1]', 'dL_dL[1]', ...]
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
    if objective.modes is not None:
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


def in_step(name: str, number: int, row: int = 0) -> str:
    """Return the name of a line in an update, and of one of several rows in it.

    >>> in_step("z", 2), in_step("h[3]", 2), in_step("z", 1, 4)
    ('z[2]', 'h[3,2]', 'z[1,4]')
    """
    places = f"{number},{row}" if row else f"{number}"
    return f"{name[:-1]},{places}]" if name.endswith("]") else f"{name}[{places}]"


def of_parameter(part: str, parameter: str, *, alone: bool) -> str:
    """Return what a quantity of a parameter is called: m, of several parameters m_w.

    >>> of_parameter("m", "w", alone=True), of_parameter("m", "h.W", alone=False)
    ('m', 'h.m_W')
    """
    if alone:
        return part
    owner, dot, name = parameter.rpartition(".")
    return f"{owner}{dot}{part}_{name}"


class _Unrolling:
    def __init__(self, training: Training, rows: list[tuple[int, ...]]) -> None:
        self.training = training
        self.plan = training.plan
        self.rows = rows
        self.one = training.objective.graph
        self.both = gradient_graph(self.one)
        table = training.objective.table
        self.table = None if table is None or table.whole else table
        self.parameters = training.objective.layout.names
        names = [line.name for line in self.one.lines()]
        self.differentiated = {adjoint_name(self.one, name): name for name in names}
        self.builder = GraphBuilder()
        self.lines: list[StepLine] = []
        self.shared: dict[int, int] = {}
        """Leaves that all updates share, as nodes of the gradient graph and of this one."""

    def graph(self) -> Graph:
        where = self._leaves()
        named = self._settings()
        kept = self._slots()
        count = len(self.rows) - 1
        for number in range(1, count + 1):
            where, kept = self._step(number, where, kept, named)
        output = self._loss(count + 1, where)
        heading = self.one.heading
        heading = Heading(
            heading.title,
            titles=heading.titles,
            conventions=heading.conventions,
            assumptions=heading.assumptions,
            recipe=heading.recipe,
            steps=tuple(self.lines),
        )
        return self.builder.freeze(output, loss=True, heading=heading)

    # ---- what is given ----

    def _leaves(self) -> dict[str, int]:
        """Append the leaves that are no data; return the parameters' nodes by name."""
        data = set(() if self.table is None else self.table.names)
        for line in self.both.lines():
            if self.both.is_leaf(line.root) and line.name not in data:
                self._copy(line, self.shared)
                self.builder.end_line(line.name, group=line.group)
        return {name: self.shared[self._node(name)] for name in self.parameters}

    def _node(self, name: str) -> int:
        return self.both.line(self.both.line_index[name]).root

    def _copy(self, line: Line, known: dict[int, int]) -> None:
        for node in line.nodes:
            copy_node(self.both, self.builder, node, known)

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
        while name in self.one.line_index or name in self.builder.line_names:
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
                name = in_step(self.called(slot.name, parameter), 0)
                found[parameter][slot.name] = self.builder.leaf_line(name, "const", whole, shape)
                self.lines.append(StepLine(name, slot.name, 0, parameter))
        return found

    # ---- an update ----

    def called(self, part: str, parameter: str) -> str:
        taken = {name.partition("[")[0] for name in self.one.line_names}
        name = of_parameter(part, parameter, alone=len(self.parameters) == 1)
        while name in taken:
            name = of_parameter(f"{part}_", parameter, alone=len(self.parameters) == 1)
            part += "_"
        return name

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
            known = self._pass(number, rows[0], at, 0)
            return {name: known[name] for name in self.parameters}
        each = [self._pass(number, row, at, row) for row in rows]
        divide = {"batch": len(rows), "data": len(self.training.parts.train), "none": 1}
        divisor, found = divide[self.plan.divide], {}
        for name in self.parameters:
            m = self._emitter(number, name)
            total = m.ref(each[0][name])
            for known in each[1:]:
                total = total + m.ref(known[name])
            found[name] = m.line("g", total / divisor if divisor > 1 else total).node
        return found

    def _pass(self, number: int, row: int, at: dict[str, int], beside: int) -> dict[str, int]:
        """Append the passes of a row; return the gradients' nodes by parameter.

        Args:
            number: of the update.
            row: of the data.
            at: the parameters.
            beside: the row again where there are others in the update, which are told apart by it.
        """
        known = self._data(row) | {self._node(name): node for name, node in at.items()}
        found: dict[str, int] = {}
        for line in self.both.lines():
            own = self.differentiated.get(line.name, "")
            of_data = own and own not in at and self.one.is_leaf(self._node(own))
            if self.both.is_leaf(line.root) or of_data:
                continue
            self._copy(line, known)
            is_gradient = own in at and not beside
            called = self.called("g", own) if is_gradient else line.name
            name = in_step(called, number, beside)
            self.builder.end_line(name, group=f"{number}")
            if own in at:
                found[own] = known[line.root]
            self._noted(line, name, number, beside, at)
        for name in self.parameters:
            if name not in found:  # the loss does not depend on it
                found[name] = self._none(number, name, beside)
        return found

    def _data(self, row: int) -> dict[int, int]:
        """Return leaves by their nodes: shared ones, and the numbers of a row."""
        known = dict(self.shared)
        if self.table is None:
            return known
        for name, value in self.table.point(row).items():
            node = self._node(name)
            known[node] = self.builder.constant(value, self.both.columns.shape(node))
        return known

    def _none(self, number: int, name: str, beside: int) -> int:
        import numpy as np

        shape = self.both.columns.shape(self._node(name))
        zero = np.zeros(shape, dtype=object) if shape else Fraction(0)
        line = in_step(self.called("g", name), number, beside)
        return self.builder.leaf_line(line, "const", zero, shape)

    def _noted(self, line: Line, name: str, number: int, beside: int, at: dict[str, int]) -> None:
        """Note what a line is: a value, or the derivative of the loss in another line."""
        other = self.differentiated.get(line.name)
        if other is None:
            self.lines.append(StepLine(name, "value", number, line.name, beside=beside))
            return
        if other in at:  # a parameter, at the point where the gradient is taken
            wrt = self.builder.line_names[bisect_right(self.builder.line_ends, at[other])]
            part = "adjoint" if beside else "g"
        else:
            leaf = self.one.is_leaf(self._node(other))
            wrt, part = other if leaf else in_step(other, number, beside), "adjoint"
        of = in_step(self.one.name(self.one.output), number, beside)
        self.lines.append(StepLine(name, part, number, other, of, wrt, beside))

    def _clipped(self, number: int, gradients: dict[str, int]) -> dict[str, int]:
        if self.plan.clip is None:
            return gradients
        m = self._emitter(number, "")
        limit = m.number(_exact(self.plan.clip.settings["limit"]))
        made = clipped(m, self.plan, [m.ref(gradients[name]) for name in self.parameters], limit)
        pairs = zip(self.parameters, made, strict=True)
        return {name: self._emitter(number, name).line("clipped", g).node for name, g in pairs}

    def _loss(self, number: int, at: dict[str, int]) -> int:
        """Append the forward passes after the last update; return their mean loss."""
        rows = self.rows[-1]
        losses = []
        for row in rows:
            known = self._data(row) | {self._node(name): node for name, node in at.items()}
            for line in self.one.lines():
                if not self.one.is_leaf(line.root):
                    self._copy(self.both.line(self.both.line_index[line.name]), known)
                    beside = row if len(rows) > 1 else 0
                    name = in_step(line.name, number, beside)
                    self.builder.end_line(name, group=f"{number}")
                    self.lines.append(StepLine(name, "value", number, line.name, beside=beside))
            losses.append(known[self._node(self.one.name(self.one.output))])
        if len(losses) == 1:
            return losses[0]
        m = UpdateEmitter(self.builder, "", "")
        total = m.ref(losses[0])
        for node in losses[1:]:
            total = total + m.ref(node)
        mean = total / len(losses)
        self.builder.end_line(in_step(self.one.name(self.one.output), number))
        return mean.node


class _StepEmitter(UpdateEmitter):
    """The namespace of an update of one parameter: its lines carry the number of the update."""

    def __init__(self, unrolling: _Unrolling, number: int, parameter: str) -> None:
        super().__init__(unrolling.builder, parameter, f"{number}")
        self.unrolling = unrolling
        self.update = number

    def line(self, name: str, value: Any) -> Ref:
        """Name a value as a board does: m[1], and w[1] for the new w."""
        called = name if not self.name else self.unrolling.called(name, self.name)
        called = self.name if name == "new" else called
        whole = in_step(called, self.update)
        self.results = {name: whole}
        self.unrolling.lines.append(StepLine(whole, name, self.update, self.name))
        return super().line(name, value)


def _exact(value: Any) -> Any:
    """Return a number as it is written: 0.9 is 9/10."""
    return Fraction(str(value)) if isinstance(value, float) else value
