"""Word where a run leaves the finite numbers, and what is taken where no derivative exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphgrad.errors import NonFiniteError
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.row import Condition, Elementwise, Structural
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import Trouble
from graphgrad.views.text.numbers import inline, number, shape_of

__all__ = ["convention_at", "convention_lines", "formula_of", "trouble_error"]


def trouble_error(trace: Trace) -> NonFiniteError | None:
    """Return the trouble of a run as an error in the author's words, or None."""
    trouble = trace.trouble
    if trouble is None:
        return None
    graph = trace.graph
    fields: dict[str, Any] = {
        "node": graph.name(trouble.node),
        "formula": formula_of(graph, trouble.node),
        "value": inline(trace.values[trouble.node]),
        "argument": "",
        "condition": "",
    }
    if trouble.slot is not None:
        fields |= _argument(trace, trouble)
    reason = trouble.reason
    if reason == "domain" and graph.columns.row(trouble.node).name in ("target", "one_hot"):
        reason = "target"
        fields["why"] = Worded(_kind_of_target(graph, trouble.node))
    return NonFiniteError(f"trouble.{reason}", **fields)


def _kind_of_target(graph: Graph, node: int) -> str:
    """Return the id of the sentence that says what a target is for the loss that takes it."""
    settings = graph.columns.settings_of(node)
    step = settings.get("step", 1)  # one_hot counts classes
    if step == 0:
        return "target.probability"
    return "target.class" if step == 1 else "target.sign"


def formula_of(graph: Graph, node: int) -> str:
    """Return a node in the author's words: its name, or its formula if it is inside a line."""
    line = graph.line(graph.line_of(node))
    if graph.is_leaf(node):
        return graph.name(node)
    return line_formula(graph, line._replace(nodes=range(line.nodes.start, node + 1), root=node))


def _argument(trace: Trace, trouble: Trouble) -> dict[str, str]:
    """Return the argument at fault, the entry of it, and the condition it breaks."""
    graph = trace.graph
    parent = graph.columns.parents_of(trouble.node)[trouble.slot or 0]
    value = trace.values[parent]
    line = graph.line(graph.line_of(parent))
    name = line.name if parent == line.root else formula_of(graph, parent)
    condition = _condition(trace, trouble)
    if condition is not None and shape_of(value):
        entry = _first_outside(value, condition)
        name = name if name.isidentifier() else f"({name})"
        name = f"{name}[{', '.join(str(i + 1) for i in entry)}]"
        value = value[entry]
    relation = "" if condition is None else condition.told(name)
    shown = inline(value) if shape_of(value) else number(value)
    return {"argument": name, "value": shown, "condition": relation}


def _condition(trace: Trace, trouble: Trouble) -> Condition | None:
    columns = trace.graph.columns
    row = columns.row(trouble.node)
    if trouble.reason != "domain" or not isinstance(row, Elementwise | Structural):
        return None
    for condition in row.domain(columns.settings_of(trouble.node)):
        value = trace.values[columns.parents_of(trouble.node)[condition.argument]]
        if condition.argument == trouble.slot and not _holds(condition, value).all():
            return condition
    return None


def _first_outside(value: Any, condition: Condition) -> tuple[int, ...]:
    outside = (~_holds(condition, value)).nonzero()
    return tuple(int(axis[0]) for axis in outside)


def _holds(condition: Condition, value: Any) -> Any:
    import numpy as np

    return np.asarray(condition.holds(np.asarray(value)), dtype=bool)


def convention_at(trace: Trace, node: int) -> str:
    """Return the message id of the convention used at a node; empty away from kinks."""
    columns = trace.graph.columns
    row = columns.row(node)
    if not isinstance(row, Elementwise | Structural) or not row.kinks or not row.convention:
        return ""
    args = tuple(trace.values[parent] for parent in columns.parents_of(node))
    settings = trace.arithmetic.settings(columns.settings_of(node))
    at_kink = any(d == 0 for d in trace.arithmetic.kink_distances(row, args, settings))
    return row.convention if at_kink else ""


def convention_lines(trace: Trace, nodes: Iterable[int]) -> Iterator[str]:
    """Yield one sentence per node whose partial is a convention."""
    for node in nodes:
        convention = convention_at(trace, node)
        if convention:
            formula = formula_of(trace.graph, node)
            yield text("run.convention", formula=formula, convention=Worded(convention))
