"""Show a gradient check: one row per entry of a leaf, four derivatives side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.testing.gradcheck import GradientCheck, GradientRow
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.cell_width import width as cells_of
from graphgrad.views.text.numbers import number
from graphgrad.views.text.run_json import json_object, plain_data

__all__ = ["check_json", "check_table"]

MOST_ROWS = 60
FEWER_DIGITS = (8, 7, 6, 5, 4)


def check_table(
    graph: Graph, check: GradientCheck, tolerance: float, width: int = 80
) -> Iterator[str]:
    """Yield the table and the verdict; of many rows the worst are shown.

    Args:
        graph: what was checked.
        check: the result.
        tolerance: the relative error that was allowed.
        width: columns to lay out for.
    """
    if graph.heading.title_in():
        yield from (graph.heading.title_in(), "")
    rows = check.rows
    if len(rows) > MOST_ROWS:
        worst = sorted(rows, key=lambda row: -row.relative_error)[:MOST_ROWS]
        yield text("gradcheck.worst", count=MOST_ROWS, total=len(rows))
        rows = worst
    for digits in FEWER_DIGITS:
        table = layout_table(_columns(), map(_row_of(graph, digits), rows), width)
        if max(map(cells_of, table)) <= width:
            break
    yield from table
    yield ""
    if graph.columns.shape(graph.output):
        output = _output_of(graph) or text("gradcheck.output")
        yield text("gradcheck.weighted", output=output)
    if check.unwitnessed:
        yield text("gradcheck.unwitnessed", names=", ".join(check.unwitnessed))
    yield from _verdict(check, tolerance)


def _verdict(check: GradientCheck, tolerance: float) -> Iterator[str]:
    """Yield what the rows amount to."""
    excused = [row for row in check.rows if row.kink]
    compared = [row for row in check.rows if not row.kink]
    if excused:
        names = sorted({row.kink for row in excused})
        yield text("gradcheck.kink", names=", ".join(names))
    fine = "gradcheck.ok" if not excused else "gradcheck.ok_but_kinks"
    fine = fine if compared else "gradcheck.only_kinks" if excused else "gradcheck.nothing"
    worst = max(compared, key=lambda row: row.relative_error, default=None)
    yield text(
        fine if check.ok or check.undecided else "gradcheck.failed",
        count=len(check.rows),
        agree=len(compared),
        kinks=len(excused),
        bad=sum(not row.ok for row in compared),
        error=number(0.0 if worst is None else worst.relative_error, 2),
        worst="" if worst is None else _entry_name(worst),
        tolerance=number(tolerance, 2),
    )


def check_json(check: GradientCheck, tolerance: float) -> str:
    """Return the check as one JSON object; entries are counted from 1, as in files."""
    rows = [
        {
            "name": row.name,
            "entry": [i + 1 for i in row.entry],
            "reverse": plain_data(row.reverse),
            "forward": plain_data(row.forward),
            "symbolic": plain_data(row.symbolic),
            "central": plain_data(row.central),
            "relative_error": plain_data(row.relative_error),
            "ok": row.ok,
            "kink": row.kink or None,
        }
        for row in check.rows
    ]
    head: dict[str, Any] = {"format": "graphgrad-gradcheck/1", "ok": check.ok}
    head |= {"undecided": True} if check.undecided else {}
    found = {"tolerance": tolerance, "rows": rows, "unwitnessed": list(check.unwitnessed)}
    return json_object(head | found)


def _columns() -> list[Column]:
    words = ("reverse", "forward", "symbolic", "central", "error")
    numeric = [Column(text(f"gradcheck.{word}"), right=True) for word in words]
    return [Column(text("gradcheck.name")), *numeric, Column("")]


def _entry_name(found: GradientRow) -> str:
    """Return what an entry of a leaf is called, counted from 1."""
    entry = f"[{', '.join(str(i + 1) for i in found.entry)}]" if found.entry else ""
    return found.name + entry


def _output_of(graph: Graph) -> str:
    """Return what the output is called, empty where it is a number that Python's node was given."""
    name = graph.name(graph.output)
    return "" if not graph.heading.places and re.fullmatch(r"n\d+", name) else name


def _row_of(graph: Graph, digits: int) -> Any:
    output = _output_of(graph)

    def row(found: GradientRow) -> Row:
        verdict = "gradcheck.at_kink" if found.kink else "ok" if found.ok else "gradcheck.differs"
        symbolic = "-" if found.symbolic is None else number(found.symbolic, digits)
        cells = [
            f"d{output}/d{_entry_name(found)}",
            number(found.reverse, digits),
            number(found.forward, digits),
            symbolic,
            number(found.central, digits),
            "-" if found.kink else number(found.relative_error, 2),
            verdict if verdict == "ok" else text(verdict),
        ]
        return Row([[cell] for cell in cells])

    return row
