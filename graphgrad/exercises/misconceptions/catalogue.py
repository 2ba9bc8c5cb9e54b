"""Gather every one-mistake answer to a step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.answers import Target
from graphgrad.exercises.applying import shape_of
from graphgrad.exercises.misconceptions.mutated import BackwardMistake, ForwardMistake
from graphgrad.exercises.misconceptions.rules import backward_rules, forward_rules, whole_rules
from graphgrad.exercises.reference import Reference
from graphgrad.exercises.term_math import entries

__all__ = ["Mistake", "mistakes_of"]

_MOST_NODES = 400
_MOST_EDGES = 120


class Mistake(NamedTuple):
    """One mistake and what it makes of the answer.

    Attributes:
        label: its name in the catalogue, without the prefix.
        where: the line in which it is made.
        op: the operation at which it is made.
        value: the answer, as a term or an array of terms.
    """

    label: str
    where: str
    op: str
    value: Any


def mistakes_of(
    reference: Reference, target: Target, given: Mapping[Target, Any] | None = None
) -> list[Mistake]:
    """Return the mistakes of a step, without those that change nothing.

    Args:
        reference: the truth about the graph.
        target: the step.
        given: earlier answers to build on, as terms; where a right one is given, mistakes made
            before it are no mistakes of this step.
    """
    if len(reference.graph) > _MOST_NODES or target.entry:
        return []
    given = given or {}
    try:
        found = list(_found(reference, target, given))
    except GraphgradError:  # too large to be compared in symbols
        return []
    right = [t.id for t in entries(reference.candidates(target)[0].value)]
    distinct: dict[tuple[Any, ...], Mistake] = {}
    for mistake in found:
        key = tuple(t.id for t in entries(mistake.value))
        if list(key) != right:
            distinct.setdefault((mistake.label, mistake.where, key), mistake)
    return list(distinct.values())


def _found(reference: Reference, target: Target, given: Mapping[Target, Any]) -> Iterator[Mistake]:
    index = reference.graph.line_index
    of = index.get(target.name)
    if of is None:
        return
    if target.kind == "value":
        yield from _of_value(reference, of, given)
    elif target.kind == "derivative" and target.wrt in index:
        yield from _of_derivative(reference, of, index[target.wrt], given)


def _of_value(reference: Reference, line: int, given: Mapping[Target, Any]) -> Iterator[Mistake]:
    graph, pool = reference.graph, reference.pool
    own = graph.line(line)
    values = {
        other.index: given.get(Target("value", other.name), reference.truth.value(other.index))
        for other in graph.lines()
        if other.index < line
    }
    for node in own.nodes:
        op = graph.columns.row(node).name
        for label, change in forward_rules(op):
            try:
                value = ForwardMistake(graph, pool, values, node, change).derived(line)
            except (GraphgradError, ValueError, ZeroDivisionError):
                continue
            if shape_of(value) == graph.columns.shape(own.root):
                yield Mistake(label, own.name, op, value)
    right = reference.truth.derived(line)
    for label, value in whole_rules(right, reference.graph_count):
        yield Mistake(label, own.name, "", value)


def _of_derivative(
    reference: Reference, of: int, wrt: int, given: Mapping[Target, Any]
) -> Iterator[Mistake]:
    graph, pool = reference.graph, reference.pool
    if graph.columns.shape(graph.line(of).root):
        return
    name, root = graph.line_names[of], graph.line(wrt).root
    totals = {
        (of, line.index): given[Target("derivative", name, line.name)]
        for line in graph.lines()
        if wrt < line.index < of and Target("derivative", name, line.name) in given
    }
    blocked = {graph.line(line).root for _, line in totals}
    edges = _edges(reference, root, graph.line(of).root, blocked)
    uses = Counter(graph.columns.parents_of(node)[slot] for node, slot in edges)
    for node, slot in edges[:_MOST_EDGES]:
        op, where = graph.columns.row(node).name, graph.line_names[graph.line_of(node)]
        for label, change in backward_rules(op):
            if label == "lost_path" and uses[graph.columns.parents_of(node)[slot]] < 2:
                continue
            try:
                value = BackwardMistake(graph, pool, totals, node, slot, change).swept(of, wrt)
            except (GraphgradError, ValueError, ZeroDivisionError):
                continue
            if shape_of(value) == graph.columns.shape(root):
                yield Mistake(label, where, op, value)
    right = reference.truth.swept(of, wrt)
    for label, value in whole_rules(right, reference.graph_count):
        yield Mistake(label, graph.line_names[wrt], "", value)
    if graph.role(root) == "parameter":
        yield from _updates(reference, wrt, right)


def _updates(reference: Reference, wrt: int, right: Any) -> Iterator[Mistake]:
    """Yield a step of gradient descent in place of the gradient."""
    graph = reference.graph
    own = reference.truth.value(wrt)
    rates = [line for line in graph.lines() if line.name in ("eta", "lr", "alpha", "η")]
    rate = reference.truth.value(rates[0].index) if rates else 1
    for value in (own - rate * right, own + rate * right):
        yield Mistake("update", graph.line_names[wrt], "", value)


def _edges(reference: Reference, root: int, top: int, blocked: set[int]) -> list[tuple[int, int]]:
    """Return the edges on paths up from a node, not beyond nodes whose adjoint is given."""
    graph = reference.graph
    reached = {root}
    found = []
    for node in range(root + 1, top + 1):
        for slot, parent in enumerate(graph.columns.parents_of(node)):
            if parent in reached and (parent not in blocked or parent == root):
                found.append((node, slot))
                reached.add(node)
    return found
