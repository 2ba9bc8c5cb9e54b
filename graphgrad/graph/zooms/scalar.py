"""Unfold a graph of arrays neuron by neuron: every line entry by entry, ``W[2,1]`` a leaf."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.zooms.entry_count import check_size
from graphgrad.graph.zooms.entry_math import EntryEmitter, EntryMath
from graphgrad.graph.zooms.entry_names import (
    entry_label,
    entry_name,
    entry_value,
    in_entries,
    places_of,
)
from graphgrad.ops.entries import as_array
from graphgrad.ops.evaluate import arithmetic, arrays

__all__ = ["scalar_graph"]


def scalar_graph(graph: Graph, point: Mapping[str, Any] | None = None) -> Graph:
    """Return a graph of numbers that computes what a graph of arrays computes, entry by entry.

    Each row runs on arrays of nodes, so that the ops of a line are those of its own definition. A
    line per entry is named after its place, counted from 1. What several entries of a line share,
    such as the sum below a softmax, is a line of its own. An output that is an array is put
    together at the end. A graph without arrays is returned as it is.

    A softmax is written as on the board, exp(z_i) over the sum; where that would leave the floats,
    at the values of the leaves, the largest entry is subtracted first. A norm is a root of squares;
    where it is 0 there, and that root has no derivative, it is distances of two entries at a time.

    Args:
        graph: the graph.
        point: values of leaves instead of the graph's own.

    Raises:
        LimitError: if there would be more nodes than can be looked at.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> import numpy as np
    >>> builder = GraphBuilder()
    >>> w = builder.leaf_line("w", "param", np.array([1.0, 2.0]), (2,))
    >>> y = builder.apply("dot", (w, w))
    >>> builder.end_line("y")
    >>> scalar_graph(builder.freeze(output=y)).line_names
    ['w[1]', 'w[2]', 'y']
    """
    if not any(graph.columns.shapes):
        return graph
    check_size(graph)
    return _Unfolding(graph, _off_the_board(graph, point or {})).graph()


_STEEP = ("softmax", "log_softmax", "logsumexp")
_POINTED = ("norm", "std")
_LARGEST = 700.0
"""exp of more, or of less than its negative, is not told from infinity or 0."""


def _off_the_board(graph: Graph, point: Mapping[str, Any]) -> frozenset[int]:
    """Return the ops that are not written as on the board at a point, for no number comes of it.

    They are softmaxes whose exponentials would overflow, or all be 0, and norms that are 0.
    """
    columns, numbers = graph.columns, arithmetic()
    steep = [n for n in range(len(graph)) if columns.row(n).name in (*_STEEP, *_POINTED)]
    given = {graph.find(name): value for name, value in point.items()}
    values: list[Any] = []
    for node in range(steep[-1] + 1 if steep else 0):
        if graph.is_leaf(node):
            value = given.get(node, graph.defaults.get(node))
            if value is None:
                return frozenset()
            values.append(numbers.leaf(value))
            continue
        args = tuple(values[parent] for parent in columns.parents_of(node))
        settings = numbers.settings(columns.settings_of(node))
        scalar = not columns.shape(node)
        values.append(numbers.value(columns.row(node), args, settings, scalar=scalar))
    off = set[int]()
    with arrays().np.errstate(all="ignore"):  # a NaN is neither
        for node in steep:
            pointed = columns.row(node).name in _POINTED
            x = as_array(values[node if pointed else columns.parents_of(node)[0]])
            if (x == 0 if pointed else abs(x) > _LARGEST).any():
                off.add(node)
    return frozenset(off)


class _Unfolding:
    """Build the nodes of all entries aside, then put them into lines, one entry after another."""

    def __init__(self, graph: Graph, off_board: frozenset[int]) -> None:
        self.whole = graph
        self.off_board = off_board
        self.aside = GraphBuilder()
        self.emitter = EntryEmitter(self.aside)
        self.m = EntryMath(self.emitter)
        self.builder = GraphBuilder()
        self.values: dict[int, Any] = {}
        self.placed: dict[int, int] = {}
        self.places = array("I")
        self.taken = set(graph.line_names)

    def graph(self) -> Graph:
        """Return the graph of all lines."""
        whole = self.whole
        for line in whole.lines():
            before = len(self.builder.line_names)
            if whole.is_leaf(line.root):
                self._leaf(line)
            else:
                self._computed(line)
            if line.index < len(whole.heading.places):
                made = len(self.builder.line_names) - before
                self.places.extend([whole.heading.places[line.index]] * made)
        output = self._output()
        heading = replace(in_entries(whole), places=self.places)
        return self.builder.freeze(output, loss=whole.has_loss, heading=heading)

    def _leaf(self, line: Line) -> None:
        columns = self.whole.columns
        code, value = columns.codes[line.root], self.whole.defaults.get(line.root)
        settings = columns.settings_of(line.root)
        shape = columns.shape(line.root)
        refs = as_array(self.m.np.empty(shape, dtype=object))
        for place in places_of(shape):
            ref = self.emitter.ref(self.aside.columns.leaf(code, ()))
            node = self.builder.columns.leaf(code, (), settings)
            if value is not None:
                self.builder.defaults[node] = entry_value(value, place)
            self._end(line, entry_name(line.name, place), place)
            self.placed[ref.node] = node
            refs[place] = ref
        self.values[line.root] = refs

    def _end(self, line: Line, name: str, place: tuple[int, ...] = ()) -> None:
        label = entry_label(self.whole, line, place)
        self.builder.end_line(name, label=label, group=line.group)

    def _computed(self, line: Line) -> None:
        start = len(self.aside.columns)
        for node in line.nodes:
            self.values[node] = self._value(node)
        roots = list(self._roots(line, start))
        _Lines(self, line, start, roots).write()

    def _value(self, node: int) -> Any:
        columns = self.whole.columns
        if self.whole.is_leaf(node):
            return self._constants(node)
        args = tuple(self.values[parent] for parent in columns.parents_of(node))
        self.m.off_board = node in self.off_board
        return self.m.value(columns.row(node), args, columns.settings_of(node))

    def _constants(self, node: int) -> Any:
        """Return the numbers of a formula; each line that uses one gets its own copy."""
        columns, value = self.whole.columns, self.whole.defaults[node]
        symbol = columns.settings_of(node).get("symbol", "")
        refs = as_array(self.m.np.empty(columns.shape(node), dtype=object))
        for place in places_of(columns.shape(node)):
            number = self.aside.constant(entry_value(value, place), (), symbol)
            refs[place] = self.emitter.ref(number)
        return refs

    def _roots(self, line: Line, start: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """Yield each entry's place and node; a value that has a name already gets an identity."""
        entries = self.values[line.root] = self.values[line.root].copy()  # it may be a view
        named: set[int] = set()
        for place in places_of(entries.shape):
            ref = self.emitter.number(entries[place])
            if ref.node < start or ref.node in named:
                ref = self.emitter.call("identity", ref)
            named.add(ref.node)
            entries[place] = ref
            yield place, ref.node

    def _output(self) -> int:
        """Return the node of the output; an array is stacked from its entries again."""
        whole, builder = self.whole, self.builder
        shape = whole.columns.shape(whole.output)
        entries = [self.placed[ref.node] for ref in self.values[whole.output].ravel().tolist()]
        if not shape:
            return entries[0]
        output = builder.apply("stack", entries, axis=0)
        if len(shape) > 1:
            output = builder.apply("reshape", (output,), shape=shape)
        line = whole.line(whole.line_of(whole.output))
        builder.end_line(line.name, label=line.label, group=line.group)
        if self.places:
            self.places.append(whole.heading.places[line.index])
        return output

    def unused(self, name: str) -> str:
        """Return a name that no line has yet, and take it."""
        head, bracket, rest = name.partition("[")
        found, count = name, 1
        while found in self.taken:
            count += 1
            found = f"{head}{count}{bracket}{rest}"
        self.taken.add(found)
        return found


