"""Run the two passes: a value per node in order, then an adjoint per node from the output back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from graphgrad.autodiff.sweeps import ONE, UNSET, constant_partials, sweep_for
from graphgrad.graph.columns import Columns
from graphgrad.graph.kinds import MANY, Kind
from graphgrad.ops.evaluate import FloatArithmetic, arithmetic, fitted, pulled_back, quietly
from graphgrad.ops.registry import ROWS
from graphgrad.trace.live import has_nan, live_entries

__all__ = [
    "Listing", "contributor", "evaluated", "listed",
    "masked_backward", "run_backward", "run_forward",
]  # fmt: skip


class Listing(NamedTuple):
    """Nodes as the sweeps read them.

    Attributes:
        kinds: what each node is.
        first: the first parent of each; of a node with more than two, its place in ``many``.
        second: the second parent.
        many: the parents of nodes with more than two, or with any number.
    """

    kinds: Sequence[Kind]
    first: Sequence[int]
    second: Sequence[int]
    many: Sequence[tuple[int, ...]]


def listed(columns: Columns) -> Listing:
    """Return the nodes of columns in the form of the sweeps."""
    kinds, starts, parents = columns.kinds(), columns.starts, columns.parents
    first, second = [0] * len(kinds), [0] * len(kinds)
    many: list[tuple[int, ...]] = []
    for node, kind in enumerate(kinds):
        start, arity = starts[node], kind.arity
        if arity == MANY:
            first[node] = len(many)
            many.append(tuple(parents[start : starts[node + 1]]))
        elif arity:
            first[node] = parents[start]
            if arity == 2:
                second[node] = parents[start + 1]
    return Listing(kinds, first, second, many)


def evaluated(kind: Kind, args: tuple[Any, ...]) -> Any:
    """Return the value of one op inside `Sweep.silence`."""
    if kind.scalar:
        return arithmetic().value(kind.row, args, kind.floats, scalar=True)
    return quietly(kind.evaluate, args, kind.floats)


def contributor(
    listing: Listing,
    values: Sequence[Any],
    adjoints: list[Any],
    variable: Sequence[int] | None,
) -> Callable[[int, Kind, int, int, Any], None]:
    """Return a function that adds one node's contributions to its parents' adjoints.

    A sum is added to in place only where the pass itself has made the array that holds it.
    """
    kinds = listing.kinds
    owned: set[int] = set()

    def add(node: int, kind: Kind, first: int, second: int, adjoint: Any) -> None:
        arity = kind.arity
        if arity == 1:
            sources: tuple[int, ...] = (first,)
            args: tuple[Any, ...] = (values[first],)
        elif arity == 2:
            sources = (first, second)
            args = (values[first], values[second])
        else:
            sources = listing.many[first] if arity else ()
            args = tuple([values[source] for source in sources])
        out = values[node]
        for slot, source in enumerate(sources):
            if kinds[source].fixed if variable is None else not variable[source]:
                continue
            term = _contribution(kind, slot, adjoint, out, args)
            known = adjoints[source]
            if known is UNSET:
                adjoints[source] = term
            elif source in owned:
                known += term
            else:
                adjoints[source] = known + term
                if type(term) is not float:
                    owned.add(source)

    return add


def _contribution(kind: Kind, slot: int, adjoint: Any, out: Any, args: tuple[Any, ...]) -> Any:
    """Return what one slot adds, inside `Sweep.silence`; it may be the adjoint itself."""
    if kind.scalar:
        return arithmetic().contribution(kind.row, slot, adjoint, out, args, kind.floats)
    if not kind.partials:
        return pulled_back(kind.pullback, slot, adjoint, out, args, kind.floats)
    partial = constant_partials(kind)[slot]
    if partial is None:
        partial = quietly(kind.partials[slot], (out, *args), kind.floats)
    return fitted(adjoint if partial is ONE else adjoint * partial, args[slot])


# ---- on the columns of a graph ----


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
    if numbers.exact:
        return _run_exactly(columns, leaves, numbers, values)
    listing, start = listed(columns), len(values)

    def other(kind: Kind, first: int, second: int) -> Any:
        if kind.arity == 1:
            return evaluated(kind, (values[first],))
        if kind.arity == 2:
            return evaluated(kind, (values[first], values[second]))
        if kind.arity == 0:
            return numbers.leaf(leaves[len(values)])
        args = tuple([values[source] for source in listing.many[first]])
        return evaluated(kind, args)

    nodes = zip(listing.kinds, listing.first, listing.second, strict=True)
    sweep = sweep_for(listing.kinds)
    with sweep.silence():
        sweep.forward(islice(nodes, start, None), values, listing.many, other)
    _protect(columns, values)
    return values


def _run_exactly(
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
        adjoints = masked_backward(columns, values, output, seed, variable, numbers, None)
    else:
        adjoints = _swept(columns, values, output, seed, variable)
    starts = columns.starts
    if any(
        starts[node] == starts[node + 1] and has_nan(adjoint)
        for node, adjoint in enumerate(adjoints)
    ):
        live = live_entries(columns, values, output, numbers)
        adjoints = masked_backward(columns, values, output, seed, variable, numbers, live)
    return adjoints


def _swept(
    columns: Columns, values: list[Any], output: int, seed: Any, variable: Sequence[int]
) -> list[Any]:
    """Return the adjoints of a pass on floats."""
    listing = listed(columns)
    kinds, first, second, many = listing
    adjoints: list[Any] = [UNSET] * len(kinds)
    adjoints[output] = seed
    last = slice(output, None, -1)
    nodes = zip(range(output, -1, -1), kinds[last], first[last], second[last], strict=True)
    add = contributor(listing, values, adjoints, variable)
    sweep = sweep_for(kinds)
    with sweep.silence():
        sweep.backward(nodes, values, adjoints, many, add)
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


def masked_backward(
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
