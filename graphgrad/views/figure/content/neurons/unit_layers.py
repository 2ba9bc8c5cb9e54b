"""Find the layers of neurons of a graph: weighted sums, their biases, the activation behind them.

A layer is a sum with at least one term in which a parameter multiplies something else: an array,
``W @ x + b``, has a unit per entry, a graph of numbers, ``w1*x1 + w2*x2 + b``, a layer per unit.
Both are read off the graph's structure alone, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from graphgrad.graph.graph import Edge, Graph
from graphgrad.layers.registry import find_layer
from graphgrad.ops.row import Elementwise

__all__ = ["Term", "UnitLayer", "Units", "unit_layers"]

How = Literal["entries", "transposed", "row", "each", "plain"]


class Units(NamedTuple):
    """Units of a node: how many, and along which axis of its value; None where it is one unit."""

    node: int
    size: int
    axis: int | None


class Term(NamedTuple):
    """What a layer adds up.

    Attributes:
        edge: the use of what comes in, by the product or the sum.
        source: the units that come in.
        weight: the parameter; None for what is added as it is.
        how: where the weight from unit i to unit j stands: in row j (``entries``), in row i
            (``transposed``), at i (``row``), at j and for i = j alone (``each``), or nowhere.
    """

    edge: Edge
    source: Units
    weight: int | None
    how: How


class UnitLayer(NamedTuple):
    """A sum with its activation.

    Attributes:
        units: of its result, the value after the activation.
        root: the node of the sum.
        nodes: all nodes that it stands for.
        terms: what is added up, in the order of the formula.
        biases: the uses of parameters that are added as they are.
    """

    units: Units
    root: int
    nodes: tuple[int, ...]
    terms: tuple[Term, ...]
    biases: tuple[Edge, ...]


def unit_layers(graph: Graph) -> list[UnitLayer]:
    r"""Return the layers of neurons of a graph, in the order of the steps.

    >>> from graphgrad.source.gg import read_gg
    >>> graph = read_gg("input x: 2\nparam W: 3x2\nparam b: 3\nh = tanh(W@x + b)")
    >>> [(layer.units, len(layer.terms)) for layer in unit_layers(graph)]
    [(Units(node=5, size=3, axis=0), 1)]
    """
    return list(_Finder(graph).layers())


class _Finder:
    """Look from the end for sums, and then from the start for what fits together."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.columns = graph, graph.columns
        self.readers: list[list[int]] = [[] for _ in range(len(graph))]
        for edge in graph.edges():
            self.readers[edge.source].append(edge.target)

    def layers(self) -> Iterator[UnitLayer]:
        """Yield what fits together: a layer is read along the axis of its units."""
        inside: set[int] = set()
        found: list[UnitLayer] = []
        for node in range(len(self.graph) - 1, -1, -1):
            layer = None if node in inside else self._layer(node)
            if layer is not None:
                inside.update(layer.nodes)
                found.append(layer)
        found += self._joins(found, inside)
        axes: dict[int, int | None] = {}
        for layer in sorted(found, key=lambda layer: layer.units.node):
            if all(axes.get(t.source.node, t.source.axis) == t.source.axis for t in layer.terms):
                axes.update((term.source.node, term.source.axis) for term in layer.terms)
                axes[layer.units.node] = layer.units.axis
                yield layer

    def _joins(self, found: list[UnitLayer], inside: set[int]) -> Iterator[UnitLayer]:
        """Yield the sums without weights whose units a layer takes in, as behind a skip."""
        wanted = {term.source.node: term.source for layer in found for term in layer.terms}
        made = {layer.units.node for layer in found}
        for node in range(len(self.graph) - 1, -1, -1):
            parents = self.columns.parents_of(node)
            if node not in wanted or node in inside | made or self._name(node) != "add":
                continue
            shape = self.columns.shape(node)
            if any(self.columns.shape(p) != shape or self._is_parameter(p) for p in parents):
                continue
            units = wanted[node]
            terms = [
                Term(Edge(p, node, slot), units._replace(node=p), None, "plain")
                for slot, p in enumerate(parents)
            ]
            wanted.update((term.source.node, term.source) for term in terms)
            yield UnitLayer(units, node, (node,), tuple(terms), ())

    def _layer(self, root: int) -> UnitLayer | None:
        """Return the layer of a sum, with the lines of their own that it adds up if they fit."""
        if self._name(root) not in _SUMS | _PRODUCTS:
            return None
        return self._sum(root, through=True) or self._sum(root, through=False)

    def _sum(self, root: int, *, through: bool) -> UnitLayer | None:
        nodes = [root]
        terms: list[Term] = []
        biases: list[Edge] = []
        plain: list[Edge] = []
        for edge in self._addends(root, nodes, through=through):
            term = self._weighted(edge.source, nodes)
            if term is not None:
                terms.append(term)
            elif self._is_parameter(edge.source):
                biases.append(edge)
            else:
                plain.append(edge)
        if not terms or (plain and through) or not all(map(self._is_skip, plain)):
            return None
        units = self._units(root, terms[0])
        terms += [Term(edge, units._replace(node=edge.source), None, "plain") for edge in plain]
        fits = all(self.columns.shape(e.source) == self.columns.shape(root) for e in plain)
        biased = all(self._size(edge.source) in (1, units.size) for edge in biases)
        if not (fits and biased and all(self._units(root, t) == units for t in terms)):
            return None
        node = self._activated(root, nodes)
        return UnitLayer(units._replace(node=node), root, tuple(nodes), tuple(terms), tuple(biases))

    def _is_skip(self, edge: Edge) -> bool:
        """Tell whether an addend is a connection that skips: a target that is taken off is none."""
        role = self.graph.role(edge.source)
        return self._name(edge.target) == "add" and role in ("computation", "input")

    def _addends(self, root: int, nodes: list[int], *, through: bool) -> Iterator[Edge]:
        """Yield the uses of what a sum adds up.

        Args:
            root: the sum, or a product that stands alone.
            nodes: takes the inner sums that are gone through: those that are used once.
            through: whether those that are lines of their own are gone through too.
        """
        if self._name(root) in _PRODUCTS:
            yield Edge(root, root, 0)
            return
        waiting = [Edge(p, root, slot) for slot, p in enumerate(self.columns.parents_of(root))]
        while waiting:
            edge = waiting.pop(0)
            node = edge.source
            single = len(self.readers[node]) == 1 and (through or not self._is_line(node))
            if self._name(node) in _SUMS and single:
                nodes.append(node)
                parents = enumerate(self.columns.parents_of(node))
                waiting[:0] = [Edge(parent, node, slot) for slot, parent in parents]
            else:
                yield edge

    def _is_line(self, node: int) -> bool:
        return self.graph.line_ends[self.graph.line_of(node)] - 1 == node

    def _weighted(self, product: int, nodes: list[int]) -> Term | None:
        """Return a product of a parameter and something else as a term."""
        name = self._name(product)
        if name not in _PRODUCTS or (product not in nodes and len(self.readers[product]) != 1):
            return None
        for slot, parent in enumerate(self.columns.parents_of(product)):
            other = self.columns.parents_of(product)[1 - slot]
            weight, turned, between = self._untransposed(parent)
            if not self._is_parameter(weight) or self._is_parameter(other):
                continue
            how = self._how(weight, slot, turned=turned) if name == "matmul" else "each"
            source = self._source(other, how, left=slot == 0)
            if source is None or (how == "each" and not self._fits_each(weight, other)):
                continue
            nodes += [product] if product not in nodes else []
            nodes += between
            return Term(Edge(other, product, 1 - slot), source, weight, how)
        return None

    def _how(self, weight: int, slot: int, *, turned: bool) -> How:
        if len(self.columns.shape(weight)) == 1:
            return "row"
        return "entries" if (slot == 0) != turned else "transposed"

    def _source(self, node: int, how: How, *, left: bool) -> Units | None:
        """Return the units that a product takes in; None where it takes more than rows of them."""
        shape = self.columns.shape(node)
        if how == "each":
            return Units(node, shape[-1] if shape else 1, len(shape) - 1 if shape else None)
        if not 1 <= len(shape) <= 2:
            return None
        axis = 0 if left else len(shape) - 1
        inner, turned, _ = self._untransposed(node)
        return Units(inner, shape[axis], 1 - axis if turned else axis)

    def _fits_each(self, weight: int, other: int) -> bool:
        shape, own = self.columns.shape(other), self.columns.shape(weight)
        return len(shape) <= 2 and own in ((), shape[-1:])

    def _units(self, root: int, term: Term) -> Units:
        """Return the units of a sum, by what one of its terms brings."""
        shape = self.columns.shape(root)
        if term.how in ("each", "plain"):
            return term.source._replace(node=root)
        if term.how == "row" or not shape:
            return Units(root, 1, None)
        left = term.edge.slot == 1
        axis = 0 if left else len(shape) - 1
        return Units(root, shape[axis], axis)

    def _activated(self, root: int, nodes: list[int]) -> int:
        """Return the node after the activations behind a sum; they join its nodes."""
        node = root
        while len(self.readers[node]) == 1:
            reader = self.readers[node][0]
            row = self.columns.row(reader)
            known = find_layer(row.name)
            alone = len(self.columns.parents_of(reader)) == 1
            if known is None or known.kind != "activation" or not alone:
                break
            if self.graph.role(reader) == "loss" or node == self.graph.output:
                break
            if not isinstance(row, Elementwise) and row.name != "softmax":
                break
            nodes.append(reader)
            node = reader
        return node

    def _untransposed(self, node: int) -> tuple[int, bool, list[int]]:
        """Return what a transposition turns, whether it does, and the nodes gone through."""
        if self._name(node) != "transpose" or len(self.readers[node]) != 1:
            return node, False, []
        parent = self.columns.parents_of(node)[0]
        return parent, len(self.columns.shape(parent)) == 2, [node]

    def _is_parameter(self, node: int) -> bool:
        return self.graph.role(node) == "parameter"

    def _size(self, node: int) -> int:
        size = 1
        for length in self.columns.shape(node):
            size *= length
        return size

    def _name(self, node: int) -> str:
        return self.columns.row(node).name


_SUMS = frozenset({"add", "sub"})
_PRODUCTS = frozenset({"mul", "matmul"})
