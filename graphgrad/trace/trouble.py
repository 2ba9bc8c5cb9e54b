"""Find the first value or partial of a pass that is not a finite number, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple, Protocol

from graphgrad.graph import display
from graphgrad.graph.graph import Edge, Graph
from graphgrad.ops.evaluate import arithmetic, arrays, to_float
from graphgrad.ops.registry import code_of
from graphgrad.ops.row import Condition, Elementwise, Row, Structural
from graphgrad.trace.live import live_entries
from graphgrad.trace.steps import Steps

__all__ = [
    "CHECKED",
    "Trouble",
    "broken",
    "broken_condition",
    "checked_nodes",
    "first_trouble",
    "holds",
    "is_finite",
    "nan_outside",
    "outside",
    "refuse_outside",
    "took_outside",
]


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
    looked_at = _LookedAt(trace)
    for node, value in enumerate(trace.values):
        row = trace.graph.columns.row(node)
        if isinstance(row, Elementwise | Structural):
            condition = _violated(trace, node, row, looked_at)
            if condition is not None:
                return Trouble("domain", node, condition.argument)
        if not is_finite(value) and looked_at.any(node, _not_finite(value)):
            return Trouble(_reason(trace, node), node)
    return _backward_trouble(trace)


class _LookedAt:
    """Tell what the output looks at: a branch that is not taken is no trouble."""

    def __init__(self, trace: Recorded) -> None:
        self.trace = trace
        self.live: list[Any] | None = None

    def any(self, node: int, wrong: Any) -> bool:
        """Tell whether a wrong entry of a node is looked at; all are of a node off the way."""
        graph = self.trace.graph
        if self.live is None:
            values, output = self.trace.values, graph.output
            self.live = live_entries(graph.columns, values, output, arithmetic(), "value")
        live = self.live[node]
        return live is None or bool((live & wrong).any())


def _not_finite(value: Any) -> Any:
    """Return where a value is not a finite number."""
    np = arrays().np
    return ~np.isfinite(to_float(value))


def _violated(
    trace: Recorded, node: int, row: Elementwise | Structural, looked_at: _LookedAt
) -> Condition | None:
    """Return the condition of the row's domain that an argument breaks."""
    columns = trace.graph.columns
    for condition in row.domain(columns.settings_of(node)):
        args = tuple(trace.values[parent] for parent in columns.parents_of(node))
        if not holds(condition, args[condition.argument]):
            wrong = broken(condition, args)
            if isinstance(row, Structural):
                wrong = wrong.any()
            if bool(wrong.any()) and looked_at.any(node, wrong):
                return condition
    return None


def holds(condition: Condition, argument: Any) -> bool:
    """Tell whether an argument satisfies a condition of a row's domain, in all its entries."""
    found = condition.holds(argument)
    return bool(found.all()) if hasattr(found, "all") else bool(found)


def broken(condition: Condition, args: tuple[Any, ...]) -> Any:
    """Return where the arguments of an op break a condition, as an array of truth values.

    >>> from graphgrad.ops.row import Condition
    >>> broken(Condition(0, ">"), (-1.0,)).item()
    True
    """
    np = arrays().np
    fulfilled = np.asarray(condition.holds(np.asarray(args[condition.argument])), dtype=bool)
    if condition.unless is not None:
        with np.errstate(all="ignore"):
            floats = [np.asarray(to_float(arg)) for arg in args]
            fulfilled = fulfilled | condition.unless(np, *floats)
    return ~fulfilled


CHECKED = frozenset({"one_hot", "target", "xlogy"})
"""Ops of losses whose formulas give a number outside their domain: `nan_outside` is asked."""


def nan_outside(row: Row, settings: Mapping[str, Any], args: tuple[Any, ...], value: Any) -> Any:
    """Return a value with nan where a class or target is outside its domain, as log(-1) is nan.

    The formulas of these rows give a number there: a class that does not exist costs nothing, and
    nothing times the logarithm of a negative number is nothing.
    """
    assert isinstance(row, Elementwise | Structural)
    wrong: Any = False
    for condition in row.domain(settings):
        wrong = wrong | broken(condition, args)
    if not wrong.any():
        return value
    np = arrays().np
    while np.ndim(wrong) < np.ndim(value):  # a code lies along a new last axis
        wrong = wrong[..., None]
    found = np.where(wrong, np.nan, value)
    return found if np.ndim(found) else float(found)


def outside(row: Row, settings: Mapping[str, Any], args: tuple[Any, ...]) -> bool:
    """Tell whether an op is given what is outside its domain."""
    assert isinstance(row, Elementwise | Structural)
    return any(
        not holds(condition, args[condition.argument]) and bool(broken(condition, args).any())
        for condition in row.domain(settings)
    )


def checked_nodes(graph: Graph) -> list[int]:
    """Return the nodes whose formulas give a number outside their domain; most graphs have none."""
    codes, found = graph.columns.codes, []
    for code in map(code_of, CHECKED):
        node = -1
        for _ in range(codes.count(code)):
            node = codes.index(code, node + 1)
            found.append(node)
    return found


def took_outside(trace: Recorded) -> bool:
    """Tell whether a loss or a table was given what it does not take, and gave a number for it.

    Such a number is wrong without a sign of it, where a logarithm of 0 shows itself by infinity.
    """
    return any(map(partial(_gave_a_number, trace), checked_nodes(trace.graph)))


def _gave_a_number(trace: Recorded, node: int) -> bool:
    columns = trace.graph.columns
    args = tuple(trace.values[parent] for parent in columns.parents_of(node))
    wrong = outside(columns.row(node), columns.settings_of(node), args)
    return wrong and is_finite(trace.values[node])


def refuse_outside(trace: Recorded) -> None:
    """Refuse a pass in which a loss or a table came to a number on what it does not take.

    Values that are no finite numbers show themselves, and pass.

    Raises:
        NonFiniteError: if one did: class 7 of 3 costs nothing, and row 7 of 3 is zeros.
    """
    error = display.refusal(trace) if took_outside(trace) else None
    if error is not None:
        raise error


def broken_condition(trace: Recorded, trouble: Trouble) -> Condition | None:
    """Return the condition that an argument breaks, where that is the trouble."""
    columns = trace.graph.columns
    row = columns.row(trouble.node)
    if trouble.reason != "domain" or not isinstance(row, Elementwise | Structural):
        return None
    args = tuple(trace.values[parent] for parent in columns.parents_of(trouble.node))
    for condition in row.domain(columns.settings_of(trouble.node)):
        if condition.argument == trouble.slot and broken(condition, args).any():
            return condition
    return None


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
