"""Say how deep a graph is looked into: blocks, layers, lines or operations, one scale for all.

A layer is what one call of a layer has made, or a group without groups inside; a block is an
outermost group. This is the one place that decides which groups are closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    "own_leaves",
]


class ClosedGroup(NamedTuple):
    """A group that is looked at as one thing.

    Attributes:
        name: of the group.
        lines: the positions of its lines.
        block: the call that made it; None for a group of a header.
        reads: nodes of other lines that it reads, in order of first use; no parameters.
        parameters: the parameters it reads or holds, in order of first use.
        outputs: its nodes that other lines read, or that nothing reads.
    """

    name: str
    lines: tuple[int, ...]
    block: Block | None
    reads: tuple[int, ...]
    parameters: tuple[int, ...]
    outputs: tuple[int, ...]


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


def closed_at(graph: Graph, depth: Depth, exceptions: Iterable[str] = ()) -> list[ClosedGroup]:
    """Return the groups that are closed at a depth; one line without parameters stays a line.

    Raises:
        UsageError: if there is no group of a name.
    """
    found = closed_groups(graph, groups_at(graph, depth, exceptions))
    return [group for group in found if len(group.lines) > 1 or _has_own(graph, group)]


def _has_own(graph: Graph, group: ClosedGroup) -> bool:
    """Tell whether the one line of a group computes with parameters."""
    return bool(group.parameters) and not graph.is_leaf(graph.line(group.lines[0]).root)


def closed_groups(graph: Graph, names: Iterable[str]) -> list[ClosedGroup]:
    """Return what is known about groups as a whole."""
    blocks = {block.group: block for block in graph.heading.blocks}
    members = _members(graph, list(names))
    readers: dict[int, set[str]] = {}
    owner = {index: name for name, lines in members.items() for index in lines}
    outside: dict[str, dict[int, None]] = {name: {} for name in members}
    for line in graph.lines():
        for node in read_from_outside(graph, line):
            readers.setdefault(graph.line_of(node), set()).add(owner.get(line.index, ""))
            group = owner.get(line.index)
            if group is not None and owner.get(graph.line_of(node)) != group:
                outside[group][node] = None
    found = []
    for name, lines in members.items():
        held = [graph.line(index).root for index in lines]
        parameters = [n for n in (*outside[name], *held) if graph.role(n) == "parameter"]
        reads = [n for n in outside[name] if graph.role(n) != "parameter"]
        outputs = [
            graph.line(index).root
            for index in lines
            if graph.line(index).root == graph.output or readers.get(index, {""}) != {name}
        ]
        found.append(
            ClosedGroup(
                name,
                tuple(lines),
                blocks.get(name),
                tuple(reads),
                tuple(parameters),
                tuple(n for n in outputs if not graph.is_leaf(n)) or tuple(outputs),
            )
        )
    return found


def own_leaves(graph: Graph, owner: Mapping[int, str]) -> dict[int, str]:
    """Return the leaves, inputs apart, that only closed groups read, with the first to do so.

    Args:
        graph: the graph.
        owner: the group of each line that is in one.
    """
    readers: dict[int, dict[str, None]] = {}
    for line in graph.lines():
        for node in read_from_outside(graph, line):
            reader = owner.get(line.index, "")
            readers.setdefault(graph.line_of(node), {})[reader] = None
    return {
        index: next(iter(found))
        for index, found in readers.items()
        if "" not in found and graph.role(graph.line(index).root) in ("parameter", "constant")
    }


def _members(graph: Graph, names: list[str]) -> dict[str, list[int]]:
    """Return the lines of each group, by its name; a line inside none is left out."""
    of = {group: next((n for n in names if within(group, n)), "") for group in graph.groups}
    members: dict[str, list[int]] = {name: [] for name in names}
    for index, group in enumerate(graph.line_groups):
        name = of[graph.groups[group]] if graph.groups[group] else ""
        if name:
            members[name].append(index)
    return {name: lines for name, lines in members.items() if lines}
