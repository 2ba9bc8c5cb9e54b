"""Show the backward pass as text: each partial in symbols and numbers, and what it contributes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from graphgrad.messages import text
from graphgrad.trace.trace import Trace
from graphgrad.views.entries import Entry, PartialEntry
from graphgrad.views.numbers import block, factor, inline, shape_of
from graphgrad.views.tables import Column, Row, layout_table

__all__ = ["backward_table"]

ARRAY_WIDTH = 36
Use = tuple[Entry, PartialEntry]


def backward_table(
    trace: Trace, shown: Iterable[Entry], wrt: tuple[str, ...], width: int
) -> list[str]:
    """Return the lines of the backward pass, from the output back.

    Where a table is too wide, first the products are left out, then each contribution is written
    under its formula.

    Args:
        trace: the run.
        shown: its entries in the order of the file.
        wrt: names whose derivatives are shown; all of them if empty.
        width: columns to lay out for.
    """
    towards = _towards(trace, wrt)
    uses = [
        (entry, partial)
        for entry in reversed(list(shown))
        if trace.adjoints is not None and trace.adjoints[entry.node] is not None
        for partial in entry.partials
        if towards is None or towards[partial.source]
    ]
    columns = [
        Column(text("run.line")),
        Column(text("run.partial")),
        Column(text("run.number"), right=True),
        Column(text("run.contribution")),
        Column(text("run.to")),
    ]
    for products in (_products(uses), [""] * len(uses)):
        table = layout_table(columns, _rows(uses, products), width)
        if max(map(len, table)) <= width:
            return table
    return list(_stacked(uses, width))


def _stacked(uses: list[Use], width: int) -> Iterator[str]:
    """Yield each contribution under its formula, for formulas and arrays that are wide."""
    heads = [f"{entry.name} → {partial.wrt}" for entry, partial in uses]
    column = max(map(len, heads), default=0) + 5
    room = max(30, width - column)
    for (entry, partial), head in zip(uses, heads, strict=True):
        contribution = block(partial.contribution, room - 2)
        if partial.value is None:
            formula, number, rest = partial.symbolic, contribution, []
        else:
            formula = f"∂{entry.name}/∂{partial.wrt} = {partial.shown}"
            number = block(partial.value, room - 2)
            rest = [f"{text('run.contribution')}: {contribution[0]}"]
            if len(contribution) > 1:
                rest = [f"{text('run.contribution')}:", *("  " + line for line in contribution)]
        lines = [
            *textwrap.wrap(formula, room, subsequent_indent="    ", break_on_hyphens=False),
            *(("= " if i == 0 else "  ") + line for i, line in enumerate(number)),
            *rest,
        ]
        yield f"  {head:<{column - 2}}{lines[0]}"
        yield from (" " * column + line for line in lines[1:])


def _rows(uses: list[Use], products: list[str]) -> Iterator[Row]:
    name = ""
    symbols = [f"∂{entry.name}/∂{partial.wrt}" for entry, partial in uses]
    column = max(
        (len(s) for s, (_, p) in zip(symbols, uses, strict=True) if p.value is not None), default=0
    )
    for (entry, partial), symbol, product in zip(uses, symbols, products, strict=True):
        shown = block(partial.contribution, ARRAY_WIDTH)
        if product:
            shown = [f"{product} = {shown[0]}"]
        if partial.value is None:
            cells = [[partial.symbolic], [""], shown]
        else:
            line = f"{symbol:<{column}} = {partial.shown}"
            cells = [[line], block(partial.value, ARRAY_WIDTH), shown]
        yield Row([["" if entry.name == name else entry.name], *cells, [partial.wrt]])
        name = entry.name


def _products(uses: list[Use]) -> list[str]:
    """Return adjoint times partial in numbers, where both are numbers, right-aligned."""
    products = [
        f"{inline(entry.adjoint)}·{factor(partial.value)}"
        if partial.value is not None and not shape_of(partial.value)
        else ""
        for entry, partial in uses
    ]
    column = max(map(len, products), default=0)
    return [product and product.rjust(column) for product in products]


def _towards(trace: Trace, wrt: tuple[str, ...]) -> bytearray | None:
    """Mark the nodes that depend on one of the names; None stands for all nodes."""
    if not wrt:
        return None
    graph = trace.graph
    marks = bytearray(len(graph))
    for name in wrt:
        marks[graph.find(name) or 0] = 1
    starts, parents = graph.columns.starts, graph.columns.parents
    for node in range(len(graph)):
        if any(marks[parent] for parent in parents[starts[node] : starts[node + 1]]):
            marks[node] = 1
    return marks
