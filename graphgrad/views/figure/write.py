"""Write figures to files: one table from a file's ending to the writer of its format."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.build import figure_of
from graphgrad.views.figure.dot_source import digraph
from graphgrad.views.figure.engine import choose_engine
from graphgrad.views.figure.model import Figure
from graphgrad.views.figure.options import FigureOptions
from graphgrad.views.figure.svg import finished_svg
from graphgrad.views.files import write_output

__all__ = ["WRITERS", "Writer", "dot_text", "png_bytes", "render", "svg_bytes"]

Writer = Callable[[Figure, str | None], bytes]
_PNG_SCALE = 2
_DPI = 96


def render(
    source: Trace | Graph,
    path: str | os.PathLike[str],
    options: FigureOptions | None = None,
    *,
    engine: str | None = None,
) -> None:
    """Write the figure of a trace or a graph to a file, whole or not at all.

    Args:
        source: what is drawn.
        path: the file; its ending names the format.
        options: what is shown.
        engine: the layout engine, by name or path; None takes the first there is.

    Raises:
        UsageError: if the ending or an option is unknown, or no engine can do it.
        FileError: if the file cannot be written.
    """
    writer = writer_of(path)
    write_output(path, writer(figure_of(source, options), engine))


def writer_of(path: str | os.PathLike[str]) -> Writer:
    """Return the writer for a file's ending.

    Raises:
        UsageError: if there is none.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        known = ", ".join(f".{name}" for name in WRITERS)
        raise UsageError("figure.unknown_format", path=str(path), known=known)
    return WRITERS[ending]


def dot_text(figure: Figure, _engine: str | None = None) -> bytes:
    """Return a figure as DOT source; no engine is needed."""
    return str(digraph(figure).source).encode("utf-8")


def svg_bytes(figure: Figure, engine: str | None = None) -> bytes:
    """Return a figure as SVG."""
    chosen = choose_engine(engine, "svg")
    source = digraph(figure, html_labels=chosen.html_labels).source
    return finished_svg(chosen.run(source, "svg"), figure, chosen.name)


def png_bytes(figure: Figure, engine: str | None = None) -> bytes:
    """Return a figure as PNG, at twice its size in pixels."""
    chosen = choose_engine(engine, "png")
    drawn = digraph(figure, html_labels=chosen.html_labels)
    drawn.graph_attr["dpi"] = str(_PNG_SCALE * _DPI)
    return chosen.run(drawn.source, "png")


WRITERS: dict[str, Writer] = {"dot": dot_text, "svg": svg_bytes, "png": png_bytes}
"""A new format is one entry here."""
