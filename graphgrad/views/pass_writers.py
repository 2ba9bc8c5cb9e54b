"""List the formats that are written from a pass, without a scene: text for other programs.

A format is one row: a function of a pass and of the options it takes; what it does not take is
refused by name before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import IN_DOT, FigureOptions

__all__ = ["PASS_WRITERS", "PassWriter"]


class PassWriter(NamedTuple):
    """A format without a scene.

    Attributes:
        title: what it is called in an error.
        write: the file of a trace or a graph.
        takes: the options that it follows, by name; ``fold`` counts the steps of ``step``.
        own: what every file that it writes holds; only such a file is replaced.
    """

    title: Worded | str
    write: Callable[[Trace | Graph, FigureOptions], bytes]
    takes: tuple[str, ...] = ()
    own: bytes = b""


def _dot(source: Trace | Graph, options: FigureOptions) -> bytes:
    from graphgrad.views.figure.dot.dot_source import dot_text

    return dot_text(source, options)


PASS_WRITERS: dict[str, PassWriter] = {
    "dot": PassWriter(
        Worded("figure.dot_source"), _dot, (*IN_DOT, "fold", "step"), b"digraph figure {\n"
    ),
}
"""A new format is one entry here, under the ending of its files."""
