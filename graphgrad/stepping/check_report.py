"""Check the gradients of what is stepped through."""

from __future__ import annotations

from graphgrad.errors import GraphgradError
from graphgrad.stepping.work import Work
from graphgrad.testing.gradcheck import gradcheck
from graphgrad.views.tables.check_table import check_table

__all__ = ["check_report"]

TOLERANCE = 1e-6


def check_report(work: Work, width: int) -> str:
    """Return the table of a check, or why there is none."""
    graph = work.trace.graph
    try:
        found = gradcheck(graph, work.point, tolerance=TOLERANCE)
    except (GraphgradError, ArithmeticError, RecursionError) as error:
        return str(error)
    return "\n".join(check_table(graph, found, TOLERANCE, width))
