"""Show an adjoint as the sum over all paths to the output, once it is known.

Say what is known about a node: value, local derivatives, chain rule.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad.stepping.known_text import UNKNOWN, cause_lines, shown
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.narrate_stops import entry_of, terms_of
from graphgrad.views.text.numbers import inline
from graphgrad.views.text.substitution import MOST_TERMS, sum_text
from graphgrad_tui.texts.node_line import NodeLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graphgrad.trace.trace import State, Trace
    from graphgrad.views.text.entries import Entry
    from graphgrad.views.text.narrate_stops import Term
    from graphgrad.views.text.stops import Fold

__all__ = ["Routes", "compact_lines", "first_lines", "node_lines"]


MOST_NODES = 2_000
"""In a larger graph the paths of a node are not looked for while stepping."""
MOST_LISTED = 6
"""More paths than these are counted; `graphgrad explain` lists them."""


class Routes:
    """The paths of every node of a trace; counted once, listed when a node is looked at."""

    def __init__(self, trace: Trace, fold: Fold) -> None:
        self.trace = trace
        self.detail: Literal["line", "op"] = "line" if fold == "line" else "op"

    @cached_property
    def counts(self) -> dict[int, int]:
        """Return how many paths lead from each node to the output."""
        from graphgrad.symbolic.derive.edge_use import Uses
        from graphgrad.symbolic.derive.paths import path_counts

        return path_counts(Uses(self.trace, self.detail))

    def lines(self, node: int, width: int) -> list[NodeLine]:
        """Return the paths of a node with their products and sum; nothing if it is only one."""
        graph = self.trace.graph
        if node == graph.output or len(graph) > MOST_NODES:
            return []
        count = self.counts.get(node, 0)
        if count < 2:
            return []
        told = self._listed(node, width) if count <= MOST_LISTED else self._counted(node, count)
        heading = [NodeLine("heading", text("app.paths"))] if told else []
        return heading + [NodeLine("adjoint", line) for line in told]

    def _counted(self, node: int, count: int) -> list[str]:
        from graphgrad.views.text.derivation_paths import shown_count

        graph = self.trace.graph
        names = {"source": graph.name(node), "output": graph.name(graph.output)}
        return [text("explain.paths", count=shown_count(count), **names)]

    def _listed(self, node: int, width: int) -> list[str]:
        from graphgrad.symbolic.derive.chain_rule import derivation
        from graphgrad.views.text.derivation_paths import path_lines

        try:
            found = derivation(self.trace, self.trace.graph.name(node), self.detail)
        except GraphgradError:
            return []
        return [line for line in path_lines(self.trace, node, found, width) if line.strip()]


_FEW = 3


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
    lines = [NodeLine("name", f"{entry.name} = {entry.formula}" if entry.formula else entry.name)]
    lines.append(NodeLine("word", _role(entry)))
    value = state.value(node)
    lines.append(NodeLine("value", f"v = {shown(value)}"))
    lines.extend(NodeLine("adjoint", f"! {said}") for said in cause_lines(state, node))
    lines.extend(_chain_rule(state, node, fold))
    lines.extend(_partials(entry, hidden, known=value is not None))
    return lines


def first_lines(state: State, node: int) -> list[NodeLine]:
    """Return name and value of a node, for which no symbols are needed."""
    value = NodeLine("value", f"v = {shown(state.value(node))}")
    return [NodeLine("name", state.trace.graph.name(node)), value]


def compact_lines(lines: list[NodeLine]) -> list[NodeLine]:
    """Return the same in fewer lines: name and value on one, then adjoint, then partials."""
    value = next(line.text for line in lines if line.kind == "value")
    told = [NodeLine("name", f"{lines[0].text}   {value}")]
    adjoint = [line.text for line in lines if line.kind == "adjoint"]
    if len(adjoint) > 1 and len(adjoint) <= _FEW:
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
            yield NodeLine("partial", f"→ {partial.wrt}: {partial.symbolic}")
            continue
        told = f"{entry.local_name(partial)} = {partial.symbolic}"
        number = shown(partial.value) if known else UNKNOWN
        yield NodeLine("partial", told if number == partial.symbolic else f"{told} = {number}")


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
    yield from _sum_lines(own, terms_of(trace, node, fold), state.adjoint(node))


def _sum_lines(own: str, terms: list[Term], adjoint: object) -> Iterator[NodeLine]:
    """Yield one line per consumer, and the sum; of one consumer, its line and the number."""
    known = adjoint is not None
    numbers = [inline(term.value) if known else UNKNOWN for term in terms]
    if len(terms) == 1:
        yield NodeLine("adjoint", f"{own} = {terms[0].symbol}")
        yield NodeLine("adjoint", f" = {numbers[0]}")
        return
    yield NodeLine("adjoint", f"{own} =")
    for index, term in enumerate(terms[:MOST_TERMS]):
        sign = "+" if index else " "
        yield NodeLine("adjoint", f" {sign} {term.symbol} = {numbers[index]}")
    if len(terms) > MOST_TERMS:
        yield NodeLine("adjoint", " + …")
    total = sum_text([t.value for t in terms], inline(adjoint)) if known else UNKNOWN
    yield NodeLine("adjoint", f" = {total}")
