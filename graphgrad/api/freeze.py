"""Freeze the ancestors of a handle into an immutable graph with named lines.

Name the lines of a handle's graph for display: after variables, else by their formulas.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.leaf import Leaf
from graphgrad.api.tape import Tape
from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.columns import Columns
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import ATOM
from graphgrad.symbolic.write.formula_latex import line_written
from graphgrad.views.figure.scene.names_on_page import relabelled

__all__ = ["freeze", "notebook_names", "shown_graph"]


_NO_LINE = -1


def freeze(handle: Handle, names: Mapping[str, Any] | None, *, loss: bool) -> Graph:
    """Return the graph of everything a handle is computed from.

    Raises:
        UsageError: if two leaves have the same name.
    """
    tape, root = handle.place()
    marks = tape.ancestors([root])
    given = _given_names(tape, names or {})
    line_roots = _line_roots(tape, root, marks, given, fold=names is not None)
    return _Freezing(tape, root, marks, given, line_roots).graph(loss=loss)


def _given_names(tape: Tape, names: Mapping[str, Any]) -> dict[int, str]:
    """Map nodes to the variables that hold their handles; the first variable wins."""
    found: dict[int, str] = {}
    for name, value in names.items():
        if type(value) is Handle and not name.startswith("_"):
            home, node = value.place()
            if home is tape:
                found.setdefault(node, name)
    return found


def _line_roots(
    tape: Tape, root: int, marks: bytearray, given: Mapping[int, str], *, fold: bool
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
    ) -> None:
        self.tape = tape
        self.root = root
        self.given = given
        self.builder = GraphBuilder()
        self.numbers: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        for node in range(root + 1):
            if marks[node]:
                self.members.setdefault(line_roots[node], []).append(node)
        self.taken = {leaf.name for node, leaf in tape.leaves.items() if marks[node]}
        count = sum(marks[node] for node in tape.leaves if node < len(marks))
        if len(self.taken) < count:
            raise UsageError("name.twice", name=_repeated(tape, marks))
        self.count = 0

    def graph(self, *, loss: bool) -> Graph:
        for line_root in sorted(self.members):
            for node in self.members[line_root]:
                self._copy(node)
            self.builder.end_line(self._name(line_root))
        shape = self.tape.columns.shape(self.root)
        return self.builder.freeze(
            self.numbers[self.root], loss=loss and not shape and self.root not in self.tape.leaves
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

    def _name(self, node: int) -> str:
        leaf: Leaf | None = self.tape.leaves.get(node)
        if leaf is not None:
            return leaf.name
        name = self.given.get(node, "")
        while not name or name in self.taken:
            self.count += 1
            name = f"n{self.count}"
        self.taken.add(name)
        return name


def _repeated(tape: Tape, marks: bytearray) -> str:
    seen: set[str] = set()
    for node, leaf in tape.leaves.items():
        if marks[node]:
            if leaf.name in seen:
                return leaf.name
            seen.add(leaf.name)
    return ""


_LONGEST = 80
_MOST_LINES = 400


def notebook_names() -> Mapping[str, Any]:
    """Return the variables of the notebook that is running; none outside of one."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    names = getattr(shell, "user_ns", {})
    return names if isinstance(names, Mapping) else {}


def shown_graph(handle: Handle, names: Mapping[str, Any]) -> Graph:
    """Return the graph of a handle with a name or its formula on every line.

    Operations without a variable join the line that uses them; where no operation has one, each is
    a line of its own. A line without a name is labelled by its formula if that is short.

    Args:
        handle: the output.
        names: variables to take names from, by identity.
    """
    handles = {name for name, value in names.items() if type(value) is Handle}
    graph = handle.graph(names) if handles else handle.graph()
    named = {name for name in graph.line_names if name in handles}
    if handles and not named:
        graph = handle.graph()
    return _labelled(graph, named)


def _labelled(graph: Graph, named: set[str]) -> Graph:
    """Label the lines of computations that are not named, from the first to the last."""
    if len(graph.line_names) > _MOST_LINES:
        return graph
    for line in graph.lines():
        if line.name in named or graph.is_leaf(line.root) or line.label:
            continue
        formula = line_written(graph, line)
        if len(formula.text) <= _LONGEST:
            text = formula.text
            label = text if formula.level >= ATOM else rf"\left({text}\right)"
            graph = relabelled(graph, {line.index: label})
    return graph
