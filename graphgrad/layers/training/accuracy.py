"""Count how many rows an output puts in the right class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Block
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.objective import Objective
from graphgrad.messages.catalogue import near
from graphgrad.ops.evaluate import to_float

__all__ = ["Classes", "class_of", "classes_of", "right_rows", "target_class"]


class Classes(NamedTuple):
    """How an output names a class.

    Attributes:
        node: the name of the output.
        target: the column with the classes.
        first: the number of the class of a vector's first entry.
        middle: where a single number changes from the lower class to the upper one.
    """

    node: str
    target: str
    first: int
    middle: float


def classes_of(graph: Graph, name: str) -> Classes:
    """Return how an output names a class: as the loss reads it that compares it with a column.

    Raises:
        UsageError: if there is no such line, or no column of classes beside its inputs.
    """
    node, table = graph.find(name), graph.heading.table
    if node is None:
        known = graph.line_names
        raise UsageError("name.unknown", name=name, near=near(name, known), known=", ".join(known))
    inputs = _leaves_of(graph, node)
    columns = [] if table is None else [one for one in table.names if one not in inputs]
    if not columns:
        raise UsageError("training.no_target", name=name)
    loss = next((block for block in graph.heading.blocks if _compares(block, name, columns)), None)
    settings = {} if loss is None else dict(loss.settings)
    scores = loss is not None and ("logits" in loss.kind or "hinge" in loss.kind)
    target = next((one for one in columns if loss is not None and one in loss.inputs), columns[0])
    return Classes(name, target, int(settings.get("first", 0) or 0), 0.0 if scores else 0.5)


def _compares(block: Block, name: str, columns: Sequence[str]) -> bool:
    return name in block.inputs and any(column in block.inputs for column in columns)


def _leaves_of(graph: Graph, node: int) -> set[str]:
    seen, waiting = {node}, [node]
    while waiting:
        for parent in graph.columns.parents_of(waiting.pop()):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return {graph.name(one) for one in seen if graph.is_leaf(one) and not graph.is_constant(one)}


def right_rows(objective: Objective, vector: Any, rows: Sequence[int], classes: Classes) -> int:
    """Return how many of some rows are put in their class."""
    table = objective.table
    assert table is not None
    place = table.names.index(classes.target)
    targets = [table.rows[row - 1][place] for row in rows]
    values = objective.values_of(vector, rows, classes.node)
    return sum(
        class_of(value, classes) == target_class(target, classes)
        for value, target in zip(values, targets, strict=True)
    )


def class_of(value: Any, classes: Classes) -> int:
    """Return the class that an output names: its largest entry, or the side of the middle."""
    import numpy as np

    flat = np.ravel(value)
    if flat.size > 1:
        return int(np.argmax(flat)) + classes.first
    return int(flat[0] > classes.middle)


def target_class(target: Any, classes: Classes) -> int:
    """Return the class of a row: its number, the upper of two, or the largest of a code."""
    import numpy as np

    target = np.ravel(to_float(target))
    if target.size > 1:
        return int(np.argmax(target)) + classes.first
    return max(0, int(target[0]))
