"""Find the edges between a node and the output, count the paths along them, and list some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from graphgrad.graph.graph import Edge
from graphgrad.symbolic.derive.edge_use import Uses
from graphgrad.symbolic.derive.gradient import depending
from graphgrad.symbolic.derive.partials import SymbolicPartial

__all__ = [
    "MOST_PATHS",
    "Factor",
    "Path",
    "edges_between",
    "listed_paths",
    "path_count",
    "path_counts",
]

MOST_PATHS = 50
_MOST_EDGES = 5_000
"""Where more edges lie between, paths are counted but not listed."""


class Factor(NamedTuple):
    """The partial along one edge.

    Attributes:
        edge: from what is differentiated by, to what is differentiated.
        name: for instance ``dyhat_dz``.
        latex_name: that in LaTeX.
        partial: it as a formula.
        value: it in numbers, of the target's shape; None where a structural op stands between.
    """

    edge: Edge
    name: str
    latex_name: str
    partial: SymbolicPartial
    value: Any


class Path(NamedTuple):
    """One route to the output.

    Attributes:
        nodes: names from the source to the output.
        factors: the partials in the order of the chain rule, output first.
        contribution: their product, the seed pulled back along the edges.
    """

    nodes: tuple[str, ...]
    factors: tuple[Factor, ...]
    contribution: Any


def edges_between(uses: Uses, source: int) -> list[Edge]:
    """Return the edges on paths from a node to the output, by target and slot."""
    graph, adjoints = uses.graph, uses.trace.adjoints
    assert adjoints is not None
    marks = depending(graph, [source])
    roots = (end - 1 for end in graph.line_ends)
    return [
        edge
        for target in (roots if uses.detail == "line" else range(graph.output + 1))
        if source < target <= graph.output and marks[target] and adjoints[target] is not None
        for edge in uses.incoming(target)
        if marks[edge.source]
    ]


def path_count(edges: list[Edge], source: int, output: int) -> int:
    """Return how many paths lead from a node to the output.

    >>> from graphgrad.graph.graph import Edge
    >>> path_count([Edge(0, 1, 0), Edge(0, 1, 1), Edge(0, 2, 0), Edge(1, 2, 1)], 0, 2)
    3
    """
    counts = {output: 1}
    for edge in reversed(edges):
        onward = counts.get(edge.target, 0)
        if onward:
            counts[edge.source] = counts.get(edge.source, 0) + onward
    return counts.get(source, 0)


def path_counts(uses: Uses) -> dict[int, int]:
    r"""Return, for every node from which paths lead to the output, how many there are.

    All of them cost about as much as the edges of one: a sum over consumers, output first.

    >>> from graphgrad.autodiff.record import record
    >>> from graphgrad.source.gg import read_gg
    >>> trace = record(read_gg("param x = 3\ny = x*x\nloss L = y + x"))
    >>> path_counts(Uses(trace, "line"))[trace.graph.find("x")]
    3
    """
    graph, adjoints = uses.graph, uses.trace.adjoints
    counts = {graph.output: 1}
    roots = [end - 1 for end in graph.line_ends] if uses.detail == "line" else range(len(graph))
    for target in reversed(roots):
        onward = counts.get(target, 0)
        if onward and adjoints is not None and adjoints[target] is not None:
            for edge in uses.incoming(target):
                counts[edge.source] = counts.get(edge.source, 0) + onward
    return counts


def listed_paths(uses: Uses, edges: list[Edge], source: int, factors: Any) -> tuple[Path, ...]:
    """Return at most 50 paths, the shortest first.

    Args:
        uses: the edges' numbers.
        edges: what `edges_between` returns.
        source: where paths start.
        factors: a function from an edge to its factor.
    """
    if len(edges) > _MOST_EDGES:
        return ()
    found = islice(_routes(edges, source, uses.graph.output), MOST_PATHS)
    return tuple(
        _path(uses, path, factors) for path in sorted(found, key=lambda path: (len(path), path))
    )


def _routes(edges: Iterable[Edge], source: int, target: int) -> Iterator[tuple[Edge, ...]]:
    """Yield the ways from a node to another, depth first; every edge lies on one of them."""
    leaving: dict[int, dict[int, list[Edge]]] = {}
    for edge in edges:
        leaving.setdefault(edge.source, {}).setdefault(edge.target, []).append(edge)
    onward = {node: list(chain(*of.values())) for node, of in leaving.items()}
    way: list[Edge] = []
    ahead = [iter(onward.get(source, ()))]
    while ahead:
        for edge in ahead[-1]:
            if edge.target != target:
                way.append(edge)
                ahead.append(iter(onward.get(edge.target, ())))
                break
            yield (*way, edge)
        else:
            ahead.pop()
            if way:
                way.pop()


def _path(uses: Uses, path: tuple[Edge, ...], factors: Any) -> Path:
    adjoint = uses.trace.seed
    for edge in reversed(path):
        adjoint = uses.pulled_back(edge, adjoint)
    nodes = (path[0].source, *(edge.target for edge in path))
    named = tuple(uses.graph.name(node) for node in nodes)
    return Path(named, tuple(factors(edge) for edge in reversed(path)), adjoint)
