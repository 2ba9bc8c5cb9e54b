"""List the forms that a graph is exported to: one row per word of ``--to``."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.compile.plan import Plan
from graphgrad.graph.graph import Graph
from graphgrad.source.writing.graph_text import to_gg
from graphgrad.trace.trouble import checked_nodes
from graphgrad.views.exports.latex_passes import latex_passes
from graphgrad.views.exports.mermaid import mermaid_text
from graphgrad.views.exports.networkx_json import networkx_json
from graphgrad.views.exports.onnx_model import onnx_file
from graphgrad.views.exports.python_script import jax_script, torch_script

__all__ = ["TARGETS", "Target"]


class Target(NamedTuple):
    """One form.

    Attributes:
        writer: makes the text, or the bytes, of a graph whose leaves have values.
        ending: of a file that is not text, which needs a place to be written to.
        title: what such a form is called in an error.
    """

    writer: Callable[[Graph], str | bytes]
    ending: str = ""
    title: str = ""

    def write(self, graph: Graph) -> str | bytes:
        """Return the text, or the bytes, of a graph whose leaves have values.

        Raises:
            NonFiniteError: if a loss or a table is given what it does not take: elsewhere it would
                come to a number without a word.
        """
        if self.writer is not to_gg and checked_nodes(graph):
            record(graph, backward=False)
        return self.writer(graph)


def numpy_script(graph: Graph) -> str:
    """Return the program of both passes that `graphgrad compile --show` prints."""
    return Plan(graph).source()


TARGETS: dict[str, Target] = {
    "gg": Target(to_gg),
    "numpy": Target(numpy_script),
    "pytorch": Target(torch_script),
    "jax": Target(jax_script),
    "onnx": Target(onnx_file, "onnx", "ONNX"),
    "latex": Target(latex_passes),
    "mermaid": Target(mermaid_text),
    "networkx-json": Target(networkx_json),
}
"""Form of a graph, by the word of ``--to``."""
