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

__all__ = ["ALONG", "DECREASE", "STEEPEST"]

_LINE = 121
_CLOSE = 1e-9
_SHOWN = 6


def _along_one(
    subject: Subject, *, direction: tuple[float, ...] | None, over: tuple[str, ...] | None
) -> Report:
    """Answer with the derivative along one direction, by forward mode and as a product."""
    import numpy as np

    variables = Variables(subject, over, most=100_000)
    if direction is None or len(direction) != variables.size:
        got, names = len(direction or ()), ", ".join(variables.names)
        raise UsageError("lens.along.length", got=got, count=variables.size, names=names)
    toward, gradient = np.array(direction), variables.gradient(variables.start)
    pushed = float(_pushed(variables, toward[np.newaxis])[0])
    terms = toward * gradient
    product = float(terms.sum())
    numbers = {"pushed": pushed, "product": product, "difference": abs(pushed - product)}
    same = numbers["difference"] <= _CLOSE * max(1.0, float(np.abs(terms).sum()))
    code = "same" if same else "differs"
    shown = " + ".join(
        f"{number(u)}·{number(g)}" for u, g in zip(direction[:_SHOWN], gradient, strict=False)
    ) + (" + …" if variables.size > _SHOWN else "")
    fields = {"name": variables.output, "pushed": number(pushed), "terms": shown}
    told = Worded(f"lens.along.{code}", **fields, product=number(product))
    rows = tuple(zip(variables.names, direction, gradient.tolist(), terms.tolist(), strict=True))
    sheet = Sheet("terms", ("name", "tangent", "gradient", "product"), rows)
    return Report("along", (sheet,), (Verdict(code, told),), numbers)


def _decrease(subject: Subject, *, rate: tuple[float, ...], over: tuple[str, ...] | None) -> Report:
    variables = Variables(subject, over, most=100_000)
    start = variables.start
    value, gradient = variables.value(start), variables.gradient(start)
    square = float(gradient @ gradient)
    rows = []
    subject.allow(len(rate) * len(subject.points))
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
    subject.allow(max(4, directions) * len(subject.points))
    gradient = variables.gradient(variables.start)
    turns = 2 * np.pi * np.arange(max(4, directions)) / max(4, directions)
    slopes = gradient[0] * np.cos(turns) + gradient[1] * np.sin(turns)
    pushed = _pushed(variables, np.stack([np.cos(turns), np.sin(turns)], axis=1))
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


def _pushed(variables: Variables, directions: Any) -> Any:
    """Return the slope along every row of directions in forward mode, without the gradient."""
    import numpy as np

    from graphgrad.autodiff.jvp import jvp

    subject, point = variables.subject, variables.point(variables.start)
    found = np.zeros(len(directions))
    for k, entries in enumerate(directions):
        direction = variables.point(entries)
        for sample in subject.points:
            found[k] += float(jvp(subject.graph, direction, sample | point)[1])
    return found / len(subject.points)


ALONG = Lens(
    name="along",
    spanish="direccional",
    compute=_along_one,
    options=(Option("direction", "numbers"), Option("over", "names")),
    plotted=False,
    source="UBA course 002, Optimización de Gradiente Descendente: the directional derivative.",
)

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
