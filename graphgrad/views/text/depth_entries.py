"""List what a run knows at a depth: a closed group is one entry per output, not one per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import ClosedGroup, closed_at
from graphgrad.graph.groups import parent_group
from graphgrad.trace.trace import Trace
from graphgrad.views.text.entries import Entry, adjoint_of, entries, entry_at

__all__ = ["GROUP", "entries_at"]

GROUP = "group"
"""The op of an entry that stands for a group of a header; a call has the name of its layer."""


def entries_at(trace: Trace, depth: Depth, exceptions: Iterable[str] = ()) -> Iterator[Entry]:
    """Yield an entry per operation, line, or output of a closed group, in the order of the file.

    A parameter that one closed group alone reads is told by its entry; parameters that make up a
    group of their own are an entry each, since each has an adjoint.
    """
    if depth in ("line", "op"):
        yield from entries(trace, depth)
        return
    graph = trace.graph
    closed = {
        index: group
        for group in closed_at(graph, depth, exceptions)
        if group.lines != group.leaves
        for index in group.within
    }
    for line in graph.lines():
        group = closed.get(line.index)
        if group is None:
            yield entry_at(trace, line.root, "line")
        elif line.root in group.outputs:
            yield _entry(trace, group, line.root)


def _entry(trace: Trace, group: ClosedGroup, node: int) -> Entry:
    from graphgrad.views.text.box_content import group_content, spelled_call

    graph, content = trace.graph, group_content(trace.graph, group)
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
