"""Decide whether a rate's sums converge: the Robbins-Monro conditions, in symbols.

Descent with noise needs sum(rate) infinite, to reach everywhere, and sum(rate^2) finite, to settle.
Source: Robbins and Monro, A Stochastic Approximation Method, 1951; Buenos Aires course 002,
Convergencia de SGD.
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, curve
from graphgrad.views.text.rate_series import in_symbols, sum_of

__all__ = ["SERIES"]

_SHOWN = (10, 100)


def _compute(subject: Subject, *, over: str | None) -> Report:
    import sympy

    subject.scalar_output()
    name = over or (subject.numbers_of("input") or [""])[0]
    if name not in subject.inputs:
        raise UsageError("lens.needs_number", name=name or "-")
    k = sympy.Symbol("k", integer=True, positive=True)
    term = in_symbols(subject.graph, name, subject.given, k)
    first, second = sum_of(term, k), sum_of(term**2, k)
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
