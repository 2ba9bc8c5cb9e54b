"""Run a graph forward and backward and show every number."""

from __future__ import annotations

from typing import Any

from graphgrad.autodiff.record import settled
from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.inputs import Source, find_line, finite_trace, read_point, seed_value
from graphgrad.cli.options import (
    collapse_option,
    depth_option,
    entries_option,
    exact_option,
    json_option,
    point_options,
    seed_option,
    source_options,
    stable_option,
    state_option,
    wrt_option,
)
from graphgrad.cli.output import complain, line_width, rounded_lines, write
from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Depth
from graphgrad.graph.graph import Graph, Table
from graphgrad.messages.catalogue import text
from graphgrad.source.csv_tables import other_rows, read_by_place
from graphgrad.source.text import read_text
from graphgrad.trace.trace import Trace
from graphgrad.views.tables.run_table import run_table
from graphgrad.views.text.numbers import as_in_file
from graphgrad.views.text.run_json import run_json

__all__ = ["command"]

_MOST_TOLD = 12

EXAMPLE = """\
graphgrad run samples/linear_regression.gg
graphgrad run samples/linear_regression.gg --set w=2.5 --wrt w --json
graphgrad run net.gg --state trained.json --rows new.csv
graphgrad run -e "L = (w*x - y)^2" --set w=2 --set x=3 --set y=9 --exact\
"""


@command_of("run", example=EXAMPLE)
@source_options
@point_options
@state_option
@wrt_option
@depth_option()
@collapse_option
@entries_option
@seed_option
@exact_option
@option("--of", metavar="word.name", help="run.option.of")
@option("--rows", metavar="word.file", help="run.option.rows")
@option("--relu-at-0", name="relu_at_zero", metavar="word.value", help="run.option.relu_at_zero")
@stable_option
@flag("--jacobian", help="run.option.jacobian", name="with_jacobian")
@json_option
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    wrt: tuple[str, ...],
    detail: Depth,
    collapse: tuple[str, ...],
    zoom: str,
    seed: str | None,
    exact: bool,
    of: str | None,
    rows: str | None,
    relu_at_zero: str | None,
    stable: bool,
    with_jacobian: bool,
    as_json: bool,
) -> None:
    """Show values, partials, adjoints and gradients."""
    start = seed_value(seed)
    source = Source(file, expression, read_point(settings), zoom, state, stable=stable)
    graph = source.graph(row)
    if relu_at_zero is not None:
        graph = _with_relu_at(graph, relu_at_zero)
    point, wrt = source.at(graph, wrt)
    if of is not None or rows is not None:
        if row is not None:
            raise UsageError("run.all_rows", row=row)
        _answers(source, graph, point, of, rows, as_json=as_json)
        return
    table = graph.heading.table
    if row is None and table is not None and len(table.rows) > 1 and not table.whole:
        _refuse_details(detail, with_jacobian=with_jacobian)
        _over_rows(source, graph, point, start, wrt, relu_at_zero, exact=exact, as_json=as_json)
        return
    trace = finite_trace(source, graph, point, seed=start, exact=exact)
    _refuse_kinks(trace, relu_at_zero)
    jacobian = _jacobian(graph, point, wrt) if with_jacobian else None
    if as_json:
        write(
            "".join(run_json(trace, detail=detail, collapse=collapse, wrt=wrt, jacobian=jacobian))
        )
        return
    trace, zeros = settled(trace)
    report = run_table(
        trace, detail=detail, collapse=collapse, wrt=wrt, jacobian=jacobian, width=line_width()
    )
    write(as_in_file(graph, "\n".join([*report, *rounded_lines(zeros), *_labels(graph)])))


