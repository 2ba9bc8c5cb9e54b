"""Plot a training: the loss against the updates, and what the net says over the plane of inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from graphgrad.autodiff.passes import run_forward
from graphgrad.autodiff.record import leaf_values
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph, Table
from graphgrad.layers.optimizers.stops import moving_mean
from graphgrad.layers.training.log import Entry
from graphgrad.messages.catalogue import near, text
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.views.plots.plot import Grid, Plot, Series, curve, heat

__all__ = ["boundary", "check_plane", "loss_curve"]

SIDE: Final = 41
MOST_CLASSES: Final = 10


def loss_curve(graph: Graph, entries: Sequence[Entry], smooth: float | None = None) -> Plot:
    """Return the loss against the updates; over all rows and for validation where it is known.

    Args:
        graph: what was trained.
        entries: the log.
        smooth: the share that a moving mean keeps; None draws the numbers themselves.
    """
    entries = [entry for entry in entries if not entry.restored]
    output = graph.name(graph.output)
    whole = [entry for entry in entries if entry.full is not None]
    steps = [entry.number for entry in entries]
    losses = [entry.loss for entry in entries]
    if smooth is not None:
        losses = moving_mean(losses, smooth)
    series: list[Series | tuple[str, Sequence[Any], Sequence[Any]]] = []
    if len(whole) in (0, len(entries)):
        series.append((output, steps, losses))
    else:
        series.append((text("train.plot.batch"), steps, losses))
        series.append((output, [e.number for e in whole], [e.full or 0.0 for e in whole]))
    judged = [entry for entry in entries if entry.valid is not None]
    if judged:
        valid = [entry.valid for entry in judged]
        series.append((text("train.head.valid"), [entry.number for entry in judged], valid))
    return curve(series, title=graph.heading.title_in(), x=text("train.step"), y=output)


class Plane(NamedTuple):
    """The two numbers of the inputs that span the plane: a column and a place in its entry."""

    columns: tuple[str, str]
    places: tuple[int, int]

    def name(self, axis: int) -> str:
        """Return what is written at an axis."""
        if self.columns[0] == self.columns[1]:
            return f"{self.columns[axis]}[{self.places[axis] + 1}]"
        return self.columns[axis]


def boundary(
    graph: Graph, values: Mapping[str, Any], given: Mapping[str, Any], name: str | None = None
) -> Plot:
    """Return a line's value over the plane of two inputs, with the data as points.

    Args:
        graph: the graph, with its table.
        values: the trained parameters.
        given: values of leaves on the command line.
        name: the line; the last that depends on two inputs and no target if None.

    Raises:
        UsageError: if there is no table, no such line, or not two inputs.
    """
    table, node, plane = check_plane(graph, name)
    xs, ys = (_range(table, plane, axis) for axis in (0, 1))
    shown = _values(graph, dict(given) | dict(values), node, plane, xs, ys)
    over, targets = _points(table, plane)
    grid = Grid(xs, ys, shown, (_level(shown, targets),))
    title = f"{graph.heading.title_in()}: {graph.name(node)}".removeprefix(": ")
    return heat(grid, title=title, x=plane.name(0), y=plane.name(1), over=over)


def check_plane(graph: Graph, name: str | None = None) -> tuple[Table, int, Plane]:
    """Return the table, the line and the plane that `boundary` draws, or refuse.

    Raises:
        UsageError: if there is none.
    """
    table = graph.heading.table
    if table is None or not table.rows:
        raise UsageError("training.no_plane")
    node = _line(graph, table) if name is None else _named(graph, name)
    return table, node, _plane(graph, table, node)


def _named(graph: Graph, name: str) -> int:
    node = graph.find(name)
    if node is None:
        names = graph.line_names
        raise UsageError("name.unknown", name=name, near=near(name, names), known=", ".join(names))
    return node


def _sources(graph: Graph, node: int) -> set[str]:
    """Return the names of the leaves that a node depends on."""
    seen, waiting = {node}, [node]
    while waiting:
        for parent in graph.columns.parents_of(waiting.pop()):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return {graph.name(one) for one in seen if graph.is_leaf(one) and not graph.is_constant(one)}


def _entries(table: Table, name: str) -> int:
    """Return how many numbers an entry of a column holds."""
    value = table.rows[0][table.names.index(name)]
    return int(getattr(value, "size", 1))


def _line(graph: Graph, table: Table) -> int:
    """Return the last line that is a number per row and depends on just two numbers of a row."""
    for line in reversed(list(graph.lines())):
        if graph.is_leaf(line.root) or not _one_per_row(graph, table, line.root):
            continue
        columns = [name for name in table.names if name in _sources(graph, line.root)]
        if sum(_entries(table, name) for name in columns) == 2 and len(columns) < len(table.names):
            return line.root
    raise UsageError("training.no_plane")


def _one_per_row(graph: Graph, table: Table, node: int) -> bool:
    size = math.prod(graph.columns.shape(node))
    return size == _taken(graph, table)


def _taken(graph: Graph, table: Table) -> int:
    """Return how many rows the graph takes at once."""
    if not table.whole:
        return 1
    nodes = (graph.find(name) for name in table.names)
    return next((graph.columns.shape(node)[0] for node in nodes if node is not None), 1)


def _plane(graph: Graph, table: Table, node: int) -> Plane:
    columns = [name for name in table.names if name in _sources(graph, node)]
    counts = [_entries(table, name) for name in columns]
    if counts == [2]:
        return Plane((columns[0], columns[0]), (0, 1))
    if counts == [1, 1]:
        return Plane((columns[0], columns[1]), (0, 0))
    raise UsageError("training.no_plane")


def _number(table: Table, plane: Plane, row: int, axis: int) -> float:
    value = table.rows[row][table.names.index(plane.columns[axis])]
    return float(to_float(value.flat[plane.places[axis]] if hasattr(value, "flat") else value))


def _range(table: Table, plane: Plane, axis: int) -> tuple[float, ...]:
    numbers = [_number(table, plane, row, axis) for row in range(len(table.rows))]
    low, high = min(numbers), max(numbers)
    margin = 0.15 * (high - low) or 1.0
    step = (high - low + 2 * margin) / (SIDE - 1)
    return tuple(low - margin + step * place for place in range(SIDE))


def _values(
    graph: Graph,
    given: dict[str, Any],
    node: int,
    plane: Plane,
    xs: Sequence[float],
    ys: Sequence[float],
) -> tuple[tuple[float, ...], ...]:
    """Run the graph at every point of the grid, as many at once as it takes rows."""
    import numpy as np

    table = graph.heading.table
    assert table is not None
    taken, numbers = _taken(graph, table), arithmetic()
    leaves = leaf_values(graph, ({} if table.whole else table.point(1)) | given)
    points = np.array([(x, y) for y in ys for x in xs])
    found: list[float] = []
    for start in range(0, len(points), taken):
        chunk = points[start : start + taken]
        padded = np.vstack([chunk, np.repeat(chunk[-1:], taken - len(chunk), axis=0)])
        for column, value in _inputs(plane, padded, whole=table.whole).items():
            target = graph.find(column)
            assert target is not None
            leaves[target] = value.reshape(graph.columns.shape(target)) if value.ndim else value
        value = run_forward(graph.columns, leaves, numbers)[node]
        found.extend(np.ravel(value).tolist()[: len(chunk)])
    width = len(xs)
    return tuple(tuple(found[row * width : (row + 1) * width]) for row in range(len(ys)))


def _inputs(plane: Plane, points: Any, *, whole: bool) -> dict[str, Any]:
    if plane.columns[0] == plane.columns[1]:
        return {plane.columns[0]: points}
    return {name: points[:, axis] for axis, name in enumerate(plane.columns)}


def _points(table: Table, plane: Plane) -> tuple[list[Series], list[float]]:
    """Return the rows as points, a series per class, and the targets."""
    targets = [i for i, name in enumerate(table.names) if name not in plane.columns]
    kind = [row[targets[0]] for row in table.rows] if targets else [Fraction(0)] * len(table.rows)
    simple = [to_float(value) for value in kind if not hasattr(value, "flat")]
    classes = sorted(set(simple)) if len(simple) == len(kind) else []
    if not 1 < len(classes) <= MOST_CLASSES:
        classes = []
    series = []
    for one in classes or [None]:
        rows = [r for r in range(len(kind)) if one is None or to_float(kind[r]) == one]
        xs = tuple(_number(table, plane, row, 0) for row in rows)
        ys = tuple(_number(table, plane, row, 1) for row in rows)
        series.append(Series("" if one is None else f"{one:g}", xs, ys, "points"))
    return series, classes


def _level(values: Sequence[Sequence[float]], targets: Sequence[float]) -> float:
    """Return where the classes part: between two targets, or at 0 for what is no probability."""
    flat = [value for row in values for value in row if math.isfinite(value)]
    outside = any(not -0.05 <= value <= 1.05 for value in flat)
    if len(targets) == 2 and not (sorted(targets) == [0, 1] and outside and min(flat) < -1):
        return sum(targets) / 2
    return 0.0 if targets else sum(flat) / max(1, len(flat))
