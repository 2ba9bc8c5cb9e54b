"""Tell what a stop does where the steps of a node or a whole line are one."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.graph.graph import Line
from graphgrad.messages.catalogue import text
from graphgrad.trace.trace import Trace
from graphgrad.views.text.entries import Entry, PartialEntry, entry_at
from graphgrad.views.text.narrate import StepText, adjoint_name, joined_names, step_text
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.stops import Fold, Stop, detail_of
from graphgrad.views.text.substitution import MOST_TERMS, product_text, substituted, sum_text
from graphgrad.views.text.trouble import convention_lines

__all__ = ["Term", "entry_of", "leaf_sum", "stop_text", "terms_of"]


class Term(NamedTuple):
    """One contribution to an adjoint.

    Attributes:
        giver: who gives it.
        symbol: it in symbols.
        value: the number.
        entry: the line or operation that gives it.
        partial: its slot there.
    """

    giver: str
    symbol: str
    value: Any
    entry: Entry
    partial: PartialEntry


def stop_text(trace: Trace, stop: Stop, fold: Fold) -> StepText:
    """Return what is said about a stop, in the language in force."""
    if stop.step is not None:
        return step_text(trace, stop.step)
    if stop.phase == "start":
        return _start(trace)
    if stop.phase == "seed":
        return step_text(trace, trace.steps.step(trace.steps.seed))
    if stop.phase == "forward":
        return _forward(trace, stop, fold)
    return _backward(trace, stop, fold)


def entry_of(trace: Trace, node: int, fold: Fold) -> Entry:
    """Return the entry of a node's line, or of the node alone where lines are not folded."""
    return entry_at(trace, node, detail_of(fold))


def terms_of(trace: Trace, node: int, fold: Fold, most: int = MOST_TERMS) -> list[Term]:
    """Return the contributions to a node's adjoint, in the order of the steps."""
    graph = trace.graph
    targets = [edge.target for edge in trace.uses(node)]
    if fold == "line":
        targets = [graph.line_ends[graph.line_of(target)] - 1 for target in targets]
    terms: list[Term] = []
    for target in dict.fromkeys(targets):
        entry = entry_of(trace, target, fold)
        for partial in entry.partials:
            if partial.source == node:
                symbol = partial.told
                if partial.value is not None:
                    local = entry.local_name(partial)
                    symbol = f"{adjoint_name(graph, entry.node)}·{local}"
                terms.append(Term(entry.name, symbol, partial.contribution, entry, partial))
        if len(terms) > most:
            break
    return terms[: most + 1]


def leaf_sum(trace: Trace, stop: Stop, fold: Fold) -> str:
    """Return how the adjoint of a leaf comes about in numbers, as dL/dw = -0.25·2 = -0.5.

    It is empty for other stops, for arrays, and where there are many terms.
    """
    graph, node = trace.graph, stop.node
    if stop.phase != "backward" or not graph.is_leaf(node) or shape_of(trace.values[node]):
        return ""
    terms = terms_of(trace, node, fold)
    if not terms or len(terms) > MOST_TERMS or any(t.partial.value is None for t in terms):
        return ""
    if any(shape_of(t.entry.adjoint) or shape_of(t.partial.value) for t in terms):
        return ""
    products = [product_text(t.entry.adjoint, t.partial.value, "") for t in terms]
    told = " + ".join(product.removesuffix(" = ") for product in products)
    return f"{adjoint_name(graph, node)} = {told} = {inline(trace.adjoint(node))}."


# ---- the kinds of stops ----


def _start(trace: Trace) -> StepText:
    graph = trace.graph
    leaves = [line for line in graph.lines() if graph.is_leaf(line.root)]
    given = [f"{line.name} = {inline(trace.values[line.root])}" for line in leaves[:MOST_TERMS]]
    more = ", …" if len(leaves) > MOST_TERMS else ""
    names = ", ".join(line.name for line in leaves[:MOST_TERMS]) + more
    caption = text("step.start", count=len(leaves))
    return StepText(text("step.start_title"), names, ", ".join(given) + more, caption)


def _forward(trace: Trace, stop: Stop, fold: Fold) -> StepText:
    graph = trace.graph
    line = graph.line(graph.line_of(stop.node))
    if fold == "node" or len(line.nodes) == 1:
        return step_text(trace, trace.steps.step(stop.last))
    entry = entry_of(trace, stop.node, fold)
    value = inline(entry.value)
    numbers = substituted(trace, line)
    shown = f"{numbers} = {value}" if numbers and numbers != value else value
    read = {p: trace.values[p] for p in _read(trace, line)}
    operands = [f"{graph.name(parent)} = {inline(number)}" for parent, number in read.items()]
    message = "step.forward" if operands else "step.forward_constant"
    fields = {"name": line.name, "value": value, "operands": joined_names(operands[:MOST_TERMS])}
    caption = text(message, **fields)
    trouble = trace.trouble
    if trouble is not None and trouble.node in line.nodes:
        from graphgrad.views.text.trouble import trouble_error

        error = trouble_error(trace)
        caption += "" if error is None else f" {error.body(None)}"
    title = text("step.forward_title", name=line.name)
    return StepText(title, f"{line.name} = {entry.formula}", f"{line.name} = {shown}", caption)


def _backward(trace: Trace, stop: Stop, fold: Fold) -> StepText:
    graph, node = trace.graph, stop.node
    entry = entry_of(trace, node, fold)
    own, value = adjoint_name(graph, node), inline(entry.adjoint)
    symbols, numbers = [], [f"{own} = {value}"]
    if node != graph.output:
        terms = terms_of(trace, node, fold)
        symbols.append(f"{own} = {' + '.join(t.symbol for t in terms[:MOST_TERMS])}")
        numbers = [f"{own} = {sum_text([term.value for term in terms], value)}"]
    for partial in entry.partials:
        symbol, number = _given(entry, partial, own)
        symbols.append(f"→ {partial.wrt}: {symbol}")
        numbers.append(f"→ {partial.wrt}: {number}")
    inside = graph.line(graph.line_of(node)).nodes if fold == "line" else (node,)
    caption = " ".join([_backward_caption(entry, value), *convention_lines(trace, inside)])
    title = text("step.backward_title", name=entry.name)
    return StepText(title, "\n".join(symbols), "\n".join(numbers), caption)


def _given(entry: Entry, partial: PartialEntry, own: str) -> tuple[str, str]:
    """Return what an entry contributes to one input, in symbols and in numbers."""
    contribution = inline(partial.contribution)
    if partial.value is None:
        return partial.told, contribution
    local = entry.local_name(partial)
    symbol = text(
        "step.pullback_formula", product=f"{own}·{local}", local=local, symbol=partial.shown
    )
    return symbol, product_text(entry.adjoint, partial.value, contribution)


# ---- their parts ----


def _backward_caption(entry: Entry, value: str) -> str:
    sentence = text("step.adjoint", name=entry.name, value=value)
    if entry.role in ("input", "parameter"):
        return f"{sentence} {text(f'step.gradient_{entry.role}', name=entry.name)}"
    if not entry.partials:
        return sentence
    given = [
        text("step.gives", value=inline(partial.contribution), name=partial.wrt)
        for partial in entry.partials[:MOST_TERMS]
    ]
    return f"{sentence} {text('step.contributes', name=entry.name, what=joined_names(given))}"


def _read(trace: Trace, line: Line) -> list[int]:
    """Return the nodes of other lines that a line reads, in order of first use."""
    columns = trace.graph.columns
    found = (parent for node in line.nodes for parent in columns.parents_of(node))
    return list(dict.fromkeys(parent for parent in found if parent < line.nodes.start))
