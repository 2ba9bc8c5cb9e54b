"""Show the derivation of one gradient: the chain rule in symbols, in numbers, and path by path."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.ops.row import PRODUCT, SUM
from graphgrad.ops.shapes import Shape, unbroadcast
from graphgrad.ops.text import Written
from graphgrad.symbolic.derive.chain_rule import Derivation
from graphgrad.symbolic.derive.gradient import depending
from graphgrad.trace.trace import Trace
from graphgrad.views.text.derivation_paths import path_lines
from graphgrad.views.text.entries import Detail, Entry, PartialEntry, entry_at
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.numbers import block, inline, shape_of
from graphgrad.views.text.substitution import MOST_TERMS, sum_text, written
from graphgrad.views.text.trouble import convention_lines

__all__ = ["Stage", "derivation_report", "nodes_between", "stage_of"]

Telling = Callable[[Written, Entry, PartialEntry], Written]
"""How a contribution in symbols is written, from how it is written before any sum over axes."""

MOST_STAGES = 40
BUDGET = 80
"""Largest formula over the leaves alone that is written on one line."""


class Stage(NamedTuple):
    """One adjoint on the way from the output to the name.

    Attributes:
        node: whose adjoint it is.
        own: its name, as in dL/dz.
        rule: the chain rule in names.
        partials: the rule with the partials written out.
        numbers: it in numbers, up to the adjoint's value.
    """

    node: int
    own: str
    rule: str
    partials: str
    numbers: str


def derivation_report(trace: Trace, name: str, found: Derivation, width: int = 80) -> Iterator[str]:
    """Yield the lines of the report.

    Args:
        trace: the run.
        name: what is differentiated by.
        found: its derivation.
        width: columns to lay out for.
    """
    graph = trace.graph
    source = graph.find(name) or 0
    own = adjoint_name(graph, source)
    if graph.heading.title_in():
        yield from (graph.heading.title_in(), "")
    nodes = nodes_between(trace, source, found.detail)
    if not nodes:
        yield text("stepper.unreached", name=own)
        return
    skipped = len(nodes) - MOST_STAGES
    if skipped > 0:
        nodes = nodes[: MOST_STAGES // 2] + nodes[-MOST_STAGES // 2 :]
    stages = [stage_of(trace, node, found.detail) for node in nodes]
    yield text("explain.symbols", own=own)
    yield from _symbol_lines(stages, width, skipped)
    yield from _expanded(trace, name, own, width)
    for sentence in convention_lines(trace, _operations(trace, nodes)):
        yield from textwrap.wrap(sentence, width, initial_indent="  ", subsequent_indent="  ")
    yield from ("", text("explain.numbers"))
    yield from _number_lines(trace, stages, width, skipped)
    yield ""
    yield from path_lines(trace, source, found, width)


# ---- the adjoints on the way ----


def nodes_between(trace: Trace, source: int, detail: Detail) -> list[int]:
    """Return the nodes from the output back to the name that lie on a path."""
    graph = trace.graph
    marks = depending(graph, [source])
    adjoints = trace.adjoints or []
    nodes: Iterable[int] = range(graph.output, source - 1, -1)
    if detail == "line":
        roots = (end - 1 for end in reversed(graph.line_ends))
        nodes = [*(node for node in roots if source < node <= graph.output), source]
    return [node for node in nodes if marks[node] and adjoints[node] is not None]


def stage_of(trace: Trace, node: int, detail: Detail, telling: Telling | None = None) -> Stage:
    """Return how one adjoint follows from those of the lines that read it.

    Args:
        trace: the run.
        node: whose adjoint it is.
        detail: whether lines or operations are derived.
        telling: how a contribution is written; as in a file where none is given.
    """
    graph = trace.graph
    told = telling or _in_code
    own = adjoint_name(graph, node)
    if node == graph.output:
        return Stage(node, own, inline(trace.seed), "", inline(trace.seed))
    rules, partials, products, terms = [], [], [], []
    for entry, partial in _givers(trace, node, detail):
        upstream = adjoint_name(graph, entry.node)
        terms.append(partial.contribution)
        if partial.value is None:
            rules.append(told(Written(partial.told, partial.board_level), entry, partial))
            partials.append(rules[-1])
            products.append(written(partial.contribution))
            continue
        local = _factor(partial)
        rule = Written(f"{upstream}·{entry.local_name(partial)}", PRODUCT)
        product = Written(upstream if local == "1" else f"{upstream}·{local}", PRODUCT)
        rules.append(told(rule, entry, partial))
        partials.append(told(product, entry, partial))
        products.append(_product(entry, partial))
    more = " + …" if len(terms) > MOST_TERMS else ""
    value = inline(trace.adjoint(node))
    shown = _total(products) + more
    summed = sum_text(terms, value)
    said = "…" in shown or summed == shown or summed.startswith(f"{shown} = ")
    numbers = summed if said else f"{shown} = {summed}"
    return Stage(node, own, _total(rules) + more, _total(partials) + more, numbers)


def _in_code(product: Written, entry: Entry, partial: PartialEntry) -> Written:
    """Return a contribution as a file writes it."""
    if partial.value is None:
        return product
    return _summed(product, shape_of(entry.adjoint), shape_of(partial.contribution))


def _summed(product: Written, shape: Shape, wanted: Shape) -> Written:
    """Return a product summed over the axes along which its source was repeated."""
    from graphgrad.symbolic.derive.pieces import PIECES, Piece

    if shape == wanted:
        return product
    summed: Piece = unbroadcast(PIECES, Piece(product, Written(""), shape), wanted)
    return summed.text


def _givers(trace: Trace, node: int, detail: Detail) -> list[tuple[Entry, PartialEntry]]:
    """Return the entries that give a contribution to a node, in the order of the steps."""
    graph = trace.graph
    targets = [edge.target for edge in trace.uses(node)]
    if detail == "line":
        targets = [graph.line_ends[graph.line_of(target)] - 1 for target in targets]
    found = []
    for target in dict.fromkeys(targets):
        entry = entry_at(trace, target, detail)
        found += [(entry, partial) for partial in entry.partials if partial.source == node]
        if len(found) > MOST_TERMS:
            break
    return found


def _factor(partial: PartialEntry) -> str:
    """Return a local derivative as it stands behind a sign of multiplication."""
    local = Written(partial.told, partial.board_level).within(PRODUCT)
    return f"({local})" if local.startswith("-") else local


def _product(entry: Entry, partial: PartialEntry) -> Written:
    if shape_of(entry.adjoint) or shape_of(partial.value):
        return written(partial.contribution)
    left = written(entry.adjoint).within(SUM)
    return Written(f"{left}·{written(partial.value).within(PRODUCT)}", PRODUCT)


def _total(terms: list[Written]) -> str:
    """Return a sum; a term that starts with a sign stands in brackets behind the first."""
    texts = [term.within(SUM) for term in terms[:MOST_TERMS]]
    return " + ".join(
        f"({term})" if position and term.startswith("-") else term
        for position, term in enumerate(texts)
    )


def _operations(trace: Trace, nodes: list[int]) -> list[int]:
    graph = trace.graph
    inside = (graph.line(graph.line_of(node)).nodes for node in reversed(nodes))
    return list(dict.fromkeys(node for line in inside for node in line))


# ---- their lines ----


def _symbol_lines(stages: list[Stage], width: int, skipped: int) -> Iterator[str]:
    column = max(len(stage.own) for stage in stages)
    for position, stage in enumerate(stages):
        if skipped > 0 and position == MOST_STAGES // 2:
            yield "  " + text("explain.skipped", count=skipped)
        pieces = [stage.rule, *([stage.partials] if stage.partials else [])]
        if len(pieces) > 1 and pieces[0] == pieces[1]:
            pieces.pop()
        one = f"  {stage.own:<{column}} = {' = '.join(pieces)}"
        if len(one) <= width:
            yield one
            continue
        head = f"  {stage.own:<{column}} = "
        for piece in pieces:
            yield from _hung(head, piece, width)
            head = " " * (column + 3) + "= "


def _number_lines(trace: Trace, stages: list[Stage], width: int, skipped: int) -> Iterator[str]:
    column = max(len(stage.own) for stage in stages)
    for position, stage in enumerate(stages):
        if skipped > 0 and position == MOST_STAGES // 2:
            yield "  " + text("explain.skipped", count=skipped)
        head = f"  {stage.own:<{column}} = "
        value = trace.adjoint(stage.node)
        if len(shape_of(value)) == 2 and stage.numbers == inline(value):
            first, *rest = block(value, max(20, width - column - 5))
            yield head + first
            yield from (" " * len(head) + line for line in rest)
        else:
            yield from _hung(head, stage.numbers, width)


def _hung(head: str, body: str, width: int) -> list[str]:
    indent = " " * len(head)
    return textwrap.wrap(
        body,
        max(width, len(head) + 20),
        initial_indent=head,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _expanded(trace: Trace, name: str, own: str, width: int) -> Iterator[str]:
    """Yield the gradient over the leaves alone, where that is short."""
    from graphgrad.symbolic.derive.expanded import expanded_gradient

    if inline(trace.seed) != "1":
        return
    try:
        formula = expanded_gradient(trace.graph, name, BUDGET).text
    except GraphgradError:  # arrays, or too long to help
        return
    yield "  " + text("explain.expanded")
    yield from _hung(f"  {own} = ", formula, width)
