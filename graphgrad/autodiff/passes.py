"""Run the two passes: a value per node in order, then an adjoint per node from the output back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphgrad.graph.columns import Columns
from graphgrad.ops.evaluate import FloatArithmetic
from graphgrad.ops.registry import ROWS
from graphgrad.trace.live import has_nan, live_entries

__all__ = ["run_backward", "run_forward"]


def run_forward(
    columns: Columns,
    leaves: Mapping[int, Any],
    numbers: FloatArithmetic,
    values: list[Any] | None = None,
) -> list[Any]:
    """Return the value of every node.

    Args:
        columns: the nodes to run.
        leaves: the value of each leaf, by id.
        numbers: the arithmetic to run in.
        values: values already known of the first nodes; extended in place.

    Raises:
        KeyError: with the id of a leaf that has no value.
    """
    values = [] if values is None else values
    codes, starts, parents, shapes = (
        columns.codes,
        columns.starts,
        columns.parents,
        columns.shapes,
    )
    settings = [numbers.settings(entry) for entry in columns.settings_table]
    chosen = columns.settings
    evaluate = numbers.value
    append = values.append
    for node in range(len(values), len(codes)):
        first, end = starts[node], starts[node + 1]
        if first == end:
            append(numbers.leaf(leaves[node]))
            continue
        args = tuple([values[parent] for parent in parents[first:end]])
        append(evaluate(ROWS[codes[node]], args, settings[chosen[node]], scalar=not shapes[node]))
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
    adjoints = _pulled(columns, values, output, seed, variable, numbers, None)
    starts = columns.starts
    if any(
        starts[node] == starts[node + 1] and has_nan(adjoint)
        for node, adjoint in enumerate(adjoints)
    ):
        live = live_entries(columns, values, output, numbers)
        adjoints = _pulled(columns, values, output, seed, variable, numbers, live)
    return adjoints


def _pulled(
    columns: Columns,
    values: list[Any],
    output: int,
    seed: Any,
    variable: Sequence[int],
    numbers: FloatArithmetic,
    live: list[Any] | None,
) -> list[Any]:
    """Return the adjoints; ``live`` marks the entries through which derivatives pass."""
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