def _answers(
    source: Source,
    graph: Graph,
    point: dict[str, Any],
    of: str | None,
    path: str | None,
    *,
    as_json: bool,
) -> None:
    """Report what a line says of each row of the data, or of those of another file."""
    from graphgrad.layers.training.accuracy import answers, leaves_of, told_classes
    from graphgrad.views.lenses.plane import prediction
    from graphgrad.views.lenses.subject import Subject
    from graphgrad.views.tables.answer_table import answer_table, answers_json

    table = graph.heading.table
    if table is None:
        raise UsageError("run.no_rows")
    node = find_line(graph, of) if of is not None else prediction(Subject(graph, point))
    name = graph.name(node)
    if path is not None:
        needed = [one for one in table.names if one in leaves_of(graph, node)]
        rows = read_text(path)
        taken = read_by_place(table, rows)
        table = other_rows(table, needed, rows, path)
        if taken:
            pairs = ", ".join(f"{theirs} → {own}" for theirs, own in taken[:_MOST_TOLD])
            more = ", …" if len(taken) > _MOST_TOLD else ""
            complain(text("data.by_place", path=path, pairs=pairs + more))
    else:
        table = _in_parts(table, source, graph)
    found = answers(graph, table, point, name)
    classes = told_classes(graph, name)
    if as_json:
        write(answers_json(table, name, found, classes))
        return
    lines = answer_table(table, name, found, classes, line_width())
    title = graph.heading.title
    write(as_in_file(graph, "\n".join([*([title, ""] if title else []), *lines])))


def _in_parts(table: Table, source: Source, graph: Graph) -> Table:
    """Return the data in the parts of the saved training, else of the file's own `train` line."""
    from graphgrad.layers.training.batches import parted
    from graphgrad.layers.training.recipe import check_recipe
    from graphgrad.layers.training.told import valid_in

    own = graph.heading.recipe
    try:
        if source.trained_by is not None:
            return parted(table, valid_in(source.trained_by))
        return table if own is None else parted(table, check_recipe(own).valid)
    except UsageError:  # a line that `train` refuses has kept nothing apart
        return table


def _labels(graph: Graph) -> list[str]:
    """Return a line about each column that holds words: the number of each word."""
    table = graph.heading.table
    if table is None or not table.labels:
        return []
    arrays = (name.partition("[")[0] for name in table.names)
    named = {name: words for name, words in zip(arrays, table.labels, strict=True) if words}
    lines = [
        text("rows.labels", name=name, words=", ".join(f"{w} = {k}" for k, w in enumerate(words)))
        for name, words in named.items()
    ]
    return ["", *lines]


def _with_relu_at(graph: Graph, choice: str) -> Graph:
    from graphgrad.autodiff.at_kinks import read_choice, with_relu_at

    return with_relu_at(graph, read_choice(choice))


def _refuse_kinks(trace: Trace, choice: str | None) -> None:
    """Refuse a pass through relu at 0 where a course gives no derivative."""
    if choice is None:
        return
    from graphgrad.autodiff.at_kinks import read_choice, refuse_kinks

    if read_choice(choice) is None:
        refuse_kinks(trace)


def _refuse_details(detail: Depth, *, with_jacobian: bool) -> None:
    """Refuse the options that say something about one row only."""
    for name, given in (("--jacobian", with_jacobian), (f"--detail {detail}", detail != "line")):
        if given:
            raise UsageError("run.one_row", option=name)


def _over_rows(
    source: Source,
    graph: Graph,
    point: dict[str, Any],
    seed: Any,
    wrt: tuple[str, ...],
    relu_at_zero: str | None,
    *,
    exact: bool,
    as_json: bool,
) -> None:
    """Report each row of the data and the means over them."""
    from graphgrad.views.tables.row_table import row_run, rows_json, rows_table

    runs = []
    for row in range(1, len(graph.heading.table.rows if graph.heading.table else ()) + 1):
        trace = finite_trace(source, graph, point, row=row, seed=seed, exact=exact)
        _refuse_kinks(trace, relu_at_zero)
        runs.append(row_run(trace, row, wrt))
    if as_json:
        write(rows_json(graph, runs, exact=exact))
        return
    lines = [*rows_table(graph, runs, line_width()), *_labels(graph)]
    write(as_in_file(graph, "\n".join(lines)))


def _jacobian(graph: Graph, point: dict[str, Any], wrt: tuple[str, ...]) -> dict[str, Any]:
    from graphgrad.autodiff.jacobian import jacobian

    return jacobian(graph, point, wrt or None)
