"""Write a graph so that two can be compared: names, the order of operands, and a factor 1 aside."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal, NamedTuple

from graphgrad.graph.formula import node_formula
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries

__all__ = ["LEVELS", "Form", "Level", "Rewrite", "form_of"]

Level = Literal["names", "order", "rewrite"]
LEVELS: tuple[Level, ...] = ("names", "order", "rewrite")
"""What is left aside: names; the order of operands too; factors 1 and summands 0 too."""
_FREE = ("add", "mul")
"""Ops whose operands may change places: their value is the same to the last bit."""
_NEUTRAL = {"add": 0, "mul": 1}


class Rewrite(NamedTuple):
    """A node that is only one of its operands: ``w0*x0`` is ``w0``, because ``x0 = 1``."""

    formula: str
    becomes: str
    because: str


class Form:
    """A graph without names: per node a label and operands.

    Attributes:
        graph: what it was made from.
        labels: what each node is.
        operands: per node, its operands; earlier ones.
        free: whether their order does not matter.
        nodes: the graph's own nodes.
        output: the position of the output.
        rewrites: what was left out because it changes nothing.
    """

    def __init__(self, graph: Graph, level: Level, *, roles: bool = True) -> None:
        self.graph = graph
        self.labels: list[Hashable] = []
        self.operands: list[tuple[int, ...]] = []
        self.free: list[bool] = []
        self.nodes: list[int] = []
        self.rewrites: list[Rewrite] = []
        self.output = -1
        self._level = level
        self._roles = roles
        self._at: dict[int, int] = {}
        self._numbers: dict[Hashable, int] = {}
        self._left_out: set[int] = set()

    def __len__(self) -> int:
        return len(self.labels)

    def name(self, position: int) -> str:
        """Return the name that a node has in its graph."""
        return self.graph.name(self.nodes[position])

    def built(self) -> Form:
        """Return the form with all nodes of its graph."""
        graph = self.graph
        inner = _absorbed(graph) if self._level != "names" else {}
        held: dict[int, list[int]] = {}
        for node in range(len(graph)):
            if graph.is_leaf(node):
                self._leaf(node)
                continue
            parents: list[int] = []
            for parent in graph.columns.parents_of(node):
                parents += held.pop(parent) if parent in inner else [parent]
            if node in inner:
                held[node] = parents
            else:
                self._op(node, parents)
        self.output = self._at[graph.output]
        return self._without_unused()

    def _leaf(self, node: int) -> None:
        graph = self.graph
        shape, role = graph.columns.shape(node), graph.role(node)
        if role != "constant":
            self._at[node] = self._add((role if self._roles else "leaf", shape), (), node)
            return
        symbol = graph.columns.settings_of(node).get("symbol")
        number = ("constant", symbol or _content(graph.defaults.get(node)), shape)
        if number not in self._numbers:
            self._numbers[number] = self._add(number, (), node)
        self._at[node] = self._numbers[number]

    def _op(self, node: int, parents: list[int]) -> None:
        graph = self.graph
        name = graph.columns.row(node).name
        if self._level == "rewrite":
            kept = [p for p in parents if not self._is_neutral(name, node, p)] or parents[:1]
            if name == "identity" or (name in _NEUTRAL and len(kept) == 1 < len(parents)):
                self._rewrite(node, parents, kept[0])
                return
            parents = kept
        settings = tuple(graph.columns.settings_of(node).items())
        operands = tuple(self._at[parent] for parent in parents)
        free = self._level != "names" and name in _FREE
        self._at[node] = self._add((name, settings), operands, node, free=free)

    def _is_neutral(self, op: str, node: int, parent: int) -> bool:
        """Tell whether an operand is a 1 in a product or a 0 in a sum, a number of its own."""
        graph = self.graph
        neutral = _NEUTRAL.get(op)
        value = graph.defaults.get(parent)
        fixed = graph.is_leaf(parent) and graph.role(parent) != "parameter"
        if neutral is None or not fixed or graph.columns.shape(parent) or value is None:
            return False
        return bool(value == neutral)

    def _rewrite(self, node: int, parents: list[int], kept: int) -> None:
        graph = self.graph
        self._at[node] = self._at[kept]
        gone = [parent for parent in parents if parent != kept]
        self._left_out.update(self._at[parent] for parent in gone)
        because = [f"{graph.name(p)} = {graph.defaults[p]}" for p in gone if _is_named(graph, p)]
        formula = node_formula(graph, node)
        self.rewrites.append(Rewrite(formula, graph.name(kept), ", ".join(because)))

    def _add(
        self, label: Hashable, operands: tuple[int, ...], node: int, *, free: bool = False
    ) -> int:
        self.labels.append(label)
        self.operands.append(operands)
        self.free.append(free)
        self.nodes.append(node)
        return len(self.labels) - 1

    def _without_unused(self) -> Form:
        """Drop the leaves that a rewrite has left without a use."""
        used = {operand for operands in self.operands for operand in operands}
        gone = {at for at in self._left_out if at not in used and at != self.output}
        if not gone:
            return self
        kept = [at for at in range(len(self)) if at not in gone]
        new = {old: at for at, old in enumerate(kept)}
        self.labels = [self.labels[at] for at in kept]
        self.operands = [tuple(new[p] for p in self.operands[at]) for at in kept]
        self.free = [self.free[at] for at in kept]
        self.nodes = [self.nodes[at] for at in kept]
        self.output = new[self.output]
        return self


def form_of(graph: Graph, level: Level, *, roles: bool = True) -> Form:
    """Return the form of a graph at a level; without roles, an input may be a parameter.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> w, x = builder.leaf_line("w", "param", 2), builder.leaf_line("x", "const", 1)
    >>> y = builder.apply("mul", (w, x)); builder.end_line("y")
    >>> form = form_of(builder.freeze(y), "rewrite")
    >>> form.labels, form.rewrites[0]
    ([('parameter', ())], Rewrite(formula='w*x', becomes='w', because='x = 1'))
    """
    return Form(graph, level, roles=roles).built()


def _absorbed(graph: Graph) -> set[int]:
    """Return the sums and products inside a line that only a larger one of their kind reads."""
    columns = graph.columns
    readers: dict[int, list[int]] = {}
    for node in range(len(graph)):
        for parent in columns.parents_of(node):
            readers.setdefault(parent, []).append(node)
    roots = {line.root for line in graph.lines()}
    return {
        node
        for node, found in readers.items()
        if node not in roots
        and len(found) == 1
        and columns.row(node).name in _FREE
        and columns.codes[node] == columns.codes[found[0]]
        and columns.shape(node) == columns.shape(found[0])
    }


def _is_named(graph: Graph, node: int) -> bool:
    return node + 1 in graph.line_ends


def _content(value: Any) -> Hashable:
    """Return a number so that equal ones are equal, however they are stored."""
    return tuple(map(to_float, entries(value))) if hasattr(value, "ravel") else value
