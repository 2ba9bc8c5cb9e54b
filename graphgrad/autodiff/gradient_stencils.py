"""Build the backward pass over a graph of numbers as a graph, in a few appends a node.

What an op adds to an argument's adjoint is written by its row once; from then on the few operations
it takes are appended as they are, on other nodes. The graph is the one that `gradient_graph` builds
line by line.
"""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import Any

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.emit import Emitter, Ref
from graphgrad.graph.graph import Graph
from graphgrad.graph.kinds import Kind
from graphgrad.ops.registry import ROWS, code_of
from graphgrad.ops.row import Elementwise

__all__ = ["has_stencils", "stencilled"]

_CONSTANT, _ADD, _IDENTITY = code_of("const"), code_of("add"), code_of("identity")
_ADJOINT, _OUT, _ARGS = 0, 1, 2
"""Places of what a stencil works on; behind its arguments stand its own operations."""


class _Use:
    """An op and an argument; how it adds to that argument's adjoint is found when first needed.

    Attributes:
        kind: the op.
        slot: which argument.
        ops: the operations, each as (code, settings, constant or None, places of its parents).
        result: the place of the contribution; -1 where there is none, None before it is needed.
    """

    __slots__ = ("kind", "ops", "result", "slot")

    def __init__(self, kind: Kind, slot: int) -> None:
        self.kind, self.slot = kind, slot
        self.ops: list[tuple[int, int, Any, tuple[int, ...]]] = []
        self.result: int | None = None


def has_stencils(graph: Graph) -> bool:
    """Tell whether all nodes are numbers, none of which chooses among others."""
    table = graph.columns.shape_table
    if any(table[at] for at in set(graph.columns.shapes)):
        return False
    return all(_is_plain(kind) for kind in set(graph.columns.kinds()) if kind.arity)


def _is_plain(kind: Kind) -> bool:
    row = kind.row
    return isinstance(row, Elementwise) and not row.selects and not row.variadic


def stencilled(graph: Graph) -> tuple[GraphBuilder, dict[int, int]]:
    """Return a builder with the lines of a graph and of its adjoints, and the node of each adjoint.

    Args:
        graph: a graph for which `has_stencils`, whose output depends on a leaf.
    """
    work = _Work(graph)
    work.run()
    return work.finished(), work.adjoints


