"""Write the worked derivation as far as it is known at a moment: values, then the chain rule.

What is not known yet is a question mark, so that the same lines can be shown at every step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from graphgrad.graph.formula import line_formula, node_formula
from graphgrad.messages.catalogue import text
from graphgrad.ops.text import Written
from graphgrad.stepping.in_numbers import summed
from graphgrad.stepping.known_text import UNKNOWN, shown
from graphgrad.stepping.landing import landings
from graphgrad.trace.trace import State, Trace
from graphgrad.views.text.course_words import course_text, formula_on_board
from graphgrad.views.text.derivation import Stage, nodes_between, stage_of
from graphgrad.views.text.entries import Detail, Entry, PartialEntry
from graphgrad.views.text.numbers import shape_of
from graphgrad.views.text.stops import Fold, Stop

__all__ = ["Wanted", "Worked", "WorkedLine", "current_stage", "worked", "worked_lines"]

MOST = 40
"""Adjoints that are written out; of more, those around the present step."""


class WorkedLine(NamedTuple):
    """A line of the derivation.

    Attributes:
        node: whose value or adjoint it is; -1 for a heading.
        part: ``heading``, ``value`` or ``adjoint``.
        text: the line.
    """

    node: int
    part: str
    text: str


class Worked(NamedTuple):
    """What can be worked out without knowing the moment."""

    values: tuple[int, ...]
    stages: tuple[Stage, ...]
    detail: Detail
    skipped: int


class Wanted(NamedTuple):
    """What a derivation is of; the same again needs no new work."""

    trace: Trace
    source: int | None
    fold: Fold
    around: int


def worked(trace: Trace, source: int | None, fold: Fold, around: int) -> Worked:
    """Return the derivation of the adjoint of a node, or of all of them.

    Args:
        trace: the run.
        source: what is differentiated by; None derives every adjoint.
        fold: whether lines or operations are derived.
        around: the node to stay near where there are too many.
    """
    detail: Detail = "line" if fold == "line" else "op"
    reached = trace.adjoints or []
    if source is not None and reached:
        nodes = nodes_between(trace, source, detail)
    else:
        nodes = [node for node in _all(trace, detail) if reached and reached[node] is not None]
    values = [node for node in reversed(nodes) if not trace.graph.is_leaf(node)]
    if not nodes:
        values = [node for node in reversed(_all(trace, detail)) if not trace.graph.is_leaf(node)]
    kept = _near(nodes, around)
    near = set(_near(values, around))
    stages = tuple(stage_of(trace, node, detail, _on_board) for node in kept)
    listed = tuple(node for node in values if node in near)
    return Worked(listed, stages, detail, len(nodes) - len(kept))


def _all(trace: Trace, detail: Detail) -> list[int]:
    """Return every line, or every operation and leaf, from the last to the first."""
    graph = trace.graph
    if detail == "line":
        return [end - 1 for end in reversed(graph.line_ends)]
    return [node for node in range(len(graph) - 1, -1, -1) if not graph.is_constant(node)]


def _near(nodes: Sequence[int], around: int) -> Sequence[int]:
    """Return at most `MOST` nodes, those nearest to one in time."""
    if len(nodes) <= MOST:
        return nodes
    place = min(range(len(nodes)), key=lambda at: abs(nodes[at] - around))
    start = max(0, min(place - MOST // 2, len(nodes) - MOST))
    return nodes[start : start + MOST]


def worked_lines(
    found: Worked, state: State, hidden: Collection[tuple[int, int]] = ()
) -> Iterator[WorkedLine]:
    """Yield the lines of a derivation as they are at a moment.

    Args:
        found: the derivation.
        state: the moment.
        hidden: local derivatives that are asked for, as (node, source).
    """
    asked = {source for _, source in hidden}
    if found.values:
        yield WorkedLine(-1, "heading", text("worked.values"))
        for node in found.values:
            yield WorkedLine(node, "value", _value_line(state, node, found.detail))
    if found.stages:
        yield WorkedLine(-1, "heading", text("app.chain_rule"))
    for stage in found.stages:
        yield from _stage_lines(stage, state, secret=stage.node in asked)
    if found.skipped > 0:
        yield WorkedLine(-1, "heading", text("explain.skipped", count=found.skipped))


def _value_line(state: State, node: int, detail: Detail) -> str:
    graph = state.trace.graph
    line = graph.line(graph.line_of(node))
    formula = line_formula(graph, line) if detail == "line" else node_formula(graph, node)
    told = f"{graph.name(node)} = {formula_on_board(graph, node, formula)}"
    value = shown(state.value(node))
    return told if formula == value else f"{told} = {value}"


def _on_board(product: Written, entry: Entry, partial: PartialEntry) -> Written:
    """Return a contribution as a course writes it: where it goes, and over what it is summed."""
    landed = landings(product.text, partial.contribution)
    if landed:
        parts = [
            text("told.at_entries", what=course_text(part.told), key=part.key.replace(" ", ""))
            for part in landed
        ]
        return Written(" + ".join(parts))
    over = summed(entry, partial)
    symbol = course_text(product.text, len(shape_of(partial.contribution)))
    return Written(f"{symbol} ({over})" if over else symbol, product.level)


def _stage_lines(stage: Stage, state: State, *, secret: bool) -> Iterator[WorkedLine]:
    known = state.adjoint(stage.node) is not None
    partials = UNKNOWN if secret else stage.partials
    pieces = [stage.rule] if stage.partials else []
    if partials and partials != stage.rule:
        pieces.append(partials)
    numbers = stage.numbers if known else UNKNOWN
    pieces = [*pieces, *([numbers] if numbers not in pieces else [])]
    yield WorkedLine(stage.node, "adjoint", f"{stage.own} = {pieces[0]}")
    for piece in pieces[1:]:
        yield WorkedLine(stage.node, "adjoint", f"  = {piece}")


def current_stage(trace: Trace, stop: Stop) -> tuple[int, str]:
    """Return the node and the part of the lines that the present step is about."""
    if stop.phase == "start":
        return -1, "value"
    if stop.phase == "forward":
        return stop.node, "value"
    if stop.step is not None and stop.step.slot is not None:
        return trace.graph.columns.parents_of(stop.step.node)[stop.step.slot], "adjoint"
    return stop.node, "adjoint"
