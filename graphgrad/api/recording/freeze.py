"""Freeze the ancestors of a node into an immutable graph with named lines."""

from __future__ import annotations

import sys
import warnings
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from graphgrad.api.recording.ancestry import Ancestry
from graphgrad.api.recording.call_blocks import CallName, call_blocks
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph, Heading
from graphgrad.messages.catalogue import text

__all__ = ["freeze", "freeze_each"]


def freeze(whole: Ancestry, given: Mapping[int, str], *, fold: bool, loss: bool) -> Graph:
    """Return the graph of everything a node is computed from.

    Args:
        whole: the node, which is the last, and its ancestors.
        given: names of nodes, which become lines.
        fold: whether the other operations join the line that uses them.
        loss: whether a number counts as the loss.
    """
    line_roots = _line_roots(whole, {**whole.lines, **given}, fold=fold or bool(whole.lines))
    return _Freezing(whole, given, line_roots).graph(loss=loss)


def freeze_each(whole: Ancestry) -> Graph:
    """Return the graph in which every node is a line and keeps its number."""
    each = array("I", range(len(whole.columns)))
    return _Freezing(whole, {}, each).graph(loss=True)


def _line_roots(whole: Ancestry, given: Mapping[int, Any], *, fold: bool) -> array[int]:
    """Return, per node, the last node of the line it belongs to.

    Without names every operation is a line. With names, an operation without one that is used once
    joins the line that uses it; constants always do.
    """
    columns = whole.columns
    root = len(columns) - 1
    lines = array("I", bytes(4 * len(columns)))
    user = array("I", bytes(4 * len(columns)))
    uses = bytearray(len(columns))
    for node in range(root, -1, -1):
        joins = node != root and node not in whole.leaves and node not in given
        joins = joins and uses[node] == 1 and (fold or node in whole.constants)
        lines[node] = lines[user[node]] if joins else node
        for parent in dict.fromkeys(columns.parents_of(node)):
            uses[parent] = min(2, uses[parent] + 1)
            user[parent] = node
    return lines


def _callers_level() -> int:
    """Return how far above its caller the code stands that is not of this package."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("graphgrad"):
        frame, level = frame.f_back, level + 1
    return level


class _Freezing:
    """Copy marked nodes line by line into a builder."""

    def __init__(self, whole: Ancestry, given: Mapping[int, str], line_roots: array[int]) -> None:
        self.whole = whole
        self.given = given
        self.line_roots = line_roots
        self.calls: dict[CallName, str] = {}
        self.builder = GraphBuilder()
        self.numbers = array("I", bytes(4 * len(whole.columns)))
        self.taken: set[str] = set()
        self.leaf_names = self._leaf_names()
        self.count = 0

    def graph(self, *, loss: bool) -> Graph:
        whole, line_roots = self.whole, self.line_roots
        root = len(line_roots) - 1
        if line_roots == array("I", range(len(line_roots))):
            self._take_all()
        else:
            for node, line_root in enumerate(line_roots):
                if line_root == node:
                    for member in self._members(node):
                        self._copy(member)
                    self.builder.end_line(self._name(node), group=self._group(node))
        return self.builder.freeze(
            self.numbers[root],
            loss=loss and not whole.columns.shape(root) and root not in whole.leaves,
            heading=Heading(blocks=call_blocks(self.builder, self.calls)),
        )

    def _take_all(self) -> None:
        """Take the nodes as they stand, where each of them is a line."""
        whole, builder = self.whole, self.builder
        builder.columns, self.numbers = whole.columns, self.line_roots
        builder.defaults = {node: leaf.exact for node, leaf in whole.leaves.items()}
        builder.defaults |= whole.constants
        for node in self.line_roots:
            name, group = self._name(node), self._group(node)
            builder.end_line(name, group=group)
        builder.line_ends = array("I", range(1, len(whole.columns) + 1))

    def _members(self, line_root: int) -> Iterable[int]:
        """Return the nodes of a line in the order in which its formula is read."""
        found, ahead = [], [line_root]
        while ahead:
            node = ahead.pop()
            found.append(node)
            for parent in self.whole.columns.parents_of(node):
                if parent != line_root and self.line_roots[parent] == line_root:
                    ahead.append(parent)
        return dict.fromkeys(reversed(found))

    def _copy(self, node: int) -> None:
        whole = self.whole
        parents = [self.numbers[parent] for parent in whole.columns.parents_of(node)]
        number = self.builder.columns.copy_node(whole.columns, node, parents)
        self.numbers[node] = number
        leaf = whole.leaves.get(node)
        if leaf is not None:
            self.builder.defaults[number] = leaf.exact
        elif node in whole.constants:
            self.builder.defaults[number] = whole.constants[node]

    def _leaf_names(self) -> dict[int, str]:
        """Return the name of every leaf; a second leaf named v becomes v_2, a third v_3."""
        used = self.whole.leaves
        wanted = {leaf.name for leaf in used.values()}
        names = {}
        for node, leaf in used.items():
            name, count = leaf.name, 1
            while name in self.taken or (count > 1 and name in wanted):
                count += 1
                name = f"{leaf.name}_{count}"
            if count > 1 and not getattr(leaf, "anonymous", True):
                told = text("handle.same_name", name=leaf.name, other=name)
                warnings.warn(told, UserWarning, stacklevel=_callers_level())
            names[node] = name
            self.taken.add(name)
        return names

    def _name(self, node: int) -> str:
        if node in self.leaf_names:
            return self.leaf_names[node]
        name = self.given.get(node, "") or (self._name_in_call(node) if self.whole.lines else "")
        while not name or name in self.taken:
            self.count += 1
            name = f"n{self.count}"
        self.taken.add(name)
        return name

    def _name_in_call(self, node: int) -> str:
        """Return the name that a layer gave a node: ``fc1``, ``fc1.z``; empty if none did."""
        if node not in self.whole.lines:
            return ""
        call, inner = self.whole.lines[node]
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
        if node in self.whole.lines:
            return self._call(self.whole.lines[node][0])
        leaf = self.whole.leaves.get(node)
        return "" if leaf is None else leaf.name.rpartition(".")[0]
