"""Evaluate a line of a graph over points of its inputs: one by one, or many as rows of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.copying import ending_at
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import to_float
from graphgrad.views.lenses.subject import Subject

__all__ = ["Axes", "axes_of", "evaluated", "prediction"]


class Axes(NamedTuple):
    """The inputs that points are made of.

    Attributes:
        names: of each coordinate, as it is shown.
        leaf: the input that holds all of them as a vector or as rows; empty where each is an
            input of its own.
        rows: how many points one pass takes, 0 where one at a time.
        samples: the points and targets of the data, where there are some.
    """

    names: tuple[str, ...]
    leaf: str
    rows: int
    samples: tuple[tuple[float, ...], ...]


def axes_of(subject: Subject, node: int, count: int | None = None) -> Axes:
    """Return the inputs that a node depends on, as coordinates.

    Args:
        subject: the graph.
        node: what is evaluated.
        count: how many coordinates there must be; None for any number.

    Raises:
        UsageError: if it depends on another number of them.
    """
    graph = subject.graph
    found = [(name, n) for name, n in subject.inputs.items() if _leads_to(graph, n, node)]
    shapes = [graph.columns.shape(n) for _, n in found]
    if len(found) == 1 and len(shapes[0]) in (1, 2):
        name, shape = found[0][0], shapes[0]
        names = tuple(f"{name}[{k + 1}]" for k in range(shape[-1]))
        axes = Axes(names, name, shape[0] if len(shape) == 2 else 0, ())
    elif found and all(shape == () for shape in shapes):
        axes = Axes(tuple(name for name, _ in found), "", 0, ())
    else:
        axes = Axes((), "", 0, ())
    if not axes.names or (count is not None and len(axes.names) != count):
        got = ", ".join(name for name, _ in found) or "-"
        expected = Worded("lens.axes", count=count or 1)
        raise UsageError("lens.wrong_axes", name=graph.name(node), got=got, expected=expected)
    return axes._replace(samples=tuple(_samples(subject, axes)))


def evaluated(
    subject: Subject, node: int, axes: Axes, points: Sequence[Sequence[float]]
) -> list[float]:
    """Return a node at every point; of an array the first entry of each sample."""
    import numpy as np

    graph = ending_at(subject.graph, node)
    subject.allow(len(points) if not axes.rows else len(points) // axes.rows + 1)
    if not axes.rows:
        return [_number(record(graph, p, backward=False)) for p in _each(subject, axes, points)]
    found: list[float] = []
    for start in range(0, len(points), axes.rows):
        block = np.zeros((axes.rows, len(axes.names)))
        part = points[start : start + axes.rows]
        block[: len(part)] = part
        trace = record(graph, subject.given | {axes.leaf: block}, backward=False)
        values = np.asarray(to_float(trace.values[node])).reshape(axes.rows, -1)[:, 0]
        found += values[: len(part)].tolist()
    return found


def prediction(subject: Subject, name: str | None = None) -> int:
    """Return the node that a network answers with: the named line, else that before the loss."""
    if name is not None:
        return subject.node(name)
    layers = [stage for stage in subject.stages if not stage.loss]
    return layers[-1].output if layers else subject.graph.output


def _each(
    subject: Subject, axes: Axes, points: Iterable[Sequence[float]]
) -> Iterable[Mapping[str, Any]]:
    base = subject.points[0]
    for point in points:
        if axes.leaf:
            yield base | {axes.leaf: to_float(list(point))}
        else:
            yield base | dict(zip(axes.names, map(float, point), strict=True))


def _number(trace: Any) -> float:
    import numpy as np

    return float(np.ravel(to_float(trace.values[trace.graph.output]))[0])


def _samples(subject: Subject, axes: Axes) -> Iterable[tuple[float, ...]]:
    import numpy as np

    if axes.rows:
        yield from (tuple(row) for row in np.asarray(subject.at(axes.leaf)).tolist())
        return
    for point in subject.points:
        if axes.leaf and axes.leaf in point:
            yield tuple(np.ravel(to_float(point[axes.leaf])).tolist())
        elif all(name in point for name in axes.names):
            yield tuple(float(to_float(point[name])) for name in axes.names)


def _leads_to(graph: Graph, source: int, target: int) -> bool:
    marks = bytearray(target + 1)
    if source <= target:
        marks[source] = 1
    for node in range(source + 1, target + 1):
        marks[node] = any(marks[parent] for parent in graph.columns.parents_of(node))
    return bool(marks[target])
