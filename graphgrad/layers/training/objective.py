"""Compute the loss and its gradient over rows of data, a row at a time.

Nothing but numbers is kept; where one is not finite, the pass is run again as a trace, which says
where it went wrong. `many_rows.py` has ways that take many rows at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphgrad.autodiff.passes import run_backward, run_forward
from graphgrad.autodiff.record import leaf_values, record
from graphgrad.compile.recording.lowering import depending_on
from graphgrad.compile.sound_pass import SoundPass
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.layout import Layout
from graphgrad.layers.training.modes import Modes
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import holds

__all__ = ["Found", "Objective", "finite", "guards_of"]


class Found(NamedTuple):
    """What a pass over some rows gives.

    Attributes:
        loss: the mean of the rows' losses.
        gradient: the mean of their gradients as one vector; None where it was not asked for.
        trouble: the pass in which a value first left the finite numbers.
        row: the row of that pass.
    """

    loss: float
    gradient: Any = None
    trouble: Trace | None = None
    row: int | None = None


class Objective:
    """The loss of a graph over rows of its table, a row at a time.

    Args:
        graph: the graph; its output is made small.
        point: values of leaves instead of the graph's own.

    Attributes:
        modes: what the graph has in one mode only; None where it has nothing such.
        judges: whether this is the graph of judging.

    Raises:
        UsageError: if there are no parameters, or the output is no number.
    """

    def __init__(self, graph: Graph, point: Mapping[str, Any] | None = None) -> None:
        self.graph = graph
        self.layout = Layout(graph)
        if graph.columns.shape(graph.output):
            raise UsageError("train.not_scalar", output=graph.name(graph.output))
        self.table = graph.heading.table
        self.given = dict(point or {})
        self.count = 1 if self.table is None else len(self.table.rows)
        self.numbers = arithmetic()
        given = leaf_values(graph, self.row_point(1) | self.given)
        self.leaves = {node: self.numbers.leaf(value) for node, value in given.items()}
        columns = () if self.table is None else self.table.names
        found = ((name, graph.find(name)) for name in columns if name not in self.given)
        self.inputs = {name: node for name, node in found if node is not None}
        self.variable = depending_on(graph, self.layout.nodes)
        self.guards = guards_of(graph)
        self.modes: Modes | None = None
        self.judges = False
        self.programs: dict[bool, SoundPass] = {}

    def start(self) -> Any:
        """Return the parameters at the start as one vector."""
        nodes = zip(self.layout.names, self.layout.nodes, strict=True)
        return self.layout.flat({name: self.leaves[node] for name, node in nodes})

    def row_point(self, row: int) -> dict[str, Any]:
        """Return the values of the inputs on a row; none where there is no table."""
        return {} if self.table is None else self.table.point(row)

    def at(self, vector: Any, rows: Sequence[int], *, gradient: bool = True) -> Found:
        """Return loss and gradient over some rows, as means."""
        losses: list[float] = []
        total = None
        for row in rows:
            found = self.one(vector, row, gradient=gradient)
            if found.trouble is not None:
                return found
            losses.append(found.loss)
            if gradient:
                total = found.gradient if total is None else total + found.gradient
        count = len(losses)
        return Found(math.fsum(losses) / count, None if total is None else total / count)

    def one(self, vector: Any, row: int, *, gradient: bool = True) -> Found:
        """Return loss and gradient of one row."""
        found = self.run(vector, self.row_point(row), gradient=gradient)
        if found.trouble is None or self.table is None:
            return found
        return found._replace(row=row)

    def run(self, vector: Any, point: Mapping[str, Any], *, gradient: bool = True) -> Found:
        """Return loss and gradient at values of the inputs."""
        columns, output = self.graph.columns, self.graph.output
        point = dict(point) | self._of_mode(training=gradient)
        leaves = self._leaves_at(vector, point)
        compiled = self._compiled(gradient=gradient)
        found = compiled.run(leaves) if compiled.pays() else None
        if found is not None:
            if gradient and self.modes is not None:
                self.modes.absorb(self.graph, found.seen)
            return Found(found.value, self._flat(found.adjoints) if gradient else None)
        values = run_forward(columns, leaves, self.numbers)
        loss, adjoints = float(values[output]), None
        if gradient and self.modes is not None:
            self.modes.absorb(self.graph, values)
        if gradient:
            adjoints = run_backward(columns, values, output, 1.0, self.variable, self.numbers)
        sound = finite(adjoints or ())
        if not (finite(values) and self._in_domain(values) and sound):
            everything = point | self.given | self.layout.by_name(vector)
            trace = record(self.graph, everything, refuse=False)
            # a partial in a target may be infinite: a step in the parameters does not meet it
            aside = sound and trace.trouble is not None and trace.trouble.reason == "partial"
            if trace.trouble is not None and not aside:
                return Found(loss, None, trace)
        return Found(loss, None if adjoints is None else self._gradient(adjoints))

    def _compiled(self, *, gradient: bool) -> SoundPass:
        """Return the program of a pass."""
        if gradient not in self.programs:
            given = {*self.inputs.values(), *self.layout.nodes}
            wrt = self.layout.nodes if gradient else ()
            seen: list[int] = []
            if self.modes is not None:
                given |= set(self.modes.given(self.graph, judging=self.judges))
                seen = self.modes.statistics(self.graph) if gradient else []
            how = (self.graph, tuple(given), wrt, self.guards, self.leaves)
            self.programs[gradient] = SoundPass(*how, seen=seen)
        return self.programs[gradient]

    def values_of(self, vector: Any, rows: Sequence[int], name: str) -> list[Any]:
        """Return a line's value on some rows."""
        return [self._values(vector, self.row_point(row), name) for row in rows]

    def _values(self, vector: Any, point: Mapping[str, Any], name: str) -> Any:
        node = self.graph.find(name)
        assert node is not None
        point = dict(point) | self._of_mode(training=False)
        return run_forward(self.graph.columns, self._leaves_at(vector, point), self.numbers)[node]

    def _of_mode(self, *, training: bool) -> dict[str, Any]:
        """Return what is drawn for a pass of training, or the running statistics that judge."""
        if self.modes is None:
            return {}
        if not self.judges:
            return self.modes.masks(self.graph) if training else {}
        return self.modes.running

    def _leaves_at(self, vector: Any, point: Mapping[str, Any]) -> dict[int, Any]:
        leaves = dict(self.leaves)
        for name, value in point.items():
            node = self.inputs.get(name)
            if node is None and self.modes is not None and name not in self.given:
                node = self.graph.find(name)
            if node is not None:
                leaves[node] = to_float(value)
        leaves.update(zip(self.layout.nodes, self.layout.parts(vector), strict=True))
        return leaves

    def _gradient(self, adjoints: Sequence[Any]) -> Any:
        found = (adjoints[node] for node in self.layout.nodes)
        zeros = zip(found, self.layout.shapes, strict=True)
        return self._flat([self.numbers.zero(shape) if a is None else a for a, shape in zeros])

    def _flat(self, parts: Sequence[Any]) -> Any:
        return self.layout.flat(dict(zip(self.layout.names, parts, strict=True)))

    def _in_domain(self, values: Sequence[Any]) -> bool:
        return all(holds(condition, values[argument]) for argument, condition in self.guards)


def guards_of(graph: Graph) -> list[tuple[int, Any]]:
    """Return what some arguments must satisfy, as (node, condition)."""
    columns = graph.columns
    found = []
    for node in range(len(columns)):
        row = columns.row(node)
        if isinstance(row, Elementwise | Structural):
            for condition in row.domain(columns.settings_of(node)):
                found.append((columns.parents_of(node)[condition.argument], condition))
    return found


def finite(values: Sequence[Any]) -> bool:
    """Tell whether all values are surely finite: a sum overflows or is no number where one is."""
    total = 0.0
    for value in values:
        if value is None:
            continue
        total += value if type(value) is float else float(abs(value).sum())
    return math.isfinite(total)
