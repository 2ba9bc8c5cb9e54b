"""Show a run as text: lines with values and adjoints, partials with contributions, gradients."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from graphgrad.messages import text
from graphgrad.trace.trace import Trace
from graphgrad.views.backward_table import backward_table
from graphgrad.views.cells.measure import width as cells_of
from graphgrad.views.entries import Detail, Entry, entries, gradients_of
from graphgrad.views.kinks import convention_lines
from graphgrad.views.numbers import DIGITS, block, inline, shape_of
from graphgrad.views.tables import Column, Row, layout_table

__all__ = ["gradient_lines", "run_table"]

MOST_LINES = 400
SMALLER_ARRAYS = ((36, 6), (36, 4), (24, 4), (24, 3))


def run_table(
    trace: Trace,
    *,
    detail: Detail = "line",
    wrt: tuple[str, ...] = (),
    jacobian: Mapping[str, Any] | None = None,
    width: int = 80,
) -> Iterator[str]:
    """Yield the lines of the whole report.

    Args:
        trace: the run.
        detail: a row per line of the file, or per operation.
        wrt: names whose derivatives are shown; all of them if empty.
        jacobian: the derivative of the output in each name, if it was asked for.
        width: columns to lay out for.
    """
    graph = trace.graph
    if graph.heading.title:
        yield from (graph.heading.title, "")
    shown = list(islice(entries(trace, detail), MOST_LINES))
    total = len(graph) if detail == "op" else len(graph.line_ends)
    yield text("run.values" if trace.adjoints is None else "run.forward")
    yield from _forward(trace, shown, width)
    if total > len(shown):
        yield text("run.more", count=total - len(shown))
    if trace.adjoints is not None:
        yield from ("", text("run.backward"))
        yield from backward_table(trace, shown, wrt, width)
        for sentence in convention_lines(trace, _computed(trace, shown)):
            yield from textwrap.wrap(sentence, width)
    if trace.adjoints is not None or not jacobian:
        yield from gradient_lines(trace, gradients_of(trace, wrt), width)
    for name, value in (jacobian or {}).items():
        yield from ("", text("run.jacobian", output=graph.name(graph.output), name=name))
        yield from ("  " + line for line in block(value, width - 4))


def gradient_lines(trace: Trace, found: Mapping[str, Any], width: int = 80) -> Iterator[str]:
    """Yield the gradients, one per name; matrices row by row."""
    graph = trace.graph
    output = graph.name(graph.output)
    if trace.adjoints is None:
        yield from ("", text("run.no_backward", output=output))
        return
    if not found:
        return
    seeded = inline(trace.seed) != "1"
    yield from ("", text("run.gradients_seeded" if seeded else "run.gradients", output=output))
    heads = {name: text("run.gradient", output=output, name=name) for name in found}
    column = max(map(len, heads.values()))
    for name, value in found.items():
        first, *rest = block(value, max(20, width - column - 5))
        yield f"  {heads[name]:<{column}} = {first}"
        yield from (" " * (column + 5) + line for line in rest)


def _computed(trace: Trace, shown: list[Entry]) -> list[int]:
    """Return the operations behind entries that the backward pass reaches."""
    if not shown or trace.adjoints is None:
        return []
    last = shown[-1].node
    return [node for node in trace.steps.backward_nodes if node <= last][::-1]


# ---- forward ----


def _forward_columns(trace: Trace) -> list[Column]:
    columns = [
        Column(text("run.line")),
        Column(text("run.formula"), wraps=True),
        Column(text("run.value"), right=True),
    ]
    if trace.adjoints is not None:
        columns.append(Column(text("run.adjoint"), right=True))
    return columns


def _forward(trace: Trace, shown: list[Entry], width: int) -> list[str]:
    """Return the table of values and adjoints; arrays lose digits before formulas are wrapped."""
    columns, unwrapped = _forward_columns(trace), 10 * width
    for room, digits in SMALLER_ARRAYS:
        table = layout_table(columns, _forward_rows(trace, shown, room, digits), unwrapped)
        if max(map(cells_of, table)) <= width:
            return table
    return layout_table(columns, _forward_rows(trace, shown, room, digits), width)


def _forward_rows(trace: Trace, shown: list[Entry], room: int, digits: int) -> Iterator[Row]:
    group = ""
    for entry in shown:
        if entry.group != group:
            group = entry.group
            yield Row(banner=f"[{group}]" if group else " ")
        formula = entry.formula or text(f"role.{entry.role}")
        cells = [[entry.name], [formula], _cell(entry.value, room, digits)]
        if trace.adjoints is not None:
            cells.append([""] if entry.adjoint is None else _cell(entry.adjoint, room, digits))
        yield Row(cells)


def _cell(value: Any, room: int, digits: int) -> list[str]:
    """Return a value with fewer digits where it is an array."""
    return block(value, room, digits if shape_of(value) else DIGITS)
