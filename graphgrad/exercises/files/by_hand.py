"""Tell whether a pass can be done by hand: no number too long, no part dead, no spread of 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.graph.graph import Graph
from graphgrad.ops.shapes import entries
from graphgrad.trace.trace import Trace

__all__ = ["PRINTS_AS_WHOLE", "any_entry", "flat_statistic", "is_dead", "is_long", "rows_of"]

_LARGEST = 100
_DENOMINATOR = 12
PRINTS_AS_WHOLE = 5e-5
"""What differs from a whole number by less is printed as that number."""
_SPREADS = ("var", "std", "norm")
_LARGEST_EPS = Fraction(1, 1000)


def is_long(graph: Graph, values: Mapping[str, Any]) -> bool:
    """Tell whether a value or an adjoint on the way is too long for the hand, in any row.

    It may have two decimals and two digits before them, or be a fraction of small numbers; what is
    no rational number is rounded anyway, and only held to its size.
    """
    for point in _points(graph):
        trace = record(graph, {**values, **point}, exact=True)
        numbers = [*trace.values, *(trace.adjoint(node) for node in range(len(graph)))]
        if any(_is_long(n) for value in numbers for n in entries(value)):
            return True
    return False


def is_dead(graph: Graph, values: Mapping[str, Any]) -> bool:
    """Tell whether a layer of relu is 0 in every row, or most parameters get no gradient."""
    return _has_dead_layer(graph, values) or _is_mostly_untrained(graph, values)


def _is_mostly_untrained(graph: Graph, values: Mapping[str, Any]) -> bool:
    """Tell whether most parameters get no gradient in any row."""
    trained = [line.root for line in graph.lines() if graph.role(line.root) == "parameter"]
    alive: set[int] = set()
    for point in _points(graph):
        trace = record(graph, {**values, **point})
        found = {node: trace.adjoint(node) for node in trained}
        alive |= {
            node for node, adjoint in found.items() if adjoint is not None and any(entries(adjoint))
        }
        if 2 * len(alive) >= len(trained):
            return False
    return bool(trained)


def _has_dead_layer(graph: Graph, values: Mapping[str, Any]) -> bool:
    """Tell whether an array of relu, or all relu of numbers together, is 0 in every row."""
    layers: dict[int, list[int]] = {}
    for node in range(len(graph)):
        if graph.columns.row(node).name == "relu":
            layers.setdefault(node if graph.columns.shape(node) else -1, []).append(node)
    for point in _points(graph) if layers else ():
        trace = record(graph, {**values, **point})
        for layer, nodes in list(layers.items()):
            if any(any_entry(trace.values[node] > 0) for node in nodes):
                del layers[layer]
        if not layers:
            return False
    return bool(layers)


def flat_statistic(trace: Trace) -> str:
    """Return the line with a spread that prints as 0: what it divides by is its eps, or nothing.

    Where all entries of a batch are equal its variance is 0 and so is every derivative that comes
    through. Equal entries of softmax are no such case: training from zero weights starts there.
    """
    graph = trace.graph
    for node in range(len(graph)):
        if graph.columns.row(node).name in _SPREADS:
            if any_entry(abs(trace.values[node]) < PRINTS_AS_WHOLE):
                return graph.line_names[graph.line_of(node)]
        elif _rests_on_its_eps(trace, node):
            return graph.line_names[graph.line_of(node)]
    return ""


def _rests_on_its_eps(trace: Trace, node: int) -> bool:
    """Tell whether a sum of something and a small constant comes to the constant everywhere."""
    graph = trace.graph
    parents = graph.columns.parents_of(node)
    if graph.columns.row(node).name != "add" or len(parents) != 2:
        return False
    for eps, other in (parents, reversed(parents)):
        if graph.role(eps) != "constant" or graph.columns.shape(eps):
            continue
        if 0 < abs(trace.values[eps]) <= _LARGEST_EPS:
            return not any_entry(abs(trace.values[other]) >= PRINTS_AS_WHOLE)
    return False


def rows_of(graph: Graph) -> int:
    """Return how many passes it takes to see that a graph is dead: one per row of its data."""
    table = graph.heading.table
    return 1 if table is None or table.whole else len(table.training_rows())


def _points(graph: Graph) -> Iterator[Mapping[str, Any]]:
    """Yield what the data puts in: once per row, or nothing where there is none."""
    table = graph.heading.table
    yield from [{}] if table is None or table.whole else map(table.point, table.training_rows())


def _is_long(number: Any) -> bool:
    if not isinstance(number, Fraction | int):
        return bool(abs(number) >= _LARGEST)
    fraction = Fraction(number)
    short = fraction.denominator <= _DENOMINATOR or (100 * fraction).denominator == 1
    return abs(fraction) >= _LARGEST or not short


def any_entry(found: Any) -> bool:
    """Tell whether something holds, of an array for any entry."""
    return bool(found.any()) if hasattr(found, "any") else bool(found)
