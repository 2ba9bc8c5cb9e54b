"""Compose element-wise partials over the operations of a signature, by the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from fractions import Fraction
from typing import Any

from graphgrad.ops.row import INDICATORS, Elementwise
from graphgrad.symbolic.derive.small_graph import WRITTEN_OUT, Plan, Wiring, plan
from graphgrad.symbolic.own import OWN
from graphgrad.symbolic.terms import ONE, Call, GaveUpError, Product, Term, bottom_up
from graphgrad.symbolic.write.gaps import marker
from graphgrad.symbolic.write.order_of_terms import Book, Ordering, Shown, ShownMath, TooLongError

__all__ = ["Composer", "all_short", "composed_in_terms"]

LONGEST = 400
MOST = 20_000
_CROWDED = 60
_CASES = frozenset({*INDICATORS, "where", "sign"})
"""Rows whose derivatives are shown under conditions, in cases, or with another function."""


Terms = dict[int, list[tuple[int, int, Shown]]]
"""What each number's uses add to its derivative: the op, the slot and the term."""


def composed_in_terms(wiring: Wiring, wanted: int) -> tuple[dict[int, Term], Ordering] | None:
    """Return derivatives of the root in our own algebra; None where sympy has to be asked.

    That is where a derivative could be shown in more than one form, such as 1 - h^2 times a sum.

    Args:
        wiring: the operations.
        wanted: sources as bits; every path from them is element-wise.
    """
    costs = plan(wiring, wanted, inline=True)
    if not all_short(wiring, costs, wanted):
        return None
    try:
        composer = Composer(wiring, costs, OWN, exact=True)
        results = composer.slots(wanted) if wiring.single else composer.sources(wanted)
        formula = composer.formula()
    except (GaveUpError, TooLongError):
        return None
    own = OWN.symbol(marker("n", wiring.root))
    if not all(_has_one_form(result, own, formula) for result in results.values()):
        return None
    return results, composer.ordering


def _has_one_form(result: Term, own: Term, formula: Any) -> bool:
    """Tell whether a derivative is shown as the rows write it: no other form can be shorter.

    So it is of one op, without cases; of a product of names and numbers; of such a product times a
    function of the line's own name, as x*(1 - h^2), where the line is a function of them; and times
    a sum that no factor can be taken out of, as 2*x*(w*x + b - y).
    """
    if formula is None:
        return not any(isinstance(p, Call) and p.row.name in _CASES for p in bottom_up(result))
    names, others = _factors(result, own)
    if any(isinstance(part, Call) for other in others for part in bottom_up(other)):
        return False
    if not others:
        return True
    if any(exponent < 0 for exponent in names.values()):
        return False
    if not names and result.as_coeff_Mul()[0] == -1:
        return False  # -(1 - u) is u - 1
    if isinstance(formula, Call):
        return all(other.free_symbols == {own} for other in others)
    return len(others) == 1 and own not in others[0].free_symbols and _is_prime(others[0], names)


def _factors(result: Term, own: Term | None = None) -> tuple[dict[Term, Fraction], list[Term]]:
    """Return the names among the factors of a product, with exponents, and what else there is."""
    rest = result.as_coeff_Mul()[1]
    names: dict[Term, Fraction] = {}
    others = []
    for factor in rest.factors if isinstance(rest, Product) else (rest,):
        base, exponent = factor.as_base_exp()
        if base.is_Symbol and base != own:
            names[base] = exponent.value
        elif not factor.is_Number:
            others.append(factor)
    return names, others


def _is_prime(part: Term, names: Container[Term]) -> bool:
    """Tell whether a sum of products of names has a name by itself: then it has no factors."""
    if not part.is_Add:
        return False
    terms = [_factors(term) for term in part.args]
    if any(others for _, others in terms):
        return False
    counts = Counter(name for found, _ in terms for name in found)
    alone = (found for found, _ in terms if list(found.values()) == [1])
    numbers = {abs(term.as_coeff_Mul()[0]) for term in part.args}
    return numbers == {ONE} and any(
        counts[name] == 1 and name not in names for found in alone for name in found
    )


def all_short(wiring: Wiring, costs: Plan, wanted: int) -> bool:
    """Tell whether all derivatives are short enough to be written out."""
    sizes = _source_sizes(wiring, costs, wanted)
    return costs.complete and max(sizes, default=0) <= LONGEST and sum(sizes) <= MOST


def _source_sizes(wiring: Wiring, costs: Plan, wanted: int) -> list[int]:
    known = costs.adjoints[: wiring.first]
    return [size or 0 for n, size in enumerate(known) if wanted >> n & 1]


class Composer:
    """Build the derivatives of a root by reverse accumulation."""

    def __init__(self, wiring: Wiring, costs: Plan, algebra: Any, *, exact: bool) -> None:
        self.wiring = wiring
        self.costs = costs
        self.algebra = algebra
        self.book = Book(algebra)
        self.m = ShownMath(self.book)
        self.values: list[Shown] = [self._source(n) for n in range(wiring.first)]
        for number in range(wiring.first, wiring.root + 1):
            self.values.append(self._value(number, exact=exact))
        self.book.formula_is_written()
        names = {marker("n", n): place for place, n in enumerate(wiring.read_order())}
        names |= {marker("c", n): -1 for n in range(wiring.first, wiring.root)}
        self.ordering = Ordering(self.book, marker("n", wiring.root), names)

    def _source(self, number: int) -> Shown:
        return Shown(self.book, self.algebra.symbol(marker("n", number)))

    def _value(self, number: int, *, exact: bool) -> Shown:
        """Return a local's value: a number, a name, or its formula."""
        constant = self.wiring.constant(number)
        if constant is not None:
            if constant.symbol:
                return Shown(self.book, self.algebra.constant(constant.symbol))
            if exact and constant.exact is not None:
                return self.m.shown(constant.exact)
            gap = Shown(self.book, self.algebra.symbol(marker("c", number)))
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
