"""Compare four derivatives: reverse mode, forward mode, symbolic and central differences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from math import prod
from typing import Any, NamedTuple

from graphgrad.autodiff.jacobian import chosen_leaves
from graphgrad.autodiff.jvp import run_jvp
from graphgrad.autodiff.passes import run_forward
from graphgrad.autodiff.record import leaf_values, record
from graphgrad.compile.repeated import Repeated
from graphgrad.errors import LimitError, NonFiniteError
from graphgrad.graph import display
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_node, with_defaults
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.ops.given import given
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.trace.kinks import follows_a_comparison
from graphgrad.trace.trace import Trace

__all__ = ["GradientCheck", "GradientRow", "gradcheck"]

MOST_ENTRIES = 2_000
"""Each takes three passes or more."""
MOST_HELD = 20_000
"""Numbers of all arrays: sympy writes each out."""
MOST_STEPS = 600_000
"""Entries times operations: some seconds."""
STEP = 6e-6
"""Cube root of the rounding unit: balances truncation and rounding of a central difference.

Source: Press et al., Numerical Recipes, 3rd ed., section 5.7.
"""


_SHRINKINGS = 6


class GradientRow(NamedTuple):
    """One entry of one leaf and its derivative from four sources.

    Attributes:
        name: the leaf.
        entry: its entry, subscripts counted from 0; () for a number.
        reverse: by the backward pass.
        forward: by forward mode.
        symbolic: by sympy's derivatives of the formulas; None where sympy was not asked.
        central: by a central difference.
        relative_error: the largest deviation from reverse mode, relative to 1 or the value.
        ok: whether it is within the tolerance.
        kink: the node with a kink so close that differences mean nothing, or "".
    """

    name: str
    entry: tuple[int, ...]
    reverse: float
    forward: float
    symbolic: float | None
    central: float
    relative_error: float
    ok: bool
    kink: str


class GradientCheck(NamedTuple):
    """The rows of a check, whether all agree that do not stand at a kink, and what was asked.

    Attributes:
        rows: an entry of a leaf each.
        ok: whether something was compared, and all of that agrees.
        graph: what was checked.
        tolerance: the relative error that was allowed.
        unwitnessed: operations that were too much work for sympy; their own rules stood in.
    """

    rows: list[GradientRow]
    ok: bool
    graph: Graph | None = None
    tolerance: float = 1e-6
    unwitnessed: tuple[str, ...] = ()

    @property
    def undecided(self) -> bool:
        """Tell whether nothing was compared: every entry stands at a kink, or there is none."""
        return all(row.kink for row in self.rows)

    def __repr__(self) -> str:
        found = "ok" if self.ok else "undecided" if self.undecided else "failed"
        return f"<GradientCheck of {len(self.rows)} entries: {found}>"

    def __str__(self) -> str:
        return display.lines_of(self)

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        return display.bundle_of_lines(self)


def gradcheck(
    graph: Graph,
    point: Mapping[str, Any] | None = None,
    *,
    tolerance: float = 1e-6,
    symbolic: bool = True,
) -> GradientCheck:
    """Compare reverse mode, forward mode, symbolic derivatives and central differences.

    An output of several entries is weighted with fixed, different numbers first.

    Args:
        graph: the graph to check.
        point: values of leaves instead of the graph's own.
        tolerance: largest deviation from reverse mode, relative to the larger of 1 and the value.
        symbolic: whether to ask sympy too, which takes longer.

    An operation that is too much work for sympy is told by name; its own rule stands in there.

    Raises:
        LimitError: if there are more entries than passes that could be run.
    """
    leaves = chosen_leaves(graph, None)
    got = sum(prod(graph.columns.shape(node)) for node in leaves.values())
    held = graph.columns.entries()
    if got > MOST_ENTRIES or held > MOST_HELD:
        raise LimitError(
            "gradcheck.too_many", got=got, held=held, limit=MOST_ENTRIES, most=MOST_HELD
        )
    if got * len(graph) > MOST_STEPS:
        nodes, runs = len(graph), got * len(graph)
        raise LimitError("gradcheck.too_long", got=got, nodes=nodes, runs=runs, limit=MOST_STEPS)
    checked, graph = graph, _in_double(graph)
    point = {name: _double(given(value, name)) for name, value in (point or {}).items()}
    seed = _weights(graph.columns.shape(graph.output))
    trace = record(graph, point, seed=seed)
    kinks, moved = _kinks(trace), _held(trace)
    witness, beyond = _witness(graph, point, seed, bool(kinks)) if symbolic else ({}, [])
    rows = []
    for name, node in leaves.items():
        for entry in _entries(graph.columns.shape(node)):
            kink = next((graph.name(at) for at, marks in kinks if marks[node]), "")
            rows.append(_row(trace, moved, name, node, entry, witness.get(name), tolerance, kink))
    compared = [row.ok for row in rows if not row.kink]
    fine = bool(compared) and all(compared)
    unwitnessed = tuple(dict.fromkeys(map(graph.name, beyond)))
    return GradientCheck(rows, fine, checked, tolerance, unwitnessed)


def _in_double(graph: Graph) -> Graph:
    """Return the graph with its values in float64: a difference of float32 has no digits left."""
    doubles = {node: _double(value) for node, value in graph.defaults.items()}
    return with_defaults(graph, doubles)


def _double(value: Any) -> Any:
    return (
        value.astype(float) if getattr(getattr(value, "dtype", None), "char", "") == "f" else value
    )


def _held(trace: Trace) -> Trace:
    """Return the run of the graph whose differences are taken.

    What no gradient passes by its definition does not move: it is a constant there.
    """
    graph = trace.graph
    still = [node for node in range(len(graph)) if graph.columns.row(node).name == "stop_gradient"]
    if not still:
        return trace
    builder, renumbered = GraphBuilder(), dict[int, int]()
    for line in graph.lines():
        for node in line.nodes:
            if node in still:
                value = trace.values[node]
                renumbered[node] = builder.constant(value, graph.columns.shape(node))
            else:
                copy_node(graph, builder, node, renumbered)
        builder.end_line(line.name)
    return Trace(builder.freeze(graph.output), trace.values, trace.adjoints, trace.seed)


def _row(
    trace: Trace,
    moved: Trace,
    name: str,
    node: int,
    entry: tuple[int, ...],
    witness: Any,
    tolerance: float,
    kink: str,
) -> GradientRow:
    reverse = _entry(to_float(trace.adjoint(node)), entry)
    forward = _forward(trace, node, entry)
    central = _central(moved, node, entry, reverse, tolerance)
    symbolic = None if witness is None else _entry(witness, entry)
    others = [forward, central, *([] if symbolic is None else [symbolic])]
    errors = [abs(other - reverse) / max(1.0, abs(reverse)) for other in others]
    error = max(errors) if all(map(math.isfinite, errors)) else math.inf
    ok = error <= tolerance
    return GradientRow(name, entry, reverse, forward, symbolic, central, error, ok, kink)


def _forward(trace: Trace, node: int, entry: tuple[int, ...]) -> float:
    start = {node: _basis(trace.graph.columns.shape(node), entry)}
    tangents = run_jvp(trace.graph.columns, trace.values, start, arithmetic())
    return _weighted(trace, tangents.get(trace.graph.output, 0.0))


def _central(
    trace: Trace, node: int, entry: tuple[int, ...], expected: float, tolerance: float
) -> float:
    """Return a central difference; where one does not fit, smaller steps get a chance.

    Near the edge of a domain, or where the curve bends strongly, the usual step is too large. No
    step makes the difference fit a derivative that is wrong.
    """
    step = STEP * max(1.0, abs(_entry(to_float(trace.values[node]), entry)))
    first = math.nan
    for _ in range(_SHRINKINGS):
        difference = _difference(trace, node, entry, step)
        if abs(difference - expected) <= tolerance * max(1.0, abs(expected)):
            return difference
        if math.isnan(first) and math.isfinite(difference):
            first = difference
        step /= 8
    return first


def _difference(trace: Trace, node: int, entry: tuple[int, ...], step: float) -> float:
    base = to_float(trace.values[node])
    basis = _basis(trace.graph.columns.shape(node), entry)
    leaves = {i: trace.values[i] for i in range(len(trace.graph)) if trace.graph.is_leaf(i)}
    ends = []
    for moved in (base + step * basis, base - step * basis):
        values = _values(trace.graph, leaves | {node: moved})
        ends.append(_weighted(trace, values[trace.graph.output]))
    return (ends[0] - ends[1]) / (2 * step)


def _values(graph: Graph, leaves: Mapping[int, Any]) -> list[Any]:
    """Return all values; programs compute them where there are many passes, bit for bit alike."""
    kept = vars(graph)
    repeated: Repeated = kept.get("_repeated") or kept.setdefault("_repeated", Repeated(graph))
    found = repeated.values(leaves) if repeated.pays() else None
    return run_forward(graph.columns, leaves, arithmetic()) if found is None else found


def _weighted(trace: Trace, value: Any) -> float:
    product = to_float(trace.seed) * to_float(value)
    return float(product.sum()) if hasattr(product, "sum") else float(product)


def _weights(shape: tuple[int, ...]) -> Any:
    if not shape:
        return None
    import numpy as np

    size = int(np.prod(shape, dtype=int))
    return (1.0 + np.arange(size) / 7.0).reshape(shape)


def _basis(shape: tuple[int, ...], entry: tuple[int, ...]) -> Any:
    if not shape:
        return 1.0
    import numpy as np

    basis = np.zeros(shape)
    basis[entry] = 1.0
    return basis


def _entries(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    entries: list[tuple[int, ...]] = [()]
    for length in shape:
        entries = [(*entry, i) for entry in entries for i in range(length)]
    return entries


def _entry(value: Any, entry: tuple[int, ...]) -> float:
    return float(value[entry]) if entry else float(value)


def _witness(
    graph: Graph, point: Mapping[str, Any] | None, seed: Any, at_kink: bool
) -> tuple[dict[str, Any], list[int]]:
    """Return the gradients by sympy, and the nodes that are too much work for it.

    At a kink, where nothing is compared, there may be none: sympy knows no norm's derivative at 0.
    """
    from graphgrad.symbolic.witness.graph import beyond_work, witness_gradient

    leaves = leaf_values(graph, point)
    values = {line.name: leaves[line.root] for line in graph.lines() if line.root in leaves}
    beyond = beyond_work(graph)
    try:
        found: dict[str, Any] = witness_gradient(graph, values, seed, beyond)
    except NonFiniteError:
        if not at_kink:
            raise
        found = {}
    return found, beyond


def _kinks(trace: Trace) -> list[tuple[int, bytearray]]:
    """Return the nodes whose kink is closer than a few steps, and what each is computed from."""
    numbers = arithmetic()
    columns = trace.graph.columns
    found = []
    for node in range(len(columns)):
        row = columns.row(node)
        if not isinstance(row, Elementwise | Structural) or row.kinks is None:
            continue
        if follows_a_comparison(trace.graph, node):
            continue
        args = tuple(to_float(trace.values[parent]) for parent in columns.parents_of(node))
        settings = numbers.settings(columns.settings_of(node))
        if any(distance < 10 * STEP for distance in numbers.kink_distances(row, args, settings)):
            found.append((node, _ancestors(trace, node)))
    return found


def _ancestors(trace: Trace, node: int) -> bytearray:
    marks = bytearray(len(trace.graph))
    marks[node] = 1
    for at in range(node, -1, -1):
        if marks[at]:
            for parent in trace.graph.columns.parents_of(at):
                marks[parent] = 1
    return marks
