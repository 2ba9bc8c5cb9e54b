"""Compose the numbers of a line from those of its operations."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.graph.graph import Edge, Line
from graphgrad.graph.inputs import LineInput, computations, line_inputs
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace, kept_with_trace

__all__ = ["LinePartial", "line_contributions", "line_partials"]


class LinePartial(NamedTuple):
    """The derivative of a line in one of its slots.

    Attributes:
        slot: position among the line's inputs.
        source: the node it is the derivative in.
        value: the partial, of the line's shape; None where a structural op stands between.
        contribution: what the line adds to the source's adjoint; None without a backward pass.
    """

    slot: int
    source: int
    value: Any
    contribution: Any


def line_partials(trace: Trace, line: Line) -> list[LinePartial]:
    """Return one partial per slot of a line, composed over the line's operations."""
    graph = trace.graph
    operations = computations(graph, line)
    contributions = line_contributions(trace, line)

    def partial(use: LineInput) -> Any:
        if len(operations) > 1:
            return _pushed(trace, line, operations, use.source)
        node = operations[0]
        return _filled(trace, trace.partial(Edge(use.source, node, use.slot)), node)

    return [
        LinePartial(use.slot, use.source, partial(use), contributions.get(use.slot))
        for use in line_inputs(graph, line)
    ]


def line_contributions(trace: Trace, line: Line) -> dict[int, Any]:
    """Return what a line adds to the adjoint of each of its inputs, by slot, without the partials.

    Of a trace without a backward pass it is empty.
    """
    return {} if trace.adjoints is None else _added(trace, line)


@kept_with_trace
def _added(trace: Trace, line: Line) -> dict[int, Any]:
    operations, uses = computations(trace.graph, line), line_inputs(trace.graph, line)
    if len(operations) == 1:
        node = operations[0]
        return {use.slot: trace.contribution(Edge(use.source, node, use.slot)) for use in uses}
    found = _contributions(trace, line, operations)
    return {use.slot: found.get(use.source) for use in uses}


def _filled(trace: Trace, value: Any, node: int) -> Any:
    """Return a partial that is one number as an array of the output's shape."""
    shape = trace.graph.columns.shape(node)
    if value is None or tuple(getattr(value, "shape", ())) == shape:
        return value
    numbers = trace.arithmetic
    return numbers.scaled(value, numbers.one(shape), numbers.one(shape))


def _contributions(trace: Trace, line: Line, operations: list[int]) -> dict[int, Any]:
    """Return what the line adds to each of its inputs, summed over the line's operations."""
    if trace.adjoints is None:
        return {}
    terms: dict[int, Any] = {}
    for node in reversed(operations):
        for slot in trace.steps.slots(node):
            source = trace.graph.columns.parents_of(node)[slot]
            if source < line.nodes.start:
                term = trace.contribution(Edge(source, node, slot))
                known = terms.get(source)
                terms[source] = term if known is None else trace.arithmetic.add(known, term)
    return terms


def _pushed(trace: Trace, line: Line, operations: list[int], source: int) -> Any:
    """Push ones from an input to the line's root: the composed element-wise partial."""
    columns = trace.graph.columns
    numbers = trace.arithmetic
    tangents: dict[int, Any] = {source: numbers.one(columns.shape(source))}
    for node in operations:
        row = columns.row(node)
        settings = numbers.settings(columns.settings_of(node))
        parents = columns.parents_of(node)
        args = tuple(trace.values[parent] for parent in parents)
        for slot, parent in enumerate(parents):
            if parent not in tangents:
                continue
            if not isinstance(row, Elementwise):
                return None
            term = numbers.pushforward(
                row, slot, tangents[parent], trace.values[node], args, settings
            )
            known = tangents.get(node)
            tangents[node] = term if known is None else numbers.add(known, term)
    return _filled(trace, tangents[line.root], line.root)
