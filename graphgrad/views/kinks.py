"""Say what is taken where a derivative does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphgrad.messages import Worded, text
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.trace.trace import Trace

__all__ = ["convention_at", "convention_lines"]


def convention_at(trace: Trace, node: int) -> str:
    """Return the message id of the convention used at a node; empty away from kinks."""
    columns = trace.graph.columns
    row = columns.row(node)
    if not isinstance(row, Elementwise | Structural) or not row.kinks or not row.convention:
        return ""
    args = tuple(trace.values[parent] for parent in columns.parents_of(node))
    settings = trace.arithmetic.settings(columns.settings_of(node))
    at_kink = any(d == 0 for d in trace.arithmetic.kink_distances(row, args, settings))
    return row.convention if at_kink else ""


def convention_lines(trace: Trace, nodes: Iterable[int]) -> Iterator[str]:
    """Yield one sentence per node whose partial is a convention."""
    from graphgrad.views.trouble import formula_of

    for node in nodes:
        convention = convention_at(trace, node)
        if convention:
            formula = formula_of(trace.graph, node)
            yield text("run.convention", formula=formula, convention=Worded(convention))
