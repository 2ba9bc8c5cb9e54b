"""Show where a network of two inputs decides: its values on a grid, the boundary, and the line.

Source: Oviedo course 000, ¿Cuál es la utilidad de la función de activación?; Valencia course 001,
El perceptrón multicapa como clasificador.
"""

from __future__ import annotations

from typing import Any

from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.plane import Axes, axes_of, evaluated, prediction
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Grid, Plot, Series, heat
from graphgrad.views.text.numbers import number

__all__ = ["BOUNDARY"]

_PROBABILITIES = {"sigmoid", "softmax"}
_AIR = 0.25
_STRAIGHT = 1e-9


def _compute(
    subject: Subject,
    *,
    of: str | None,
    level: float | None,
    low: tuple[float, ...] | None,
    high: tuple[float, ...] | None,
    points: int,
) -> Report:
    import numpy as np

    node = prediction(subject, of)
    axes = axes_of(subject, node, 2)
    level = _usual_level(subject, node) if level is None else level
    xs, ys = _ticks(axes, low, high, max(3, points))
    places = [(x, y) for y in ys for x in xs]
    values = np.array(evaluated(subject, node, axes, places)).reshape(len(ys), len(xs))
    grid = Grid(xs, ys, tuple(map(tuple, values.tolist())), (level,))
    sides = _sides(subject, node, axes, level)
    line = _line(subject, node, axes, places)
    above = float((values > level).mean())
    name = subject.graph.name(node)
    verdicts = [_line_verdict(axes, line)]
    if not 0 < above < 1:
        verdicts.append(Verdict("one_side", Worded("lens.boundary.one_side", level=number(level))))
    hits = [row[-1] for row in sides if row[-1] is not None]
    numbers: dict[str, Any] = {"above": above, "level": level, "straight": line is not None}
    if line is not None:
        numbers |= {"line.1": line[0], "line.2": line[1], "line.0": line[2]}
    if hits:
        numbers["right"] = sum(hits)
        fields = {"right": sum(hits), "count": len(hits)}
        verdicts.append(Verdict("hits", Worded("lens.boundary.hits", **fields)))
    columns = (*(("x1", "x2", "value", "side", "target", "right") if hits else _SIDES),)
    sheet = Sheet("samples", columns, tuple(r[: len(columns)] for r in sides))
    sheets = (sheet,) if sides else ()
    shown = lambda: _plot(subject, axes, grid, sides, name)  # noqa: E731  # drawn when asked for
    return Report("boundary", sheets, tuple(verdicts), numbers, shown)


_SIDES = ("x1", "x2", "value", "side")


def _usual_level(subject: Subject, node: int) -> float:
    """Return 0.5 for a probability, else 0; 0.5 too where the targets are 0 and 1."""
    if subject.graph.columns.row(node).name in _PROBABILITIES:
        return 0.5
    table = subject.graph.heading.table
    if table is not None and not table.whole:
        last = {float(to_float(row[-1])) for row in table.rows if not hasattr(row[-1], "shape")}
        if last == {0.0, 1.0}:
            return 0.5
    return 0.0


def _ticks(
    axes: Axes, low: tuple[float, ...] | None, high: tuple[float, ...] | None, points: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the columns and rows of the grid: around the samples, else from -2 to 2."""
    import numpy as np

    found = []
    for k in range(2):
        known = [sample[k] for sample in axes.samples]
        least, most = (min(known), max(known)) if len(known) > 1 else (-2.0, 2.0)
        if known and len(known) == 1:
            least, most = min(least, known[0]), max(most, known[0])
        air = _AIR * (most - least or 1.0)
        start = least - air if low is None else low[k % len(low)]
        end = most + air if high is None else high[k % len(high)]
        found.append(tuple(np.linspace(start, max(end, start + 1e-6), points).tolist()))
    return found[0], found[1]


def _sides(subject: Subject, node: int, axes: Axes, level: float) -> list[tuple[Any, ...]]:
    """Return each sample, its value, its side, and whether that is the side of its target."""
    values = evaluated(subject, node, axes, axes.samples) if axes.samples else []
    targets = _targets(subject, len(axes.samples))
    rows = []
    for sample, value, target in zip(axes.samples, values, targets, strict=True):
        side = "+" if value > level else "-" if value < level else "0"
        right = None if target is None else (value > level) == (target > 0.5)
        rows.append((*sample, value, side, target, right))
    return rows


def _targets(subject: Subject, count: int) -> list[float | None]:
    """Return the target of each sample: the last column of the data, where it is 0 or 1."""
    table = subject.graph.heading.table
    if table is None or len(subject.points) != count:
        return [None] * count
    last = [point.get(table.names[-1]) for point in subject.points]
    found = [None if v is None or hasattr(v, "shape") else float(to_float(v)) for v in last]
    return found if set(found) <= {0.0, 1.0} else [None] * count


def _line(
    subject: Subject, node: int, axes: Axes, places: list[tuple[float, float]]
) -> tuple[float, float, float] | None:
    """Return a, b, c of a x1 + b x2 + c = 0; None where the pre-activation is not straight.

    The line is that of what goes into the last activation, fitted to three points and tried on all.
    """
    import numpy as np

    columns = subject.graph.columns
    before = columns.parents_of(node)[0] if columns.row(node).name == "sigmoid" else node
    tried = places[:: max(1, len(places) // 60)]
    values = np.array(evaluated(subject, before, axes, tried))
    design = np.array([[x, y, 1.0] for x, y in tried])
    fitted, *_ = np.linalg.lstsq(design, values, rcond=None)
    size = float(np.max(np.abs(values))) or 1.0
    straight = float(np.max(np.abs(design @ fitted - values))) <= _STRAIGHT * size
    a, b, c = (float(round(v, 12)) for v in fitted)
    return (a, b, c) if straight and (a or b) else None


def _line_verdict(axes: Axes, line: tuple[float, float, float] | None) -> Verdict:
    if line is None:
        return Verdict("bent", Worded("lens.boundary.bent"))
    terms = ((line[0], f"·{axes.names[0]}"), (line[1], f"·{axes.names[1]}"), (line[2], ""))
    told = ""
    for value, rest in terms:
        if value:
            sign = ("− " if value < 0 else "+ ") if told else ("−" if value < 0 else "")
            told += f"{' ' if told else ''}{sign}{number(abs(value))}{rest}"
    return Verdict("straight", Worded("lens.boundary.straight", line=f"{told} = 0"))


def _plot(
    subject: Subject, axes: Axes, grid: Grid, sides: list[tuple[Any, ...]], name: str
) -> Plot:
    groups: dict[str, list[tuple[float, float]]] = {}
    for row in sides:
        key = number(row[4]) if row[4] is not None else text("lens.boundary.samples")
        groups.setdefault(key, []).append((row[0], row[1]))
    over = [
        Series(key, tuple(x for x, _ in spots), tuple(y for _, y in spots), "points")
        for key, spots in sorted(groups.items())
    ]
    own = subject.graph.heading.title_in()
    return heat(
        grid, title=f"{own}: {name}" if own else name, x=axes.names[0], y=axes.names[1], over=over
    )


BOUNDARY = Lens(
    name="boundary",
    spanish="frontera",
    compute=_compute,
    options=(
        Option("of", "name"),
        Option("level", "number"),
        Option("low", "numbers"),
        Option("high", "numbers"),
        Option("points", "whole", 41),
    ),
    source="Valencia course 001, El perceptrón multicapa como clasificador.",
)
