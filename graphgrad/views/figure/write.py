"""Write figures as source: one table from a file's ending to the writer of its format."""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.dot_source import to_graphviz
from graphgrad.views.figure.options import FigureOptions

__all__ = ["WRITERS", "Writer", "dot_text"]

Writer = Callable[[Trace | Graph, FigureOptions | None], bytes]


def dot_text(source: Trace | Graph, options: FigureOptions | None = None) -> bytes:
    """Return the figure of a trace or a graph as DOT source; no engine is needed."""
    return str(to_graphviz(source, options).source).encode("utf-8")


WRITERS: dict[str, Writer] = {"dot": dot_text}
"""A new format is one entry here."""
