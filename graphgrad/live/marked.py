"""Lay a text out and mark a sheet for a live session, which stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.live.fields import names_in, text_in
from graphgrad.source.gg import read_named
from graphgrad.source.tree import text_of, tree_of
from graphgrad.source.writing.layout import laid_out

__all__ = ["checked", "formatted"]


def formatted(text: str, name: str) -> str:
    r"""Return a text laid out.

    Args:
        text: of a file.
        name: of the file, for messages.

    Raises:
        GraphgradError: if it cannot be read.

    >>> formatted("input   x=3\nloss L=x *x", "")
    'input x = 3\nloss L = x*x\n'
    """
    read_named(text, name)
    return text_of(laid_out(tree_of(text)))


def checked(
    graph: Graph, point: Mapping[str, Any], message: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """Return the report on the answers of a message, as data and as lines.

    Args:
        graph: the exercise.
        point: values of leaves given by hand.
        message: ``answers``, ``ask`` and ``key``.
        language: of the words.
    """
    from graphgrad.exercises.marking.marker import check
    from graphgrad.exercises.reports.report_lines import report_text

    key = message.get("key") is True
    answers, asked = text_in(message, "answers"), names_in(message, "ask")
    report = check(graph, answers, asked=asked, point=point)
    told = report.to_json(key=key, language=language)
    return {
        "report": told,
        "lines": report_text(report, key=key, language=language, comma=graph.heading.comma),
    }
