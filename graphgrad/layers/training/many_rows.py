"""Compute the loss and its gradient over many rows at once, where the graph allows it.

A graph of scalars runs on columns: each node holds a number per row, and what flows back into a
parameter is summed over the rows. A graph that takes its rows as arrays (``data all``) is made anew
for another number of rows. Numbers agree with those of a row at a time to rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.registry import find_layer
from graphgrad.layers.training.modes import modes_of
from graphgrad.layers.training.objective import Found, Objective, finite
from graphgrad.layers.training.stacked_rows import StackedRows
from graphgrad.ops.evaluate import arrays, to_float
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import broken_condition

__all__ = ["GraphOf", "judge_of", "objective_of"]


class GraphOf(Protocol):
    """Give the graph that takes some rows as arrays, or that of another mode."""

    def __call__(self, rows: Sequence[int] | None, *, training: bool = True) -> Graph:
        """Return the graph; None for the usual rows."""
        ...


def objective_of(
    graph: Graph,
    point: Mapping[str, Any] | None = None,
    *,
    graph_of: GraphOf | None = None,
    at_once: bool = True,
) -> Objective:
    """Return the way to compute a graph's loss over rows.

    Args:
        graph: the graph.
        point: values of leaves instead of the graph's own.
        graph_of: for a graph that takes its rows as arrays, how to get one of other rows.
        at_once: whether numbers may differ by rounding from those of a row at a time, even where
            that would not take long.
    """
    table = graph.heading.table
    if table is not None and table.whole:
        return WholeObjective(graph, point, graph_of)
    if table is None or any(graph.columns.shapes):
        return Objective(graph, point)
    much = len(graph) * len(table.rows) > _MUCH
    return ColumnObjective(graph, point) if at_once or much else Objective(graph, point)


_FEW: Final = 4
"""So few rows are faster one by one, in Python's own numbers."""
_MUCH: Final = 10_000
"""From so many nodes times rows on, a row at a time is not worth waiting for."""
_OFTEN: Final = 20
"""From so many passes over as many rows on, stacking them into matrices has paid for itself."""
_MOST_NODES: Final = 500_000
"""Copies of so many nodes are not made; stacking them takes seconds."""


def judge_of(objective: Objective, graph_of: GraphOf | None, draw: int) -> Objective:
    """Return what judges: the same objective, or that of the graph without masks and batches.

    Args:
        objective: that of training; learns what it has in one mode only.
        graph_of: how to get the graph of the other mode; None keeps training's.
        draw: what masks are drawn from.
    """
    graph = objective.graph
    rows = (find_layer(block.kind) for block in graph.heading.blocks)
    averages = any(row is not None and row.statistics for row in rows)
    objective.modes = modes_of(graph, None, draw)
    if graph_of is None or not (averages or objective.modes):
        return objective
    judging = graph_of(None, training=False)
    objective.modes = modes_of(graph, judging, draw)
    judge = objective_of(judging, objective.given, graph_of=graph_of, at_once=False)
    judge.modes, judge.judges = objective.modes, True
    return judge


class ColumnObjective(Objective):
    """The loss of a graph of scalars, over all rows at once."""

    def __init__(self, graph: Graph, point: Mapping[str, Any] | None = None) -> None:
        super().__init__(graph, point)
        np, table = arrays().np, self.table
        assert table is not None
        self.fixed = {node: np.float64(value) for node, value in self.leaves.items()}
        self.data: dict[int, Any] = {}
        for index, name in enumerate(table.names):
            node = graph.find(name)
            if node is not None and name not in self.given:
                self.data[node] = np.array([to_float(row[index]) for row in table.rows])
        self.program = _program(graph, self.variable)
        self.stacks: dict[int, StackedRows] = {}
        self.asked: dict[int, int] = {}

    def at(self, vector: Any, rows: Sequence[int], *, gradient: bool = True) -> Found:
        """Return loss and gradient over some rows, as means."""
        if len(rows) < _FEW:
            return super().at(vector, rows, gradient=gradient)
        stack = self._stack(len(rows)) if gradient else None
        if stack is not None:
            found = stack.at(vector, rows, gradient=gradient)
            return found or super().at(vector, rows, gradient=gradient)
        return self._by_columns(vector, rows, gradient=gradient)

    def _stack(self, count: int) -> StackedRows | None:
        """Return the matrices of so many rows, made once they have been asked for often enough."""
        self.asked[count] = self.asked.get(count, 0) + 1
        if self.asked[count] < _OFTEN or len(self.graph) * count > _MOST_NODES:
            return None
        if count not in self.stacks:
            columns = [self.data[node] for node in self.data]
            names = [self.graph.name(node) for node in self.data]
            self.stacks[count] = StackedRows(self, count, arrays().np.array(columns).T, names)
        return self.stacks[count]

    def _by_columns(self, vector: Any, rows: Sequence[int], *, gradient: bool) -> Found:
        m, count = arrays(), len(rows)
        with m.np.errstate(all="ignore"):
            values = self._forward(vector, rows)
            losses = m.np.broadcast_to(values[self.graph.output], count)
            adjoints = self._backward(values, count) if gradient else []
        if not (finite(values) and self._in_domain(values) and finite(adjoints)):
            return super().at(vector, rows, gradient=gradient)  # says where it went wrong
        found = [adjoints[node] for node in self.layout.nodes] if gradient else []
        entries = [0.0 if adjoint is None else float(adjoint) for adjoint in found]
        total = m.np.array(entries) / count if gradient else None
        return Found(float(losses.sum()) / count, total)

    def _forward(self, vector: Any, rows: Sequence[int]) -> list[Any]:
        m = arrays()
        values: list[Any] = [None] * len(self.graph)
        for node, value in self.fixed.items():
            values[node] = value
        chosen = m.np.array(rows) - 1
        for node, column in self.data.items():
            values[node] = column[chosen]
        for node, value in zip(self.layout.nodes, vector, strict=True):
            values[node] = value
        for node, function, parents, settings, _ in self.program:
            values[node] = function(m, *[values[parent] for parent in parents], **settings)
        return values

    def _backward(self, values: list[Any], count: int) -> list[Any]:
        m = arrays()
        adjoints: list[Any] = [None] * len(values)
        adjoints[self.graph.output] = m.np.ones(count)
        for node, _, parents, settings, partials in reversed(self.program):
            adjoint = adjoints[node]
            if adjoint is None:
                continue
            out = values[node]
            if not m.np.ndim(out):
                adjoint = adjoint.sum() if m.np.ndim(adjoint) else adjoint
            args = [values[parent] for parent in parents]
            for source, partial in partials:
                term = adjoint * partial(m, out, *args, **settings)
                if m.np.ndim(term) and not m.np.ndim(values[source]):
                    term = term.sum()
                known = adjoints[source]
                adjoints[source] = term if known is None else known + term
        return adjoints


