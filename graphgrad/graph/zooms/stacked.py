"""Stack numbers that are computed alike into arrays: a neuron network at the speed of matrices.

Units of one level and one op become one array op; sums of products whose factors form a table, as
``w[j,i] * x[s,i]`` over i does for every j and s, become one matrix product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from graphgrad.graph.emit import Ref
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.blocks_of_nodes import Arrays
from graphgrad.graph.zooms.tables_of_products import Table, tables_of
from graphgrad.graph.zooms.units import Unit, levels_of, units_of
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise

__all__ = ["Stacked", "stacked"]

_TERMS_OF_A_DOT = 4
"""A single sum of fewer products is computed term by term: putting it together costs more."""


class Stacked(NamedTuple):
    """A graph of arrays that computes a graph of numbers, and where each number stands.

    Attributes:
        graph: the array graph.
        names: of each array leaf, the names of its numbers, entry by entry.
        held: of each scalar node the array node that holds it, -1 where none does.
        places: the entry of that array.
    """

    graph: Graph
    names: dict[str, tuple[str, ...]]
    held: Sequence[int]
    places: Sequence[int]


def stacked(graph: Graph) -> Stacked | None:
    """Return the array graph of a graph of numbers; None if it is no such graph.

    Sums of products are added in another order, so that values agree to rounding.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> w = [builder.leaf_line(f"w{i}", "param", 1.0 + i) for i in range(4)]
    >>> x = [builder.leaf_line(f"x{i}", "input", 2.0) for i in range(2)]
    >>> def row(i):
    ...     products = [builder.apply("mul", (w[2 * i + j], x[j])) for j in range(2)]
    ...     return builder.apply("add", products)
    >>> y = builder.apply("mul", (row(0), row(1)))
    >>> builder.end_line("y")
    >>> found = stacked(builder.freeze(output=y))
    >>> [node.row.name for node in map(found.graph.node, range(len(found.graph)))][:4]
    ['param', 'input', 'transpose', 'matmul']
    """
    columns = graph.columns
    if any(columns.shapes) or not all(
        isinstance(ROWS[code], Elementwise) or not len(columns.parents_of(node))
        for node, code in enumerate(columns.codes)
    ):
        return None
    return _Stacking(graph).run()


class _Stacking:
    """Go through the levels; in each, first the matrix products, then what is entry by entry."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.arrays = Arrays(graph)
        self.emitter = self.arrays.emitter

    def run(self) -> Stacked:
        """Return the array graph."""
        arrays = self.arrays
        levels = self._levels()
        tables = [list(tables_of([unit for unit in level if unit.left])) for level in levels]
        for table in (table for level in tables for table in level):
            self._lay_out(table)
        for level, products in zip(levels, tables, strict=True):
            for table in products:
                self._products(table)
            self._entry_by_entry([unit for unit in level if not unit.left])
        arrays.hold_the_rest()
        output = arrays.fetch([self.graph.output], ())
        ends = arrays.builder.line_ends
        if not ends or output.node >= ends[-1]:
            arrays.builder.end_line("output")
        made = arrays.builder.freeze(output.node, loss=self.graph.has_loss)
        return Stacked(made, arrays.leaves, *self._places())

    def _levels(self) -> list[list[Unit]]:
        """Return the units of each level, in the order of the graph."""
        units = units_of(self.graph)
        levels = levels_of(self.graph, units)
        found: dict[int, list[Unit]] = defaultdict(list)
        for unit in units:
            found[levels[unit.node]].append(unit)
        return [found[level] for level in sorted(found)]

    def _places(self) -> tuple[list[int], Sequence[int]]:
        arrays = self.arrays
        nodes = [array.ref.node for array in arrays.arrays]
        held = [-1 if of == arrays.absent else nodes[of] for of in arrays.held]
        return held, arrays.places

    # ---- products ----

    def _lay_out(self, table: Table) -> None:
        """Put leaves that are factors into matrices before anything else asks for them."""
        for factors in (table.left, table.right):
            nodes = [node for row in factors for node in row]
            new = all(self.arrays.held[node] == self.arrays.absent for node in nodes)
            if new and self.arrays.are_leaves(nodes):
                self.arrays.fetch(nodes, (len(factors), len(factors[0])))
        for term in range(len(table.units[0].atoms)):
            nodes = list(dict.fromkeys(unit.atoms[term] for unit in table.units))
            new = all(self.arrays.held[node] == self.arrays.absent for node in nodes)
            if new and self.arrays.are_leaves(nodes):
                self.arrays.fetch(nodes, (len(nodes),))

    def _products(self, table: Table) -> None:
        if table.paired:
            self._pairs(table)
            return
        left, right, units = table.left, table.right, table.units
        across = len(right)
        rows = sorted(range(len(right)), key=lambda row: self.arrays.order(right[row][0]))
        if self._runs_first(left, right):
            rows = sorted(range(len(left)), key=lambda row: self.arrays.order(left[row][0]))
            units = [units[row * across + column] for row in rows for column in range(across)]
            outer, inner = [left[row] for row in rows], right
        else:
            units = [units[column * across + row] for row in rows for column in range(len(left))]
            outer, inner = [right[row] for row in rows], left
        turned = self.emitter.call("transpose", self._matrix(inner))
        total = self.emitter.call("matmul", self._matrix(outer), turned)
        self._with_atoms(total, units, (len(outer), len(inner)))

    def _runs_first(self, left: list[Any], right: list[Any]) -> bool:
        """Tell whether the left factors are computed and the right ones are not."""
        leaves = self.arrays.are_leaves
        return leaves(right[0]) and not leaves(left[0])

    def _matrix(self, factors: list[tuple[int, ...]]) -> Ref:
        nodes = [node for row in factors for node in row]
        return self.arrays.fetch(nodes, (len(factors), len(factors[0])))

    def _pairs(self, table: Table) -> None:
        """Multiply entry by entry and add along the terms."""
        count, terms = len(table.units), len(table.left[0])
        left = [node for row in table.left for node in row]
        right = [node for row in table.right for node in row]
        if count == 1 and terms < _TERMS_OF_A_DOT:
            self._written_out(table.units[0])
            return
        if count == 1:
            order = sorted(range(terms), key=lambda term: self.arrays.order(left[term]))
            left, right = [left[term] for term in order], [right[term] for term in order]
            pair = (self.arrays.fetch(left, (terms,)), self.arrays.fetch(right, (terms,)))
            self._with_atoms(self.emitter.call("dot", *pair), table.units, ())
            return
        shape = (count, terms)
        product = self.emitter.call(
            "mul", self.arrays.fetch(left, shape), self.arrays.spread(right, shape)
        )
        total = self.emitter.call("sum", product, axis=(1,))
        self._with_atoms(total, table.units, (count,))

    def _written_out(self, unit: Unit) -> None:
        """Add a few products one by one, as the file does."""
        fetch = self.arrays.fetch
        terms = [
            fetch([p], ()) * fetch([q], ()) for p, q in zip(unit.left, unit.right, strict=True)
        ]
        self._with_atoms(sum(terms[1:], terms[0]), [unit], ())

    def _with_atoms(self, total: Ref, units: list[Unit], shape: tuple[int, ...]) -> None:
        for term in range(len(units[0].atoms)):
            atoms = [unit.atoms[term] for unit in units]
            total = total + self.arrays.spread(atoms, shape)
        self.arrays.hold(total, shape, [unit.node for unit in units])

    # ---- entry by entry ----

    def _entry_by_entry(self, units: list[Unit]) -> None:
        codes, settings = self.graph.columns.codes, self.graph.columns.settings
        alike: dict[tuple[int, ...], list[Unit]] = defaultdict(list)
        for unit in units:
            node = unit.node
            key = (codes[node], settings[node], len(unit.atoms), unit.summed)
            alike[key].append(unit)
        for group in alike.values():
            if group[0].summed:
                self._sums(group)
            else:
                self._applied(group)

    def _sums(self, units: list[Unit]) -> None:
        """Add terms along an axis; those of a single sum in the order in which they stand."""
        order = self.arrays.order
        if len(units) == 1:
            terms = sorted(units[0].atoms, key=order)
            total = self.emitter.call("sum", self.arrays.fetch(terms, (len(terms),)))
            self.arrays.hold(total, (), [units[0].node])
            return
        units = sorted(units, key=lambda unit: order(unit.atoms[0]))
        terms = [node for unit in units for node in unit.atoms]
        table = self.arrays.fetch(terms, (len(units), len(units[0].atoms)))
        total = self.emitter.call("sum", table, axis=(1,))
        self.arrays.hold(total, (len(units),), [unit.node for unit in units])

    def _applied(self, units: list[Unit]) -> None:
        """Apply one op to all; what it is applied to decides their order."""
        arrays = self.arrays
        slots = range(len(units[0].atoms))
        lead = max(slots, key=lambda slot: len({unit.atoms[slot] for unit in units}))
        units = sorted(units, key=lambda unit: arrays.order(unit.atoms[lead]))
        columns = [[unit.atoms[slot] for unit in units] for slot in slots]
        if arrays.are_leaves(columns[lead]):
            arrays.fetch(columns[lead], (len(units),))
        whole = arrays.of_whole(columns[lead])
        shape = whole.shape if whole else (len(units),)
        if len(units) == 1:
            shape = ()
        args = [
            arrays.fetch(column, shape) if slot == lead else arrays.spread(column, shape)
            for slot, column in enumerate(columns)
        ]
        code = self.graph.columns.row(units[0].node)
        settings = self.graph.columns.settings_of(units[0].node)
        made = self.emitter.call(code.name, *args, **settings)
        arrays.hold(made, shape, [unit.node for unit in units])