class _Work:
    """The columns of the new graph as they grow; what follows from the ops is filled in last."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.builder = builder = _copied(graph)
        self.codes, self.parents = builder.columns.codes, builder.columns.parents
        self.settings: dict[int, int] = {}
        self.count = len(graph)
        self.end: int = builder.line_ends[-1]
        self.ends: list[int] = []
        self.nodes: list[int] = []
        self.adjoints: dict[int, int] = {}

    def run(self) -> None:
        """Go back over the nodes; each gets its adjoint when all that read it have theirs."""
        graph, kinds = self.graph, self.graph.columns.kinds()
        starts, parents, variable = graph.columns.starts, graph.columns.parents, graph.variable
        uses = {
            kind: [_Use(kind, slot) for slot in reversed(range(kind.arity))] for kind in set(kinds)
        }
        waiting: list[list[tuple[int, _Use]] | None] = [None] * (graph.output + 1)
        self._end_line(graph.output, self._append(_CONSTANT, (), 1))
        for node in range(graph.output, -1, -1):
            if node != graph.output:
                terms = waiting[node]
                total = None if terms is None else self._total(terms)
                waiting[node] = None
                if total is None:
                    continue
                self._end_line(node, total)
            first = starts[node]
            for use in uses[kinds[node]]:
                source = parents[first + use.slot]
                if variable[source]:
                    found = waiting[source]
                    if found is None:
                        waiting[source] = [(node, use)]
                    else:
                        found.append((node, use))

    def _total(self, terms: list[tuple[int, _Use]]) -> int | None:
        """Append the sum of what some uses add; return its node, None where they add nothing."""
        total: int | None = None
        for target, use in terms:
            if use.result is None:
                self._find(use)
            if use.ops:
                term = self._contributed(use, target)
            elif use.result == _ADJOINT:  # nearly all that have no operations
                term = self.adjoints[target]
            elif use.result == -1:
                continue
            else:
                term = self._contributed(use, target)
            if total is None:
                total = term
            else:
                self.codes.append(_ADD)
                self.parents.append(total)
                self.parents.append(term)
                total = self.count
                self.count += 1
        return total

    def _contributed(self, use: _Use, target: int) -> int:
        """Append what a target adds to an argument; return the node."""
        columns = self.graph.columns
        start = columns.starts[target]
        args = columns.parents[start : columns.starts[target + 1]]
        places = [self.adjoints[target], target, *args]
        codes, parents, count = self.codes, self.parents, self.count
        for code, setting, constant, of in use.ops:
            codes.append(code)
            for place in of:
                parents.append(places[place])
            if setting:
                self.settings[count] = setting
            if constant is not None:
                self.builder.defaults[count] = constant
            places.append(count)
            count += 1
        self.count = count
        assert use.result is not None
        return places[use.result]

    def _append(self, code: int, parents: tuple[int, ...], constant: Any = None) -> int:
        self.codes.append(code)
        self.parents.extend(parents)
        if constant is not None:
            self.builder.defaults[self.count] = constant
        self.count += 1
        return self.count - 1

    def _end_line(self, node: int, adjoint: int) -> None:
        """Close the line of an adjoint; a bare copy of another adjoint becomes an identity."""
        if adjoint < self.end:
            adjoint = self._append(_IDENTITY, (adjoint,))
        self.end = self.count
        self.ends.append(self.count)
        self.nodes.append(node)
        self.adjoints[node] = adjoint

    def _find(self, use: _Use) -> None:
        """Run a row on stand-ins and take down what it appends."""
        builder, kind = GraphBuilder(), use.kind
        row, emitter = kind.row, Emitter(builder)
        assert isinstance(row, Elementwise)
        stand_ins = [
            emitter.ref(builder.leaf_line(f"p{at}", "input", None))
            for at in range(_ARGS + kind.arity)
        ]
        out, *args = stand_ins[_OUT:]
        partial = row.computed_partials[use.slot](emitter, out, *args, **kind.settings)
        if not isinstance(partial, Ref) and partial == 0:
            use.result = -1
            return
        use.result = (stand_ins[_ADJOINT] * partial).node
        columns = builder.columns
        for node in range(len(stand_ins), len(columns)):
            setting = self.builder.columns.intern_settings(columns.settings_of(node))
            constant = builder.defaults.get(node)
            parents = tuple(columns.parents_of(node))
            use.ops.append((columns.codes[node], setting, constant, parents))

    def finished(self) -> GraphBuilder:
        """Fill in where parents begin, the settings, and the names of lines."""
        graph, columns = self.graph, self.builder.columns
        new = self.codes[len(graph) :]
        arities = {code: len(ROWS[code].arguments) for code in set(new)}
        steps = accumulate(map(arities.__getitem__, new), initial=columns.starts[-1])
        next(steps)
        columns.starts.extend(steps)
        columns.settings.extend(array("I", bytes(4 * len(new))))
        columns.shapes.extend(array("I", bytes(4 * len(new))))
        for node, setting in self.settings.items():
            columns.settings[node] = setting
        self.builder.line_ends.extend(self.ends)
        names, groups = _of_nodes(graph)
        self.builder.line_names += [graph.adjoint_name(names[node]) for node in self.nodes]
        self.builder.line_groups.extend(groups[node] for node in self.nodes)
        return self.builder


def _copied(graph: Graph) -> GraphBuilder:
    """Return a builder that has the lines of a graph."""
    builder, source = GraphBuilder(), graph.columns
    columns = builder.columns
    columns.codes, columns.starts = source.codes[:], source.starts[:]
    columns.parents, columns.settings = source.parents[:], source.settings[:]
    columns.shapes = source.shapes[:]
    columns.settings_table = list(source.settings_table)
    columns._setting_keys = {tuple(s.items()): at for at, s in enumerate(columns.settings_table)}
    columns.shape_table = list(source.shape_table)
    columns._shape_keys = {shape: at for at, shape in enumerate(columns.shape_table)}
    builder.defaults = dict(graph.defaults)
    builder.line_ends, builder.line_names = graph.line_ends[:], list(graph.line_names)
    builder.line_groups, builder.groups = graph.line_groups[:], list(graph.groups)
    builder.labels = dict(graph.labels)
    return builder


def _of_nodes(graph: Graph) -> tuple[list[str], list[int]]:
    """Return the name of each node, and the group of its line."""
    if len(graph.line_ends) == len(graph):
        return graph.line_names, list(graph.line_groups)
    names: list[str] = []
    groups: list[int] = []
    start = 0
    for line, end in enumerate(graph.line_ends):
        names += [graph.name(node) for node in range(start, end - 1)]
        names.append(graph.line_names[line])
        groups += [graph.line_groups[line]] * (end - start)
        start = end
    return names, groups
