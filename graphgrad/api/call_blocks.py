"""Tell which lines each call of a layer made, for graphs that are frozen from handles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from graphgrad.api.tape import CallName
from graphgrad.graph.blocks import Block
from graphgrad.graph.builder import GraphBuilder

__all__ = ["call_blocks"]


def call_blocks(builder: GraphBuilder, calls: Mapping[CallName, str]) -> tuple[Block, ...]:
    """Return a block per call, in the order of the graph.

    Args:
        builder: holds the lines, each in the group of its call.
        calls: what each call is named in this graph.
    """
    return tuple(_block(builder, call, group) for call, group in calls.items())


def _block(builder: GraphBuilder, call: CallName, group: str) -> Block:
    number = builder.groups.index(group)
    names = builder.line_names
    own = [
        line
        for line, of in enumerate(builder.line_groups)
        if of == number and builder.columns.parents_of(builder.line_ends[line] - 1)
    ]
    results = (group, *(f"{group}.{name}" for name in call.results[1:]))
    made = {names[line] for line in own}
    read: dict[int, None] = {}
    for line in own:
        for parent in _read(builder, line):
            read.setdefault(parent)
    leaves = {line: _op(builder, line) for line in read}
    return Block(
        group=group,
        kind=call.kind,
        owner=call.name,
        inputs=tuple(
            names[line] for line, op in leaves.items() if op != "param" and line not in own
        ),
        outputs=tuple(name for name in results if name in made),
        parameters=tuple(names[line] for line, op in leaves.items() if op == "param"),
        settings=call.settings,
    )


def _read(builder: GraphBuilder, line: int) -> list[int]:
    """Return the other lines that a line reads."""
    start = builder.line_ends[line - 1] if line else 0
    found = []
    for node in range(start, builder.line_ends[line]):
        for parent in builder.columns.parents_of(node):
            if parent < start:
                found.append(bisect_right(builder.line_ends, parent))
    return found


def _op(builder: GraphBuilder, line: int) -> str:
    return builder.columns.row(builder.line_ends[line] - 1).name
