"""Show a run as text: lines with values and adjoints, partials with contributions, gradients.

Of the backward pass each partial is told in symbols and numbers, with what it contributes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from graphgrad.graph.blocks import Depth
from graphgrad.messages.catalogue import language, text
from graphgrad.trace.trace import Trace
from graphgrad.views.tables.text_tables import INDENT, Column, Row, broken, layout_table
from graphgrad.views.text.cell_width import width as cells_of
from graphgrad.views.text.depth_entries import count_at, entries_at
from graphgrad.views.text.entries import Entry, PartialEntry, gradients_of
from graphgrad.views.text.numbers import DIGITS, block, factor, inline, shape_of
from graphgrad.views.text.trouble import convention_lines

__all__ = ["backward_table", "equations", "gradient_lines", "run_table"]

MOST_LINES = 400
SMALLER_ARRAYS = ((36, 6), (36, 4), (24, 4), (24, 3))
ARRAY_WIDTH = 36
NARROWEST_FORMULA = 24


def run_table(
    trace: Trace,
    *,
    detail: Depth = "line",
    collapse: tuple[str, ...] = (),
    wrt: tuple[str, ...] = (),
    jacobian: Mapping[str, Any] | None = None,
    width: int = 80,
) -> Iterator[str]:
    """Yield the lines of the whole report.

    Args:
        trace: the run.
        detail: a row per block, layer, line of the file, or operation.
        collapse: groups that are open where the depth closes them, or the other way round.
        wrt: names whose derivatives are shown; all of them if empty.
        jacobian: the derivative of the output in each name, if it was asked for.
        width: columns to lay out for.
    """
    graph = trace.graph
    if graph.heading.title_in():
        yield from (graph.heading.title_in(), "")
    shown = list(islice(entries_at(trace, detail, collapse, language()), MOST_LINES))
    total = len(shown) if len(shown) < MOST_LINES else count_at(graph, detail, collapse)
    yield text("run.values" if trace.adjoints is None else "run.forward")
    yield from _forward(trace, shown, width)
    if total > len(shown):
        yield text("run.more", count=total - len(shown))
    if trace.adjoints is not None:
        if detail in ("line", "op") or any(entry.partials for entry in shown):
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
    heads = (text("run.gradient", output=output, name=name) for name in found)
    yield from equations(dict(zip(heads, found.values(), strict=True)), width)


def equations(values: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield ``head = value`` below each other; matrices row by row."""
    column = max(map(len, values))
    for head, value in values.items():
        first, *rest = block(value, max(20, width - column - 5))
        yield f"  {head:<{column}} = {first}"
        yield from (" " * (column + 5) + line for line in rest)


def _computed(trace: Trace, shown: list[Entry]) -> list[int]:
    """Return the operations behind entries that the backward pass reaches."""
    if not shown or trace.adjoints is None:
        return []
    last = shown[-1].node
    return [node for node in trace.steps.backward_nodes if node <= last][::-1]


# ---- forward ----


def _forward(trace: Trace, shown: list[Entry], width: int) -> list[str]:
    """Return the table of values and adjoints.

    Arrays lose digits before formulas are wrapped; formulas that would be left with a few letters
    a line stand above their numbers instead.
    """
    both = trace.adjoints is not None
    heads = [text("run.line"), text("run.formula"), text("run.value"), text("run.adjoint")]
    line, formula, value, adjoint = heads
    columns = [Column(line), Column(formula, wraps=True), Column(value, right=True)]
    columns += [Column(adjoint, right=True)] * both
    for room, digits in SMALLER_ARRAYS:
        table = layout_table(columns, _forward_rows(trace, shown, room, digits), 10 * width)
        needed = max(map(cells_of, table))
        if needed <= width:
            return table
    longest = max(cells_of(entry.formula) for entry in shown)
    if width - needed + longest >= min(longest, NARROWEST_FORMULA):
        return layout_table(columns, _forward_rows(trace, shown, room, digits), width)
    for room, digits in SMALLER_ARRAYS:
        rows = _forward_rows(trace, shown, room, digits, above=width)
        table = layout_table([columns[0], *columns[2:]], rows, width)
        if max(map(cells_of, table)) <= width:
            break
    return table


def _forward_rows(
    trace: Trace, shown: list[Entry], room: int, digits: int, *, above: int = 0
) -> Iterator[Row]:
    """Yield a row per entry, its formula in a column, or above it in lines of so many cells."""
    group = ""
    for entry in shown:
        if entry.group != group:
            group = entry.group
            yield Row(banner=f"[{group}]" if group else " ")
        numbers = [_cell(entry.value, room, digits)]
        if trace.adjoints is not None:
            numbers.append([""] if entry.adjoint is None else _cell(entry.adjoint, room, digits))
        formula = entry.formula or text(f"role.{entry.role}")
        if not above:
            yield Row([[entry.name], [formula], *numbers])
        elif entry.formula:
            told = broken(f"{entry.name} = {formula}", above - len(INDENT))
            yield from (Row(banner=INDENT + line) for line in told)
            yield Row([[""], *numbers])
        else:
            yield Row([[f"{entry.name}: {formula}"], *numbers])


def _cell(value: Any, room: int, digits: int) -> list[str]:
    """Return a value with fewer digits where it is an array."""
    return block(value, room, digits if shape_of(value) else DIGITS)


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
            cells = [[partial.told], [""], shown]
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
        return _equal(partial.told, contribution, room)
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
