"""Find the critical points of a small function and classify them by its second derivatives.

Newton's method on the gradient from many starts, the same every time. With one variable, changes
of sign of the second derivative divide the axis into convex and concave parts.
Source: Nocedal and Wright, Numerical Optimization, 2nd ed., theorems 2.2 to 2.4 and section 11.1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.calculus.variables import Variables
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Grid, Plot, Series, curve, heat
from graphgrad.views.text.numbers import number

__all__ = ["CRITICAL"]

_STARTS = 49
_FEWER_STARTS = 12
_STEPS = 25
_BUDGET = 60_000
_FLAT = 1e-10
_SAME = 1e-5
_LINE = 121
_SIDE = 33
_TINY = 1e-8


class _Point(NamedTuple):
    """A point without slope."""

    place: Any
    value: float
    kind: str
    curvatures: tuple[float, ...]


def _compute(subject: Subject, *, over: tuple[str, ...] | None, low: float, high: float) -> Report:
    variables = Variables(subject, over, most=8)
    found = sorted(_points(variables, low, high), key=lambda p: tuple(p.place))
    cut = _is_spent(variables)
    names = variables.names
    rows = tuple(
        (
            ", ".join(f"{n} = {number(v)}" for n, v in zip(names, p.place, strict=True)),
            p.value,
            Worded(f"lens.critical.{p.kind}"),
            ", ".join(map(number, p.curvatures)),
        )
        for p in found
    )
    sheet = Sheet("points", ("point", "value", "kind", "curvatures"), rows)
    parts = list(_parts(variables, low, high)) if variables.size == 1 else []
    sheets = [sheet]
    if parts:
        told = tuple((a, b, Worded(f"lens.critical.{kind}")) for a, b, kind in parts)
        heading = Worded("lens.critical.curvature")
        sheets.append(Sheet("curvature", ("from", "to", "kind"), told, heading))
    numbers: dict[str, Any] = {"points": len(found)}
    for k, one in enumerate(found, 1):
        numbers[f"{k}.value"] = one.value
        numbers |= {f"{k}.{n}": float(v) for n, v in zip(names, one.place, strict=True)}
    verdicts = tuple(_verdicts(variables, found, parts, cut=cut))
    drawn = variables.size <= 2
    plot = (lambda: _plot(variables, found, low, high)) if drawn else None
    return Report("critical", tuple(sheets), verdicts, numbers, plot)


def _points(variables: Variables, low: float, high: float) -> Iterator[_Point]:
    import numpy as np

    known: list[Any] = []
    for start in _starts(variables, low, high):
        if _is_spent(variables):
            return
        place = _newton(variables, start)
        if place is None or np.any(place < low - 1e-9) or np.any(place > high + 1e-9):
            continue
        if any(np.max(np.abs(place - other)) < _SAME * max(1.0, high - low) for other in known):
            continue
        known.append(place)
        yield _classified(variables, place)


def _is_spent(variables: Variables) -> bool:
    """Tell whether the search has run as many nodes as a reader waits for."""
    return variables.calls * len(variables.subject.graph) > _BUDGET


def _starts(variables: Variables, low: float, high: float) -> Iterator[Any]:
    """Yield starts: a grid in one or two variables, else draws, and the point of the file."""
    import numpy as np

    yield variables.start
    if variables.size <= 2:
        count = _STARTS if variables.size == 1 else round(math.sqrt(_STARTS))
        ticks = np.linspace(low, high, count)
        for spot in product(ticks, repeat=variables.size):
            yield np.array(spot)
    else:
        stream = np.random.RandomState(1)
        for _ in range(_FEWER_STARTS):
            yield stream.uniform(low, high, variables.size)


def _newton(variables: Variables, start: Any) -> Any:
    """Return the point that Newton's method runs into, rounded at its end; None if into none."""
    import numpy as np

    place = np.array(start, dtype=float)
    for _ in range(_STEPS):
        gradient = variables.gradient(place)
        matrix = variables.hessian(place)
        if not (np.all(np.isfinite(gradient)) and np.all(np.isfinite(matrix))):
            return None
        step, *_ = np.linalg.lstsq(matrix, -gradient, rcond=1e-12)
        if float(np.max(np.abs(gradient))) <= _FLAT and float(np.max(np.abs(step))) < _SAME:
            found = np.where(np.abs(place) < 1e-12, 0.0, place)
            return found if np.all(np.isfinite(variables.hessian(found))) else None
        if not np.any(step) or not np.all(np.isfinite(step)):
            return None
        longest = float(np.max(np.abs(step)))
        place = place + step * min(1.0, 1.0 / longest)
    return None


