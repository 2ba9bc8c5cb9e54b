"""Read a rate as a formula of k, and tell of its sums: the conditions of Robbins and Monro.

Source: Robbins and Monro, A stochastic approximation method, Annals of Mathematical Statistics 22,
1951: the sum of the rates is infinite, that of their squares is finite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.recipe import Plan
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import Elementwise
from graphgrad.ops.text import number_text
from graphgrad.source.gg import read_gg

__all__ = ["Series", "formula_of_k", "in_symbols", "robbins_monro", "series_of", "sum_of"]

_MOST_NODES = 60
_LARGEST_POWER = 40
_MOST_OPERATIONS = 24


def formula_of_k(text: str) -> Callable[[int], float]:
    """Return a formula such as ``0.1/(1 + k)`` as a function of k.

    Raises:
        SourceError: if it is no formula.
        UsageError: if it reads another name than k.

    >>> formula_of_k("0.1/(1 + k)")(1)
    0.05
    """
    graph = read_gg(f"rate_of_k = {text}", free_inputs=True)
    names = [line.name for line in graph.lines() if graph.is_leaf(line.root)]
    if other := [name for name in names if name != "k"]:
        raise UsageError("training.formula_names", got=", ".join(other), text=text)
    point = dict.fromkeys(names)

    def rate(k: int) -> float:
        values = record(graph, dict.fromkeys(point, Fraction(k)), backward=False)
        return float(to_float(values.values[graph.output]))

    return rate


class Series(NamedTuple):
    """What is known of the sums over all k: None where sympy cannot decide.

    Attributes:
        formula: the rate for large k.
        diverges: whether the rates sum to infinity.
        squares_converge: whether their squares have a finite sum.
        squares: that sum, where there is a closed form.
    """

    formula: str
    diverges: bool | None
    squares_converge: bool | None
    squares: str = ""


def robbins_monro(plan: Plan) -> Series | None:
    """Return what is known of a plan's schedule, None where its rates follow no formula.

    >>> from graphgrad.layers.training.recipe import plain_plan
    >>> robbins_monro(plain_plan(rate=0.1))
    Series(formula='0.1', diverges=True, squares_converge=False, squares='')
    """
    formula = plan.formula or _tail(plan)
    return None if not formula else series_of(formula)


def _tail(plan: Plan) -> str:
    """Return the rate for large k as a formula of k."""
    rate = number_text(plan.rate) if plan.rate is not None else "0.1"
    if plan.schedule is None:
        return rate
    fields = {name: _written(value) for name, value in plan.schedule.settings.items()}
    return str(plan.schedule.row.tail).format(**(fields | {"rate": rate}))


def _written(value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number_text(value) if number else ""


def series_of(formula: str) -> Series:
    """Return what is known of the sums of a formula of k over k from 1 on.

    >>> series_of("1/k")[1:]
    (True, True, 'pi**2/6')
    >>> series_of("1/k^2")[1:3]
    (False, True)
    """
    import sympy

    k = sympy.Symbol("k", positive=True, integer=True)
    rate = in_symbols(read_gg(f"rate_of_k = {formula}", free_inputs=True), "k", {}, k)
    (plain, _), (squares, closed) = sum_of(rate, k), sum_of(rate**2, k)
    known = {"infinite": True, "finite": False}
    converge = None if squares == "unknown" else squares == "finite"
    return Series(formula, known.get(plain), converge, "" if closed is None else str(closed))


def in_symbols(graph: Graph, name: str, given: Mapping[str, Any], k: Any) -> Any:
    """Return the output of a graph as an expression in one input, written k.

    Raises:
        UsageError: if it has other free inputs, or an op on whole arrays.
    """
    from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED
    from graphgrad.symbolic.sympy_rows.on_sympy import number as exact

    columns = graph.columns
    if len(graph) > _MOST_NODES:
        raise UsageError("lens.no_formula", name=graph.name(graph.output))
    found: dict[int, Any] = {}
    for node in range(graph.output + 1):
        row = columns.row(node)
        if graph.is_leaf(node):
            value = given.get(graph.name(node), graph.defaults.get(node))
            if graph.name(node) == name:
                found[node] = k
            elif value is None or columns.shape(node):
                raise UsageError("leaf.no_value", name=graph.name(node))
            else:
                found[node] = exact(value)
        elif isinstance(row, Elementwise) and not columns.shape(node):
            args = [found[parent] for parent in columns.parents_of(node)]
            settings = row.defaults | columns.settings_of(node)
            found[node] = row.formula(EXPANDED, *args, **settings)
        else:
            raise UsageError("lens.no_formula", name=graph.name(graph.output))
    return found[graph.output]


def sum_of(term: Any, k: Any) -> tuple[str, Any]:
    """Return whether the sum over k = 1, 2, ... is finite, and the sum of a power of k.

    A product of powers of polynomials is like k^r far out, with r from their degrees, and its sum
    is finite where r < -1. sympy decides more, but may take for ever.
    Source: Rudin, Principles of Mathematical Analysis, theorems 3.25 and 3.28.
    """
    import sympy

    if term == 0:
        return "finite", sympy.Integer(0)
    order = _order(term, k) if sympy.count_ops(term) <= _MOST_OPERATIONS else None
    if order is None:
        return "unknown", None
    if order >= -1:
        return "infinite", None
    factor, power = term.as_independent(k, as_Add=False)
    base, exponent = power.as_base_exp()
    whole = base == k and exponent.is_Integer and -exponent <= _LARGEST_POWER
    return "finite", factor * sympy.zeta(-exponent) if whole else None


def _order(term: Any, k: Any) -> Any:
    """Return the r of a term that is like k^r far out; None where that is not known.

    >>> import sympy
    >>> k = sympy.Symbol("k", positive=True)
    >>> _order(3 / (1 + k / 3) ** 2, k), _order((k + 1) / k - 1, k), _order(sympy.sin(k), k)
    (-2, -1, None)
    """
    import sympy

    above, below = sympy.fraction(sympy.together(term))
    total = sympy.Integer(0)
    for part, sign in ((sympy.expand(above), 1), (below, -1)):
        for factor in sympy.Mul.make_args(part):
            base, exponent = factor.as_base_exp()
            if not exponent.is_Rational or not base.is_polynomial(k):
                return None
            total += sign * exponent * sympy.Poly(base, k).degree()
    return total
