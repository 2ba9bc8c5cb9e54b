"""Choose which parts a figure shows: all, or what matters for a few derivatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.source.calls import near
from graphgrad.views.figure.parts import Part

__all__ = ["parts_between", "rank_count"]

_MOST_NAMES = 20


def parts_between(graph: Graph, parts: Sequence[Part], names: Iterable[str]) -> list[Part]:
    """Return the parts between some lines and the output, and what these read directly.

    Raises:
        UsageError: if there is no line of a name.
    """
    starts = {_node_of(graph, name) for name in names}
    owner = {node: part.node for part in parts for node in part.nodes}
    output = owner[graph.output]
    after = {owner[node] for node in starts}
    for part in parts:
        if any(owner[use.source] in after for use in part.uses):
            after.add(part.node)
    before = {output}
    for part in reversed(parts):
        if part.node in before:
            before.update(owner[use.source] for use in part.uses)
    between = after & before | {owner[node] for node in starts} | {output}
    operands = {
        owner[use.source]
        for part in parts
        if part.node in between and part.node in after
        for use in part.uses
    }
    return [part for part in parts if part.node in between or part.node in operands]


def rank_count(parts: Sequence[Part]) -> int:
    """Return the number of parts on the longest path."""
    rank: dict[int, int] = {}
    for part in parts:
        rank[part.node] = 1 + max((rank.get(use.source, 0) for use in part.uses), default=0)
    return max(rank.values(), default=0)


def _node_of(graph: Graph, name: str) -> int:
    node = graph.find(name)
    if node is not None:
        return node
    names = graph.line_names
    known = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    raise UsageError("name.unknown", name=name, near=near(name, names), known=known)
