"""Cut a scalar graph into units that can be stacked: single ops, and whole sums of products."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import code_of

__all__ = ["Unit", "levels_of", "units_of"]

_ADD, _MUL, _PARAM = code_of("add"), code_of("mul"), code_of("param")
_ATOMS_OF_A_SUM = 4
"""From this many terms on a chain of additions is one sum; shorter ones stay additions."""


class Unit(NamedTuple):
    """What is computed at once: one op, or a chain of additions with its products.

    Attributes:
        node: the node whose value it is.
        atoms: the arguments of an op, or the terms of a sum that are no products.
        left: the first factor of each product; empty for an op.
        right: the second factor of each product.
        summed: whether it is a chain of additions.
    """

    node: int
    atoms: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    summed: bool

    @property
    def arguments(self) -> tuple[int, ...]:
        """Return every node it is computed from."""
        return self.atoms + self.left + self.right


def units_of(graph: Graph) -> list[Unit]:
    """Return the units of a graph of numbers, each after those it is computed from.

    A chain ``b + w1*x1 + w2*x2`` of at least two products, or four terms, is one unit, if its inner
    sums and products are used nowhere else.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> a, b = builder.leaf_line("a", "param", 1.0), builder.leaf_line("b", "input", 2.0)
    >>> y = builder.apply("add", (builder.apply("mul", (a, b)), builder.apply("mul", (b, b))))
    >>> builder.end_line("y")
    >>> [(unit.left, unit.right) for unit in units_of(builder.freeze(output=y))]
    [((0, 1), (1, 1))]
    """
    cut = _Cut(graph)
    return [unit for node in range(len(graph)) if (unit := cut.unit(node)) is not None]


def levels_of(graph: Graph, units: Sequence[Unit]) -> array[int]:
    """Return of each node how many units lie one above another below it; 0 for leaves."""
    levels = array("I", bytes(4 * len(graph)))
    for unit in units:
        levels[unit.node] = 1 + max(map(levels.__getitem__, unit.arguments), default=0)
    return levels


def _same_numbers(graph: Graph) -> dict[int, int]:
    """Map numbers that are written in formulas to the first that is equal."""
    first: dict[float, int] = {}
    return {
        node: first.setdefault(float(value), node)
        for node, value in graph.defaults.items()
        if graph.is_constant(node)
    }


class _Cut:
    """Decide, from the end back, which nodes lie inside a chain of additions."""

    def __init__(self, graph: Graph) -> None:
        self.columns = graph.columns
        uses = array("I", bytes(4 * len(graph)))
        for parent in self.columns.parents:
            uses[parent] += 1
        uses[graph.output] += 1
        self.uses = uses
        self.same = _same_numbers(graph)
        self.inside = bytearray(len(graph))
        self.sums: dict[int, Unit] = {}
        for node in range(len(graph) - 1, -1, -1):
            if self.columns.codes[node] == _ADD and not self.inside[node]:
                self._look_at(node)

    def unit(self, node: int) -> Unit | None:
        """Return the unit of a node; None for a leaf and for what lies inside a sum."""
        atoms = self._parents(node)
        if not atoms or self.inside[node]:
            return None
        return self.sums.get(node) or Unit(node, atoms, (), (), summed=False)

    def _parents(self, node: int) -> tuple[int, ...]:
        """Return the parents, equal numbers of formulas as one."""
        return tuple([self.same.get(parent, parent) for parent in self.columns.parents_of(node)])

    def _look_at(self, node: int) -> None:
        """Take a chain of additions together, where it is long enough."""
        chain, terms = self._chain(node)
        products = [term for term in terms if self._is_product(term)]
        if len(products) < 2:
            products = []
            if len(terms) < _ATOMS_OF_A_SUM:
                return
        pairs = [self._factors(product) for product in products]
        known = set(products)
        atoms = tuple(term for term in terms if term not in known)
        left, right = tuple(p for p, _ in pairs), tuple(q for _, q in pairs)
        self.sums[node] = Unit(node, atoms, left, right, summed=True)
        for inner in (*chain[1:], *products):
            self.inside[inner] = 1

    def _chain(self, node: int) -> tuple[list[int], list[int]]:
        """Return the additions of a chain, the last first, and its terms as written."""
        chain, terms = [node], []
        while True:
            first, second = self._parents(chain[-1])
            terms.append(second)
            if self.columns.codes[first] != _ADD or self.uses[first] != 1:
                terms.append(first)
                return chain, terms[::-1]
            chain.append(first)

    def _is_product(self, node: int) -> bool:
        return self.columns.codes[node] == _MUL and self.uses[node] == 1

    def _factors(self, product: int) -> tuple[int, int]:
        """Return the factors, a parameter first: which comes first does not change a product."""
        first, second = self._parents(product)
        codes = self.columns.codes
        swap = codes[second] == _PARAM and codes[first] != _PARAM
        return (second, first) if swap else (first, second)
