"""Find the first value or partial of a pass that is not a finite number, and why."""

from __future__ import annotations

import math
from typing import Any, NamedTuple, Protocol

from graphgrad.graph.graph import Edge, Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import Condition, Elementwise, Structural
from graphgrad.trace.steps import Steps

__all__ = ["Trouble", "first_trouble", "holds", "is_finite"]


class Trouble(NamedTuple):
    """The first place where a pass leaves the finite numbers.

    Attributes:
        reason: ``domain``, ``overflow``, ``undefined``, ``partial`` or ``given``.
        node: the node whose value or partial it is.
        slot: the slot of the argument at fault, where one is.
    """

    reason: str
    node: int
    slot: int | None = None


class Recorded(Protocol):
    """What is read of a pass here; `Trace` is one."""

    graph: Graph
    values: list[Any]
    adjoints: list[Any] | None

    @property
    def steps(self) -> Steps:
        """Return the steps of the pass."""

    def contribution(self, edge: Edge) -> Any:
        """Return what an edge adds to its source's adjoint."""


def is_finite(value: Any) -> bool:
    """Tell whether a value holds only finite numbers; rationals always do."""
    if isinstance(value, float):
        return math.isfinite(value)
    if getattr(getattr(value, "dtype", None), "kind", "") != "f":
        return True
    span = float(abs(value).max()) if value.size else 0.0
    return math.isfinite(span)


def first_trouble(trace: Recorded) -> Trouble | None:
    """Return the first trouble in the order of the steps, or None."""
    for node, value in enumerate(trace.values):
        row = trace.graph.columns.row(node)
        if isinstance(row, Elementwise | Structural):
            condition = _violated(trace, node, row)
            if condition is not None:
                return Trouble("domain", node, condition.argument)
        if not is_finite(value):
            return Trouble(_reason(trace, node), node)
    return _backward_trouble(trace)


def _violated(trace: Recorded, node: int, row: Elementwise | Structural) -> Condition | None:
    """Return the condition of the row's domain that an argument breaks."""
    columns = trace.graph.columns
    for condition in row.domain(columns.settings_of(node)):
        argument = trace.values[columns.parents_of(node)[condition.argument]]
        if not holds(condition, argument):
            return condition
    return None


def holds(condition: Condition, argument: Any) -> bool:
    """Tell whether an argument satisfies a condition of a row's domain, in all its entries."""
    found = condition.holds(argument)
    return bool(found.all()) if hasattr(found, "all") else bool(found)


def _reason(trace: Recorded, node: int) -> str:
    if trace.graph.is_leaf(node):
        return "given"
    value = to_float(trace.values[node])
    if isinstance(value, float):
        return "undefined" if math.isnan(value) else "overflow"
    return "undefined" if bool((value != value).any()) else "overflow"


def _backward_trouble(trace: Recorded) -> Trouble | None:
    if trace.adjoints is None or all(map(is_finite, trace.adjoints)):
        return None
    for node in trace.steps.backward_nodes:
        for slot in trace.steps.slots(node):
            source = trace.graph.columns.parents_of(node)[slot]
            if not is_finite(trace.contribution(Edge(source, node, slot))):
                return Trouble("partial", node, slot)
    return Trouble("overflow", trace.graph.output)
