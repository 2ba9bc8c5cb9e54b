"""Compare two formulas over a grid of inputs: a network with the function it approximates.

Source: Buenos Aires course 002, Teorema Universal de Aproximación (the largest error on an
interval).
"""

from __future__ import annotations

import math
from itertools import product
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.graph.copying import ending_at
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.formulas import Formula
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.plane import axes_of, prediction
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, curve
from graphgrad.views.text.numbers import number

__all__ = ["GRID"]

_POINTS = {1: 129, 2: 33, 3: 9}
"""Points per axis, by the number of axes."""


def _compute(
    subject: Subject,
    *,
    of: str | None,
    target: str | None,
    low: float,
    high: float,
    points: int | None,
) -> Report:
    import numpy as np

    graph = subject.graph
    node = prediction(subject, of if of and graph.find(of) is not None else None)
    shown = of or graph.name(node)
    of_formula, target_formula = Formula(shown), Formula(target or "0")
    for formula in (of_formula, target_formula):
        formula.check(graph)
    last = max([node, *(graph.find(n) or 0 for n in (*of_formula.names, *target_formula.names))])
    axes = axes_of(subject, last)
    count = max(2, points or _POINTS.get(len(axes.names), 5))
    subject.allow(count ** len(axes.names))
    steps = np.linspace(low, high, count).tolist()
    rows = []
    for spot in product(steps, repeat=len(axes.names)):
        point = axes.at(np.array([spot]))
        trace = record(ending_at(graph, last), subject.points[0] | point, backward=False)
        values = {n: trace.value(n) for n in (*of_formula.names, *target_formula.names)}
        found, wanted = of_formula.at(values), target_formula.at(values)
        rows.append((*spot, found, wanted, found - wanted))
    return _report(axes.names, tuple(rows), shown, target or "0")


def _report(
    names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...], shown: str, target: str
) -> Report:
    errors = [abs(row[-1]) for row in rows]
    worst = max(range(len(rows)), key=lambda k: errors[k])
    agree = sum(error == 0 for error in errors)
    at = ", ".join(f"{n} = {number(v)}" for n, v in zip(names, rows[worst], strict=False))
    numbers = {
        "largest": errors[worst],
        "mean": math.fsum(errors) / len(errors),
        "equal": agree,
        "points": len(rows),
    }
    fields = {"of": shown, "target": target, "largest": number(errors[worst]), "at": at}
    verdicts = [Verdict("largest", Worded("lens.grid.largest", **fields))]
    if agree == len(rows):
        told = Worded("lens.grid.equal", of=shown, target=target, count=len(rows))
        verdicts = [Verdict("equal", told)]
    columns = (*(f"x{k + 1}" for k in range(min(2, len(names)))), "value", "target", "error")
    kept = tuple((*row[: min(2, len(names))], *row[-3:]) for row in rows)
    sheet = Sheet("grid", columns, kept, Worded("lens.grid.heading", names=", ".join(names)), 12)
    plot = (lambda: _plot(names, rows, shown, target)) if len(names) == 1 else None
    return Report("grid", (sheet,), tuple(verdicts), numbers, plot)


def _plot(names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...], of: str, target: str) -> Plot:
    xs = [row[0] for row in rows]
    series = [(of, xs, [row[-3] for row in rows]), (target, xs, [row[-2] for row in rows])]
    return curve(series, title=text("lens.grid.plot", of=of, target=target), x=names[0])


GRID = Lens(
    name="grid",
    spanish="malla",
    compute=_compute,
    options=(
        Option("of", "name"),
        Option("target", "name"),
        Option("low", "number", -2.0),
        Option("high", "number", 2.0),
        Option("points", "whole"),
    ),
    source="Buenos Aires course 002, Teorema Universal de Aproximación.",
)
