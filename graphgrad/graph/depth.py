"""Say how deep a graph is looked into: blocks, layers, lines or operations, one scale for all.

A layer is what one call of a layer has made, or a group without groups inside; a block is an
outermost group. This is the one place that decides which groups are closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Block, Depth
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import groups_around, parent_group, within
from graphgrad.graph.inputs import read_from_outside

__all__ = [
    "ClosedGroup",
    "closed_at",
    "closed_groups",
    "groups_at",
    "groups_of",
    "opened_wrapper",
]


class ClosedGroup(NamedTuple):
    """A group that is looked at as one thing.

    Every line is in one closed group at most. What is given, an input, is in none; nor is a
    parameter or a constant that more than one of them reads, or a line outside of them.

    Attributes:
        name: of the group.
        lines: the positions of the lines it computes; of a group of leaves alone, these.
        leaves: the positions of the parameters and constants that only it reads, wherever they
            are declared; of a group of leaves alone, these.
        block: the call that made it; None for a group of a header.
        reads: nodes of other lines that it reads, in order of first use; no parameters.
        parameters: the parameters among its leaves, in the order of the file.
        shared: the parameters that it reads with others, in order of first use.
        outputs: its nodes that leave it, since other lines read them or the graph ends in them;
            of a group that nothing reads, its last ones.
    """

    name: str
    lines: tuple[int, ...]
    leaves: tuple[int, ...]
    block: Block | None
    reads: tuple[int, ...]
    parameters: tuple[int, ...]
    shared: tuple[int, ...]
    outputs: tuple[int, ...]

    @property
    def within(self) -> tuple[int, ...]:
        """Return the positions of all lines that it stands for."""
        return tuple(sorted({*self.lines, *self.leaves}))


def groups_of(graph: Graph) -> list[str]:
    """Return every group that holds a line, and the groups around them, outer ones first."""
    found = dict.fromkeys(graph.groups[index] for index in graph.line_groups)
    return list(dict.fromkeys(around for group in found for around in groups_around(group)))


def groups_at(graph: Graph, depth: Depth, exceptions: Iterable[str] = ()) -> list[str]:
    """Return the groups that are closed at a depth, none of them inside another.

    Args:
        graph: the graph.
        depth: the depth.
        exceptions: groups that are open if the depth closes them, and closed if it does not.

    Raises:
        UsageError: if there is no group of a name.
    """
    present = groups_of(graph)
    chosen = dict.fromkeys(_closed(graph, depth, present))
    for name in exceptions:
        if name not in present:
            known = ", ".join(present)
            raise UsageError("depth.unknown_group", got=name, known=known)
        if name in chosen:
            del chosen[name]
        else:
            chosen[name] = None
    return [
        group
        for group in present
        if group in chosen and not any(around in chosen for around in groups_around(group)[:-1])
    ]


def _closed(graph: Graph, depth: Depth, present: list[str]) -> Iterator[str]:
    if depth == "block":
        yield from (group for group in present if not parent_group(group))
    if depth != "layer":
        return
    calls = {block.group for block in graph.heading.blocks}
    outer = {around for group in calls for around in groups_around(group)[:-1]}
    layers = calls - outer
    for group in present:
        inside = layers & {*groups_around(group)[:-1]}
        if group in layers or not (inside or any(parent_group(g) == group for g in present)):
            yield group


def opened_wrapper(graph: Graph) -> tuple[str, ...]:
    """Return the group that is around a whole network and the groups in it; nothing without one.

    Besides it there is the call of a loss at most: closed, it leaves nothing to see. As exceptions
    of ``block`` they are what to close instead.
    """
    present, calls = groups_of(graph), {block.group for block in graph.heading.blocks}
    outer = [group for group in present if not parent_group(group)]
    found = [group for group in outer if group not in calls]
    last = graph.line(graph.line_of(graph.output)).group
    if len(found) != 1 or any(not within(last, other) for other in outer if other in calls):
        return ()
    inside = [group for group in present if parent_group(group) == found[0]]
    lines = (line for line in graph.lines() if not line.group and not graph.is_leaf(line.root))
    return (found[0], *inside) if 1 < len(inside) > sum(1 for _ in lines) else ()


def closed_at(graph: Graph, depth: Depth, exceptions: Iterable[str] = ()) -> list[ClosedGroup]:
    """Return the groups that are closed at a depth.

    What a call has made is closed even if it is one line; a header of one line without parameters
    stays that line, and so does a parameter that stands alone in a group.

    Raises:
        UsageError: if there is no group of a name.
    """
    found = closed_groups(graph, groups_at(graph, depth, exceptions))
    return [group for group in found if len(group.within) > 1 or group.block is not None]


def closed_groups(graph: Graph, names: Iterable[str]) -> list[ClosedGroup]:
    """Return what is known about groups as a whole; one whose leaves others hold is left out."""
    return _Closing(graph, list(names)).groups()


class _Closing:
    """Hold which line is in which group, and who reads what."""

    def __init__(self, graph: Graph, names: list[str]) -> None:
        self.graph = graph
        self.blocks = {block.group: block for block in graph.heading.blocks}
        self.members = _members(graph, names)
        self.computed = {
            name: [index for index in lines if not self._is_leaf(index)]
            for name, lines in self.members.items()
        }
        self.owner = {index: name for name, lines in self.computed.items() for index in lines}
        self.readers: dict[int, dict[str, None]] = {}
        self.outside: dict[str, dict[int, None]] = {name: {} for name in self.members}
        for line in graph.lines():
            group = self.owner.get(line.index, "")
            for node in read_from_outside(graph, line):
                source = graph.line_of(node)
                self.readers.setdefault(source, {})[group] = None
                if group and self.owner.get(source) != group:
                    self.outside[group][node] = None
        self.leaves = self._leaves()

    def groups(self) -> list[ClosedGroup]:
        """Return the groups that have a line left."""
        return [self._closed(n) for n in self.members if self.computed[n] or self.leaves[n]]

    def _closed(self, name: str) -> ClosedGroup:
        graph, leaves = self.graph, self.leaves[name]
        lines = self.computed[name] or leaves
        roots = {index: graph.line(index).root for index in (*lines, *leaves)}
        inside = set(roots.values())
        read = [node for node in self.outside[name] if node not in inside]
        unread = [roots[index] for index in lines if index not in self.readers]
        leaving = [
            roots[index]
            for index in lines
            if roots[index] == graph.output or self.readers.get(index, {}).keys() - {name}
        ]
        return ClosedGroup(
            name,
            tuple(lines),
            tuple(leaves),
            self.blocks.get(name),
            tuple(node for node in read if graph.role(node) != "parameter"),
            tuple(roots[index] for index in leaves if graph.role(roots[index]) == "parameter"),
            tuple(node for node in read if graph.role(node) == "parameter"),
            tuple(leaving or unread),
        )

    def _leaves(self) -> dict[str, list[int]]:
        """Return per group the parameters and constants it holds: those that it alone reads."""
        held: dict[str, list[int]] = {name: [] for name in self.members}
        for line in self.graph.lines():
            if self.graph.role(line.root) not in ("parameter", "constant"):
                continue
            readers = list(self.readers.get(line.index, ()))
            declared = next((n for n in self.members if within(line.group, n)), "")
            alone = declared and not self.computed[declared]
            if len(readers) == 1 and readers[0]:
                held[readers[0]].append(line.index)
            elif declared and (alone or not readers):
                held[declared].append(line.index)
        return held

    def _is_leaf(self, index: int) -> bool:
        return self.graph.is_leaf(self.graph.line(index).root)


def _members(graph: Graph, names: list[str]) -> dict[str, list[int]]:
    """Return the lines of each group, by its name; a line inside none is left out."""
    of = {group: next((n for n in names if within(group, n)), "") for group in graph.groups}
    members: dict[str, list[int]] = {name: [] for name in names}
    for index, group in enumerate(graph.line_groups):
        name = of[graph.groups[group]] if graph.groups[group] else ""
        if name:
            members[name].append(index)
    return {name: lines for name, lines in members.items() if lines}
