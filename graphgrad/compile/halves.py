"""Compile both passes over a graph as two programs that keep every value and every adjoint.

The forward program returns the values of all nodes; the backward program takes these and returns
the adjoints, so that either may be asked for alone. Numbers are the interpreter's bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from graphgrad.compile.compiled import Compiled
from graphgrad.compile.recording.lowering import Lowering
from graphgrad.compile.recording.program import VIEWS, Op, Operand, Program
from graphgrad.graph.graph import Graph
from graphgrad.graph.kinds import Kind

__all__ = ["Halves", "rounds_alike"]

_REPEATED = frozenset({"norm", "logsumexp"})
"""Ops whose derivative repeats their value: of float32, that is a double where it is one number."""

_UNWATCHED: Operand = 0.0
"""Stands where the output's value stands in other programs: here it may be what it is."""


def rounds_alike(kinds: Iterable[Kind], *, singles: bool) -> bool:
    """Tell whether programs round as the interpreter does where there are arrays of float32.

    They do not where an op on float32 goes back over a double: they would round that first.

    Args:
        kinds: what the nodes are.
        singles: whether there are arrays of float32.
    """
    return not singles or not any(kind.row.name in _REPEATED and not kind.shape for kind in kinds)


class Halves:
    """The forward and the backward pass over a graph of which everything is kept.

    Args:
        graph: the graph.
        kinds: the kind of each leaf that is given when the programs run; others are constants.
        wrt: the leaves whose adjoints are handed out; every other node's is.
        variable: the leaves that count as variable.
    """

    def __init__(
        self, graph: Graph, kinds: Mapping[int, str], wrt: Iterable[int], variable: Iterable[int]
    ) -> None:
        self.count = len(graph)
        self.output = graph.output
        self.is_scalar = not graph.columns.shape(graph.output)
        lowering = Lowering(graph, kinds)
        values = [lowering.program.values[node] for node in range(self.count)]
        inner = [values[node] for node in range(self.count) if node not in kinds]
        order = [None, *(n for n in range(self.count) if n not in kinds), None, *kinds]
        self._ordered = _picked([order.index(node) for node in range(self.count)])
        self._forward = Compiled(
            graph, lowering.program, [_UNWATCHED, *inner], exact=True, watch=1, guarded=False
        )
        self._backward: Compiled | None = None
        if self.is_scalar:
            self._lower_adjoints(lowering, list(wrt), list(variable))

    def values(self, leaves: Sequence[Any]) -> list[Any] | None:
        """Return the value of every node, None where the interpreter has to look.

        Args:
            leaves: the values of the leaves that are given.
        """
        found = self._forward.run_writable(leaves)
        return None if found is None else list(self._ordered((*found, *leaves)))

    def adjoints(self, values: Sequence[Any], unset: Any) -> list[Any] | None:
        """Return the adjoint of every node where the output's is 1.

        Args:
            values: the value of every node.
            unset: stands where a node has no adjoint, or its adjoint is not handed out.

        Returns:
            None where the interpreter has to look.
        """
        if self._backward is None:
            return None
        found = self._backward.run_writable(self._arguments(values))
        return None if found is None else list(self._placed((*found, unset)))

    def _lower_adjoints(self, lowering: Lowering, wrt: list[int], variable: list[int]) -> None:
        program, m, columns = lowering.program, lowering.m, lowering.columns
        lowering.backward(variable)
        leaves = [node for node in wrt if node in program.adjoints]
        inner = [n for n in program.adjoints if columns.parents_of(n)]
        reached = leaves + inner
        results: list[Operand] = [_UNWATCHED]
        for node in reached:
            adjoint = m.plain(m.var(program.adjoints[node]))
            shape = columns.shape(node)
            if shape:
                kind = m.kind(lowering.value(node))[-1]
                adjoint = m.cast(m.broadcast(adjoint, shape=shape), kind)
            results.append(m.operand(adjoint))
        _cut(program, results)
        self._backward = Compiled(
            lowering.graph, program, results, exact=True, watch=1 + len(leaves), guarded=False
        )
        asked = tuple(self._backward.program.leaves.values())
        self._arguments = _picked(asked)
        places = {node: place for place, node in enumerate(reached, 1)}
        unset = len(results) + 1  # after the results stands what was looked at
        self._placed = _picked([places.get(node, unset) for node in range(self.count)])


def _picked(nodes: Sequence[int]) -> Any:
    """Return what picks the values of some nodes, always as a sequence."""
    if len(nodes) > 1:
        return itemgetter(*nodes)
    return lambda values: [values[node] for node in nodes]


def _cut(program: Program, results: Sequence[Operand]) -> None:
    """Take the values of nodes as given, where that is less than computing them again."""
    for node, at in program.values.items():
        if isinstance(at, float):
            continue
        op = program.ops[at]
        repeated = op.kind == "s" and op.shape != ()
        if op.name not in VIEWS and op.name != "constant" and op.kind in "sdf" and not repeated:
            program.ops[at] = Op("leaf", (), (("node", node),), op.shape, op.kind)
            program.leaves.setdefault(at, node)
    needed = set(program.needed(results))
    program.leaves = {at: node for at, node in program.leaves.items() if at in needed}
