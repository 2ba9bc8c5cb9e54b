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
    "is_right",
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
        compared: the line that the loss compares with the target; empty where it is this one.
        several: whether a row may be in several classes, an entry of 0 or 1 for each.
    """

    node: str
    target: str
    first: int
    middle: float
    words: tuple[str, ...] = ()
    kinds: int = 0
    compared: str = ""
    several: bool = False

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
    several = table is not None and _several(table, target)
    found = Classes(name, target, first, 0.0 if scores else 0.5, words, several=several)
    return found if loss is not None else _beside(graph, found, columns)


_BEFORE = {"sigmoid", "softmax", "log_softmax"}
"""What makes probabilities of scores, and leaves the class as it is."""


def _beside(graph: Graph, classes: Classes, columns: Sequence[str]) -> Classes:
    """Return how a line names a class that the loss does not read, with the line that it does."""
    own = graph.find(classes.node)
    for block in graph.heading.blocks:
        other = next((one for one in block.inputs if one not in columns), "")
        node = graph.find(other)
        if len(block.inputs) < 2 or classes.target not in block.inputs or node is None:
            continue
        if _made_of(graph, node, own):  # the line has the scores of what is compared
            return classes._replace(middle=0.0)
        return classes if _made_of(graph, own, node) else classes._replace(compared=other)
    return classes


def _made_of(graph: Graph, node: int | None, before: int | None) -> bool:
    """Tell whether one line is the probabilities of the scores on another."""
    if node is None or graph.columns.row(node).name not in _BEFORE:
        return False
    return graph.columns.parents_of(node)[0] == before


def _several(table: Table, target: str) -> bool:
    """Tell whether a column has entries of 0 and 1, of which not exactly one is 1."""
    place = table.names.index(target)
    entries = [row[place] for row in table.rows]
    if not all(getattr(entry, "size", 1) > 1 for entry in entries):
        return False
    lists = [entry.ravel().tolist() for entry in entries]
    return all(set(one) <= {0, 1} for one in lists) and any(sum(one) != 1 for one in lists)


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
    entries = [_single(row[table.names.index(classes.target)]) for row in table.rows]
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
    entries = [_single(row[place]) for row in table.rows]
    signs = {entry for entry in entries if not hasattr(entry, "shape")}
    return _SIGNS if signs == {-1, 1} else table.labels[place] if table.labels else ()


def _single(entry: Any) -> Any:
    """Return an entry of the data, as a number where it is an array of one."""
    return entry.item() if getattr(entry, "size", 0) == 1 else entry


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
        is_right(value, target, classes) for value, target in zip(values, targets, strict=True)
    )


def is_right(value: Any, target: Any, classes: Classes) -> bool:
    """Tell whether an output names the class of a row; of several, whether it names each."""
    if not classes.several:
        return class_of(value, classes) == target_class(target, classes)
    import numpy as np

    sides = np.ravel(value) > classes.middle
    return bool(np.array_equal(sides, np.ravel(to_float(target)) > 0))


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
