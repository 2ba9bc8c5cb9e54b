"""Read graphs and tables: run, lay out, derive, draw in the terminal, step through."""

from __future__ import annotations

import io
from pathlib import Path

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.source.gg import read_gg
from graphgrad.source.text import decode
from tests.fuzz.reader import folder, placed, regression

__all__ = ["read_cells", "read_expression", "read_graph", "read_layout"]
__all__ += ["read_same", "read_symbols", "read_table", "read_typed"]


def read_graph(data: bytes) -> None:
    trace = record(read_gg(decode(data, "a.gg"), path=str(folder() / "a.gg")))
    from graphgrad.views.tables.run_table import run_table

    if len(trace.graph) < 500:
        list(run_table(trace))


def read_expression(data: bytes) -> None:
    graph = read_gg(decode(data, "-e"), free_inputs=True)
    leaves = {name: 0.5 for name in graph.line_names if graph.is_leaf(graph.find(name))}
    free = {n: v for n, v in leaves.items() if not graph.columns.shape(graph.find(n))}
    record(graph, free)


def read_layout(data: bytes) -> None:
    from graphgrad.source.tree import text_of, tree_of
    from graphgrad.source.writing.layout import laid_out

    text = decode(data, "a.gg")
    read_gg(text)
    once = text_of(laid_out(tree_of(text)))
    again = text_of(laid_out(tree_of(once)))
    if once != again:
        raise AssertionError("not idempotent")


def read_symbols(data: bytes) -> None:
    from graphgrad.symbolic.derive.gradient import gradient_lines

    graph = read_gg(decode(data, "a.gg"))
    if len(graph) < 200:
        gradient_lines(graph)


def read_cells(data: bytes) -> None:
    from graphgrad.stepping.plain.stepper import run_plain

    trace = record(read_gg(decode(data, "a.gg")))
    if len(trace.graph) < 60:
        run_plain(trace, io.StringIO("n\nn\nG\ngraph\nq\n"), io.StringIO(), width=80)


def read_table(data: bytes) -> None:
    from graphgrad.expr.dialect import COMMA, STRICT
    from graphgrad.source.csv_tables import read_csv

    path = Path(placed(data, "t.csv"))
    for dialect in (STRICT, COMMA):
        try:
            read_csv(path, (), dialect, whole=False)
        except GraphgradError as error:
            error.text("es")


def read_typed(data: bytes) -> None:
    """Type lines into the plain stepper, on a file that can be edited."""
    from graphgrad.stepping.plain.stepper import run_plain
    from graphgrad.stepping.work import Origin
    from tests.fuzz.reader import REGRESSION

    lines = decode(data, "typed").split("\n")[:30]
    typed = io.StringIO("\n".join(line[:500] for line in lines) + "\nq\nq\n")
    origin = Origin(decode(REGRESSION, ""), str(folder() / "a.gg"))
    run_plain(regression(), typed, io.StringIO(), width=80, origin=origin)


def read_same(data: bytes) -> None:
    """Compare a file with a sample, up to names."""
    from graphgrad.graph.zooms.renaming import same
    from graphgrad.views.tables.same_table import same_json, same_report

    first, second = regression().graph, read_gg(decode(data, "a.gg"))
    found = same(first, second)
    same_json(first, second, found)
    list(same_report(first, second, found))
