"""Decide whether a rate's sums converge: the Robbins-Monro conditions, in symbols.

Descent with noise needs sum(rate) infinite, to reach everywhere, and sum(rate^2) finite, to settle.
Source: Robbins and Monro, A Stochastic Approximation Method, 1951; Buenos Aires course 002,
Convergencia de SGD.
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.row import Elementwise
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, curve

__all__ = ["SERIES"]

_SHOWN = (10, 100)
_MOST_NODES = 60
_MOST_OPERATIONS = 24


def _compute(subject: Subject, *, over: str | None) -> Report:
    import sympy

    subject.scalar_output()
    name = over or (subject.numbers_of("input") or [""])[0]
    if name not in subject.inputs:
        raise UsageError("lens.needs_number", name=name or "-")
    k = sympy.Symbol("k", integer=True, positive=True)
    term = _in_symbols(subject, name, k)
    first, second = _sum(term, k), _sum(term**2, k)
    values = [subject.value(subject.given | {name: float(n)}) for n in range(1, _SHOWN[-1] + 1)]
    rows = []
    for shown, (kind, total), power in (("Σ η", first, 1), ("Σ η²", second, 2)):
        partial = [math.fsum(v**power for v in values[:n]) for n in _SHOWN]
        limit = None if total is None else _written(total)
        rows.append((shown, Worded(f"lens.series.{kind}"), limit, *partial))
    holds = first[0] == "infinite" and second[0] == "finite"
    unknown = "unknown" in (first[0], second[0])
    code = "undecided" if unknown else "holds" if holds else "fails"
    fields = {"term": _written(term), "first": Worded(f"lens.series.{first[0]}")}
    fields["second"] = Worded(f"lens.series.{second[0]}")
    numbers: dict[str, Any] = {"holds": None if unknown else holds}
    for key, (_, total) in (("sum", first), ("sum_of_squares", second)):
        if total is not None and total.is_finite:
            numbers[key] = float(total)
    columns = ("series", "kind", "limit", "s10", "s100")
    sheet = Sheet(
        "series", columns, tuple(rows), Worded("lens.series.heading", term=_written(term))
    )
    verdict = Verdict(code, Worded(f"lens.series.{code}", **fields))
    return Report("series", (sheet,), (verdict,), numbers, lambda: _plot(values))


def _in_symbols(subject: Subject, name: str, k: Any) -> Any:
    """Return the output as an expression in k.

    Raises:
        UsageError: if it has other free inputs, or an op on whole arrays.
    """
    from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED
    from graphgrad.symbolic.sympy_rows.on_sympy import number as exact

    graph: Graph = subject.graph
    columns = graph.columns
    if len(graph) > _MOST_NODES:
        raise UsageError("lens.no_formula", name=graph.name(graph.output))
    found: dict[int, Any] = {}
    for node in range(graph.output + 1):
        row = columns.row(node)
        if graph.is_leaf(node):
            given = subject.given.get(graph.name(node), graph.defaults.get(node))
            if graph.name(node) == name:
                found[node] = k
            elif given is None or columns.shape(node):
                raise UsageError("leaf.no_value", name=graph.name(node))
            else:
                found[node] = exact(given)
        elif isinstance(row, Elementwise) and not columns.shape(node):
            args = [found[parent] for parent in columns.parents_of(node)]
            settings = row.defaults | columns.settings_of(node)
            found[node] = row.formula(EXPANDED, *args, **settings)
        else:
            raise UsageError("lens.no_formula", name=graph.name(graph.output))
    return found[graph.output]


def _sum(term: Any, k: Any) -> tuple[str, Any]:
    """Return whether the sum over k = 1, 2, ... is finite, and the sum where sympy knows it."""
    import sympy

    if term == 0:
        return "finite", sympy.Integer(0)
    if term.atoms(sympy.Function) or sympy.count_ops(term) > _MOST_OPERATIONS:
        return "unknown", None  # sums of powers are decided, others may take for ever
    series = sympy.Sum(term, (k, 1, sympy.oo))
    try:
        converges = bool(series.is_convergent())
    except (NotImplementedError, TypeError, ValueError):
        return "unknown", None
    if not converges:
        return "infinite", None
    total = series.doit()
    return "finite", total if not total.has(sympy.Sum) and total.is_finite else None


def _written(term: Any) -> str:
    return str(term).replace("**", "^")


def _plot(values: list[float]) -> Plot:
    import numpy as np

    steps = np.arange(1, len(values) + 1)
    sums, squares = np.cumsum(values), np.cumsum(np.square(values))
    series = [("Σ η", steps, sums), ("Σ η²", steps, squares)]
    return curve(series, title=text("lens.series.plot"), x="k")


SERIES = Lens(
    name="series",
    spanish="series",
    compute=_compute,
    options=(Option("over", "name"),),
    source="Robbins and Monro, A Stochastic Approximation Method, 1951.",
)
