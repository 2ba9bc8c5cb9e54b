"""Look around a point: in which direction a function falls fastest, and how far a step is true.

Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 2.2 (steepest descent) and
theorem 2.1 (Taylor): f(x + e) = f(x) + e.grad f(x) + o(e).
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.calculus.variables import Variables
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Plot, curve
from graphgrad.views.text.numbers import number

__all__ = ["DECREASE", "STEEPEST"]

_LINE = 121


def _decrease(subject: Subject, *, rate: tuple[float, ...], over: tuple[str, ...] | None) -> Report:
    variables = Variables(subject, over, most=100_000)
    start = variables.start
    value, gradient = variables.value(start), variables.gradient(start)
    square = float(gradient @ gradient)
    rows = []
    for one in rate:
        predicted = value - one * square
        actual = variables.value(start - one * gradient)
        rows.append((one, value, predicted, actual, actual - predicted, actual < value))
    numbers: dict[str, Any] = {"value": value, "square": square}
    for one, _, predicted, actual, *_ in rows:
        numbers |= {f"{number(one)}.predicted": predicted, f"{number(one)}.actual": actual}
    verdicts = [Verdict("rule", Worded("lens.decrease.rule", square=number(square)))]
    worse = [number(row[0]) for row in rows if not row[-1]]
    if worse and square:
        told = Worded("lens.decrease.worse", rates=", ".join(worse))
        verdicts.append(Verdict("worse", told))
    columns = ("rate", "value", "predicted", "actual", "difference", "smaller")
    sheet = Sheet("rates", columns, tuple(rows))
    return Report(
        "decrease", (sheet,), tuple(verdicts), numbers, lambda: _along(variables, rate, square)
    )


def _along(variables: Variables, rates: tuple[float, ...], square: float) -> Plot:
    """Draw the function along the step, and the line that predicts it."""
    import numpy as np

    start = variables.start
    value, gradient = variables.value(start), variables.gradient(start)
    steps = np.linspace(0.0, 1.2 * max(rates), _LINE)
    actual = [variables.value(start - step * gradient) for step in steps]
    name = variables.output
    series = [
        (text("lens.decrease.actual", name=name), steps, actual),
        (text("lens.decrease.predicted"), steps, value - steps * square),
    ]
    return curve(series, title=text("lens.decrease.plot", name=name), x="η")


def _steepest(subject: Subject, *, directions: int, over: tuple[str, ...] | None) -> Report:
    import numpy as np

    variables = Variables(subject, over, most=2)
    if variables.size != 2:
        raise UsageError("lens.two_numbers", got=variables.size)
    gradient = variables.gradient(variables.start)
    turns = 2 * np.pi * np.arange(max(4, directions)) / max(4, directions)
    slopes = gradient[0] * np.cos(turns) + gradient[1] * np.sin(turns)
    pushed = _pushed(variables, turns)
    best = int(np.argmin(pushed))
    wanted = math.atan2(-gradient[1], -gradient[0])
    apart = math.degrees(abs((turns[best] - wanted + math.pi) % (2 * math.pi) - math.pi))
    length = float(np.linalg.norm(gradient))
    numbers = {
        "angle": math.degrees(turns[best]),
        "apart": apart,
        "slope": float(pushed[best]),
        "norm": length,
        "difference": float(np.max(np.abs(pushed - slopes))),
    }
    fields = {key: number(value, 4) for key, value in numbers.items()}
    within = apart <= 180 / len(turns) * 2 + 1e-9
    code = "flat" if length == 0 else "found" if within else "apart"
    verdict = Verdict(code, Worded(f"lens.steepest.{code}", count=len(turns), **fields))
    degrees = np.degrees(turns)
    picked = range(0, len(turns), max(1, len(turns) // 12))
    rows = tuple((float(degrees[k]), float(pushed[k]), float(slopes[k])) for k in picked)
    sheet = Sheet("directions", ("angle", "pushed", "product"), rows)
    title = text("lens.steepest.plot", name=variables.output)
    plot = lambda: curve([("", degrees, pushed)], title=title, x="°")  # noqa: E731
    return Report("steepest", (sheet,), (verdict,), numbers, plot)


def _pushed(variables: Variables, turns: Any) -> Any:
    """Return the slope in every direction in forward mode, without the gradient."""
    import numpy as np

    from graphgrad.autodiff.jvp import jvp

    subject, point = variables.subject, variables.point(variables.start)
    found = np.zeros(len(turns))
    for k, turn in enumerate(turns):
        direction = variables.point(np.array([math.cos(turn), math.sin(turn)]))
        for sample in subject.points:
            found[k] += float(jvp(subject.graph, direction, sample | point)[1])
    return found / len(subject.points)


DECREASE = Lens(
    name="decrease",
    spanish="decremento",
    compute=_decrease,
    options=(Option("rate", "numbers", (0.1,)), Option("over", "names")),
    source="Nocedal and Wright, Numerical Optimization, 2nd ed., theorem 2.1.",
)

STEEPEST = Lens(
    name="steepest",
    spanish="direcciones",
    compute=_steepest,
    options=(Option("directions", "whole", 360), Option("over", "names")),
    source="Nocedal and Wright, Numerical Optimization, 2nd ed., section 2.2.",
)
