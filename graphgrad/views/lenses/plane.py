"""Evaluate a line of a graph over points of its inputs: one by one, or many as rows of a batch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from graphgrad.autodiff.passes import run_forward
from graphgrad.autodiff.record import leaf_values
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph, Table
from graphgrad.layers.registry import find_layer
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.views.lenses.subject import Subject

__all__ = ["Axes", "axes_of", "evaluated", "prediction"]


class Axes(NamedTuple):
    """The inputs that points are made of.

    Attributes:
        names: of each coordinate, as it is shown.
        leaves: each input with how many coordinates it holds, in their order; 0 where it is one
            number.
        rows: how many points one pass takes, 0 where one at a time.
        samples: the points of the data, where there are some.
    """

    names: tuple[str, ...]
    leaves: tuple[tuple[str, int], ...]
    rows: int
    samples: tuple[tuple[float, ...], ...]

    def at(self, points: Any) -> dict[str, Any]:
        """Return the value of each input at points, a row each: one, or as many as a pass takes."""
        found, start = {}, 0
        for name, count in self.leaves:
            block = points[:, start : start + (count or 1)]
            block = block if count else block[:, 0]
            found[name] = block if self.rows else block[0]
            start += count or 1
        return found


def axes_of(subject: Subject, node: int, count: int | None = None) -> Axes:
    """Return the inputs that a node depends on, as coordinates.

    Args:
        subject: the graph.
        node: what is evaluated.
        count: how many coordinates there must be; None for any number.

    Raises:
        UsageError: if it depends on another number of them, or has no entry per row.
    """
    graph = subject.graph
    found = [(name, n) for name, n in subject.inputs.items() if _leads_to(graph, n, node)]
    shapes = [graph.columns.shape(n) for _, n in found]
    table = graph.heading.table
    batch = any(name in table.names for name, _ in found) if table and table.whole else False
    batch = batch or (len(found) == 1 and len(shapes[0]) == 2)
    rows = shapes[0][0] if batch and shapes[0] else 0
    single = [shape[1:] if rows else shape for shape in shapes]
    names, leaves = [], []
    for (name, _), shape in zip(found, single, strict=True):
        size = shape[0] if shape else 0
        leaves.append((name, size))
        names += _entry_names(table, name, size) if shape else [name]
    fits = names and all(len(shape) < 2 for shape in single) and count in (None, len(names))
    if not fits or (rows and math.prod(graph.columns.shape(node)) % rows):
        got = ", ".join(name for name, _ in found) or "-"
        expected = Worded("lens.axes", count=count or 1)
        raise UsageError("lens.wrong_axes", name=graph.name(node), got=got, expected=expected)
    axes = Axes(tuple(names), tuple(leaves), rows, ())
    return axes._replace(samples=tuple(_samples(subject, axes)))


def _entry_names(table: Table | None, name: str, size: int) -> list[str]:
    """Return the names of the entries of a vector: those of the columns it is read from, if any."""
    plain = [f"{name}[{k + 1}]" for k in range(size)]
    if table is None or name not in table.names:
        return plain
    place = table.names.index(name)
    start = sum(math.prod(shape) for shape in table.shapes[:place])
    return list(table.heads[start : start + size]) or plain


def evaluated(subject: Subject, node: int, axes: Axes, points: Sequence[Sequence[float]]) -> Any:
    """Return a node at every point: a row of its entries per point."""
    import numpy as np

    graph, step, numbers = subject.graph, axes.rows or 1, arithmetic()
    subject.allow(-(-len(points) // step))
    block = np.zeros((step, len(axes.names)))
    given = leaf_values(graph, subject.points[0] | axes.at(block))
    leaves = {n: numbers.leaf(value) for n, value in given.items()}
    targets = {name: subject.inputs[name] for name, _ in axes.leaves}
    found = []
    for start in range(0, len(points), step):
        part = points[start : start + step]
        block[: len(part)] = part
        for name, value in axes.at(block).items():
            leaves[targets[name]] = value
        entries = np.reshape(run_forward(graph.columns, leaves, numbers)[node], (step, -1))
        found.append(np.array(entries[: len(part)], dtype=float))
    return np.concatenate(found)


def prediction(subject: Subject, name: str | None = None) -> int:
    """Return the node that a network answers with: the named line, else that before the loss.

    Where that reads the whole row of a table, its target too, it is the last line that does not.
    """
    if name is not None:
        return subject.node(name)
    graph, table = subject.graph, subject.graph.heading.table
    layers = [stage for stage in subject.stages if not stage.loss and not _judges(stage.kind)]
    found = layers[-1].output if layers else graph.output
    columns = [] if table is None else [graph.find(one) for one in table.names]
    judged = {block.group for block in graph.heading.blocks if _judges(block.kind)}
    lines = (line for line in graph.lines() if line.group not in judged)
    inner = [line.root for line in lines if not graph.is_leaf(line.root)]
    for node in (found, *reversed(inner)):
        read = [c is not None and _leads_to(graph, c, node) for c in columns]
        if any(read) and not all(read):
            return node
    return found


def _judges(kind: str) -> bool:
    """Tell whether a row is a loss or a penalty, which no network answers with."""
    row = find_layer(kind) if kind else None
    return row is not None and row.kind in ("loss", "penalty")


def _samples(subject: Subject, axes: Axes) -> Iterable[tuple[float, ...]]:
    import numpy as np

    if axes.rows:
        columns = [np.reshape(subject.at(name), (axes.rows, -1)) for name, _ in axes.leaves]
        yield from (tuple(row) for row in np.hstack(columns).tolist())
        return
    for point in subject.points:
        if all(name in point for name, _ in axes.leaves):
            parts = [np.ravel(to_float(point[name])) for name, _ in axes.leaves]
            yield tuple(np.concatenate(parts).tolist())


def _leads_to(graph: Graph, source: int, target: int) -> bool:
    marks = bytearray(target + 1)
    if source <= target:
        marks[source] = 1
    for node in range(source + 1, target + 1):
        marks[node] = any(marks[parent] for parent in graph.columns.parents_of(node))
    return bool(marks[target])
