"""Hold what a lens looks at: a graph, a point, its samples, and the passes over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import nan
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import near
from graphgrad.ops.evaluate import to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.stages import Stage, stages
from graphgrad.views.text.trouble import trouble_error

__all__ = ["MOST_NODE_RUNS", "Subject"]

MOST_NODE_RUNS = 2_000_000
"""Nodes times passes of one lens; more is refused before it is begun."""


class Subject:
    """A graph at a point, run when a lens asks.

    Args:
        graph: the graph.
        point: values of leaves instead of the graph's own.
        row: the one row of the data to look at; None looks at all that train.
    """

    def __init__(
        self, graph: Graph, point: Mapping[str, Any] | None = None, row: int | None = None
    ) -> None:
        self.graph = graph
        self.given = dict(point or {})
        self.row = row

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """Return the point of every sample: the rows that train, or the point alone."""
        table = self.graph.heading.table
        if table is None or table.whole:
            return [self.given]
        rows = [self.row] if self.row else table.training_rows()
        return [table.point(row) | self.given for row in rows]

    @cached_property
    def traces(self) -> list[Trace]:
        """Return a pass per sample.

        Raises:
            LimitError: if there are too many nodes and samples.
            NonFiniteError: if a value is not a finite number.
        """
        self.allow(len(self.points))
        return [self.run(point) for point in self.points]

    @property
    def trace(self) -> Trace:
        """Return the pass of the first sample."""
        return self.traces[0] if self.row or len(self.points) == 1 else self.run(self.points[0])

    @cached_property
    def stages(self) -> list[Stage]:
        """Return the layers of the graph."""
        return stages(self.graph)

    @cached_property
    def parameters(self) -> dict[str, int]:
        """Return the nodes of the parameters, by name."""
        return self._leaves("parameter")

    @cached_property
    def inputs(self) -> dict[str, int]:
        """Return the nodes of the inputs, by name."""
        return self._leaves("input")

    def allow(self, passes: int) -> None:
        """Refuse more passes over the graph than a reader would wait for.

        Raises:
            LimitError: if there are too many.
        """
        if passes * len(self.graph) > MOST_NODE_RUNS:
            raise LimitError(
                "lens.too_large", passes=passes, nodes=len(self.graph), most=MOST_NODE_RUNS
            )

    def run(self, point: Mapping[str, Any]) -> Trace:
        """Return a pass at a point.

        Raises:
            NonFiniteError: if a value is not a finite number.
        """
        trace = record(self.graph, point)
        error = trouble_error(trace)
        if error is not None:
            raise error
        return trace

    def value(self, point: Mapping[str, Any]) -> float:
        """Return the output at a point, without a backward pass; the output must be one number.

        Where an argument is outside its domain it is nan, also where the formula gives a number:
        a class that does not exist would cost nothing.
        """
        trace = record(self.graph, point, backward=False, refuse=False)
        if trace.trouble is not None and trace.trouble.reason == "domain":
            return nan
        return float(to_float(trace.values[self.graph.output]))

    def scalar_output(self) -> str:
        """Return the name of the output, which must be one number.

        Raises:
            UsageError: if it is an array.
        """
        name = self.graph.name(self.graph.output)
        if self.graph.columns.shape(self.graph.output):
            raise UsageError("lens.not_scalar", output=name)
        return name

    def node(self, name: str) -> int:
        """Return the node of a name.

        Raises:
            UsageError: if there is none, with names near it.
        """
        node = self.graph.find(name)
        if node is None:
            names = self.graph.line_names
            shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
            raise UsageError("name.unknown", name=name, near=near(name, names), known=shown)
        return node

    def numbers_of(self, role: str) -> list[str]:
        """Return the names of the leaves of a role that are one number each."""
        nodes = self.parameters if role == "parameter" else self.inputs
        return [name for name, node in nodes.items() if not self.graph.columns.shape(node)]

    def at(self, name: str) -> Any:
        """Return the value of a leaf at the first sample's point, as floats."""
        return to_float(record(self.graph, self.points[0], backward=False).value(name))

    def _leaves(self, role: str) -> dict[str, int]:
        graph = self.graph
        return {line.name: line.root for line in graph.lines() if graph.role(line.root) == role}
