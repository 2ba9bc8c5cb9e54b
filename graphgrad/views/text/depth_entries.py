"""List what a run knows at a depth: a closed group is one entry per output, not one per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import ClosedGroup, closed_at
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import parent_group
from graphgrad.trace.trace import Trace
from graphgrad.views.text.entries import Detail, Entry, adjoint_of, entry_at

__all__ = ["GROUP", "count_at", "entries_at"]

GROUP = "group"
"""The op of an entry that stands for a group of a header; a call has the name of its layer."""


def entries_at(
    trace: Trace, depth: Depth, exceptions: Iterable[str] = (), language: str = "en"
) -> Iterator[Entry]:
    """Yield an entry per operation, line, or output of a closed group, in the order of the file.

    A parameter that one closed group alone reads is told by its entry; parameters that make up a
    group of their own are an entry each, since each has an adjoint. Layers are named in a language.
    """
    kept: Detail = "op" if depth == "op" else "line"
    for node, group in _places_at(trace.graph, depth, exceptions):
        yield entry_at(trace, node, kept) if group is None else _entry(trace, group, node, language)


def count_at(graph: Graph, depth: Depth, exceptions: Iterable[str] = ()) -> int:
    """Return how many entries there are, without making any."""
    return sum(1 for _ in _places_at(graph, depth, exceptions))


def _places_at(
    graph: Graph, depth: Depth, exceptions: Iterable[str]
) -> Iterator[tuple[int, ClosedGroup | None]]:
    """Yield the node of each entry, and the closed group that it stands for, if it does."""
    closed = _closed(graph, depth, exceptions) if depth in ("block", "layer") else {}
    for line in graph.lines():
        group = closed.get(line.index)
        if group is not None:
            if line.root in group.outputs:
                yield line.root, group
            continue
        for node in line.nodes if depth == "op" else (line.root,):
            yield node, None


def _closed(graph: Graph, depth: Depth, exceptions: Iterable[str]) -> Mapping[int, ClosedGroup]:
    """Return the closed group of each line that stands in one; of leaves alone none is closed."""
    return {
        index: group
        for group in closed_at(graph, depth, exceptions)
        if group.lines != group.leaves
        for index in group.within
    }


def _entry(trace: Trace, group: ClosedGroup, node: int, language: str) -> Entry:
    from graphgrad.views.text.box_content import group_content, spelled_call

    graph, content = trace.graph, group_content(trace.graph, group, language)
    call = spelled_call(graph, content) or group.name
    words = content.summary if node == group.outputs[0] else ""
    reads = (*group.reads, *group.shared, *group.parameters)
    return Entry(
        graph.name(node),
        group.block.kind if group.block is not None else GROUP,
        graph.role(node),
        parent_group(group.name),
        f"{call}: {words}" if words else call,
        [graph.name(read) for read in reads],
        node,
        trace.values[node],
        adjoint_of(trace, node),
        [],
    )
