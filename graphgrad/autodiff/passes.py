"""Run the two passes: a value per node in order, then an adjoint per node from the output back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from graphgrad.autodiff.running import evaluated, listed, precision_of, swept_back
from graphgrad.autodiff.sweeps import UNSET, sweep_for
from graphgrad.graph.columns import Columns
from graphgrad.graph.kinds import Kind
from graphgrad.ops.evaluate import FloatArithmetic
from graphgrad.ops.registry import ROWS
from graphgrad.trace.live import has_nan, live_entries

__all__ = ["backward_by_node", "forward_by_node", "run_backward", "run_forward"]


def run_forward(
    columns: Columns,
    leaves: Mapping[int, Any],
    numbers: FloatArithmetic,
    values: list[Any] | None = None,
    *,
    kinds: Sequence[Kind] | None = None,
) -> list[Any]:
    """Return the value of every node.

    Args:
        columns: the nodes to run.
        leaves: the value of each leaf, by id.
        numbers: the arithmetic to run in.
        values: values already known of the first nodes; extended in place.
        kinds: the kinds to run, where some round to float32.

    Raises:
        KeyError: with the id of a leaf that has no value.
    """
    values = [] if values is None else values
    if numbers.exact:
        return forward_by_node(columns, leaves, numbers, values)
    listing, start = listed(columns), len(values)
    listing = listing if kinds is None else listing._replace(kinds=kinds)

    def other(kind: Kind, first: int, second: int) -> Any:
        if kind.arity == 1:
            return evaluated(kind, (values[first],))
        if kind.arity == 2:
            return evaluated(kind, (values[first], values[second]))
        if kind.arity == 0:
            return given[len(values)]
        args = tuple([values[source] for source in listing.many[first]])
        return evaluated(kind, args)

    nodes = zip(listing.kinds, listing.first, listing.second, strict=True)
    sweep = sweep_for(listing.kinds)
    given = {node: numbers.leaf(value) for node, value in leaves.items()}
    precision = precision_of(given.values()) if sweep.arrays else None
    with sweep.silence():
        sweep.forward(islice(nodes, start, None), values, listing.many, other, precision)
    _protect(columns, values)
    return values


def forward_by_node(
    columns: Columns, leaves: Mapping[int, Any], numbers: FloatArithmetic, values: list[Any]
) -> list[Any]:
    """Return the values in an arithmetic that decides op by op what it can keep exact."""
    codes, starts, parents, shapes = (
        columns.codes,
        columns.starts,
        columns.parents,
        columns.shapes,
    )
    settings = [numbers.settings(entry) for entry in columns.settings_table]
    chosen = columns.settings
    for node in range(len(values), len(codes)):
        first, end = starts[node], starts[node + 1]
        if first == end:
            values.append(numbers.leaf(leaves[node]))
            continue
        args = tuple([values[parent] for parent in parents[first:end]])
        row = ROWS[codes[node]]
        values.append(numbers.value(row, args, settings[chosen[node]], scalar=not shapes[node]))
    return values


def run_backward(
    columns: Columns,
    values: list[Any],
    output: int,
    seed: Any,
    variable: Sequence[int],
    numbers: FloatArithmetic,
) -> list[Any]:
    """Return the adjoint of every node, None where the output does not depend on it.

    Where a leaf's adjoint is not a number, the pass is run again such that a branch not taken adds
    nothing: an infinite partial behind a selected 0 is no derivative of the output.

    Args:
        columns: the nodes.
        values: their values.
        output: where the pass starts.
        seed: the adjoint of the output, of its shape.
        variable: marks the nodes that get adjoints.
        numbers: the arithmetic to run in.

    Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.2.
    """
    if numbers.exact:
        adjoints = backward_by_node(columns, values, output, seed, variable, numbers, None)
    else:
        adjoints = _swept(columns, values, output, seed, variable)
    starts = columns.starts
    if any(
        starts[node] == starts[node + 1] and has_nan(adjoint)
        for node, adjoint in enumerate(adjoints)
    ):
        live = live_entries(columns, values, output, numbers)
        adjoints = backward_by_node(columns, values, output, seed, variable, numbers, live)
    return adjoints


def _swept(
    columns: Columns, values: list[Any], output: int, seed: Any, variable: Sequence[int]
) -> list[Any]:
    """Return the adjoints of a pass on floats."""
    listing = listed(columns)
    adjoints: list[Any] = [UNSET] * (output + 1)
    adjoints[output] = seed
    sweep = sweep_for(listing.kinds)
    precision = precision_of(values) if sweep.arrays else None
    swept_back(sweep, listing, values, adjoints, variable, precision=precision)
    adjoints += [UNSET] * (len(columns) - len(adjoints))
    found = [
        None if adjoint is UNSET or not of else adjoint
        for adjoint, of in zip(adjoints, variable, strict=True)
    ]
    found[output] = seed
    _protect(columns, found)
    return found


def _protect(columns: Columns, values: Sequence[Any]) -> None:
    """Make the arrays among values read-only."""
    if len(columns.shape_table) > 1:
        for value in values:
            if type(value) is not float and value is not None:
                value.flags.writeable = False


def backward_by_node(
    columns: Columns,
    values: Sequence[Any],
    output: int,
    seed: Any,
    variable: Sequence[int],
    numbers: FloatArithmetic,
    live: list[Any] | None,
) -> list[Any]:
    """Return the adjoints, node by node; ``live`` marks where derivatives pass through."""
    adjoints: list[Any] = [None] * len(columns)
    adjoints[output] = seed
    codes, starts, parents = columns.codes, columns.starts, columns.parents
    settings = [numbers.settings(entry) for entry in columns.settings_table]
    chosen = columns.settings
    contribution, add = numbers.contribution, numbers.add
    for node in range(output, -1, -1):
        adjoint = adjoints[node]
        first, end = starts[node], starts[node + 1]
        if adjoint is None or first == end:
            continue
        sources = parents[first:end]
        args = tuple([values[source] for source in sources])
        row = ROWS[codes[node]]
        for slot, source in enumerate(sources):
            if variable[source]:
                call = (row, slot, adjoint, values[node], args, settings[chosen[node]])
                term = (
                    contribution(*call)
                    if live is None
                    else numbers.live_contribution(*call, live[node])
                )
                known = adjoints[source]
                adjoints[source] = term if known is None else add(known, term)
    return adjoints
