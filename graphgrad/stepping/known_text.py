"""Show what is known at a moment, and say where a number that is not finite comes from."""

from __future__ import annotations

from collections import deque

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.trace.trace import State
from graphgrad.trace.trouble import is_finite
from graphgrad.views.text.numbers import inline
from graphgrad.views.text.trouble import formula_of, trouble_error

__all__ = ["UNKNOWN", "cause_lines", "shown"]

UNKNOWN = "?"
LONGEST = 12
"""Names of a chain that are written; the middle of a longer one is left out."""


def shown(value: object, limit: int = 48) -> str:
    """Return a value in a line, or a question mark.

    >>> shown(0.5), shown(None)
    ('0.5', '?')
    """
    return UNKNOWN if value is None else inline(value, limit)


def cause_lines(state: State, node: int) -> list[str]:
    """Return why a node's value or adjoint is not a finite number, and how it got there.

    Nothing is said of what is not known yet at the moment.
    """
    trace = state.trace
    trouble = trace.trouble
    known = (state.value(node), state.adjoint(node))
    if trouble is None or all(value is None or is_finite(value) for value in known):
        return []
    error = trouble_error(trace)
    if error is None:
        return []
    graph, start = trace.graph, trace.graph.line_of(trouble.node)
    names = _way(graph, start, graph.line_of(node))
    said = [error.body(None)]
    if len(names) > 1:
        said.append(" → ".join(names))
    elif start != graph.line_of(node):
        said.append(text("cause.backward", name=formula_of(graph, trouble.node)))
    return said


def _way(graph: Graph, start: int, end: int) -> list[str]:
    """Return the names of the lines on a shortest way between two lines; none without one."""
    came: dict[int, int] = {end: -1}
    waiting = deque([end])
    while waiting and start not in came:
        line = waiting.popleft()
        for node in graph.line(line).nodes:
            for parent in graph.columns.parents_of(node):
                at = graph.line_of(parent)
                if at not in came and at >= start:
                    came[at] = line
                    waiting.append(at)
    found, here = [], start if start in came else -1
    while here >= 0:
        found.append(graph.line_names[here])
        here = came[here]
    if len(found) <= LONGEST:
        return found
    return [*found[: LONGEST // 2], "…", *found[-LONGEST // 2 :]]
