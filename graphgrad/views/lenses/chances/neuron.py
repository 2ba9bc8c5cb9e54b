"""Simulate the variance of a linear neuron, and compare it with d sigma^2 E[x^2].

a = sum of w_i x_i with independent weights of mean 0: Var(a) = d Var(w) E[x^2]. With the variance
of x in place of E[x^2] the formula holds only for inputs of mean 0.
Source: Sevilla course 004, inicialización (2); He et al., Delving Deep into Rectifiers, ICCV 2015,
section 2.2.
"""

from __future__ import annotations

from typing import Any

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, curve
from graphgrad.views.text.numbers import number

__all__ = ["NEURON"]

_MOST = 50_000_000
_MOST_INPUTS = 100_000


def _compute(
    _subject: Subject | None,
    *,
    inputs: int,
    variance: float,
    low: float,
    high: float,
    samples: int,
    draw: int,
) -> Report:
    import numpy as np

    known = min(inputs, samples) > 0 and variance >= 0 and low <= high
    if not known or inputs > _MOST_INPUTS or inputs * samples > _MOST:
        raise UsageError(
            "lens.neuron.range", inputs=inputs, samples=samples, got=inputs * samples, most=_MOST,
            most_inputs=_MOST_INPUTS,
        )  # fmt: skip
    stream = np.random.RandomState(draw)
    outputs = np.zeros(samples)
    for _ in range(inputs):  # an input at a time: samples x inputs need not fit in memory
        outputs += stream.normal(0, variance**0.5, samples) * stream.uniform(low, high, samples)
    mean, measured = float(outputs.mean()), float(outputs.var())
    middle, spread = (low + high) / 2, (high - low) ** 2 / 12
    square = spread + middle**2
    rows = (
        (Worded("lens.neuron.measured"), measured),
        (Worded("lens.neuron.with_square"), inputs * variance * square),
        (Worded("lens.neuron.with_variance"), inputs * variance * spread),
    )
    numbers: dict[str, Any] = {
        "measured": measured,
        "with_square": rows[1][1],
        "with_variance": rows[2][1],
        "mean": mean,
    }
    error = measured * (2 / max(1, samples - 1)) ** 0.5
    near = abs(measured - rows[1][1]) <= 5 * error + 1e-12
    fields = {"measured": number(measured, 4), "square": number(rows[1][1], 4)}
    fields |= {"variance": number(rows[2][1], 4), "count": str(samples)}
    code = "square" if near else "neither"
    verdict = Verdict(code, Worded(f"lens.neuron.told_{code}", **fields))
    sheet = Sheet("variance", ("what", "value"), rows, Worded("lens.neuron.heading", count=inputs))
    return Report("neuron", (sheet,), (verdict,), numbers, lambda: _plot(outputs))


def _plot(outputs: Any) -> Plot:
    import numpy as np

    heights, edges = np.histogram(outputs, bins=60, density=True)
    middles = (edges[:-1] + edges[1:]) / 2
    return curve([("", middles, heights)], title=text("lens.neuron.plot"), x="a")


NEURON = Lens(
    name="neuron",
    spanish="neurona",
    compute=_compute,
    options=(
        Option("inputs", "whole", 20),
        Option("variance", "number", 0.25),
        Option("low", "number", 0.0),
        Option("high", "number", 1.0),
        Option("samples", "whole", 200_000),
        Option("draw", "whole", 1),
    ),
    free=True,
    source="Sevilla course 004, inicialización (2).",
)
