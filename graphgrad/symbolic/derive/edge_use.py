"""Follow adjoints along edges, between lines or between single operations."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from graphgrad.autodiff.lines import line_partials as numeric_partials
from graphgrad.graph.graph import Edge, Graph
from graphgrad.graph.inputs import line_inputs
from graphgrad.symbolic.derive.partials import SymbolicPartial, line_partials, node_partials
from graphgrad.trace.trace import Trace

__all__ = ["Detail", "Uses"]

Detail = Literal["line", "op"]


class Numeric(NamedTuple):
    """A partial and the contribution along one edge, in numbers."""

    value: Any
    contribution: Any


class Uses:
    """The edges of a trace's graph at one level of detail, with their symbols and numbers.

    At line level an edge leads from what a line reads to the line; its slot counts the line's
    inputs. At op level edges are those of the graph.
    """

    def __init__(self, trace: Trace, detail: Detail) -> None:
        self.trace = trace
        self.graph: Graph = trace.graph
        self.detail = detail
        self._symbolic: dict[int, dict[int, SymbolicPartial]] = {}
        self._numeric: dict[int, dict[int, Numeric]] = {}

    def incoming(self, target: int) -> list[Edge]:
        """Return the edges into a node from what it can be differentiated by, by slot."""
        graph = self.graph
        if graph.is_leaf(target):
            return []
        line = graph.line(graph.line_of(target))
        if self.detail == "line" and target == line.root:
            return [Edge(use.source, target, use.slot) for use in line_inputs(graph, line)]
        return [
            Edge(source, target, slot)
            for slot, source in enumerate(graph.columns.parents_of(target))
            if graph.variable[source]
        ]

    def symbolic(self, edge: Edge) -> SymbolicPartial:
        """Return the partial along an edge as text and LaTeX."""
        target = edge.target
        if target not in self._symbolic:
            line = self.graph.line(self.graph.line_of(target))
            whole = self.detail == "line" and target == line.root
            found = line_partials(self.graph, line) if whole else node_partials(self.graph, target)
            self._symbolic[target] = {partial.slot: partial for partial in found}
        return self._symbolic[target][edge.slot]

    def numeric(self, edge: Edge) -> Numeric:
        """Return the partial and the contribution along an edge; no partial for structural ops."""
        target, graph = edge.target, self.graph
        line = graph.line(graph.line_of(target))
        if self.detail == "op" or target != line.root:
            return Numeric(self.trace.partial(edge), self.trace.contribution(edge))
        if target not in self._numeric:
            self._numeric[target] = {
                partial.slot: Numeric(partial.value, partial.contribution)
                for partial in numeric_partials(self.trace, line)
            }
        return self._numeric[target][edge.slot]

    def pulled_back(self, edge: Edge, adjoint: Any) -> Any:
        """Return any adjoint of an edge's target pulled back to its source."""
        graph = self.graph
        line = graph.line(graph.line_of(edge.target))
        operations = [node for node in line.nodes if not graph.is_leaf(node)]
        if self.detail == "op" or edge.target != line.root or len(operations) == 1:
            return self.trace.pulled_back(edge, adjoint)
        return self._through_line(edge, operations, adjoint)

    def _through_line(self, edge: Edge, operations: list[int], adjoint: Any) -> Any:
        """Pull back through the operations of a line, to one of its inputs."""
        columns, variable = self.graph.columns, self.graph.variable
        adjoints = {edge.target: adjoint}
        first = operations[0]
        for node in reversed(operations):
            if node not in adjoints:
                continue
            for slot, source in enumerate(columns.parents_of(node)):
                if variable[source] and (source == edge.source or source >= first):
                    term = self.trace.pulled_back(Edge(source, node, slot), adjoints[node])
                    known = adjoints.get(source)
                    adjoints[source] = (
                        term if known is None else self.trace.arithmetic.add(known, term)
                    )
        return adjoints[edge.source]