def _classified(variables: Variables, place: Any) -> _Point:
    import numpy as np

    matrix = variables.hessian(place)
    curvatures = np.linalg.eigvalsh((matrix + matrix.T) / 2)
    size = max(1.0, float(np.max(np.abs(curvatures))))
    if np.all(curvatures > _TINY * size):
        kind = "minimum"
    elif np.all(curvatures < -_TINY * size):
        kind = "maximum"
    elif np.any(curvatures > _TINY * size) and np.any(curvatures < -_TINY * size):
        kind = "saddle"
    else:
        kind = "degenerate"
    return _Point(place, variables.value(place), kind, tuple(map(float, curvatures)))


def _parts(variables: Variables, low: float, high: float) -> Iterator[tuple[float, float, str]]:
    """Yield the intervals on which the second derivative keeps its sign."""
    import numpy as np

    def second(x: float) -> float:
        return float(variables.hessian(np.array([x]))[0, 0])

    ticks = np.linspace(low, high, _LINE).tolist()
    signs = [math.copysign(1.0, s) if abs(s := second(x)) > 1e-13 else 0.0 for x in ticks]
    start, sign = low, next((s for s in signs if s), 0.0)
    for (a, b), (before, after) in zip(pairwise(ticks), pairwise(signs), strict=True):
        if after and after != sign:
            left = a if before else a - (b - a)
            place = _crossing(second, left, b, sign)
            yield start, place, _shape(sign)
            start, sign = place, after
    yield start, high, _shape(sign)


def _crossing(second: Any, left: float, right: float, sign: float) -> float:
    """Return where a sign ends, by halving."""
    for _ in range(60):
        middle = (left + right) / 2
        if second(middle) * sign > 0:
            left = middle
        else:
            right = middle
    return (left + right) / 2


def _shape(sign: float) -> str:
    return "convex" if sign > 0 else "concave" if sign < 0 else "straight"


def _verdicts(
    variables: Variables,
    found: list[_Point],
    parts: list[tuple[float, float, str]],
    *,
    cut: bool,
) -> Iterator[Verdict]:
    import numpy as np

    for kind in ("minimum", "maximum", "saddle", "degenerate"):
        count = sum(point.kind == kind for point in found)
        if count:
            fields = {"count": count, "kind": Worded(f"lens.critical.{kind}")}
            yield Verdict(kind, Worded("lens.critical.found", **fields))
    if cut:
        yield Verdict("cut", Worded("lens.critical.cut"))
    gradient = variables.gradient(variables.start)
    if not found:
        elsewhere = variables.gradient(variables.start + 1.0)
        flat = not np.any(variables.hessian(variables.start))
        if flat and np.any(gradient) and np.allclose(gradient, elsewhere, rtol=1e-12):
            yield Verdict("unbounded", Worded("lens.critical.unbounded", name=variables.output))
        else:
            yield Verdict("none", Worded("lens.critical.none"))
    if found and float(np.max(np.abs(gradient))) <= 1e-9:
        yield Verdict("here", Worded("lens.critical.here"))
    for start, end, kind in parts if len(parts) > 1 else ():
        fields = {"a": number(start), "b": number(end), "kind": Worded(f"lens.critical.{kind}")}
        yield Verdict(kind, Worded("lens.critical.part", **fields))


def _plot(variables: Variables, found: list[_Point], low: float, high: float) -> Plot:
    import numpy as np

    ticks = np.linspace(low, high, _LINE if variables.size == 1 else _SIDE).tolist()
    kinds: dict[str, list[_Point]] = {}
    for point in found:
        kinds.setdefault(text(f"lens.critical.{point.kind}"), []).append(point)
    title = variables.output
    if variables.size == 1:
        values = [variables.value(np.array([x])) for x in ticks]
        series = [Series(title, tuple(ticks), tuple(values))]
        series += [
            Series(kind, tuple(float(p.place[0]) for p in ps), tuple(p.value for p in ps), "points")
            for kind, ps in kinds.items()
        ]
        return curve(series, title=title, x=variables.names[0])
    rows = [tuple(variables.value(np.array([x, y])) for x in ticks) for y in ticks]
    known = sorted(v for row in rows for v in row if math.isfinite(v)) or [0.0]
    levels = tuple(known[round(q * (len(known) - 1))] for q in (0.05, 0.2, 0.4, 0.6, 0.8))
    over = [
        Series(
            kind,
            tuple(float(p.place[0]) for p in ps),
            tuple(float(p.place[1]) for p in ps),
            "points",
        )
        for kind, ps in kinds.items()
    ]
    grid = Grid(tuple(ticks), tuple(ticks), tuple(rows), levels)
    return heat(grid, title=title, x=variables.names[0], y=variables.names[1], over=over)


CRITICAL = Lens(
    name="critical",
    spanish="criticos",
    compute=_compute,
    options=(
        Option("over", "names"),
        Option("low", "number", -3.0),
        Option("high", "number", 3.0),
    ),
    source="Nocedal and Wright, Numerical Optimization, 2nd ed., section 2.1.",
)
