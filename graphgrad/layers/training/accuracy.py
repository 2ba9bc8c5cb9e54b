"""Read an output as a class: of each row, and how many rows are in theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphgrad.autodiff.passes import run_forward
from graphgrad.autodiff.record import leaf_values
from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Block
from graphgrad.graph.graph import Graph, Table
from graphgrad.layers.training.objective import Objective
from graphgrad.messages.catalogue import near
from graphgrad.ops.evaluate import arithmetic, arrays, to_float

__all__ = [
    "Classes",
    "answers",
    "class_of",
    "classes_of",
    "leaves_of",
    "right_rows",
    "target_class",
    "told_classes",
]

_MOST_CLASSES = 10
_SIGNS = ("-1", "1")
"""The names of two classes whose targets are -1 and 1."""


class Classes(NamedTuple):
    """How an output names a class.

    Attributes:
        node: the name of the output.
        target: the column with the classes.
        first: the number of the class of a vector's first entry.
        middle: where a single number changes from the lower class to the upper one.
        words: the name of each class, by its number, where the data have names.
        kinds: how many classes the data have; 0 where that is not known.
    """

    node: str
    target: str
    first: int
    middle: float
    words: tuple[str, ...] = ()
    kinds: int = 0

    def named_by(self, value: Any) -> bool:
        """Tell whether an answer names a class: an entry for each, or one number for two."""
        size = getattr(value, "size", 1)
        return size == self.kinds if size > 1 else self.kinds <= len(_SIGNS)

    def word(self, number: int) -> str:
        """Return a class as the data call it."""
        return self.words[number] if 0 <= number < len(self.words) else str(number)

    @property
    def signed(self) -> bool:
        """Tell whether the targets are -1 and 1."""
        return self.words == _SIGNS


def classes_of(graph: Graph, name: str) -> Classes:
    """Return how an output names a class: as the loss reads it that compares it with a column.

    Raises:
        UsageError: if there is no such line, or no column of classes beside its inputs.
    """
    node, table = graph.find(name), graph.heading.table
    if node is None:
        known = graph.line_names
        raise UsageError("name.unknown", name=name, near=near(name, known), known=", ".join(known))
    inputs = leaves_of(graph, node)
    columns = [] if table is None else [one for one in table.names if one not in inputs]
    if not columns:
        raise UsageError("training.no_target", name=name)
    loss = next((block for block in graph.heading.blocks if _compares(block, name, columns)), None)
    settings = {} if loss is None else dict(loss.settings)
    scores = loss is not None and ("logits" in loss.kind or "hinge" in loss.kind)
    target = next((one for one in columns if loss is not None and one in loss.inputs), columns[0])
    words = _words(table, target)
    scores = scores or words == _SIGNS
    first = int(settings.get("first", 0) or 0)
    return Classes(name, target, first, 0.0 if scores else 0.5, words)


def told_classes(graph: Graph, name: str) -> Classes | None:
    """Return how an output names a class, None where the data hold no classes.

    They do where a column beside its inputs has codes with a largest entry, or few whole numbers.
    """
    table = graph.heading.table
    if table is None:
        return None
    try:
        classes = classes_of(graph, name)
    except UsageError:  # no column is left
        return None
    entries = [row[table.names.index(classes.target)] for row in table.rows]
    coded = [hasattr(entry, "size") and entry.size > 1 for entry in entries]
    if any(coded):
        size = max(getattr(entry, "size", 1) for entry in entries)
        return classes._replace(kinds=size) if all(coded) else None
    numbers = {float(to_float(entry)) for entry in entries}
    few = len(numbers) <= _MOST_CLASSES and all(n.is_integer() and n >= -1 for n in numbers)
    count = len(classes.words) or 1 + int(max(numbers)) - classes.first
    return classes._replace(kinds=count) if few else None


def _words(table: Table | None, target: str) -> tuple[str, ...]:
    if table is None:
        return ()
    place = table.names.index(target)
    signs = {row[place] for row in table.rows if not hasattr(row[place], "shape")}
    return _SIGNS if signs == {-1, 1} else table.labels[place] if table.labels else ()


def answers(graph: Graph, table: Table, point: Mapping[str, Any], name: str) -> list[Any]:
    """Return the value of a line on each row of a table, the graph's own or another.

    Args:
        graph: takes a row at a time, or after ``data all`` many; the last ones are filled up.
        table: rows of the columns that the line depends on.
        point: values of leaves instead of the graph's own.
        name: the line.

    Raises:
        UsageError: if the graph takes its rows as arrays and the line has no entry for each.
    """
    numbers, node, columns = arithmetic(), graph.find(name), graph.columns
    leaves = {n: numbers.leaf(v) for n, v in leaf_values(graph, point).items()}
    nodes = [graph.find(column) for column in table.names]
    targets = [(k, n) for k, n in enumerate(nodes) if n is not None]
    step = columns.shape(targets[0][1])[0] if table.whole and targets else 1
    if table.whole and columns.shape(node or 0)[:1] != (step,):
        raise UsageError("run.not_of_rows", name=name, rows=step)
    found: list[Any] = []
    for start in range(0, len(table.rows), step):
        rows = table.rows[start : start + step]
        filled = rows + rows[-1:] * (step - len(rows))
        for place, target in targets:
            entries = [to_float(row[place]) for row in filled]
            leaves[target] = arrays().np.array(entries) if table.whole else entries[0]
        value = run_forward(columns, leaves, numbers)[node or 0]
        found += list(value[: len(rows)]) if table.whole else [value]
    return found


def _compares(block: Block, name: str, columns: Sequence[str]) -> bool:
    return name in block.inputs and any(column in block.inputs for column in columns)


def leaves_of(graph: Graph, node: int) -> set[str]:
    """Return the names of the inputs and parameters that a node depends on."""
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