def _program(graph: Graph, variable: bytearray) -> list[tuple[Any, ...]]:
    """Return the operations as (node, function, parents, settings, partials that are needed)."""
    columns = graph.columns
    program = []
    for node in range(len(graph)):
        row = columns.row(node)
        if not isinstance(row, Elementwise):
            continue
        parents = list(columns.parents_of(node))
        settings = {name: _plain(value) for name, value in columns.settings_of(node).items()}
        slots = zip(parents, row.partials, strict=True)
        partials = [(source, partial) for source, partial in slots if variable[source]]
        program.append((node, row.evaluate or row.formula, parents, settings, partials))
    return program


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | str) else to_float(value)


class WholeObjective(Objective):
    """The loss of a graph that takes its rows as arrays: what its file says of them as a whole.

    That is taken as the mean over the rows.
    """

    def __init__(
        self, graph: Graph, point: Mapping[str, Any] | None, graph_of: GraphOf | None
    ) -> None:
        super().__init__(graph, point)
        self.graph_of = graph_of
        taken = next((graph.columns.shape(node)[0] for node in self.inputs.values()), self.count)
        self.sized: dict[int, Objective] = {taken: self}

    def row_point(self, row: int) -> dict[str, Any]:
        """Return nothing: the graph holds its rows already."""
        return {}

    def at(self, vector: Any, rows: Sequence[int], *, gradient: bool = True) -> Found:
        """Return loss and gradient over some rows."""
        found = self.of_size(rows).run(vector, self.stacked(rows), gradient=gradient)
        if found.trouble is None:
            return found
        return found._replace(row=_row_at_fault(found.trouble, rows))

    def one(self, vector: Any, row: int, *, gradient: bool = True) -> Found:
        """Return loss and gradient of one row."""
        return self.at(vector, (row,), gradient=gradient)

    def values_of(self, vector: Any, rows: Sequence[int], name: str) -> list[Any]:
        """Return a line's value on some rows."""
        return list(self.of_size(rows)._values(vector, self.stacked(rows), name))

    def of_size(self, rows: Sequence[int]) -> Objective:
        """Return the objective of the graph for so many rows."""
        known = self.sized.get(len(rows))
        if known is None:
            if self.graph_of is None:
                raise UsageError("training.whole_only", rows=len(rows), count=self.count)
            graph = self.graph_of(rows, training=not self.judges)
            known = WholeObjective(graph, self.given, None)
            known.modes, known.judges = self.modes, self.judges
            self.sized[len(rows)] = known
        return known

    def stacked(self, rows: Sequence[int]) -> dict[str, Any]:
        """Return each column of the table as an array over some rows."""
        np, table = arrays().np, self.table
        assert table is not None
        return {
            name: np.array([to_float(table.rows[row - 1][index]) for row in rows])
            for index, name in enumerate(table.names)
            if name not in self.given
        }


def _row_at_fault(trace: Trace, rows: Sequence[int]) -> int | None:
    """Return the row whose data are at fault in a pass over arrays of rows, where that is seen."""
    trouble, columns = trace.trouble, trace.graph.columns
    table = trace.graph.heading.table
    condition = None if trouble is None else broken_condition(trace, trouble)
    if trouble is None or table is None:
        return None
    node = trouble.node
    if condition is not None:
        node = columns.parents_of(node)[condition.argument]
    if trace.graph.name(node) not in table.names:
        return None
    np = arrays().np
    value = np.asarray(to_float(trace.values[node]))
    wrong = ~np.isfinite(value) if condition is None else ~np.asarray(condition.holds(value))
    places = wrong.nonzero()
    return rows[int(places[0][0])] if places and len(places[0]) else None
