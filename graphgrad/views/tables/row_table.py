"""Show a run over rows of data: each row's loss and gradients, and their means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import is_exact, to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.tables.run_table import equations
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.entries import gradients_of
from graphgrad.views.text.numbers import block, inline, number, shape_of
from graphgrad.views.text.run_json import FORMAT, exact_data, json_object, plain_data

__all__ = ["MOST_ROWS", "RowRun", "cell", "mean_of", "row_run", "rows_json", "rows_table"]

MOST_ROWS = 200


class RowRun(NamedTuple):
    """One row of the data and what it gives.

    Attributes:
        number: from 1.
        inputs: the values of its columns.
        loss: the output.
        gradients: of the output, by name.
        part: the word of the part it is in.
    """

    number: int
    inputs: dict[str, Any]
    loss: Any
    gradients: dict[str, Any]
    part: str = "train"


def row_run(trace: Trace, row: int, wrt: tuple[str, ...] = ()) -> RowRun:
    """Return the summary of one row: its inputs, the loss, and gradients.

    Args:
        trace: the run of that row.
        row: its number, from 1.
        wrt: the gradients to keep; if empty, those of all but the columns of the table.
    """
    graph = trace.graph
    table = graph.heading.table
    columns = () if table is None else table.names
    found = gradients_of(trace, wrt)
    kept = {name: value for name, value in found.items() if wrt or name not in columns}
    inputs = {name: trace.value(name) for name in columns}
    part = "train" if table is None else table.part(row)
    return RowRun(row, inputs, trace.values[graph.output], kept, part)


def _counted(runs: Sequence[RowRun]) -> list[RowRun]:
    """Return the rows that means are over: those that train, or all where none does."""
    return [run for run in runs if run.part == "train"] or list(runs)


def mean_of(values: Sequence[Any]) -> Any:
    """Return the mean of numbers or arrays, exact if all of them are."""
    terms = list(values) if all(map(is_exact, values)) else [to_float(v) for v in values]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total / len(terms)


def rows_table(graph: Graph, runs: Sequence[RowRun], width: int = 80) -> Iterator[str]:
    """Yield the report: one line per row of data, then means.

    Args:
        graph: the graph, for title and names.
        runs: the rows' results.
        width: columns to lay out for.
    """
    output = graph.name(graph.output)
    if graph.heading.title_in():
        yield from (graph.heading.title_in(), "")
    yield text("rows.heading", count=len(runs))
    scalars = [name for name, value in runs[0].gradients.items() if not shape_of(value)]
    table = _table(graph, runs, scalars, width)
    if max(map(len, table)) > width:
        table = _table(graph, runs, [], width)
    yield from table
    counted = _counted(runs)
    means = "rows.means" if len(counted) == len(runs) else "rows.means_train"
    yield from ("", text(means, output=output, count=len(counted)))
    heads = {output: mean_of([run.loss for run in counted])}
    for name in runs[0].gradients:
        head = text("run.gradient", output=output, name=name)
        heads[head] = mean_of([run.gradients[name] for run in counted])
    yield from equations(heads, width)
    yield from ("", text("rows.one"))


def rows_json(graph: Graph, runs: Sequence[RowRun], *, exact: bool = False) -> str:
    """Return the report as one JSON object."""
    names = list(runs[0].gradients)
    counted = _counted(runs)
    means = {name: mean_of([run.gradients[name] for run in counted]) for name in names}
    loss = mean_of([run.loss for run in counted])
    parted = any(run.part != "train" for run in runs)
    data: dict[str, Any] = {
        "format": FORMAT,
        "loss": graph.name(graph.output) if graph.has_loss else None,
        "rows": [_row_data(run, exact=exact, parted=parted) for run in runs],
        "mean_loss": plain_data(loss),
        "gradients": {name: plain_data(value) for name, value in means.items()},
    }
    if exact:
        data["exact_mean_loss"] = exact_data(loss)
        data["exact_gradients"] = {name: exact_data(value) for name, value in means.items()}
    return json_object(data)


def _row_data(run: RowRun, *, exact: bool, parted: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "row": run.number,
        "inputs": {name: plain_data(value) for name, value in run.inputs.items()},
        "loss": plain_data(run.loss),
        "gradients": {name: plain_data(value) for name, value in run.gradients.items()},
    }
    if exact:
        data["exact"] = exact_data(run.loss)
    if parted:
        data["part"] = run.part
    return data


def _table(graph: Graph, runs: Sequence[RowRun], names: Sequence[str], width: int) -> list[str]:
    output, words = graph.name(graph.output), _words(graph)
    parted = any(run.part != "train" for run in runs)
    heads = [text("rows.row"), *([text("rows.part")] if parted else []), *runs[0].inputs, output]
    heads += [text("run.gradient", output=output, name=name) for name in names]
    rows = [
        Row(
            [
                [str(run.number)],
                *([[text(f"rows.part.{run.part}")]] if parted else []),
                *([cell(value, words.get(name, ()))] for name, value in run.inputs.items()),
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


def _words(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return the words of each column that holds words."""
    table = graph.heading.table
    if table is None or not table.labels:
        return {}
    return dict(zip(table.names, table.labels, strict=True))


def cell(value: Any, words: Sequence[str]) -> str:
    """Return an entry of a column: the word of a number, else the number or a short array."""
    if words and not shape_of(value) and value in range(len(words)):
        return words[int(value)]
    return inline(value)
