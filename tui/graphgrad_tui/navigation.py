"""Tell where a command leads: pure functions of the stops of a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.graph.formula import line_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphgrad.graph.graph import Graph
    from graphgrad.views.stops import Stops

__all__ = ["break_places", "matching_nodes", "next_break", "previous_break", "run_to"]


def run_to(stops: Stops, node: int, position: int) -> int:
    """Return where a node gets its value; from there on, where it gets its adjoint."""
    places = [stops.value_position(node), stops.adjoint_position(node)]
    later = [place for place in places if place > position]
    return later[0] if later else places[0]


def break_places(stops: Stops, nodes: Iterable[int]) -> list[int]:
    """Return the stops at which some nodes get value or adjoint, in order."""
    found = {
        place
        for node in nodes
        for place in (stops.value_position(node), stops.adjoint_position(node))
        if place
    }
    return sorted(found)


def next_break(stops: Stops, nodes: Iterable[int], position: int) -> int:
    """Return the next stop at a breakpoint, else the end."""
    later = [place for place in break_places(stops, nodes) if place > position]
    return later[0] if later else len(stops)


def previous_break(stops: Stops, nodes: Iterable[int], position: int) -> int:
    """Return the last stop at a breakpoint before a position, else the start."""
    earlier = [place for place in break_places(stops, nodes) if place < position]
    return earlier[-1] if earlier else 0


def matching_nodes(graph: Graph, nodes: Sequence[int], words: str) -> list[int]:
    """Return the nodes whose name, operation or formula contains some words."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    found = []
    for node in nodes:
        line = graph.line(graph.line_of(node))
        told = (graph.name(node), graph.columns.row(node).name, line_formula(graph, line))
        if any(wanted in word.casefold() for word in told):
            found.append(node)
    return found
