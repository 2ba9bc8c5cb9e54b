"""Compose element-wise partials over the operations of a signature, in sympy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.derive.small_graph import Plan, Wiring, plan
from graphgrad.symbolic.derive.textbook import shortest
from graphgrad.symbolic.sympy_rows.on_sympy import real_symbol
from graphgrad.symbolic.write.gaps import marker
from graphgrad.symbolic.write.order_of_terms import Book, Ordering, Shown, ShownMath, TooLongError

__all__ = ["WRITTEN_OUT", "Composer", "composed"]

LONGEST = 400
MOST = 20_000
_CROWDED = 60
_BAD = (sympy.zoo, sympy.nan, sympy.oo, -sympy.oo, sympy.I)
WRITTEN_OUT = frozenset({"add", "sub", "mul", "div", "neg", "pow", "powi", "identity"})


Terms = dict[int, list[tuple[int, int, Shown]]]
"""What each number's uses add to its derivative: the op, the slot and the term."""


def composed(wiring: Wiring, wanted: int) -> tuple[dict[Any, Any], dict[Any, Any], Ordering]:
    """Return the derivatives of the root, and the order in which to write them.

    Args:
        wiring: the operations.
        wanted: sources as bits; every path from them is element-wise.

    Returns:
        Expressions by source; by slot where there is only one op; once as files have them, and
        once as they are shown. Those that would be too long, or are no finite numbers, are missing.
    """
    for inline, exact in ((True, True), (True, False), (False, True), (False, False)):
        costs = plan(wiring, wanted, inline=inline)
        if inline and not _all_short(wiring, costs, wanted):
            continue
        try:
            composer = Composer(wiring, costs, exact=exact)
            results = composer.slots(wanted) if wiring.single else composer.sources(wanted)
        except TooLongError:
            continue
        if not any(result.has(*_BAD) for result in results.values()):
            formula = composer.formula() if inline else None
            own = real_symbol(marker("n", wiring.root))
            kept, shown = (
                {k: shortest(e, own, formula, taught=taught) for k, e in results.items()}
                for taught in (wiring.single, False)
            )
            return kept, shown, composer.ordering
    return {}, {}, Ordering()


def _all_short(wiring: Wiring, costs: Plan, wanted: int) -> bool:
    sizes = _source_sizes(wiring, costs, wanted)
    return costs.complete and max(sizes, default=0) <= LONGEST and sum(sizes) <= MOST


def _source_sizes(wiring: Wiring, costs: Plan, wanted: int) -> list[int]:
    known = costs.adjoints[: wiring.first]
    return [size or 0 for n, size in enumerate(known) if wanted >> n & 1]


class Composer:
    """Build the derivatives of a root by reverse accumulation."""

    def __init__(self, wiring: Wiring, costs: Plan, *, exact: bool) -> None:
        self.wiring = wiring
        self.costs = costs
        self.book = Book()
        self.m = ShownMath(self.book)
        self.values: list[Shown] = [self._source(n) for n in range(wiring.first)]
        for number in range(wiring.first, wiring.root + 1):
            self.values.append(self._value(number, exact=exact))
        self.book.formula_is_written()
        names = {marker("n", n): place for place, n in enumerate(wiring.read_order())}
        names |= {marker("c", n): -1 for n in range(wiring.first, wiring.root)}
        self.ordering = Ordering(self.book, marker("n", wiring.root), names)

    def _source(self, number: int) -> Shown:
        return Shown(self.book, real_symbol(marker("n", number)))

    def _value(self, number: int, *, exact: bool) -> Shown:
        """Return a local's value: a number, a name, or its formula."""
        constant = self.wiring.constant(number)
        if constant is not None:
            if constant.symbol:
                return Shown(self.book, sympy.pi if constant.symbol == "pi" else sympy.E)
            if exact and constant.exact is not None:
                return self.m.shown(constant.exact)
            gap = Shown(self.book, real_symbol(marker("c", number)))
            return -gap if constant.minus or _negative(constant.exact) else gap
        if number in self.costs.named:
            return self._source(number)
        row, args = self._call(number)
        settings = self.wiring.settings(number)
        if row.name in WRITTEN_OUT:
            return self.m.shown(row.formula(self.m, *args, **settings))
        return self.m.call(row, tuple(args), settings)

    def _call(self, number: int) -> tuple[Elementwise, list[Shown]]:
        row = self.wiring.operations[number].row
        assert isinstance(row, Elementwise)
        return row, [self.values[arg] for arg in self.wiring.args[number]]

    def partial(self, number: int, slot: int) -> Shown:
        """Return the partial of one op in one slot."""
        row, args = self._call(number)
        out, settings = self.values[number], self.wiring.settings(number)
        return self.m.shown(row.partials[slot](self.m, out, *args, **settings))

    def formula(self) -> Any:
        """Return what the root is; None where it is one function, whose row says what is shown."""
        row, args = self._call(self.wiring.root)
        settings = self.wiring.settings(self.wiring.root)
        if row.name in WRITTEN_OUT:
            return self.m.shown(row.formula(self.m, *args, **settings)).expr
        if self.wiring.single:
            return None
        return self.m.call(row, tuple(args), settings).expr

    def slots(self, wanted: int) -> dict[int, Any]:
        """Return the partials of the only op, by slot."""
        root = self.wiring.root
        return {
            slot: self.partial(root, slot).expr
            for slot, arg in enumerate(self.wiring.args[root])
            if self.wiring.reach[arg] & wanted
        }

    def sources(self, wanted: int) -> dict[int, Any]:
        """Return d(root)/d(source) by source."""
        wiring, limit = self.wiring, self._limit(wanted)
        terms: Terms = {}
        for number in reversed(wiring.operations):
            adjoint = self._adjoint(number, terms)
            if adjoint is None or not isinstance(wiring.operations[number].row, Elementwise):
                continue
            for slot, arg in enumerate(wiring.args[number]):
                if wiring.reach[arg] & wanted and self._is_short(arg, limit):
                    term = self.partial(number, slot) * adjoint
                    terms.setdefault(arg, []).append((number, slot, term))
        return {
            source: self._total(terms.get(source, [])).expr
            for source in range(wiring.first)
            if wanted >> source & 1 and self._is_short(source, limit)
        }

    def _limit(self, wanted: int) -> int:
        sizes = _source_sizes(self.wiring, self.costs, wanted)
        return LONGEST if sum(min(size, LONGEST) for size in sizes) <= MOST else _CROWDED

    def _is_short(self, number: int, limit: int) -> bool:
        return (self.costs.adjoints[number] or 0) <= limit

    def _adjoint(self, number: int, terms: Terms) -> Shown | None:
        if number == self.wiring.root:
            return self.m.shown(1)
        return self._total(terms.pop(number)) if number in terms else None

    def _total(self, terms: list[tuple[int, int, Shown]]) -> Shown:
        """Return the sum over all uses, in the order of the formula."""
        total = self.m.shown(0)
        for _, _, term in sorted(terms, key=lambda use: use[:2]):
            total = total + term
        return total


def _negative(value: Fraction | None) -> bool:
    return value is not None and value < 0
