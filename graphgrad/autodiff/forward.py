"""Run the forward pass: one value per node, in the order of the nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.graph.columns import Columns
from graphgrad.ops.evaluate import FloatArithmetic
from graphgrad.ops.registry import ROWS

__all__ = ["run_forward"]


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
