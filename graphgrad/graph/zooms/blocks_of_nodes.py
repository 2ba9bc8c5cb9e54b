"""Keep numbers of a scalar graph side by side in arrays, and find them again."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import groupby
from math import prod
from typing import NamedTuple

import numpy as np

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.emit import Emitter, Ref
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Leaf
from graphgrad.ops.shapes import Shape

__all__ = ["Array", "Arrays"]

_NONE = 2**32 - 1


class Array(NamedTuple):
    """An array node that holds numbers of the scalar graph.

    Attributes:
        ref: the array node.
        shape: its lengths.
        nodes: the scalar nodes, entry by entry.
    """

    ref: Ref
    shape: Shape
    nodes: tuple[int, ...]


class Arrays:
    """The array graph that grows, and where each scalar node stands in it.

    Attributes:
        held: which array holds a node, by its position in ``arrays``; ``absent`` if none does.
        places: the entry of that array.
        leaves: of each array leaf that may be given values, the names of its numbers.
    """

    absent = _NONE

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.builder = GraphBuilder()
        self.emitter = Emitter(self.builder)
        self.arrays: list[Array] = []
        self.held = array("I", [_NONE]) * len(graph)
        self.places = array("I", bytes(4 * len(graph)))
        self.leaves: dict[str, tuple[str, ...]] = {}
        self.fetched: dict[tuple[tuple[int, ...], Shape], Ref] = {}

    # ---- holding ----

    def hold(self, ref: Ref, shape: Shape, nodes: Sequence[int]) -> Ref:
        """End the line of an array of nodes and remember where each stands."""
        if not self.builder.line_ends or ref.node >= self.builder.line_ends[-1]:
            self.builder.end_line(f"s{len(self.arrays)}")
        number = len(self.arrays)
        self.arrays.append(Array(ref, shape, tuple(nodes)))
        for place, node in enumerate(nodes):
            self.held[node], self.places[node] = number, place
        return ref

    def hold_the_rest(self) -> None:
        """Put the leaves that nothing has asked for into arrays too: they may be given values."""
        roots = [line.root for line in self.graph.lines() if self.graph.is_leaf(line.root)]
        rest = [root for root in roots if self.held[root] == _NONE]
        self._hold_leaves(rest, (len(rest),))

    def _hold_leaves(self, nodes: Sequence[int], shape: Shape) -> None:
        """Put leaves that stand nowhere yet into new arrays, one for each kind of leaf."""
        new = [n for n in dict.fromkeys(nodes) if self.held[n] == _NONE]
        whole = len(new) == len(nodes)
        kinds = [self._kind(node) for node in new]
        for kind in dict.fromkeys(kinds):
            chosen = [node for node, of in zip(new, kinds, strict=True) if of == kind]
            lengths = shape if whole and len(chosen) == len(nodes) else (len(chosen),)
            self._leaf(kind, chosen, lengths)

    def _kind(self, node: int) -> tuple[str, bool]:
        """Return which leaf it is, and whether it is a line of its own or stands in a formula."""
        row = ROWS[self.graph.columns.codes[node]]
        assert isinstance(row, Leaf)  # what is computed is held before it is asked for
        return row.name, self._is_line(node)

    def _leaf(self, kind: tuple[str, bool], nodes: Sequence[int], shape: Shape) -> None:
        defaults = self.graph.defaults
        known = [defaults[node] for node in nodes if node in defaults]
        value = np.array(known, dtype=float).reshape(shape) if len(known) == len(nodes) else None
        ref = self.emitter.ref(self.builder.leaf(kind[0], value, shape))
        self.hold(ref, shape, nodes)
        if kind[1]:
            self.leaves[self.builder.line_names[-1]] = tuple(map(self.graph.name, nodes))

    def are_leaves(self, nodes: Sequence[int]) -> bool:
        """Tell whether all nodes are leaves."""
        return all(map(self.graph.is_leaf, nodes))

    def are_numbers(self, nodes: Sequence[int]) -> bool:
        """Tell whether all nodes are numbers written in a formula."""
        return all(self.graph.is_constant(node) and not self._is_line(node) for node in nodes)

    def _is_line(self, node: int) -> bool:
        graph = self.graph
        return graph.line_ends[graph.line_of(node)] == node + 1

    def _number(self, nodes: Sequence[int], shape: Shape) -> Ref:
        values = np.array([self.graph.defaults[node] for node in nodes], dtype=float)
        value = values.reshape(shape) if shape else float(values[0])
        return self.emitter.ref(self.builder.constant(value, shape))

    # ---- finding ----

    def order(self, node: int) -> tuple[int, int]:
        """Return where a node stands, for sorting; what stands nowhere comes last, as written."""
        held = self.held[node]
        return (held, node) if held == _NONE else (held, self.places[node])

    def of_whole(self, nodes: Sequence[int]) -> Array | None:
        """Return the array that holds just these nodes in this order."""
        held = self.held[nodes[0]]
        if held == _NONE:
            return None
        found = self.arrays[held]
        return found if found.nodes == tuple(nodes) else None

    def fetch(self, nodes: Sequence[int], shape: Shape) -> Ref:
        """Return the values of nodes as an array of a shape, leaves put into arrays as met."""
        key = (tuple(nodes), shape)
        found = self.fetched.get(key)
        if found is None and self.are_numbers(nodes):
            found = self.fetched[key] = self._number(nodes, shape)
        if found is None:
            if any(self.held[node] == _NONE for node in nodes):
                self._hold_leaves(nodes, shape)
            found = self.fetched[key] = self._found(nodes, shape)
        return found

    def spread(self, nodes: Sequence[int], shape: Shape) -> Ref:
        """Return the values such that they broadcast to a shape: what repeats is taken once."""
        table = np.array(nodes).reshape(shape)
        kept = tuple(
            1 if length > 1 and (table == table.take([0], axis)).all() else length
            for axis, length in enumerate(shape)
        )
        if prod(kept) == 1:
            return self.fetch(nodes[:1], ())
        first = table[tuple(slice(0, length) for length in kept)]
        return self.fetch(first.ravel().tolist(), kept)

    def _found(self, nodes: Sequence[int], shape: Shape) -> Ref:
        held = [self.held[node] for node in nodes]
        used = list(dict.fromkeys(held))
        places = [self.places[node] for node in nodes]
        if len(used) == 1:
            return self._picked(self.arrays[used[0]], places, shape)
        runs = [number for number, _ in groupby(held)]
        starts: dict[int, int] = {}
        count = 0
        for number in runs if len(runs) == len(used) else used:
            starts[number] = count
            count += len(self.arrays[number].nodes)
        flat = [self._reshaped(self.arrays[number], (-1,)) for number in starts]
        joined = self.emitter.call("concat", *flat, axis=0)
        at = [starts[number] + place for number, place in zip(held, places, strict=True)]
        return self._gathered(joined, (count,), at, shape)

    def _picked(self, source: Array, places: list[int], shape: Shape) -> Ref:
        if len(source.shape) == 2 and len(shape) == 2 and shape == source.shape[::-1]:
            turned = np.arange(prod(shape)).reshape(source.shape).T.ravel()
            if places == turned.tolist():
                return self.emitter.call("transpose", source.ref)
        if places == list(range(len(source.nodes))):
            return self._reshaped(source, shape)
        return self._gathered(source.ref, source.shape, places, shape)

    def _reshaped(self, source: Array, shape: Shape) -> Ref:
        lengths = (len(source.nodes),) if shape == (-1,) else shape
        if lengths == source.shape:
            return source.ref
        return self.emitter.call("reshape", source.ref, shape=lengths)

    def _gathered(self, ref: Ref, source: Shape, at: list[int], shape: Shape) -> Ref:
        if at == list(range(prod(source))):
            return ref if shape == source else self.emitter.call("reshape", ref, shape=shape)
        return self.emitter.call("gather", ref, at=tuple(at), shape=shape)
