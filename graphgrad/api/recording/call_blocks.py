"""Name the calls of layers, and tell which lines each made in a graph frozen from handles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from graphgrad.graph.blocks import Block
from graphgrad.graph.builder import GraphBuilder

__all__ = ["CallName", "call_blocks"]


class CallName:
    """The name of one call of a layer; the lines it makes are named after it.

    Attributes:
        name: the layer's, as ``fc1``; a second call of it is named otherwise in a graph.
        kind: the row.
        results: names of what the row returns.
        settings: the row's, complete.
    """

    __slots__ = ("kind", "name", "results", "settings")

    def __init__(
        self,
        name: str,
        kind: str = "",
        results: tuple[str, ...] = (),
        settings: tuple[tuple[str, Any], ...] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.results = results
        self.settings = settings

    def name_node(self, value: Any, inner: str) -> None:
        """Name a node, unless it has a name or is a leaf; the inner name of a result is empty."""
        tape = getattr(value, "tape", None)
        if tape is not None:
            tape.lines.setdefault(value.node, (self, inner))


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
