"""Take the expectation of an output over one input: exactly where it is finite, and by samples.

A discrete input has values and weights; a continuous one is uniform on an interval, its exact mean
found by Gauss-Legendre quadrature of rising order until two agree.
Source: Buenos Aires course 002, riesgo; Ley de los Grandes Números.
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, curve
from graphgrad.views.text.numbers import number

__all__ = ["EXPECTATION"]

_ORDERS = (8, 16, 32, 64, 128)


def _compute(
    subject: Subject,
    *,
    over: str | None,
    values: tuple[float, ...] | None,
    weights: tuple[float, ...] | None,
    low: float,
    high: float,
    samples: int,
    draw: int,
) -> Report:
    subject.scalar_output()
    name = over or next(iter(subject.inputs), "")
    if name not in subject.numbers_of("input") and name not in subject.numbers_of("parameter"):
        raise UsageError("lens.needs_number", name=name or "-")
    if values is not None:
        return _discrete(subject, name, values, weights)
    subject.allow(samples + sum(_ORDERS))
    return _sampled(subject, name, low, high, samples, draw)


def _discrete(
    subject: Subject, name: str, values: tuple[float, ...], weights: tuple[float, ...] | None
) -> Report:
    given = weights or (1.0,) * len(values)
    total = math.fsum(given)
    if len(given) != len(values) or min(given) < 0 or total <= 0:
        raise UsageError("lens.weights", count=len(values), got=len(given))
    rows, gradients = [], dict.fromkeys(subject.parameters, 0.0)
    for value, weight in zip(values, given, strict=True):
        trace = record(subject.graph, subject.given | {name: value})
        found = float(to_float(trace.values[subject.graph.output]))
        rows.append((value, weight / total, found, weight / total * found))
        for leaf in gradients:
            gradients[leaf] = gradients[leaf] + weight / total * to_float(trace.adjoint(leaf))
    mean = math.fsum(row[-1] for row in rows)
    numbers: dict[str, Any] = {"mean": mean} | {f"d.{k}": v for k, v in gradients.items()}
    output = subject.graph.name(subject.graph.output)
    told = Worded("lens.expectation.exact", output=output, name=name, mean=number(mean))
    sheet = Sheet("values", ("x1", "chance", "value", "product"), tuple(rows))
    sheets = [sheet]
    if gradients:
        heading = Worded("lens.expectation.gradient")
        sheets.append(Sheet("gradient", ("name", "gradient"), tuple(gradients.items()), heading))
    return Report("expectation", tuple(sheets), (Verdict("exact", told),), numbers)


def _sampled(
    subject: Subject, name: str, low: float, high: float, samples: int, draw: int
) -> Report:
    import numpy as np

    def at(x: Any) -> float:
        return subject.value(subject.given | {name: float(x)})

    exact = _quadrature(at, low, high)
    drawn = np.random.RandomState(draw).uniform(low, high, max(1, samples))
    found = np.array([at(x) for x in drawn])
    means = np.cumsum(found) / np.arange(1, len(found) + 1)
    counts = [10**k for k in range(1, 7) if 10**k < len(found)] + [len(found)]
    deviation = float(found.std())
    rows = tuple(
        (
            n,
            float(means[n - 1]),
            None if exact is None else float(means[n - 1] - exact),
            deviation / math.sqrt(n),
        )
        for n in counts
    )
    numbers: dict[str, Any] = {"mean": float(means[-1]), "samples": len(found)}
    numbers |= {} if exact is None else {"exact": exact, "error": float(means[-1]) - exact}
    output = subject.graph.name(subject.graph.output)
    fields = {"count": len(found), "mean": number(rows[-1][1]), "output": output}
    fields |= {"exact": "?" if exact is None else number(exact)}
    told = Verdict("sampled", Worded("lens.expectation.sampled", **fields))
    columns = ("samples", "mean", "difference", "standard_error")
    heading = Worded("lens.expectation.heading", name=name, low=number(low), high=number(high))
    sheet = Sheet("samples", columns, rows, heading)
    return Report("expectation", (sheet,), (told,), numbers, lambda: _plot(means, exact, output))


def _quadrature(at: Any, low: float, high: float) -> float | None:
    """Return the mean over an interval; None where two orders do not agree."""
    import numpy as np

    before = math.inf
    for order in _ORDERS:
        leggauss: Any = np.polynomial.legendre.leggauss  # numpy leaves its types out
        places, weights = leggauss(order)
        spots = (low + high) / 2 + (high - low) / 2 * places
        found = float(sum(w * at(x) for x, w in zip(spots, weights, strict=True)) / 2)
        if abs(found - before) <= 1e-12 * max(1.0, abs(found)):
            return found
        before = found
    return None


def _plot(means: Any, exact: float | None, output: str) -> Plot:
    import numpy as np

    picked = np.unique(np.round(np.geomspace(1, len(means), 200)).astype(int))
    series = [(text("lens.expectation.mean", output=output), picked, means[picked - 1])]
    if exact is not None:
        series.append((text("lens.expectation.limit"), picked, [exact] * len(picked)))
    return curve(series, title=text("lens.expectation.plot", output=output), x="M")


EXPECTATION = Lens(
    name="expectation",
    spanish="esperanza",
    compute=_compute,
    options=(
        Option("over", "name"),
        Option("values", "numbers"),
        Option("weights", "numbers"),
        Option("low", "number", 0.0),
        Option("high", "number", 1.0),
        Option("samples", "whole", 2_000),
        Option("draw", "whole", 1),
    ),
    source="Buenos Aires course 002, Ley de los Grandes Números.",
)
