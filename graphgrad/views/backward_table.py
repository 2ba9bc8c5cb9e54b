"""Show the backward pass as text: each partial in symbols and numbers, and what it contributes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from graphgrad.messages import text
from graphgrad.trace.trace import Trace
from graphgrad.views.cells.measure import width as cells_of
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
    named = any(partial.value is None for _, partial in uses)
    layouts = [(True, True), (True, False), (False, True), (False, False)]
    for products, names in layouts:
        if names or not named:
            table = _table(uses, width, products=products, names=names)
            if max(map(cells_of, table)) <= width:
                return table
    return list(_stacked(uses, width))


def _table(uses: list[Use], width: int, *, products: bool, names: bool) -> list[str]:
    """Return one row per contribution.

    Args:
        uses: the contributions.
        width: columns to lay out for.
        products: whether to write the product in numbers before its result.
        names: whether to name giver and receiver, which the partial's name does as well.
    """
    columns = [
        Column(text("run.partial")),
        Column(text("run.number"), right=True),
        Column(text("run.contribution"), right=not products),
    ]
    if names:
        columns = [Column(text("run.line")), *columns, Column(text("run.to"))]
    written = _products(uses) if products else [""] * len(uses)
    return layout_table(columns, _rows(uses, written, names=names), width)


def _rows(uses: list[Use], products: list[str], *, names: bool) -> Iterator[Row]:
    symbols = [
        "" if partial.value is None else entry.local_name(partial) for entry, partial in uses
    ]
    column = max(map(cells_of, symbols), default=0)
    above = ""
    for (entry, partial), symbol, product in zip(uses, symbols, products, strict=True):
        shown = block(partial.contribution, ARRAY_WIDTH)
        if product:
            shown = [f"{product} = {shown[0]}"]
        if symbol:
            padding = " " * (column - cells_of(symbol))
            formula = [f"{symbol}{padding} = {partial.shown}"]
            cells = [formula, block(partial.value, ARRAY_WIDTH), shown]
        else:
            cells = [[partial.symbolic], [""], shown]
        if names:
            cells = [["" if entry.name == above else entry.name], *cells, [partial.wrt]]
        yield Row(cells)
        above = entry.name


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


def _stacked(uses: list[Use], width: int) -> Iterator[str]:
    """Yield each contribution under its formula, for formulas and arrays that are wide."""
    heads = [f"{entry.name} → {partial.wrt}" for entry, partial in uses]
    column = max(map(cells_of, heads), default=0) + 5
    room = max(30, width - column)
    for (entry, partial), head in zip(uses, heads, strict=True):
        first, *rest = _stack(entry, partial, room)
        yield f"  {head}{' ' * (column - 2 - cells_of(head))}{first}"
        yield from (" " * column + line for line in rest)


def _stack(entry: Entry, partial: PartialEntry, room: int) -> list[str]:
    """Return the lines about one contribution: formula, number, result."""
    contribution = block(partial.contribution, room - 2)
    if partial.value is None:
        return _equal(partial.symbolic, contribution, room)
    formula = f"{entry.local_name(partial)} = {partial.shown}"
    value = block(partial.value, room - 2)
    lines = _equal(formula, [] if value == [partial.shown] else value, room)
    word = text("run.contribution")
    if len(contribution) > 1:
        return [*lines, f"{word}:", *("  " + line for line in contribution)]
    shown = contribution[0]
    if not shape_of(partial.contribution) and not shape_of(partial.value):
        shown = f"{inline(entry.adjoint)}·{factor(partial.value)} = {shown}"
    return [*lines, f"{word}: {shown}"]


def _equal(formula: str, value: list[str], room: int) -> list[str]:
    """Return a formula and its value, on one line where they fit."""
    if len(value) == 1 and cells_of(formula) + cells_of(value[0]) + 3 <= room:
        return [f"{formula} = {value[0]}"]
    lines = textwrap.wrap(formula, room, subsequent_indent="    ", break_on_hyphens=False)
    return lines + [("= " if i == 0 else "  ") + line for i, line in enumerate(value)]


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
