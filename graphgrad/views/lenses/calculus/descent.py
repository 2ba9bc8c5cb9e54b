"""Follow gradient descent at several rates: where it goes, how far it walks, whether it settles.

On a quadratic the thresholds are known: with the largest curvature c, descent settles below the
rate 2/c, comes back and forth at it, and runs away above; below 1/c it does not overshoot.
Source: Nesterov, Introductory Lectures on Convex Optimization, section 1.2.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from graphgrad.graph.copying import with_parameters
from graphgrad.layers.training.choices import OPTIMIZERS
from graphgrad.layers.training.loop import training
from graphgrad.layers.training.recipe import plain_plan
from graphgrad.layers.training.state import Iterate
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.calculus.variables import Variables
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Grid, Plot, Series, curve, heat
from graphgrad.views.text.numbers import number

__all__ = ["DESCENT"]

_LINE, _SIDE = 161, 41
_CLOSE = 1e-9
_SHOWN_STEPS = 12
_FAR = 1e6
_PASSES = 8
"""What a step of a training costs, in passes over the graph."""


class _Run(NamedTuple):
    """The way at one rate: the points, their values, and what became of it."""

    rate: float
    points: Any
    values: tuple[float, ...]
    length: float
    kind: str


def _compute(
    subject: Subject,
    *,
    rate: tuple[float, ...],
    steps: int,
    start: tuple[float, ...] | None,
    over: tuple[str, ...] | None,
    optimizer: str,
) -> Report:
    import numpy as np

    subject.allow(_PASSES * len(rate) * steps * len(subject.points))
    variables = Variables(subject, over, most=10_000)
    begin = variables.start if start is None else np.resize(np.array(start), variables.size)
    runs = [_run(subject, variables, begin, one, steps, optimizer) for one in rate]
    rows = tuple(
        (
            run.rate,
            len(run.values) - 1,
            _place(variables, run.points[-1]),
            run.values[-1],
            run.length,
            Worded(f"lens.descent.{run.kind}"),
        )
        for run in runs
    )
    columns = ("rate", "steps", "last_point", "last_value", "length", "kind")
    sheets = [
        Sheet("rates", columns, rows, Worded("lens.descent.heading", at=_place(variables, begin)))
    ]
    sheets += [_steps_sheet(variables, runs[0])] if len(runs) == 1 else []
    threshold = _threshold(variables, begin, runs) if variables.size <= 8 else None
    numbers: dict[str, Any] = {} if threshold is None else {"threshold": threshold[0]}
    for run in runs:
        numbers |= {
            f"{number(run.rate)}.value": run.values[-1],
            f"{number(run.rate)}.kind": run.kind,
        }
        numbers[f"{number(run.rate)}.length"] = run.length
        if variables.size == 1:
            numbers[f"{number(run.rate)}.point"] = float(run.points[-1][0])
    numbers |= {
        "value": runs[0].values[-1],
        "length": runs[0].length,
        "steps": len(runs[0].values) - 1,
    }
    verdicts = tuple(_verdicts(runs, threshold, optimizer))
    drawn = variables.size <= 2
    plot = (lambda: _plot(variables, runs)) if drawn else None
    return Report("descent", tuple(sheets), verdicts, numbers, plot)


def _run(
    subject: Subject, variables: Variables, begin: Any, rate: float, steps: int, optimizer: str
) -> _Run:
    import numpy as np

    graph = with_parameters(subject.graph, variables.leaves)
    point = subject.given | variables.point(begin)
    way = list(training(graph, plain_plan(optimizer, steps=steps, rate=rate), point))
    points = [_in_order(iterate, variables) for iterate in way]
    values = tuple(iterate.loss for iterate in way)
    length = math.fsum(float(np.linalg.norm(b - a)) for a, b in pairwise(points))
    return _Run(rate, points, values, length, _kind(points, values))


def _in_order(iterate: Iterate, variables: Variables) -> Any:
    """Return a point of a training as the vector of the variables, whose order may differ."""
    import numpy as np

    layout = iterate.layout
    starts = dict(zip(layout.names, [0, *layout.ends[:-1]], strict=True))
    ends = dict(zip(layout.names, layout.ends, strict=True))
    return np.concatenate([iterate.vector[starts[n] : ends[n]] for n in variables.leaves])


def _kind(points: list[Any], values: tuple[float, ...]) -> str:
    """Return what became of a way: settled, still going, back and forth, or away."""
    import numpy as np

    if not all(map(math.isfinite, values)) or values[-1] > values[0] + _CLOSE * abs(values[0]):
        return "diverges"
    moves = [b - a for a, b in pairwise(points)]
    turns = [float(a @ b) < 0 for a, b in pairwise(moves)]
    scale = max(1.0, float(np.max(np.abs(points[0]))))
    if not moves or float(np.linalg.norm(moves[0])) <= _CLOSE * scale:
        return "stands"
    last, first = float(np.linalg.norm(moves[-1])), float(np.linalg.norm(moves[0]))
    if turns and all(turns[-3:]) and last >= first * (1 - 1e-6):
        return "oscillates"
    if last <= 1e-8 * scale:
        return "settles"
    return "zigzags" if turns and all(turns[-3:]) else "approaches"


def _threshold(
    variables: Variables, begin: Any, runs: list[_Run]
) -> tuple[float, float, bool] | None:
    """Return 2/c, the largest curvature c, and whether it is the same everywhere looked at."""
    import numpy as np

    best = min(runs, key=lambda run: run.values[-1] if math.isfinite(run.values[-1]) else math.inf)
    spots = [begin, best.points[-1] if np.all(np.isfinite(best.points[-1])) else begin]
    matrices = [_symmetric(variables.hessian(spot)) for spot in spots]
    if not np.all(np.isfinite(matrices)):
        return None
    found = [np.linalg.eigvalsh(matrix) for matrix in matrices]
    largest = float(found[-1][-1])
    if largest <= 0:
        return None
    constant = bool(np.allclose(found[0], found[1], rtol=1e-9, atol=1e-12))
    moved = variables.hessian(begin + 1.2345)
    constant = constant and bool(np.allclose(moved, variables.hessian(begin), rtol=1e-9, atol=1e-9))
    return 2 / largest, largest, constant


def _symmetric(matrix: Any) -> Any:
    return (matrix + matrix.T) / 2


def _verdicts(
    runs: list[_Run], threshold: tuple[float, float, bool] | None, optimizer: str
) -> Iterator[Verdict]:
    if threshold is not None and optimizer == "gd":
        limit, curvature, constant = threshold
        fields = {"limit": number(limit), "half": number(limit / 2), "curvature": number(curvature)}
        code = "threshold" if constant else "threshold_near"
        yield Verdict(code, Worded(f"lens.descent.{code}", **fields))
    for run in runs:
        fields = {"rate": number(run.rate), "first": number(run.values[0])}
        fields |= {"last": number(run.values[-1]), "count": str(len(run.values) - 1)}
        yield Verdict(run.kind, Worded(f"lens.descent.told_{run.kind}", **fields))


def _steps_sheet(variables: Variables, run: _Run) -> Sheet:
    names = variables.names[:2]
    rows = tuple(
        (k, *(float(v) for v in place[: len(names)]), value)
        for k, (place, value) in enumerate(zip(run.points, run.values, strict=True))
    )
    columns = ("step", *(f"p{k + 1}" for k in range(len(names))), "value")
    heading = Worded("lens.descent.way", names=", ".join(names))
    return Sheet("way", columns, rows, heading, most=_SHOWN_STEPS)


def _place(variables: Variables, vector: Any) -> str:
    shown = zip(variables.names[:4], vector, strict=False)
    told = ", ".join(f"{name} = {number(value)}" for name, value in shown)
    return told + (", …" if variables.size > 4 else "")


def _plot(variables: Variables, runs: list[_Run]) -> Plot:
    """Draw the ways over the function: its curve, or its contours; what runs away is cut off."""
    import numpy as np

    near = [p for run in runs for p in run.points if np.all(np.abs(p) < _FAR)]
    calm = [p for run in runs if run.kind != "diverges" for p in run.points] or near[:4]
    low, high = np.min(calm, axis=0), np.max(calm, axis=0)
    air = 0.3 * np.maximum(high - low, 1.0)
    low, high = low - air, high + air
    return (_on_curve if variables.size == 1 else _on_contours)(variables, runs, low, high)


def _on_curve(variables: Variables, runs: list[_Run], low: Any, high: Any) -> Plot:
    import numpy as np

    ticks = np.linspace(low[0], high[0], _LINE)
    values = [variables.value(np.array([x])) for x in ticks]
    series = [Series(variables.output, tuple(ticks.tolist()), tuple(values))]
    for run in runs:
        kept = [k for k, p in enumerate(run.points) if low[0] <= p[0] <= high[0]]
        xs = tuple(float(run.points[k][0]) for k in kept)
        series.append(Series(_rate(run), xs, tuple(run.values[k] for k in kept), "path"))
    title = text("lens.descent.plot", name=variables.output)
    return curve(series, title=title, x=variables.names[0])


def _on_contours(variables: Variables, runs: list[_Run], low: Any, high: Any) -> Plot:
    import numpy as np

    xs, ys = np.linspace(low[0], high[0], _SIDE), np.linspace(low[1], high[1], _SIDE)
    rows = [tuple(variables.value(np.array([x, y])) for x in xs) for y in ys]
    known = sorted(v for row in rows for v in row if math.isfinite(v)) or [0.0]
    levels = tuple(known[round(q * (len(known) - 1))] for q in (0.02, 0.1, 0.25, 0.5, 0.75))
    over = []
    for run in runs:
        kept = [p for p in run.points if np.all((low <= p) & (p <= high))]
        places = tuple(tuple(float(p[k]) for p in kept) for k in range(2))
        over.append(Series(_rate(run), places[0], places[1], "path"))
    grid = Grid(tuple(xs.tolist()), tuple(ys.tolist()), tuple(rows), levels)
    title = text("lens.descent.plot", name=variables.output)
    return heat(grid, title=title, x=variables.names[0], y=variables.names[1], over=over)


def _rate(run: _Run) -> str:
    return text("lens.descent.rate", rate=number(run.rate))


DESCENT = Lens(
    name="descent",
    spanish="descenso",
    compute=_compute,
    options=(
        Option("rate", "numbers", (0.1,)),
        Option("steps", "whole", 20),
        Option("start", "numbers"),
        Option("over", "names"),
        Option("optimizer", "word", "gd", tuple(OPTIMIZERS)),
    ),
    source="Nesterov, Introductory Lectures on Convex Optimization, section 1.2.3.",
)
