"""Derive what comes of a misunderstood chain or product rule, for whole derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any, NamedTuple

from graphgrad.exercises.applying import shape_of
from graphgrad.exercises.derivation import Derivation
from graphgrad.exercises.reference import Reference

__all__ = ["ChainMistake", "chain_mistakes", "extra_factors"]


class ChainMistake(NamedTuple):
    """A mistake's label, the line where it is made, the operation, and what it gives."""

    label: str
    where: str
    op: str
    value: Any


def chain_mistakes(reference: Reference, of: int, wrt: int) -> Iterator[ChainMistake]:
    """Yield wrong derivatives of a scalar line in a scalar line.

    With y = f(u), u = g(x): f'(u) without g'(x); f'(g'(x)); the product of the derivatives for a
    product; and the function itself.
    """
    graph, truth = reference.graph, reference.truth
    if shape_of(truth.value(wrt)) or shape_of(truth.value(of)):
        return
    yield ChainMistake("function_for_derivative", graph.line_names[of], "", truth.value(of))
    for line in _between(reference, of, wrt):
        name, inner = graph.line_names[line], truth.swept(line, wrt)
        yield ChainMistake("inner_forgotten", name, "", truth.swept(of, line))
        outer = Derivation(graph, reference.pool, values={line: inner})
        yield ChainMistake("derivative_inside", name, "", outer.swept(of, line))
    for line in (of, *_between(reference, of, wrt)):
        factors = _factors(reference, line)
        if len(factors) > 1 and all(_moves(reference, factor, wrt) for factor in factors):
            derivatives = [truth.swept(factor, wrt) for factor in factors]
            value = reduce(lambda a, b: a * b, derivatives) * truth.swept(of, line)
            yield ChainMistake("product_of_derivatives", graph.line_names[line], "", value)


def extra_factors(reference: Reference, of: int, wrt: int, right: Any) -> Iterator[ChainMistake]:
    """Yield a derivative times an input that does not belong there."""
    graph = reference.graph
    for line in graph.lines():
        scalar = graph.role(line.root) == "input" and not graph.columns.shape(line.root)
        if scalar and line.index < of and not shape_of(right):
            value = right * reference.truth.value(line.index)
            yield ChainMistake("extra_factor", graph.line_names[wrt], "", value)


def _between(reference: Reference, of: int, wrt: int) -> list[int]:
    """Return the scalar lines on the paths from one line to another, both left out."""
    return [
        line
        for line in range(wrt + 1, of)
        if not shape_of(reference.truth.value(line))
        and _moves(reference, line, wrt)
        and _moves(reference, of, line)
    ]


def _moves(reference: Reference, of: int, wrt: int) -> bool:
    """Tell whether a line changes with an earlier one."""
    if of == wrt:
        return True
    graph = reference.graph
    reached = {graph.line(wrt).root}
    for node in range(graph.line(wrt).root + 1, graph.line(of).root + 1):
        if any(parent in reached for parent in graph.columns.parents_of(node)):
            reached.add(node)
    return wrt < of and graph.line(of).root in reached


def _factors(reference: Reference, line: int) -> list[int]:
    """Return the lines a line is a plain product of; [] if it is none."""
    graph = reference.graph
    found, queue = [], [graph.line(line).root]
    while queue:
        node = queue.pop()
        own = graph.line_of(node)
        if node != graph.line(line).root and graph.line(own).root == node:
            found.append(own)
        elif not graph.is_leaf(node) and graph.columns.row(node).name == "mul":
            queue.extend(graph.columns.parents_of(node))
        else:
            return []
    return found
