"""Plot a function of one number and its derivative: any row, registered ones too."""

from __future__ import annotations

from typing import Any

from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.calculus.bounds import activation_plot, activation_row
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.slopes import derivative_at, value_at
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.text.numbers import number

__all__ = ["ACTIVATION"]

_ROWS = 11


def _compute(subject: Subject | None, *, of: str | None, low: float, high: float) -> Report:
    import numpy as np

    if of is None and subject is not None:
        node = next((n for stage in subject.stages for n in stage.activations), None)
        of = None if node is None else subject.graph.columns.row(node).name
    row = activation_row(of or "")
    xs = np.linspace(low, high, _ROWS)
    values, slopes = value_at(row, xs, {}), derivative_at(row, xs, {})
    rows = tuple((float(x), float(v), float(s)) for x, v, s in zip(xs, values, slopes, strict=True))
    numbers: dict[str, Any] = {"at_0": float(value_at(row, 0.0, {}))}
    numbers["slope_at_0"] = float(derivative_at(row, 0.0, {}))
    sheet = Sheet("points", ("z", "function", "derivative"), rows)
    told = {"name": row.name, "low": number(low), "high": number(high)}
    told |= {"least": number(float(np.nanmin(values))), "most": number(float(np.nanmax(values)))}
    title = text("lens.activation.plot", name=row.name)
    return Report(
        "activation",
        (sheet,),
        (Verdict("range", Worded("lens.activation.range", **told)),),
        numbers,
        lambda: activation_plot(row.name, row, {}, low, high, title),
    )


ACTIVATION = Lens(
    name="activation",
    spanish="activacion",
    compute=_compute,
    options=(
        Option("of", "name"),
        Option("low", "number", -5.0),
        Option("high", "number", 5.0),
    ),
    free=True,
    source="Valencia course 001, Funciones de activación y sus derivadas.",
)
