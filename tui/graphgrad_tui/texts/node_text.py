"""Say what is known about nodes: value, local derivatives, chain rule; in brief if watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.stepping.entry_rule import entry_lines
from graphgrad.stepping.heat import heat_rows
from graphgrad.stepping.in_numbers import local_text, summed
from graphgrad.stepping.known_text import UNKNOWN, cause_lines, shown
from graphgrad.stepping.landing import landings
from graphgrad.stepping.told_step import MOST_LINES, contribution_line, total
from graphgrad.views.text.course_words import course_text, formula_on_board
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.narrate_stops import entry_of, terms_of
from graphgrad.views.text.numbers import shape_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from graphgrad.ops.shapes import Shape
    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import State
    from graphgrad.views.text.entries import Entry, PartialEntry
    from graphgrad.views.text.narrate_stops import Term
    from graphgrad.views.text.stops import Fold

__all__ = ["Kind", "NodeLine", "compact_lines", "first_lines", "grid_lines"]
__all__ += ["node_lines", "watch_lines", "with_change", "with_entry"]

_ONE_GIVER = 2
_WATCHED_WIDTH = 24
_GRID_ROWS = 10
_MOST_UNKNOWN = 40
"""Contributions that are listed before they are known: their numbers are what one scrolls for."""

Kind = Literal["name", "value", "adjoint", "partial", "heading", "word", "current", "grid"]


class NodeLine(NamedTuple):
    """One line and what it tells."""

    kind: Kind
    text: str


def node_lines(
    state: State, node: int, fold: Fold, hidden: Collection[tuple[int, int]] = ()
) -> list[NodeLine]:
    """Return what is known about a node at a moment; what is not known yet is ``?``.

    Args:
        state: the moment.
        node: the node.
        fold: whether lines, nodes or edges are stepped through.
        hidden: local derivatives that are asked for, as (node, source).
    """
    entry = entry_of(state.trace, node, fold)
    formula = formula_on_board(state.trace.graph, node, entry.formula)
    lines = [NodeLine("name", f"{entry.name} = {formula}" if formula else entry.name)]
    lines.append(NodeLine("word", _role(entry)))
    value = state.value(node)
    lines.append(NodeLine("value", f"v = {shown(value)}"))
    lines.extend(NodeLine("adjoint", f"! {said}") for said in cause_lines(state, node))
    lines.extend(_chain_rule(state, node, fold))
    lines.extend(_partials(entry, hidden, known=value is not None))
    return lines


def with_entry(
    lines: list[NodeLine], state: State, node: int, place: Shape | None, fold: Fold
) -> list[NodeLine]:
    """Return lines about an array with those about one of its entries right below its name."""
    if place is None:
        return lines
    told = [NodeLine("adjoint", line) for line in entry_lines(state, node, place, fold)]
    return [*lines[:1], NodeLine("value", told[0].text), *told[1:], *lines[1:]]


def with_change(lines: list[NodeLine], change: Change | None) -> list[NodeLine]:
    """Return lines with the value before an edit in front of the present one."""
    if change is None or change.value is None:
        return lines
    before = f"v = {shown(change.value)} → "
    return [
        line._replace(text=line.text.replace("v = ", before, 1)) if line.kind == "value" else line
        for line in lines
    ]


def grid_lines(state: State, node: int, place: Shape | None, width: int) -> list[NodeLine]:
    """Return value and adjoint of an array as grids of shades; nothing for a number."""
    found = []
    for kind, value in (("value", state.value(node)), ("adjoint", state.adjoint(node))):
        rows = [] if value is None else heat_rows(value, place, width, _GRID_ROWS)
        if rows:
            found.append(NodeLine("heading", text(f"entry.{kind}")))
            found += [NodeLine("grid", row) for row in rows]
    return found


def first_lines(state: State, node: int) -> list[NodeLine]:
    """Return name and value of a node, for which no symbols are needed."""
    value = NodeLine("value", f"v = {shown(state.value(node))}")
    return [NodeLine("name", state.trace.graph.name(node)), value]


def compact_lines(lines: list[NodeLine]) -> list[NodeLine]:
    """Return the same in fewer lines: name and value on one, then adjoint, then partials."""
    value = next(line.text for line in lines if line.kind == "value")
    told = [NodeLine("name", f"{lines[0].text}   {value}")]
    adjoint = [line.text for line in lines if line.kind == "adjoint"]
    if len(adjoint) == _ONE_GIVER:
        adjoint = [" ".join(text.strip() for text in adjoint)]
    told += [NodeLine("adjoint", text) for text in adjoint]
    return told + [line for line in lines if line.kind == "partial"]


def _role(entry: Entry) -> str:
    role = text(f"role.{entry.role}")
    return f"{role}, {text('stepper.group', group=entry.group)}" if entry.group else role


def _partials(
    entry: Entry, hidden: Collection[tuple[int, int]], *, known: bool
) -> Iterator[NodeLine]:
    """Yield the local derivatives, symbolic then numeric."""
    if not entry.partials:
        return
    yield NodeLine("heading", text("app.local"))
    for partial in entry.partials:
        if (entry.node, partial.source) in hidden:
            yield NodeLine("partial", f"{entry.local_name(partial)} = {UNKNOWN}")
            continue
        if partial.value is None:
            yield from _pulled_back(partial)
            continue
        number = shown(partial.value) if known else UNKNOWN
        yield NodeLine("partial", local_text(entry, partial, number))


def _pulled_back(partial: PartialEntry) -> Iterator[NodeLine]:
    """Yield what goes back to an input, or to some of its entries, in symbols."""
    rank = len(shape_of(partial.contribution))
    landed = landings(partial.told, partial.contribution)
    for part in landed:
        place = f"{partial.wrt}[{part.key.replace(' ', '')}]"
        yield NodeLine("partial", f"→ {place}: {course_text(part.told)}")
    if not landed:
        yield NodeLine("partial", f"→ {partial.wrt}: {course_text(partial.told, rank)}")


def _chain_rule(state: State, node: int, fold: Fold) -> Iterator[NodeLine]:
    """Yield the adjoint: one line per consumer, and the sum."""
    trace = state.trace
    own = adjoint_name(trace.graph, node)
    if trace.adjoints is None or not trace.graph.variable[node]:
        return
    if trace.adjoints[node] is None:
        yield NodeLine("adjoint", text("stepper.unreached", name=own))
        return
    if node == trace.graph.output:
        yield NodeLine("adjoint", f"{own} = {shown(state.adjoint(node))}")
        return
    yield NodeLine("heading", text("app.chain_rule"))
    known = state.adjoint(node) is not None
    terms = terms_of(trace, node, fold, MOST_LINES if known else _MOST_UNKNOWN)
    yield from _sum_lines(state, node, own, terms)


def _sum_lines(state: State, node: int, own: str, terms: list[Term]) -> Iterator[NodeLine]:
    """Yield one line per consumer, and the sum; of one consumer, its line and the number."""
    trace, adjoint = state.trace, state.adjoint(node)
    known = adjoint is not None
    most = MOST_LINES if known else _MOST_UNKNOWN
    told = [contribution_line(trace, term) if known else _unknown(term) for term in terms[:most]]
    if len(terms) == 1:
        symbol, *numbers = told[0].split(" = ")
        yield NodeLine("adjoint", f"{own} = {symbol}")
        yield NodeLine("adjoint", f" = {' = '.join(numbers)}")
        return
    yield NodeLine("adjoint", f"{own} =")
    for index, line in enumerate(told):
        yield NodeLine("adjoint", f" {'+' if index else ' '} {line}")
    if len(terms) > most:
        rest = len(trace.uses(node)) - most
        yield NodeLine("adjoint", f" + {text('told.more', count=rest)}")
    yield NodeLine("adjoint", f" = {total(trace, node, terms) if known else UNKNOWN}")


def _unknown(term: Term) -> str:
    """Return a contribution that has not been made yet."""
    over = summed(term.entry, term.partial)
    symbol = course_text(term.symbol)
    return f"{symbol} ({over}) = {UNKNOWN}" if over else f"{symbol} = {UNKNOWN}"


def watch_lines(state: State, nodes: Iterable[int]) -> list[NodeLine]:
    """Return a heading and one line per watched node; nothing where none is watched."""
    lines = [NodeLine("value", _watched(state, node)) for node in nodes]
    return [NodeLine("heading", text("app.watch")), *lines] if lines else []


def _watched(state: State, node: int) -> str:
    graph = state.trace.graph
    told = f"{graph.name(node)} = {shown(state.value(node), _WATCHED_WIDTH)}"
    if state.trace.adjoints is None or not graph.variable[node]:
        return told
    return f"{told}   {adjoint_name(graph, node)} = {shown(state.adjoint(node), _WATCHED_WIDTH)}"
