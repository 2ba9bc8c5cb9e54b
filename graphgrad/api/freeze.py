"""Freeze the ancestors of a node of a tape into an immutable graph with named lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.api.call_blocks import call_blocks
from graphgrad.api.tape import CallName, Tape
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.columns import Columns
from graphgrad.graph.graph import Graph, Heading

__all__ = ["freeze"]

_NO_LINE = -1


def freeze(tape: Tape, root: int, given: Mapping[int, str], *, fold: bool, loss: bool) -> Graph:
    """Return the graph of everything a node of a tape is computed from.

    Args:
        tape: the operations.
        root: the node.
        given: names of nodes, which become lines.
        fold: whether the other operations join the line that uses them.
        loss: whether a number counts as the loss.
    """
    marks = tape.ancestors([root])
    named = {node: line for node, line in tape.lines.items() if node <= root and marks[node]}
    line_roots = _line_roots(tape, root, marks, {**named, **given}, fold=fold or bool(named))
    return _Freezing(tape, root, marks, given, line_roots, named).graph(loss=loss)


def _line_roots(
    tape: Tape, root: int, marks: bytearray, given: Mapping[int, Any], *, fold: bool
) -> list[int]:
    """Return, per node, the last node of the line it belongs to.

    Without names every operation is a line. With names, an operation without one that is used once
    joins the line that uses it; constants always do.
    """
    columns = tape.columns
    lines = [_NO_LINE] * len(marks)
    uses = [0] * len(marks)
    user = [_NO_LINE] * len(marks)
    for node in range(root, -1, -1):
        if not marks[node]:
            continue
        joins = node != root and node not in tape.leaves and node not in given
        joins = joins and uses[node] == 1 and (fold or node in tape.constants)
        lines[node] = lines[user[node]] if joins else node
        for parent in dict.fromkeys(columns.parents_of(node)):
            uses[parent] += 1
            user[parent] = node
    return lines


class _Freezing:
    """Copy marked nodes line by line into a builder."""

    def __init__(
        self,
        tape: Tape,
        root: int,
        marks: bytearray,
        given: Mapping[int, str],
        line_roots: list[int],
        named: Mapping[int, tuple[CallName, str]],
    ) -> None:
        self.tape = tape
        self.root = root
        self.given = given
        self.named = named
        self.calls: dict[CallName, str] = {}
        self.builder = GraphBuilder()
        self.numbers: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        for node in range(root + 1):
            if marks[node]:
                self.members.setdefault(line_roots[node], []).append(node)
        self.taken: set[str] = set()
        self.leaf_names = self._leaf_names(marks)
        self.count = 0

    def graph(self, *, loss: bool) -> Graph:
        for line_root in sorted(self.members):
            for node in self.members[line_root]:
                self._copy(node)
            self.builder.end_line(self._name(line_root), group=self._group(line_root))
        shape = self.tape.columns.shape(self.root)
        return self.builder.freeze(
            self.numbers[self.root],
            loss=loss and not shape and self.root not in self.tape.leaves,
            heading=Heading(blocks=call_blocks(self.builder, self.calls)),
        )

    def _copy(self, node: int) -> None:
        columns: Columns = self.tape.columns
        parents = [self.numbers[parent] for parent in columns.parents_of(node)]
        number = self.builder.columns.copy_node(columns, node, parents)
        self.numbers[node] = number
        leaf = self.tape.leaves.get(node)
        if leaf is not None:
            self.builder.defaults[number] = leaf.exact
        elif node in self.tape.constants:
            self.builder.defaults[number] = self.tape.constants[node]

    def _leaf_names(self, marks: bytearray) -> dict[int, str]:
        """Return the name of every leaf; a second leaf named v becomes v_2, a third v_3."""
        used = {
            n: leaf for n, leaf in sorted(self.tape.leaves.items()) if n < len(marks) and marks[n]
        }
        wanted = {leaf.name for leaf in used.values()}
        names = {}
        for node, leaf in used.items():
            name, count = leaf.name, 1
            while name in self.taken or (count > 1 and name in wanted):
                count += 1
                name = f"{leaf.name}_{count}"
            names[node] = name
            self.taken.add(name)
        return names

    def _name(self, node: int) -> str:
        if node in self.leaf_names:
            return self.leaf_names[node]
        name = self.given.get(node, "") or self._name_in_call(node)
        while not name or name in self.taken:
            self.count += 1
            name = f"n{self.count}"
        self.taken.add(name)
        return name

    def _name_in_call(self, node: int) -> str:
        """Return the name that a layer gave a node: ``fc1``, ``fc1.z``; empty if none did."""
        if node not in self.named:
            return ""
        call, inner = self.named[node]
        base = self._call(call)
        return f"{base}.{inner}" if inner else base

    def _call(self, call: CallName) -> str:
        """Return the name of a call in this graph: of a second call of fc1, fc1_2."""
        if call not in self.calls:
            name, count = call.name, 1
            while name in self.calls.values() or name in self.given.values():
                count += 1
                name = f"{call.name}_{count}"
            self.calls[call] = name
        return self.calls[call]

    def _group(self, node: int) -> str:
        """Return the group of a line: the call that made it, or the layer that owns a leaf."""
        if node in self.named:
            return self._call(self.named[node][0])
        leaf = self.tape.leaves.get(node)
        return "" if leaf is None else leaf.name.rpartition(".")[0]