class _Lines:
    """Cut the nodes of one line into a line per entry, and lines for what entries share."""

    def __init__(
        self,
        all_lines: _Unfolding,
        line: Line,
        start: int,
        roots: list[tuple[tuple[int, ...], int]],
    ) -> None:
        self.unfolding = all_lines
        self.line = line
        self.start = start
        self.places = {node: place for place, node in roots}
        self.columns = all_lines.aside.columns
        self.members = self._members()

    def _members(self) -> dict[int, list[int]]:
        """Return per line, known by its last node, its nodes in order.

        A node that is read once belongs to the line that reads it, any other is a line of its own.
        """
        owner = {node: node for node in self.places}
        for node in range(len(self.columns) - 1, self.start - 1, -1):
            if node in owner:
                for parent in self._inner(node):
                    owner[parent] = parent if parent in owner else owner[node]
        return {node: self._inside(node, owner) for node in owner if owner[node] == node}

    def _inside(self, root: int, owner: Mapping[int, int]) -> list[int]:
        """Return the nodes of a line as reading its formula makes them: operands first."""
        found, waiting = list[int](), [root]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting += [parent for parent in self._inner(node) if owner[parent] == root]
        return found[::-1]

    def _inner(self, node: int) -> Iterator[int]:
        """Yield what a node reads of this line, numbers apart."""
        for parent in self.columns.parents_of(node):
            if parent >= self.start and not self._is_number(parent):
                yield parent

    def _is_number(self, node: int) -> bool:
        return self.columns.starts[node] == self.columns.starts[node + 1]

    def write(self) -> None:
        """Write the lines, each after those that it reads."""
        placed = self.unfolding.placed
        for root in self.places:
            waiting = [root]
            while waiting:
                last = waiting[-1]
                own = set(self.members[last])
                reads = (p for node in self.members[last] for p in self._inner(node))
                missing = [p for p in dict.fromkeys(reads) if p not in own and p not in placed]
                if missing and last not in placed:
                    waiting.append(min(missing))
                    continue
                if last not in placed:
                    self._write(last)
                waiting.pop()

    def _write(self, root: int) -> None:
        unfolding = self.unfolding
        builder = unfolding.builder
        for node in self.members[root]:
            parents = [self._parent(parent) for parent in self.columns.parents_of(node)]
            unfolding.placed[node] = builder.columns.copy_node(self.columns, node, parents)
            if node in unfolding.aside.defaults:
                builder.defaults[unfolding.placed[node]] = unfolding.aside.defaults[node]
        if root in self.places:
            place = self.places[root]
            unfolding._end(self.line, entry_name(self.line.name, place), place)
            return
        name, place = unfolding.m.made_by.get(root, (self.columns.row(root).name, ()))
        inner = entry_name(f"{self.line.name}.{name}", place)
        builder.end_line(unfolding.unused(inner), group=self.line.group)

    def _parent(self, parent: int) -> int:
        """Return where a parent was placed; a number of the formula is copied for each use."""
        unfolding = self.unfolding
        if parent < self.start or not self._is_number(parent):
            return unfolding.placed[parent]
        copied = unfolding.builder.columns.copy_node(self.columns, parent, ())
        unfolding.builder.defaults[copied] = unfolding.aside.defaults[parent]
        return copied
