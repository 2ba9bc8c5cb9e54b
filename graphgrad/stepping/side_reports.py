"""Check the gradients of what is stepped through, or look at it through a lens."""

from __future__ import annotations

from graphgrad.errors import GraphgradError
from graphgrad.stepping.work import Work
from graphgrad.testing.gradcheck import gradcheck
from graphgrad.views.cells.characters import Charset
from graphgrad.views.lenses.registry import LENSES, find_lens, look
from graphgrad.views.lenses.report_text import report_text
from graphgrad.views.tables.check_table import check_table
from graphgrad.views.text.numbers import as_in_file

__all__ = ["LENS_NAMES", "check_report", "lens_report"]

TOLERANCE = 1e-6
LENS_NAMES: tuple[str, ...] = tuple(LENSES)
"""The lenses in the order in which they are leafed through."""


def check_report(work: Work, width: int) -> str:
    """Return the table of a check, or why there is none."""
    graph = work.trace.graph
    try:
        found = gradcheck(graph, work.point, tolerance=TOLERANCE)
    except (GraphgradError, ArithmeticError, RecursionError) as error:
        return str(error)
    return as_in_file(graph, "\n".join(check_table(graph, found, TOLERANCE, width)))


def lens_report(work: Work, typed: str, width: int = 80, charset: Charset = "unicode") -> list[str]:
    """Return what is seen, or why nothing can be.

    Args:
        work: the graph and the values it has now.
        typed: the lens and its settings, as after ``graphgrad inspect FILE``; the layers if empty.
        width: the most columns.
        charset: the characters of plots.
    """
    name, *words = typed.split() or ["layers"]
    options = dict(word.partition("=")[::2] for word in words)
    try:
        lens = find_lens(name)
        report = look(work.trace.graph, name, options, point=work.point)
        lines = report_text(report, width, plotted=lens.plotted, charset=charset)
        return [as_in_file(work.trace.graph, line) for line in lines]
    except GraphgradError as error:
        return [str(error)]
