"""List what a run knows at a depth: a closed group is one entry per output, not one per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import ClosedGroup, closed_at, own_leaves
from graphgrad.graph.groups import parent_group
from graphgrad.trace.trace import Trace
from graphgrad.views.text.entries import Entry, adjoint_of, entries, entry_at
from graphgrad.views.text.group_words import group_summary

__all__ = ["GROUP", "entries_at"]

GROUP = "group"
"""The op of an entry that stands for a group of a header; a call has the name of its layer."""


def entries_at(trace: Trace, depth: Depth, exceptions: Iterable[str] = ()) -> Iterator[Entry]:
    """Yield an entry per operation, line, or output of a closed group, in the order of the file.

    A parameter that only closed groups read is told by their entries.
    """
    if depth in ("line", "op"):
        yield from entries(trace, depth)
        return
    graph = trace.graph
    closed = {
        group.name: group
        for group in closed_at(graph, depth, exceptions)
        if not all(map(graph.is_leaf, group.outputs))
    }
    owner = {index: name for name, group in closed.items() for index in group.lines}
    hidden = own_leaves(graph, owner)
    for line in graph.lines():
        name = owner.get(line.index)
        if name is None:
            if line.index not in hidden:
                yield entry_at(trace, line.root, "line")
        elif line.root in closed[name].outputs:
            yield _entry(trace, closed[name], line.root)


def _entry(trace: Trace, group: ClosedGroup, node: int) -> Entry:
    graph = trace.graph
    first = node == group.outputs[0]
    words = group_summary(graph, group) if first else ""
    return Entry(
        graph.name(node),
        group.block.kind if group.block is not None else GROUP,
        graph.role(node),
        parent_group(group.name),
        f"{group.name}: {words}" if words else group.name,
        [graph.name(read) for read in (*group.reads, *group.parameters)],
        node,
        trace.values[node],
        adjoint_of(trace, node),
        [],
    )
