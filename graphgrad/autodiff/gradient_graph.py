"""Build the backward pass as a graph whose lines can be run, drawn and differentiated again."""

from __future__ import annotations

from array import array
from typing import Any

from graphgrad.autodiff.gradient_stencils import has_stencils, stencilled
from graphgrad.errors import ShapeError, UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_line
from graphgrad.graph.emit import Emitter, Ref
from graphgrad.graph.graph import Edge, Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import shape_text, unbroadcast

__all__ = ["gradient_graph"]


def gradient_graph(graph: Graph, wrt: str | None = None) -> Graph:
    """Return a graph with the lines of the given one, then one line per adjoint.

    Args:
        graph: a graph whose output is one number.
        wrt: the leaf whose gradient is the output; the last adjoint if None.

    Raises:
        ShapeError: if the output is an array.
        UsageError: if the output does not depend on ``wrt``.

    Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.2: the backward pass is
    itself a straight-line program.
    """
    shape = graph.columns.shape(graph.output)
    if shape:
        name = graph.name(graph.output)
        raise ShapeError("shape.backward", name=name, shape=shape_text(shape))
    if not graph.variable[graph.output]:
        raise UsageError("gradient.constant", name=graph.name(graph.output))
    if has_stencils(graph):
        builder, adjoints = stencilled(graph)
    else:
        pass_ = _BackwardPass(graph)
        pass_.run()
        builder, adjoints = pass_.builder, pass_.adjoints
    target = graph.find(wrt) if wrt is not None else min(adjoints)
    if target is None or target not in adjoints:
        known = ", ".join(graph.name(node) for node in sorted(adjoints))
        if target is not None:
            output = graph.name(graph.output)
            raise UsageError("gradient.unreached", name=wrt, output=output, known=known)
        raise UsageError("name.unknown", name=wrt, near=Worded("near.none"), known=known)
    return builder.freeze(adjoints[target], heading=graph.heading)


class _BackwardPass:
    """Emit, in reverse order of the nodes, one line with the adjoint of each."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.builder = GraphBuilder()
        self.emitter = Emitter(self.builder)
        self.numbers: dict[int, int] = {}
        for line in graph.lines():
            copy_line(graph, self.builder, line, self.numbers)
        self.adjoints: dict[int, int] = {}
        self.guards: dict[int, Ref] = {}
        """By node, 1 where a branch that reads it is taken: elsewhere its adjoint is 0."""
        self.last_use = array("i", [-1]) * len(graph)
        self.use_before = array("i")
        """By edge, counted as parents stand in the columns, the edge before it from its source."""
        self.targets = array("I")
        for target in range(len(graph)):
            for source in graph.columns.parents_of(target):
                self.use_before.append(self.last_use[source])
                self.last_use[source] = len(self.targets)
                self.targets.append(target)

    def run(self) -> None:
        graph = self.graph
        self._end_line(graph.output, self.emitter.number(1))
        for node in range(graph.output - 1, -1, -1):
            if graph.variable[node]:
                total = self._total(node)
                if total is not None:
                    self._end_line(node, total)

    def _total(self, node: int) -> Ref | None:
        """Return the sum of a node's contributions, None where no gradient reaches it."""
        total: Ref | None = None
        edges = self._uses(node)
        for edge in edges:
            term = self._contribution(edge)
            if term is not None:
                total = term if total is None else total + term
            if len(edges) > 1:  # the node matters where any of its readers does
                self.guards.pop(node, None)
        return total

    def _uses(self, node: int) -> list[Edge]:
        """Return the edges from a node to those that have adjoints, the last first."""
        found, at = [], self.last_use[node]
        while at >= 0:
            target = self.targets[at]
            if target in self.adjoints:
                found.append(Edge(node, target, at - self.graph.columns.starts[target]))
            at = self.use_before[at]
        return found

    def _contribution(self, edge: Edge) -> Ref | None:
        row = self.graph.columns.row(edge.target)
        settings = self.graph.columns.settings_of(edge.target)
        adjoint = self.emitter.ref(self.adjoints[edge.target])
        out = self._ref(edge.target)
        args = tuple(self._ref(parent) for parent in self.graph.columns.parents_of(edge.target))
        if isinstance(row, Elementwise):
            partial = row.computed_partials[edge.slot](self.emitter, out, *args, **settings)
            guard = self.guards.get(edge.target)
            if row.selects and isinstance(partial, Ref):
                self._guard(edge, partial if guard is None else guard * partial)
            elif guard is not None:
                self._guard(edge, guard)
                if self._can_fail(row, edge.target, settings):
                    product = self.emitter.call("where", guard, adjoint * partial, 0)
                    return self._scaled(product, 1, edge.source)
            return self._scaled(adjoint, partial, edge.source)
        assert isinstance(row, Structural)
        pulled: Any = row.computed_pullback(self.emitter, adjoint, out, args, edge.slot, **settings)
        return pulled  # type: ignore[no-any-return]  # rows are untyped functions of m

    def _guard(self, edge: Edge, guard: Ref) -> None:
        """Keep under which condition a node matters, where the shapes let one say it."""
        if self.emitter.shape(guard) == self.graph.columns.shape(edge.source):
            self.guards[edge.source] = guard

    def _can_fail(self, row: Elementwise, node: int, settings: dict[str, Any]) -> bool:
        """Tell whether a partial may be infinite: 0 times it would be no number."""
        columns = self.graph.columns
        parents = columns.parents_of(node)
        if row.name == "exp" or self._has_edges(node, row, settings):
            return True
        rows = ((parent, columns.row(parent)) for parent in parents if len(parents) > 1)
        return any(
            isinstance(of, Elementwise)
            and (of.name == "exp" or self._has_edges(parent, of, columns.settings_of(parent)))
            for parent, of in rows
        )

    def _has_edges(self, node: int, row: Elementwise, settings: dict[str, Any]) -> bool:
        """Tell whether what an op takes ends somewhere that a variable may come to."""
        parents = self.graph.columns.parents_of(node)
        return any(self.graph.variable[parents[c.argument]] for c in row.domain(settings))

    def _scaled(self, adjoint: Ref, partial: Any, source: int) -> Ref | None:
        if not isinstance(partial, Ref) and partial == 0:
            return None
        summed: Any = unbroadcast(self.emitter, adjoint * partial, self.graph.columns.shape(source))
        return summed  # type: ignore[no-any-return]  # runs on any namespace

    def _ref(self, node: int) -> Ref:
        return self.emitter.ref(self.numbers[node])

    def _end_line(self, node: int, adjoint: Ref) -> None:
        """Close the line of an adjoint; a bare copy of another adjoint becomes an identity."""
        ends = self.builder.line_ends
        if ends and adjoint.node < ends[-1]:
            adjoint = self.emitter.call("identity", adjoint)
        group = self.graph.line(self.graph.line_of(node)).group
        self.builder.end_line(self.graph.adjoint_name(self.graph.name(node)), group=group)
        self.adjoints[node] = adjoint.node
