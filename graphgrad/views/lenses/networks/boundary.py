"""Show where a network of two inputs decides: its values on a grid, the boundary, and the line.

An output of one number per sample has two sides; one of several has a region for each class, where
its entry is the largest.

Source: Oviedo course 000, ¿Cuál es la utilidad de la función de activación?; Valencia course 001,
El perceptrón multicapa como clasificador.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.layers.training.accuracy import Classes, target_class, told_classes
from graphgrad.messages.catalogue import Worded, text
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.plane import Axes, axes_of, evaluated, prediction
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import Grid, Plot, Series, heat
from graphgrad.views.text.numbers import number

__all__ = ["BOUNDARY", "plane_of"]

_PROBABILITIES = {"sigmoid", "softmax"}
_POINTS = 41
_AIR = 0.25
_STRAIGHT = 1e-9


class _Samples(NamedTuple):
    """The points of the data, the values there, and what they are classes of.

    Attributes:
        points: two coordinates each.
        values: what the network answers, a row of entries each.
        targets: the class of each, where the data say it.
        classes: how an answer names a class; None where the data have no classes.
    """

    points: tuple[tuple[float, ...], ...]
    values: Any
    targets: tuple[int, ...] = ()
    classes: Classes | None = None

    def word(self, target: int) -> str:
        """Return a class as the data call it."""
        return self.classes.word(target) if self.classes else str(target)


def plane_of(subject: Subject, of: str | None = None) -> tuple[int, Axes]:
    """Return the line that is drawn, and the two inputs that span the plane.

    Raises:
        UsageError: if there is no such line, or it does not depend on two numbers.
        LimitError: if the graph is too large to be run at every point.
    """
    node = prediction(subject, of)
    axes = axes_of(subject, node, 2)
    subject.allow(_POINTS**2 // (axes.rows or 1))
    return node, axes


def _compute(
    subject: Subject,
    *,
    of: str | None,
    level: float | None,
    low: tuple[float, ...] | None,
    high: tuple[float, ...] | None,
    points: int,
) -> Report:
    node, axes = plane_of(subject, of)
    subject.allow(max(3, points) ** 2)
    xs, ys = _ticks(axes, low, high, max(3, points))
    places = [(x, y) for y in ys for x in xs]
    values = evaluated(subject, node, axes, places)
    samples = _samples(subject, node, axes)
    if values.shape[1] > 1:
        if level is not None:
            raise UsageError("lens.boundary.no_level", name=subject.graph.name(node))
        return _regions(subject, node, axes, (xs, ys), values, samples)
    level = _usual_level(subject, node, samples) if level is None else level
    return _two_sides(subject, node, axes, (xs, ys), values, samples, level)


Ticks = tuple[tuple[float, ...], tuple[float, ...]]


def _two_sides(
    subject: Subject,
    node: int,
    axes: Axes,
    ticks: Ticks,
    values: Any,
    samples: _Samples,
    level: float,
) -> Report:
    grid = Grid(*ticks, _laid_out(ticks, values[:, 0]), (level,))
    places = [(x, y) for y in ticks[1] for x in ticks[0]]
    line = _line(subject, node, axes, places)
    above = float((values > level).mean())
    verdicts = [_line_verdict(axes, line)]
    if not 0 < above < 1:
        verdicts.append(Verdict("one_side", Worded("lens.boundary.one_side", level=number(level))))
    numbers: dict[str, Any] = {"above": above, "level": level, "straight": line is not None}
    if line is not None:
        numbers |= {"line.1": line[0], "line.2": line[1], "line.0": line[2]}
    told = [float(value[0]) for value in samples.values]
    sides = ["+" if v > level else "-" if v < level else "0" for v in told]
    right = [v > level for v in told]
    binary = samples.targets if set(samples.targets) <= {0, 1} else ()
    hits = [side == (target > 0) for side, target in zip(right, binary, strict=False)]
    sheet = _sheet(samples, {"value": told, "side": sides}, hits)
    return _report(subject, node, axes, grid, samples, verdicts, numbers, sheet, hits)


def _regions(
    subject: Subject, node: int, axes: Axes, ticks: Ticks, values: Any, samples: _Samples
) -> Report:
    """Return the report of an output of several entries, a region for each."""
    import numpy as np

    first = samples.classes.first if samples.classes else 0
    found, count = values.argmax(axis=1), values.shape[1]
    names = [samples.word(k + first) for k in range(count)]
    shares = [float((found == k).mean()) for k in range(count)]
    margins = []
    for k in range(count):
        others = np.delete(values, k, axis=1).max(axis=1)
        margins.append(_laid_out(ticks, values[:, k] - others))
    grid = Grid(*ticks, _laid_out(ticks, found), regions=tuple(margins))
    listed = ", ".join(f"{n} {100 * s:.1f} %" for n, s in zip(names, shares, strict=True))
    verdicts = [Verdict("regions", Worded("lens.boundary.regions", shares=listed))]
    numbers: dict[str, Any] = {f"share.{k + first}": share for k, share in enumerate(shares)}
    told = [int(value.argmax()) + first for value in samples.values]
    hits = [answer == target for answer, target in zip(told, samples.targets, strict=False)]
    sheet = _sheet(samples, {"class": [samples.word(k) for k in told]}, hits)
    return _report(subject, node, axes, grid, samples, verdicts, numbers, sheet, hits)


def _report(
    subject: Subject,
    node: int,
    axes: Axes,
    grid: Grid,
    samples: _Samples,
    verdicts: list[Verdict],
    numbers: dict[str, Any],
    sheet: Sheet,
    hits: list[bool],
) -> Report:
    if hits:
        numbers["right"] = sum(hits)
        fields = {"right": sum(hits), "count": len(hits)}
        verdicts.append(Verdict("hits", Worded("lens.boundary.hits", **fields)))
    sheets = (sheet,) if samples.points else ()
    plot = lambda: _plot(subject, node, axes, grid, samples)  # noqa: E731  # drawn when asked for
    return Report("boundary", sheets, tuple(verdicts), numbers, plot)


def _sheet(samples: _Samples, told: dict[str, list[Any]], hits: list[bool]) -> Sheet:
    """Return the table of samples: coordinates, what is said of them, targets where known."""
    columns = {"x1": [p[0] for p in samples.points], "x2": [p[1] for p in samples.points], **told}
    if hits:
        named = "class" in told or (samples.classes and samples.classes.words)
        columns["target"] = [samples.word(t) if named else t for t in samples.targets]
        columns["right"] = hits
    return Sheet("samples", tuple(columns), tuple(zip(*columns.values(), strict=True)))


def _laid_out(ticks: Ticks, values: Any) -> tuple[tuple[float, ...], ...]:
    """Return values at the points of a grid as its rows."""
    return tuple(map(tuple, values.reshape(len(ticks[1]), len(ticks[0])).tolist()))


# ---- the data ----


def _samples(subject: Subject, node: int, axes: Axes) -> _Samples:
    """Return the points of the data with their values, and their classes where they have some."""
    if not axes.samples:
        return _Samples((), ())
    values, table = evaluated(subject, node, axes, axes.samples), subject.graph.heading.table
    plain = _Samples(axes.samples, values)
    classes = told_classes(subject.graph, subject.graph.name(node))
    if table is None or classes is None or classes.several:
        return plain
    place = table.names.index(classes.target)
    entries = [table.rows[row - 1][place] for row in _rows(subject, len(axes.samples))]
    if len(entries) != len(axes.samples):
        return plain
    targets = tuple(target_class(entry, classes) for entry in entries)
    return _Samples(axes.samples, values, targets, classes)


def _rows(subject: Subject, count: int) -> Sequence[int]:
    """Return the rows of the table that the samples are, in their order."""
    table = subject.graph.heading.table
    assert table is not None
    if table.whole:
        return table.training_rows()[:count]
    return [subject.row] if subject.row else table.training_rows()


def _usual_level(subject: Subject, node: int, samples: _Samples) -> float:
    """Return 0.5 for a probability or targets 0 and 1, 0 where the loss takes logits, else 0."""
    if subject.graph.columns.row(node).name in _PROBABILITIES:
        return 0.5
    if samples.classes is None or set(samples.targets) != {0, 1}:
        return 0.0
    return samples.classes.middle


def _ticks(
    axes: Axes, low: tuple[float, ...] | None, high: tuple[float, ...] | None, points: int
) -> Ticks:
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
        if start > end:
            raise UsageError("lens.ends", low=f"{start:g}", high=f"{end:g}")
        found.append(tuple(np.linspace(start, max(end, start + 1e-6), points).tolist()))
    return found[0], found[1]


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
    values = evaluated(subject, before, axes, tried)[:, 0]
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


def _plot(subject: Subject, node: int, axes: Axes, grid: Grid, samples: _Samples) -> Plot:
    first = samples.classes.first if samples.classes else 0
    kinds = [k + first for k in range(len(grid.regions))] or sorted(set(samples.targets))
    over = []
    for kind in kinds:
        spots = [p for p, t in zip(samples.points, samples.targets, strict=False) if t == kind]
        over.append(_spots(text("lens.boundary.class", name=samples.word(kind)), spots))
    if samples.points and not samples.targets:
        over.append(_spots(text("lens.boundary.samples"), samples.points))
    own, name = subject.graph.heading.title_in(), subject.graph.name(node)
    title = f"{own}: {name}" if own else name
    return heat(grid, title=title, x=axes.names[0], y=axes.names[1], over=over)


def _spots(name: str, points: Sequence[tuple[float, ...]]) -> Series:
    return Series(name, tuple(p[0] for p in points), tuple(p[1] for p in points), "points")


BOUNDARY = Lens(
    name="boundary",
    spanish="frontera",
    compute=_compute,
    options=(
        Option("of", "name"),
        Option("level", "number"),
        Option("low", "numbers"),
        Option("high", "numbers"),
        Option("points", "whole", _POINTS),
    ),
    source="Valencia course 001, El perceptrón multicapa como clasificador.",
)
