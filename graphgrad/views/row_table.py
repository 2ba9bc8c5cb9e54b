"""Show a run over rows of data: each row's loss and gradients, and their means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from graphgrad.messages import text
from graphgrad.ops.evaluate import is_exact, to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.entries import gradients_of
from graphgrad.views.numbers import block, number, shape_of
from graphgrad.views.run_json import FORMAT, exact_data, json_object, plain_data
from graphgrad.views.tables import Column, Row, layout_table

__all__ = ["RowRun", "mean_of", "row_runs", "rows_json", "rows_table"]

MOST_ROWS = 200


class RowRun(NamedTuple):
    """One row of the data and what it gives."""

    number: int
    inputs: dict[str, Any]
    loss: Any
    gradients: dict[str, Any]


def row_runs(traces: Sequence[Trace], wrt: tuple[str, ...] = ()) -> list[RowRun]:
    """Return a summary per trace: inputs that differ between rows, loss, gradients.

    Args:
        traces: the runs of row 1, 2, ...
        wrt: the gradients to keep; the parameters and the inputs equal in all rows if empty.
    """
    names = _varying(traces)
    runs = []
    for position, trace in enumerate(traces, 1):
        found = gradients_of(trace, wrt)
        kept = {name: value for name, value in found.items() if wrt or name not in names}
        inputs = {name: trace.value(name) for name in names}
        runs.append(RowRun(position, inputs, trace.values[trace.graph.output], kept))
    return runs


def mean_of(values: Sequence[Any]) -> Any:
    """Return the mean of numbers or arrays, exact if all of them are."""
    terms = list(values) if all(map(is_exact, values)) else [to_float(v) for v in values]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total / len(terms)


def rows_table(trace: Trace, runs: Sequence[RowRun], width: int = 80) -> Iterator[str]:
    """Yield the report: one line per row of data, then means.

    Args:
        trace: any of the runs, for title and names.
        runs: the rows' results.
        width: columns to lay out for.
    """
    graph = trace.graph
    output = graph.name(graph.output)
    if graph.heading.title:
        yield from (graph.heading.title, "")
    yield text("rows.heading", count=len(runs))
    scalars = [name for name, value in runs[0].gradients.items() if not shape_of(value)]
    table = _table(runs, output, scalars, width)
    if max(map(len, table)) > width:
        table = _table(runs, output, [], width)
    yield from table
    yield from ("", text("rows.means", output=output))
    heads = {output: mean_of([run.loss for run in runs])}
    for name in runs[0].gradients:
        head = text("run.gradient", output=output, name=name)
        heads[head] = mean_of([run.gradients[name] for run in runs])
    column = max(map(len, heads))
    for head, value in heads.items():
        first, *rest = block(value, max(20, width - column - 5))
        yield f"  {head:<{column}} = {first}"
        yield from (" " * (column + 5) + line for line in rest)
    yield from ("", text("rows.one"))


def rows_json(trace: Trace, runs: Sequence[RowRun]) -> str:
    """Return the report as one JSON object."""
    graph = trace.graph
    names = list(runs[0].gradients)
    means = {name: mean_of([run.gradients[name] for run in runs]) for name in names}
    loss = mean_of([run.loss for run in runs])
    data: dict[str, Any] = {
        "format": FORMAT,
        "loss": graph.name(graph.output) if graph.has_loss else None,
        "rows": [_row_data(run, exact=trace.exact) for run in runs],
        "mean_loss": plain_data(loss),
        "nodes": [],
        "gradients": {name: plain_data(value) for name, value in means.items()},
    }
    if trace.exact:
        data["exact_mean_loss"] = exact_data(loss)
        data["exact_gradients"] = {name: exact_data(value) for name, value in means.items()}
    return json_object(data)


def _row_data(run: RowRun, *, exact: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "row": run.number,
        "inputs": {name: plain_data(value) for name, value in run.inputs.items()},
        "loss": plain_data(run.loss),
        "gradients": {name: plain_data(value) for name, value in run.gradients.items()},
    }
    if exact:
        data["exact"] = exact_data(run.loss)
    return data


def _table(runs: Sequence[RowRun], output: str, names: Sequence[str], width: int) -> list[str]:
    heads = [text("rows.row"), *runs[0].inputs, output]
    heads += [text("run.gradient", output=output, name=name) for name in names]
    rows = [
        Row(
            [
                [str(run.number)],
                *([number(value)] for value in run.inputs.values()),
                block(run.loss),
                *([number(run.gradients[name])] for name in names),
            ]
        )
        for run in runs[:MOST_ROWS]
    ]
    table = layout_table([Column(head, right=True) for head in heads], rows, width)
    if len(runs) > MOST_ROWS:
        table.append(text("run.more", count=len(runs) - MOST_ROWS))
    return table


def _varying(traces: Sequence[Trace]) -> list[str]:
    """Return the scalar inputs whose value is not the same in every run."""
    graph = traces[0].graph
    names = []
    for line in graph.lines():
        if graph.role(line.root) == "input" and not graph.columns.shape(line.root):
            first = traces[0].values[line.root]
            if any(trace.values[line.root] != first for trace in traces[1:]):
                names.append(line.name)
    return names
